"""Findings against labels: recall over faulty drafts, precision over what is flagged."""

from eval.detection import by_patterns, labelled, measure
from eval.examples import Example


def _example(name: str, *rules: str) -> Example:
    return Example(name, "en", name, "resolve" if rules else "alone", rules)


def test_shares_are_those_counted_by_hand() -> None:
    drafts = [_example("a", "never.dont_know"), _example("b", "never.bounce", "tone.friendly"), _example("c"), _example("d")]
    found = [{"never.dont_know"}, set[str](), {"never.policy"}, set[str]()]
    figures = measure(drafts, found)
    assert (figures.faulty, figures.good) == (2, 2)
    assert figures.recall[0] == 0.5  # of a and b, a
    assert figures.precision[0] == 0.5  # a and c are flagged, a rightly
    assert figures.rule_recall == round(1 / 3, 4)
    assert figures.rule_precision == 0.5
    assert dict(figures.missed) == {"never.bounce": 1, "tone.friendly": 1}


def test_nothing_flagged_is_no_precision() -> None:
    figures = measure([_example("a", "never.bounce")], [set()])
    assert (figures.recall, figures.precision, figures.rule_precision) == ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0)


def test_every_language_has_four_hundred_labelled_drafts_or_more() -> None:
    for language in ("hu", "ro", "pl", "en"):
        drafts = labelled(language)
        assert len(drafts) >= 400
        assert len({draft.draft for draft in drafts}) == len(drafts)


def test_patterns_find_most_faults_and_rarely_accuse() -> None:
    drafts = labelled("pl")
    figures = measure(drafts, by_patterns(drafts))
    assert figures.recall[0] > 0.7
    assert figures.precision[0] > 0.95
