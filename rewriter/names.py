"""Names inside a sentence: capitalised words that are neither a sentence's first word nor a polite pronoun."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from rewriter.folding import fold
from rewriter.marks import Language
from rewriter.shouting import shouted_words
from rewriter.typical import EVERY
from rewriter.words import known_names, known_words

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
_GAP_IN_NAME = re.compile(r" |\. (?=[A-ZÀ-Ž])|\+|&| & ")
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\Z")
_LIMITED = re.compile(r"\. ?z ?o\.? ?o\b")
_MIXED = re.compile(r"(?:[a-z]{1,2}[A-Z]|[A-Z][a-z]+[A-Z])[^\W\d_].*")
"""Capitals inside a word: "eMAG", "PayPal"."""
_APPLE = re.compile(r"i(?:Phone|Pad|OS|Mac|Cloud)\b.*")
_ACRONYM_AND_NUMBER = re.compile(r"[A-Z]{2,4} (?=\d)")
_BEFORE_A_NAME = re.compile(
    r"(?<![^\W\d_])(?:dr|prof|mr|mrs|ms|ul|al|os|pl|str|bd|bul|blvd|[şș]os|ifj|id|özv|mgr|in[żz]|hab|lek|dl|dna|sc|bl|sp)\.\Z",
    re.IGNORECASE,
)
_BEFORE_A_LETTER = ("sc.", "bl.")
"""Stairs and blocks of a Romanian address."""
_SENTENCE_END = '.!?:…\n\r\t•*|;–—-(/"„“”»«'
_LINE_BREAK = re.compile(r"<(?:/?(?:br|p|div|li|ul|ol|h\d)\b[^<>]{0,99}|/\w{1,9})>\Z", re.IGNORECASE)
_SMILE = re.compile(r"(?:[:;]-?[)(DPp]+|[\U0001F000-\U0001FAFF\u231A-\u23FF\u2600-\u27BF\u2B05-\u2B55]\uFE0F?)\Z")
_BLANK = " \u00a0\u200b"
_LOOK_BACK = 8
_LONGEST_TAG = 120


def _starts_sentence(text: str, start: int, length: int) -> bool:
    while start and text[start - 1] in _BLANK:
        start -= 1
    if not start:
        return True
    before = text[max(0, start - _LOOK_BACK) : start]
    if before[-1] == ".":
        return not (_BEFORE_A_NAME.search(before) and (length > 1 or before.endswith(_BEFORE_A_LETTER)))
    if before[-1] == ">":
        return _LINE_BREAK.search(text[max(0, start - _LONGEST_TAG) : start]) is not None
    return before[-1] in _SENTENCE_END or _SMILE.search(before) is not None


def _is_name(word: str, language: Language | None) -> bool:
    if _NOT_NAMES.fullmatch(word) or fold(word) in EVERY:
        return False
    # A slip of the Shift key ("nEm") is an ordinary word.
    if word[0].isupper() or _APPLE.fullmatch(word):
        return True
    return bool(_MIXED.fullmatch(word)) and (not language or word.lower() not in known_words(language))


def _is_name_at_start(text: str, word: str, start: int, language: Language | None) -> bool:
    if _MIXED.fullmatch(word) or _ACRONYM_AND_NUMBER.match(text, start):
        return True
    return language is not None and not known_names(language).isdisjoint((word.lower(), word.split("-", maxsplit=1)[0].lower()))


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, 0))  # spans behind this one begin at or after the end
    return at > 0 and taken[at - 1][1] > start


def _joins(text: str, end: int, start: int) -> bool:
    """Say whether one name goes on behind a gap: "Smith & Sons", "J. Kovács", "S.A"."""
    gap = text[end:start]
    return bool(_GAP_IN_NAME.fullmatch(gap)) or (gap == "." and bool(_INITIAL.search(text[max(0, end - 2) : start])))


def name_spans(text: str, taken: Sequence[tuple[int, int]] = (), language: Language | None = None) -> list[tuple[int, int]]:
    """Find names: runs of capitalised words inside a sentence, and words known as names at its start.

    In a text that is mostly in capitals no word counts as a name, since capitals tell nothing there.

    Args:
        text: The text; may be empty.
        taken: Spans that are already something else, none overlapping another; no name overlaps them.
        language: Whose list of names settles a sentence's first word; without it no first word counts.

    Returns:
        (start, end) of each name, left to right.
    """
    taken = sorted(taken)
    cuts = [0, *(at for span in taken for at in span), len(text)]
    letters = [c for i in range(0, len(cuts), 2) for c in text[cuts[i] : cuts[i + 1]] if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) > 0.5 * len(letters):
        return []
    spans: list[tuple[int, int]] = []
    loud = set(shouted_words(text))  # shouting is a fault, not a fact
    for match in _WORD.finditer(text):
        start, end = match.span()
        if (start, end) in loud or not _is_name(match.group(), language) or _overlaps(taken, start, end):
            continue
        if spans and _joins(text, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
        elif not _starts_sentence(text, start, end - start) or _is_name_at_start(text, match.group(), start, language):
            spans.append((start, end))
    limited = [_LIMITED.match(text, end) for _, end in spans]
    return [(start, more.end() if more else end) for (start, end), more in zip(spans, limited, strict=True)]
