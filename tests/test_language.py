"""The four languages are told apart, with and without diacritics; others are refused."""

import pytest

from rewriter.errors import LanguageError
from rewriter.language import check_code, detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fogalmam sincs.", "hu"),
        ("cseszett lassu a rendszerunk, majd lesz valamikor", "hu"),
        ("Nu e treaba mea.", "ro"),
        ("nu stiu cand ajunge coletul", "ro"),
        ("To nie moja sprawa.", "pl"),
        ("nie wiem gdzie jest paczka", "pl"),
        ("Not my job.", "en"),
    ],
)
def test_detects(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    "text",
    ["Das ist leider nicht möglich und wir können Ihnen dabei nicht helfen", "Mais je ne sais pas du tout ce que vous voulez"],
)
def test_another_language_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(LanguageError, match="Hungarian, Romanian, Polish or English"):
        detect(text)


def test_an_unknown_code_lists_the_known_ones() -> None:
    assert check_code("hu") == "hu"
    with pytest.raises(LanguageError, match=r"'de' is not known. Allowed are hu \(Hungarian\)"):
        check_code("de")
