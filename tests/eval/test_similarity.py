import pytest

from eval import similarity
from eval.examples import Example
from tests.eval.samples import FAULTY, GOOD


def test_chrf_of_the_reference_itself_is_100_and_none_without_one() -> None:
    assert similarity.chrf(FAULTY, FAULTY.references[0]) == pytest.approx(100.0)
    assert similarity.chrf(GOOD, "x") is None


def test_sari_of_the_authors_own_example() -> None:
    references = (
        "About 95 species are currently known .",
        "About 95 species are now accepted .",
        "95 species are now accepted .",
    )
    example = Example("s", "en", "About 95 species are currently accepted .", "resolve", (), references)
    # published by the Hugging Face library `evaluate`, whose recall of keeping is corrected too (the first script: 26.83)
    assert similarity.sari(example, "About 95 you now get in .") == pytest.approx(26.953601953601954)


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
