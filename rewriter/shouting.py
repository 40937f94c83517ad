"""Shouting: words in capitals that are no acronyms, strings of exclamation marks; found, and taken down."""

from __future__ import annotations

import re

from rewriter.folding import fold
from rewriter.marks import MARK_PATTERN
from rewriter.typical import EVERY

ACRONYM_LETTERS = 4
"""A longer word in capitals counts as shouted."""
SHOUTED_SHARE = 0.6
FEWEST_LETTERS = 6
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STRING = re.compile(r"[!?]{2,}|!(?:\s*!)+")
_SENTENCE_START = re.compile(r"(^\W*|[.!?…]\s+)([^\W\d_])")


def is_shouted(text: str) -> bool:
    """Say whether most letters of a text are capitals; marks do not count."""
    letters = [c for c in MARK_PATTERN.sub("", text) if c.isalpha()]
    return len(letters) >= FEWEST_LETTERS and sum(c.isupper() for c in letters) > SHOUTED_SHARE * len(letters)


def shouted_words(text: str) -> list[tuple[int, int]]:
    """Find words in capitals that are no acronyms.

    Args:
        text: Any text; may be empty.

    Returns:
        (start, end) of each: longer than an acronym, a common word, or beside such a word.
    """
    matches = [m for m in _WORD.finditer(text) if len(m.group()) > 1 and m.group().isupper()]
    sure = [len(m.group()) > ACRONYM_LETTERS or fold(m.group()) in EVERY for m in matches]
    spans = []
    for i, match in enumerate(matches):
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(matches) and sure[j]]
        beside = any(text[min(matches[j].end(), match.end()) : max(matches[j].start(), match.start())] == " " for j in near)
        if sure[i] or beside:
            spans.append(match.span())
    return spans


def shouting(text: str) -> list[tuple[int, int]]:
    """Find all shouting: (start, end) of loud words, neighbours joined, and of strings of exclamation or question marks."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted([*shouted_words(text), *(m.span() for m in _STRING.finditer(text))]):
        if spans and not text[spans[-1][1] : start].strip(" ,"):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def calm(masked: str) -> str:
    """Return a masked text without shouting.

    Args:
        masked: A masked passage; may be empty.

    Returns:
        The passage in normal letters if it is mostly in capitals, else with its loud words lowered; strings of exclamation
        and question marks become one mark. A text without shouting comes back as it is.
    """
    quiet = masked
    if is_shouted(masked):
        pieces = re.split(f"({MARK_PATTERN.pattern})", masked)
        quiet = "".join(piece if MARK_PATTERN.fullmatch(piece) else piece.lower() for piece in pieces)
    else:
        for start, end in shouted_words(masked):
            quiet = quiet[:start] + masked[start:end].lower() + quiet[end:]
    if quiet != masked:
        quiet = _SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), quiet)
    return _STRING.sub(lambda m: "?" if "?" in m.group() else "!", quiet)
