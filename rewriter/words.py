"""Which words exist: a list a language, made of clean text, to catch words that a model made up."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

from rewriter.folding import fold
from rewriter.marks import Language

FOLDER = Path(__file__).parent / "guide"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=4)
def known_words(language: Language) -> frozenset[str]:
    """Return the words that ship for a language, lower case, with diacritics."""
    path = FOLDER / f"words-{language}.txt.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")) if path.exists() else frozenset()


@lru_cache(maxsize=4)
def known_names(language: Language) -> frozenset[str]:
    """Return the words that a language only ever writes with a capital, in lower case: people, places, firms."""
    path = FOLDER / f"names-{language}.txt.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")) if path.exists() else frozenset()


@lru_cache(maxsize=4)
def dominant_readings(language: Language) -> dict[str, str]:
    """Return letters without diacritics and the word that they nearly always stand for, where they could stand for others."""
    path = FOLDER / f"readings-{language}.txt.gz"
    if not path.exists():
        return {}
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    return {plain: word for plain, _, word in (line.partition("\t") for line in lines if line)}


def words(text: str) -> list[str]:
    """Return the words of a text in order, numbers and punctuation left out."""
    return _WORD.findall(text)


def unknown_words(reply: str, draft: str, language: Language) -> list[str]:
    """Find words of a reply that neither its draft nor the language's list has.

    Args:
        reply: The reply, facts masked or not.
        draft: Its draft; what the agent wrote is taken as it is, diacritics and case apart.
        language: Their language.

    Returns:
        The words in order; empty if the language has no list.
    """
    known = known_words(language)
    if not known:
        return []
    own = {fold(word) for word in words(draft)}
    return [w for w in words(reply) if w.lower() not in known and fold(w) not in own and len(w) > 1]
