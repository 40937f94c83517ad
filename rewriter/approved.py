"""A brand's approved replies: the one nearest to a draft, by character n-grams, guides the choice of the reply."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rewriter.facts import find_facts
from rewriter.folding import fold
from rewriter.layout import sentences
from rewriter.marks import MARK_PATTERN, Language
from rewriter.voice_patterns import VoicePatterns
from rewriter.words import words

SIZES = (3, 4, 5)
"""Lengths of the n-grams: three letters survive an ending, five are nearly a stem."""
NEAR = 0.2
"""Similarity of a draft and an approved reply from which the reply may guide."""
OPENING_WORDS, MOST_OPENINGS = 3, 2
OPENING_MARGIN = 0.15
"""How far below the engine's best a proposal with a given opening may lie, log-probability a token: further down it is forced."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One approved reply.

    Attributes:
        language: Its language.
        text: The reply.
        draft: A draft that it answered; empty if none is kept. It makes the reply easier to find.
    """

    language: Language
    text: str
    draft: str = ""


@lru_cache(maxsize=4096)
def _grams(text: str) -> Counter[str]:
    """Count the n-grams of a text without its facts, case and diacritics; no n-gram crosses a word."""
    bare = MARK_PATTERN.sub(" ", text)
    for fact in reversed(find_facts(bare, names=False)):
        bare = f"{bare[: fact.start]} {bare[fact.end :]}"
    padded = [f" {word} " for word in words(fold(bare))]
    return Counter(word[i : i + size] for word in padded for size in SIZES for i in range(len(word) - size + 1))


def similarity(one: str, other: str) -> float:
    """Return the cosine of two texts' n-gram counts, 0 to 1; 0 if one has no word. Marks and facts do not count."""
    a, b = _grams(one), _grams(other)
    if not a or not b:
        return 0.0
    product = sum(count * b[gram] for gram, count in a.items() if gram in b)
    return product / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))


def nearest(draft: str, library: Iterable[Approved], language: Language, reply: str = "") -> Approved | None:
    """Find the approved reply that is nearest to a draft.

    Args:
        draft: The draft, masked or not.
        library: Approved replies of any language.
        language: The draft's.
        reply: What the engine made of the draft, if that is known: it speaks as replies do, so it tells more.

    Returns:
        The nearest; None if none of the language is near.
    """
    ranked = [
        (max(similarity(draft, entry.draft), (similarity(draft, entry.text) + similarity(reply or draft, entry.text)) / 2), entry)
        for entry in library
        if entry.language == language
    ]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= NEAR else None


def openings(reply: Approved) -> list[str]:
    """Return the words that each sentence of an approved reply begins with: the house's way to start, without content."""
    starts = [_beginning(sentence.text, reply.language) for sentence in sentences(reply.text)]
    return [start for start in starts if start and not find_facts(start, language=reply.language)][:MOST_OPENINGS]


def _beginning(sentence: str, language: Language) -> str:
    """Return a sentence's first words, up to a comma, and no word of what is asked: that is the draft's to say."""
    first: list[str] = []
    for word in sentence.split()[:OPENING_WORDS]:
        if VoicePatterns.load(language).asks(word):
            break
        first.append(word)
        if word.endswith(","):
            break
    return " ".join(first)


def adds_facts(reply: Approved, draft: str) -> bool:
    """Say whether an approved reply names a fact that the draft lacks: then it must not be shown as a guide."""
    return any(fact.text not in draft for fact in find_facts(reply.text, language=reply.language) if fact.kind != "emoji")
