"""What changed between a draft and a reply, word by word; any change can be put back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s*(?:\w+(?:[-'’.@/]\w+)*|[^\w\s])|\s+$")
"""A word or a mark with the space before it: the words of a text joined are the text again."""
_SHORT = 1
"""Words in a row that stayed the same between two changes, but would only chop them up."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text: the same in both, or ``before`` in the draft and ``after`` in the reply."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def compare(draft: str, reply: str) -> list[Part]:
    """Compare two texts by words.

    Args:
        draft: The text before; may be empty.
        reply: The text after; may be empty.

    Returns:
        Parts in order; all ``before`` joined are the draft, all ``after`` joined the reply.
    """
    old, new = _WORD.findall(draft), _WORD.findall(reply)
    parts: list[list[list[str]]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = kind != "equal"
        between = not changed and b - a <= _SHORT and parts and b < len(old) and d < len(new)
        if parts and (changed or between) and parts[-1][0] != parts[-1][1]:
            parts[-1][0] += old[a:b]
            parts[-1][1] += new[c:d]
        else:
            parts.append([old[a:b], new[c:d]])
    return [Part("".join(before), "".join(after)) for before, after in parts]


def put_back(draft: str, reply: str, number: int) -> str:
    """Undo one change.

    Args:
        draft: The text before.
        reply: The text after.
        number: Which change, from 0, of those ``compare`` finds.

    Returns:
        The reply with the draft's words in that place; the reply itself if there is no such change.
    """
    seen, pieces = -1, []
    for part in compare(draft, reply):
        seen += not part.same
        pieces.append(part.before if not part.same and seen == number else part.after)
    return "".join(pieces)
