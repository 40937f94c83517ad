"""Mends a proposal where the model miscopied a word: the draft's own word comes back in its place."""

from __future__ import annotations

import difflib
import re

from rewriter.folding import fold
from rewriter.marks import Language
from rewriter.words import known_words

_TOKEN = re.compile(r"<[a-z]+\d{0,3}>|[^\W\d_]+(?:['’][^\W\d_]+)*|\s+|.", re.DOTALL)
ALIKE = 0.5
"""Similarity of two words' letters from which one may be a miscopy of the other, wherever it stands."""


def miscopied(draft: str, reply: str, language: Language) -> str:
    """Put the draft's words back where the reply has words that do not exist.

    Args:
        draft: The masked passage.
        reply: The masked proposal.
        language: Their language.

    Returns:
        The reply; each word in it that neither the language's list nor the draft has is replaced by the draft's word at the
        same place between equal neighbours, if there is exactly one. Without a list of words the reply comes back as it is.
    """
    known = known_words(language)
    if not known:
        return reply
    before, after = _TOKEN.findall(draft), _TOKEN.findall(reply)
    own = {fold(token) for token in before}

    def unknown(token: str) -> bool:
        return token[0].isalpha() and len(token) > 1 and token.lower() not in known and fold(token) not in own

    if not any(map(unknown, after)):
        return reply
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    mended = list(after)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "replace":
            continue
        words = [token for token in before[a0:a1] if token[0].isalpha()]
        for place in range(b0, b1):
            if unknown(after[place]):
                single = len(words) == 1 and b1 - b0 == 1
                mended[place] = words[0] if single else _nearest(after[place], words) or after[place]
    return "".join(mended)


def _nearest(word: str, candidates: list[str]) -> str | None:
    scored = [(difflib.SequenceMatcher(a=fold(word), b=fold(other)).ratio(), other) for other in candidates]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None
