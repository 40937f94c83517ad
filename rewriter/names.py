"""Names inside a sentence: capitalised words that are neither a sentence's first word nor a polite pronoun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rewriter.folding import fold
from rewriter.marks import Language
from rewriter.shouting import shouted_words
from rewriter.typical import EVERY
from rewriter.words import known_names

_NOT_NAMES = re.compile(
    # Hungarian, Polish and Romanian write the polite "you" with a capital; English writes "I" so.
    r"(?:Ön\w*|Te|Téged|Neked|Tőled|Veled|Rólad|Hozzád|Tiéd|Maga|Magá\w*|Kegyed\w*|"
    r"Pan|Pana|Panu|Panem|Panie|Pani|Panią|Pania|Panią|Państw\w*|Panstw\w*|Pańsk\w*|Pansk\w*|Panów|Paniom|Panowie|"
    r"Ty|Ciebie|Cię|Cie|Tobie|Ci|Tobą|Twój|Twoj\w*|Twoi\w*|Twe\w*|Was|Wam|Wami|Wasz\w*|"
    r"Dumneavoastră|Dumneavoastra|Dvs|Dv|Dumneata|Domnia|Dumneavoastre|Tu|Tine|Tău|Dumnea\w*|"
    r"I|I'm|I'll|I've|I'd|I’m|I’ll|I’ve|I’d|Mr|Mrs|Ms|Miss|Dr|Sir|Madam|OK|Ok|"
    r"Úr|Uram|Uraim|Asszony\w*|Hölgy\w*|Uram|Doamn\w*|Domn\w*|Szanown\w*|Drog\w*|Tisztelt|Kedves|Stimat\w*)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_GAP_IN_NAME = re.compile(r" |\. (?=[A-ZÀ-Ž])")
_SENTENCE_END = '.!?:…\n\r\t•*|;–—-(/"„“”»«'


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \u00a0\u200b")
    return not before or before[-1] in _SENTENCE_END


def _is_name(word: str) -> bool:
    return word[0].isupper() and not _NOT_NAMES.fullmatch(word) and fold(word) not in EVERY


def name_spans(text: str, taken: Sequence[tuple[int, int]] = (), language: Language | None = None) -> list[tuple[int, int]]:
    """Find names: runs of capitalised words inside a sentence, and words known as names at its start.

    In a text that is mostly in capitals no word counts as a name, since capitals tell nothing there.

    Args:
        text: The text; may be empty.
        taken: Spans that are already something else; no name overlaps them.
        language: Whose list of names settles a sentence's first word; without it no first word counts.

    Returns:
        (start, end) of each name, left to right.
    """
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) > 0.5 * len(letters):
        return []
    spans: list[tuple[int, int]] = []
    loud = set(shouted_words(text))  # shouting is a fault, not a fact
    for match in _WORD.finditer(text):
        start, end = match.span()
        if (start, end) in loud or any(s < end and start < e for s, e in taken) or not _is_name(match.group()):
            continue
        joined = spans and _GAP_IN_NAME.fullmatch(text[spans[-1][1] : start])
        if joined:
            spans[-1] = (spans[-1][0], end)
        elif not _starts_sentence(text, start) or (language and match.group().lower() in known_names(language)):
            spans.append((start, end))
    return spans
