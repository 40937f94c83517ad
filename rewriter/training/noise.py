"""Spoils clean text the way people type: lost diacritics, typos, case, punctuation, gaps."""

from __future__ import annotations

import random
import re
import unicodedata
from itertools import pairwise

_NEIGHBOURS = {a: b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in pairwise(row)}
_SHORTEST_WITH_TYPO = 4


def strip_diacritics(text: str) -> str:
    """Return the text without diacritics, the Polish ł included."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("ł", "l").replace("Ł", "L")


def misspell(word: str, rng: random.Random) -> str:
    """Swap, drop, double or mistype one letter of a word of four letters or more; marks stay as they are."""
    if len(word) < _SHORTEST_WITH_TYPO or "<" in word:
        return word
    i, kind = rng.randrange(len(word) - 1), rng.random()
    if kind < 0.3:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind < 0.6:
        return word[:i] + word[i + 1 :]
    if kind < 0.8:
        return word[:i] + word[i] + word[i:]
    return word[:i] + _NEIGHBOURS.get(word[i], word[i]) + word[i + 1 :]


def lower(text: str) -> str:
    """Lower-case all but the marks."""
    return re.sub(r"<[^>]*>|[^<]+", lambda m: m.group() if m.group().startswith("<") else m.group().lower(), text)


def type_badly(text: str, rng: random.Random) -> str:
    """Spoil a text a little or more; the strength is drawn too, and may be nothing.

    Args:
        text: Masked text; its marks are never touched.
        rng: The source of chance.

    Returns:
        The spoiled text: the same words, in a worse spelling.
    """
    noisy = text
    if rng.random() < 0.45:
        noisy = strip_diacritics(noisy)
    kind = rng.random()
    if kind < 0.22:
        noisy = lower(noisy)
    elif kind < 0.45:
        noisy = noisy[:1].lower() + noisy[1:]
    if rng.random() < 0.35:
        noisy = noisy.rstrip(".!")
    elif rng.random() < 0.12:
        noisy = noisy.rstrip(".!") + rng.choice(["!!", "!!!", "..", "...", "!"])
    if rng.random() < 0.25:
        noisy = noisy.replace(",", "")
    rate = rng.choice([0, 0, 0.06, 0.12, 0.2])
    return " ".join(misspell(word, rng) if rng.random() < rate else word for word in noisy.split(" "))


def leave_gaps(text: str, rng: random.Random) -> str:
    """Put ``<mask>`` in place of one or two words a dozen; marks are never hidden."""
    words = text.split(" ")
    if len(words) <= 5:
        return text
    for _ in range(1 + len(words) // 14):
        start = rng.randrange(len(words) - 2)
        if not any("<" in word for word in words[start : start + 2]):
            words[start : start + rng.randint(1, 2)] = ["<mask>"]
    return " ".join(words)
