"""What two texts share: stems, clauses, times, runs of words; what one says that the other does not."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

from rewriter.folding import fold
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import MARK_PATTERN
from rewriter.words import words

STEM = 5
"""Letters that two forms of a word must share; inflection changes the end of a word in all four languages."""
TIME_STEM = 4
"""Likewise for words of time, which are short."""
NEGATED_WITHIN = 3
RUN = 3
"""Words in a row that a reply may not say twice where its draft says them once."""
SPELLING = 0.6
"""Similarity of a misspelt word and its correction, folded; two typos in a word of six letters still pass."""
_FUNCTION_LENGTH = 4
_CLAUSE, _CLAUSE_WORDS = re.compile(r"[.!?…,;:–—]\s+"), 3
_TIME_PARTICLES = frozenset(
    "meg mar csak belul mulva alatt in on at by the within until"
    " jeszcze juz w we na do o za od ciagu inca deja la pe de pana decurs".split()
)
"""Folded words that go with a time and are none."""


def alike(one: str, other: str) -> bool:
    """Say whether two folded words are one word in two spellings."""
    return one == other or SequenceMatcher(a=one, b=other).ratio() >= SPELLING


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words, folded, marks left out."""
    plain = fold(MARK_PATTERN.sub(" ", text))
    return {word[:STEM] for word in words(plain) if len(word) >= _FUNCTION_LENGTH}


def stock_clauses(draft: str, reply: str) -> int:
    """Count the clauses of three words or more that share no mark and no stem with the draft."""
    own, marks = stems(draft), set(MARK_PATTERN.findall(draft))
    clauses = [clause for clause in _CLAUSE.split(reply) if len(clause.split()) >= _CLAUSE_WORDS]
    return sum(not (own & stems(clause)) and not (marks & set(MARK_PATTERN.findall(clause))) for clause in clauses)


def own_words(draft: str, reply: str, lexicon: Lexicon) -> list[str]:
    """Return a reply's words, folded, that name something and are not its draft's; regret and general answers name nothing."""
    known = stems(draft)
    new = [word for word in words(fold(MARK_PATTERN.sub(" ", reply))) if stems(word) and not stems(word) & known]
    return [word for word in new if not (lexicon.has("general", word) or lexicon.has("limit", word))]


def added(kind: str, draft: str, reply: str, lexicon: Lexicon) -> list[str]:
    """Words of a kind in the reply whose stem the draft does not have."""
    folded = fold(draft)
    return [word for word in lexicon.words(kind, reply) if fold(word)[:STEM] not in folded]


def times_added(draft: str, reply: str, lexicon: Lexicon) -> list[str]:
    """Times of the reply that the draft does not have: "still today" and "on Friday" stand for "today" and "Friday"."""
    return [
        time
        for time in lexicon.words("time", reply)
        if not all(has_stem(draft, word) for word in words(time) if fold(word) not in _TIME_PARTICLES)
    ]


def has_stem(text: str, word: str) -> bool:
    """Say whether a text has a word with the same beginning: "pénteken" stands for "péntekig"."""
    plain = fold(word)
    pattern = re.escape(plain[:TIME_STEM]) if len(plain) >= TIME_STEM else rf"{re.escape(plain)}\w{{0,2}}\b"
    return re.search(rf"\b{pattern}", fold(text)) is not None


def is_ordered(reply: str, verb: str, negated: re.Pattern[str]) -> bool:
    """Say whether a reply has a verb, by its stem, without a negation among the ``NEGATED_WITHIN`` words before it."""
    plain = words(fold(reply))
    stem = fold(verb)[:STEM]
    places = [i for i, word in enumerate(plain) if word.startswith(stem)]
    return any(not negated.search(" ".join(plain[max(0, i - NEGATED_WITHIN) : i])) for i in places)


def said_twice(text: str) -> set[tuple[str, ...]]:
    """Return runs of ``RUN`` words that a text has more than once, and words that stand twice in a row."""
    plain = words(fold(MARK_PATTERN.sub(" ", text)))
    runs = Counter(tuple(plain[i : i + RUN]) for i in range(len(plain) - RUN + 1))
    stutters = {(one, other) for one, other in pairwise(plain) if one == other and len(one) >= _FUNCTION_LENGTH}
    return {run for run, count in runs.items() if count > 1} | stutters


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def outside(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with blanks in place of spans."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
