"""Takes shouting down before the model sees it: capitals that fill a sentence, strings of exclamation marks."""

from __future__ import annotations

import re

from rewriter.marks import MARK_PATTERN

SHOUTED_SHARE = 0.6
FEWEST_LETTERS = 6
_MARKS = re.compile(r"[!?]{2,}|!\s*(?:!\s*)+")
_SENTENCE_START = re.compile(r"(^\W*|[.!?…]\s+)([^\W\d_])")
_LOUD_WORD = re.compile(r"\b[^\W\d_]{5,}\b")


def is_shouted(text: str) -> bool:
    """Say whether most letters of a text are capitals; marks do not count."""
    letters = [c for c in MARK_PATTERN.sub("", text) if c.isalpha()]
    return len(letters) >= FEWEST_LETTERS and sum(c.isupper() for c in letters) > SHOUTED_SHARE * len(letters)


def calm(masked: str) -> str:
    """Return a masked text without shouting.

    Args:
        masked: A masked passage; may be empty.

    Returns:
        The passage in normal letters if it is mostly in capitals, else with its longer words in capitals lowered; runs of
        exclamation and question marks become one mark. A text without shouting comes back as it is.
    """
    if is_shouted(masked):
        pieces = re.split(rf"({MARK_PATTERN.pattern})", masked)
        masked = "".join(piece if MARK_PATTERN.fullmatch(piece) else piece.lower() for piece in pieces)
        masked = _SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), masked)
    else:
        masked = _LOUD_WORD.sub(lambda m: m.group().lower() if m.group().isupper() else m.group(), masked)
    return _MARKS.sub(lambda m: ("?" if "?" in m.group() else "!") + (" " if m.group()[-1].isspace() else ""), masked)
