"""What a reply must do and must not: faults gone and none new, facts and commitments kept, good replies left alone.

Every metric is a pure function of an example and a reply; None means that it cannot be scored.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from eval.examples import Example
from rewriter.checks import Checks
from rewriter.facts import find_facts
from rewriter.folding import fold
from rewriter.marks import Language

_PUNCTUATION = re.compile(r"[^\w<>]+")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text without case, diacritics and punctuation: what is left differs only if words do."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@lru_cache(maxsize=4)
def _checks(language: Language) -> Checks:
    return Checks(language, "formal")


def resolved(example: Example, reply: str) -> float | None:
    """1 if the fault is gone: the reply says something else than the draft, and no pattern finds a fault in it.

    Only faults of medium and high severity count, and those of low severity that the draft is labelled with. The
    comparison with the draft forgives spelling, unless nothing but spelling is what the draft is labelled with.
    """
    if example.expect != "resolve":
        return None
    spelling = bool(example.rules) and all(rule.startswith("clean.") for rule in example.rules)
    same = reply.strip() == example.draft.strip() if spelling else plain(reply) == plain(example.draft)
    if not plain(reply) or same:
        return 0.0
    left = _checks(example.language).faults(reply)
    return float(not any(m.rule.severity != "low" or m.rule.id in example.rules for m in left))


def no_new_faults(example: Example, reply: str) -> float | None:
    """1 if the reply has no fault of medium or high severity that the draft did not have; None for an empty reply."""
    if not reply.strip():
        return None
    checks = _checks(example.language)
    before = {match.rule.id for match in checks.faults(example.draft)} | set(example.rules)
    return float(not any(m.rule.id not in before and m.rule.severity != "low" for m in checks.faults(reply)))


def facts_kept(example: Example, reply: str) -> float | None:
    """1 if every span to keep is in the reply and the reply has no fact that the draft lacks."""
    if example.expect != "resolve":
        return None
    own = {fact.text for fact in find_facts(example.draft)}
    made_up = any(f.text not in own and f.text not in example.draft.split() for f in find_facts(reply) if f.kind != "name")
    return float(all(span in reply for span in example.keep) and not made_up)


def commitments_kept(example: Example, reply: str) -> float | None:
    """1 if all that binds is in the reply and nothing turns it round; None where nobody wrote down what binds."""
    if not example.must and not example.never:
        return None
    folded = _SPACE.sub(" ", fold(reply))
    kept = all(re.search(rf"\b(?:{pattern})", folded) for pattern in example.must)
    return float(bool(folded.strip()) and kept and not any(re.search(rf"\b(?:{pattern})", folded) for pattern in example.never))


def left_alone(example: Example, reply: str) -> float | None:
    """1 if a good reply came back as it was, but for spelling: case, diacritics and punctuation."""
    return None if example.expect != "alone" else float(plain(reply) == plain(example.draft))


def over_edit(example: Example, reply: str) -> float | None:
    """The share of words of a good draft and its reply that do not match, 0 (untouched) to 1; lower is better.

    It is 1 minus Ratcliff and Obershelp's ratio over words, as ``difflib.SequenceMatcher`` computes it.
    """
    if example.expect != "alone":
        return None
    return 1.0 - SequenceMatcher(None, plain(example.draft).split(), plain(reply).split(), autojunk=False).ratio()
