"""Text without case and diacritics, of the same length, so that a place found in it is a place in the text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "łŁ":
        return "l"
    if character in "’‘ʼ":
        return "'"
    if character in "\u00a0\u202f\u2009":
        return " "
    folded = unicodedata.normalize("NFD", character)[0].lower()
    return folded if len(folded) == 1 else character


def fold(text: str) -> str:
    """Lower-case a text and take its diacritics away, character by character.

    Args:
        text: Any text in composed form (NFC) or not.

    Returns:
        A text of exactly the same length.
    """
    return "".join(map(_fold_character, text))
