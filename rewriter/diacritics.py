"""Gives a passage that was typed without diacritics those that are beyond doubt: "rendeles" can only be "rendelés"."""

from __future__ import annotations

import re
from functools import lru_cache

from rewriter.folding import fold
from rewriter.marks import MARK_PATTERN, Language
from rewriter.words import dominant_readings, known_words

SHORTEST = 2
_WORD = re.compile(rf"{MARK_PATTERN.pattern}|(?<![\w'’-])[^\W\d_]{{{SHORTEST},}}(?![\w'’])")


@lru_cache(maxsize=4)
def _readings(language: Language) -> dict[str, str | None]:
    """Map letters without diacritics to the word they stand for; None where several are likely."""
    readings: dict[str, str | None] = {}
    for word in known_words(language):
        plain = fold(word)
        readings[plain] = None if plain in readings else word
    return readings | dominant_readings(language)


def restored(masked: str, language: Language) -> str:
    """Put diacritics back where there is no doubt.

    On good sentences of the training data without their diacritics, 72 % (hu), 38 % (ro) and 69 % (pl) of the words that
    lack some were mended by words with a single reading alone, and at most 1 in 1,000 words was mended wrongly.

    Args:
        masked: A passage, its facts as marks; may be empty.
        language: Its language.

    Returns:
        The passage, of the same length. One that has diacritics somewhere comes back as it is: its writer uses them.
    """
    if not masked.isascii() and any(fold(c) != c.lower() for c in masked):
        return masked
    readings = _readings(language)

    def read(match: re.Match[str]) -> str:
        word = match.group()
        plain = word.lower()
        other = readings.get(fold(plain)) if word[0] != "<" and plain.isascii() else None
        if not other or other == plain or len(other) != len(word):
            return word
        if word.isupper():
            return other.upper()
        return other[0].upper() + other[1:] if word[0].isupper() else other

    return _WORD.sub(read, masked)
