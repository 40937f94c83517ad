"""Folding keeps every place."""

from hypothesis import given
from hypothesis import strategies as st

from rewriter.folding import fold


def test_folds_the_four_languages() -> None:
    assert fold("ŐŰÁ Łódź ȘȚĂÎ don’t") == "oua lodz stai don't"


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)
