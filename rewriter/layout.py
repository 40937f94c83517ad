"""Cuts a draft into passages that the model can take, and puts them together again without losing a character of layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_PASSAGE = 300
"""Characters of masked text handed to the model at once; longer paragraphs are cut between sentences."""

_LEAD = re.compile(r"\s*(?:(?:[-*•–—>]|(?:\d{1,2}|<x\d{1,4}>)[.)]|[a-z]\))\s+)*")
_ABBREVIATIONS = (
    "pl kb dr mr mrs ms str nr tel ul np tzw tzn godz ok dvs dl dna art ill stb u no e.g i.e approx sz hsz min max zł pt"
    " ún ld vs etc min szt buc db"
).split()
_SENTENCE_GAP = re.compile(
    r"(?:(?<=[!?…])|(?<=\.)" + "".join(rf"(?<!\b{re.escape(a)}\.)" for a in _ABBREVIATIONS) + r")\s+(?=[^\s.,;:)])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text for the model.

    Attributes:
        text: The piece, without surrounding white space.
        start: Index of its first character in the draft.
        end: Index behind its last character.
    """

    text: str
    start: int
    end: int


def sentences(text: str, offset: int = 0) -> list[Passage]:
    """Split a line into sentences.

    Args:
        text: One line; may be empty.
        offset: Index of the line's first character in the draft.

    Returns:
        The sentences in order, without the spaces between them; an empty list for a blank line.
    """
    found, at = [], 0
    for gap in [*_SENTENCE_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[at:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            kept = piece.strip()
            found.append(Passage(kept, offset + at + lead, offset + at + lead + len(kept)))
        at = gap.end() if gap else at
    return found


def passages(draft: str, longest: int = LONGEST_PASSAGE) -> list[Passage]:
    """Cut a draft into passages: its lines without bullets and margins, long ones between sentences.

    Args:
        draft: Any text; may be empty.
        longest: Characters of a passage; only a single sentence may be longer.

    Returns:
        The passages in order. What lies between them is layout and is never changed.
    """
    found: list[Passage] = []
    for line in re.finditer(r"[^\r\n]+", draft):
        lead = _LEAD.match(line.group())
        skip = lead.end() if lead else 0
        group: list[Passage] = []
        for sentence in sentences(line.group()[skip:], line.start() + skip):
            if group and sentence.end - group[0].start > longest:
                found.append(_joined(draft, group))
                group = []
            group.append(sentence)
        if group:
            found.append(_joined(draft, group))
    return [passage for passage in found if any(c.isalpha() for c in passage.text)]


def _joined(draft: str, group: list[Passage]) -> Passage:
    start, end = group[0].start, group[-1].end
    return Passage(draft[start:end], start, end)


def assemble(draft: str, changed: list[tuple[Passage, str]]) -> str:
    """Put replies in the places of their passages.

    Args:
        draft: The draft that the passages were cut from.
        changed: Passages in order, each with its reply; an empty reply removes the passage and the space before it.

    Returns:
        The draft with the replies in place and everything else as it was.
    """
    pieces: list[str] = []
    at = 0
    for passage, reply in changed:
        between = draft[at : passage.start]
        if not reply and not between.strip():
            between = between.rstrip(" ")
        pieces += [between, reply]
        at = passage.end
    return "".join([*pieces, draft[at:]])
