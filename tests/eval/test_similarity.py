import pytest

from eval import similarity
from eval.examples import Example
from tests.eval.samples import FAULTY, GOOD


def test_chrf_of_the_reference_itself_is_100_and_none_without_one() -> None:
    assert similarity.chrf(FAULTY, FAULTY.references[0]) == pytest.approx(100.0)
    assert similarity.chrf(GOOD, "x") is None


@pytest.mark.parametrize(
    ("reply", "figure"),
    [  # the example and its figures are those of the authors' own script, SARI.py
        ("About 95 you now get in .", 26.82782411698074),
        ("About 95 species are now agreed .", 58.89995423074248),
        ("About 95 species are currently agreed .", 50.71608864657479),
    ],
)
def test_sari_is_that_of_its_authors(reply: str, figure: float) -> None:
    references = (
        "About 95 species are currently known .",
        "About 95 species are now accepted .",
        "95 species are now accepted .",
    )
    example = Example("s", "en", "About 95 species are currently accepted .", "resolve", (), references)
    assert similarity.sari(example, reply) == pytest.approx(figure, abs=1e-6)


def test_sari_by_hand() -> None:
    example = Example("s", "en", "a b", "resolve", (), ("a c",))
    # n = 1: keep a: 1; delete b: 1; add c: 1. n = 2: nothing to keep: 0; delete "a b": 1; add "a c": 1. n = 3, 4: all 0.
    assert similarity.sari(example, "a c") == pytest.approx(100 * (1 + 2 / 3) / 4)
    assert similarity.sari(GOOD, "x") is None


def test_meaning_ranks_the_reference_over_another_topic() -> None:
    same = similarity.meaning(FAULTY, "I will check when order 48213 arrives.")
    other = similarity.meaning(FAULTY, "The restaurant opens at noon.")
    assert same is not None
    assert other is not None
    assert similarity.meaning(FAULTY, FAULTY.references[0]) == pytest.approx(1.0, abs=1e-3)
    assert same > other + 0.2
    assert similarity.meaning(FAULTY, " ") == 0.0
    assert similarity.meaning(GOOD, "x") is None


def test_the_signature_names_library_and_encoder() -> None:
    assert "version:" in similarity.signature()
    assert "multilingual-e5-small" in similarity.signature()
