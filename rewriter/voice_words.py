"""The words and marks of a voice: avoided words, exclamation marks, emoji; facts and the brand's own texts stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rewriter.facts import find_facts
from rewriter.marks import Language
from rewriter.voice_frame import own_spans, salutation_span

if TYPE_CHECKING:
    from rewriter.brand import Avoided, Brand

_MARKS = re.compile(r"([.?…]?)[ !]*!")
Span = tuple[int, int]


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words in any case; a word that ends in ``*`` stands for all its endings."""
    longest_first = sorted(words, key=len, reverse=True)
    forms = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def in_voice(brand: Brand, text: str, language: Language) -> str:
    """Return a reply in the brand's words and marks.

    Args:
        brand: The voice.
        text: The reply.
        language: Its language.

    Returns:
        The reply; its facts and what the brand's own texts put there are as they were. Where emoji are off, they go.
    """
    if not brand.emoji:
        text = _without_emoji(text, own_spans(brand, text, language))
    if not brand.exclamation_marks:
        # A salutation on a line of its own ends in an exclamation mark in Hungarian and Polish letters: that is spelling.
        kept = [*own_spans(brand, text, language), *salutation_span(text, language)]
        text = _outside(text, kept, lambda part: _MARKS.sub(lambda m: m[1] or ".", part))
    replaced = {word.lower(): other for word, other in brand.replace.get(language, {}).items()}
    if replaced:
        text = _replace(brand, text, language, word_pattern(replaced), lambda found: replaced[found.lower()])
    for avoided in brand.avoid:
        if avoided.language == language and avoided.use:
            text = _replace(brand, text, language, word_pattern(avoided.words), lambda _, to=avoided.use: to)  # type: ignore[misc]
    return text


def left_words(brand: Brand, text: str, language: Language) -> list[str]:
    """Return the avoided words of a reply that the brand has no replacement for, as written, each once."""
    found: list[str] = []

    def note(part: str, avoided: Avoided) -> str:
        found.extend(word_pattern(avoided.words).findall(part))
        return part

    for avoided in brand.avoid:
        if avoided.language == language and not avoided.use:
            _outside(text, [], lambda part, a=avoided: note(part, a))  # type: ignore[misc]
    return list(dict.fromkeys(found))


def _replace(brand: Brand, text: str, language: Language, pattern: re.Pattern[str], use: Callable[[str], str]) -> str:
    kept = own_spans(brand, text, language)
    return _outside(text, kept, lambda part: pattern.sub(lambda m: _same_case(m.group(), use(m.group())), part))


def _without_emoji(text: str, kept: list[Span]) -> str:
    for fact in reversed([f for f in find_facts(text) if f.kind == "emoji"]):
        if not any(start <= fact.start < end for start, end in kept):
            text = text[: fact.start].rstrip(" ") + text[fact.end :]
    return text


def _outside(text: str, kept: list[Span], change: Callable[[str], str]) -> str:
    """Change a text outside its facts and some more spans."""
    pieces, at = [], 0
    for start, end in sorted([*kept, *((fact.start, fact.end) for fact in find_facts(text))]):
        if end <= at:
            continue
        pieces += [change(text[at:start]) if start > at else "", text[max(at, start) : end]]
        at = end
    return "".join([*pieces, change(text[at:])])


def _same_case(before: str, after: str) -> str:
    return after[:1].upper() + after[1:] if before[:1].isupper() else after
