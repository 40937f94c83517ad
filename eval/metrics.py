"""All metrics by name, and the joint score. None means that a reply cannot be scored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eval import faithfulness, similarity, wording
from eval.examples import Example

Function = Callable[[Example, str], float | None]


@dataclass(frozen=True)
class Metric:
    """A metric.

    Attributes:
        name: Its key in rows and tables.
        function: From example and reply to a figure; None where it cannot be scored.
        top: The best figure there is: 1 for shares, 100 for points.
        lower_is_better: Whether small figures are good.
    """

    name: str
    function: Function
    top: float = 1.0
    lower_is_better: bool = False


def joint(example: Example, reply: str) -> float | None:
    """Resolved x facts kept x commitments kept x meaning x fluency, in the manner of the TextDetox shared task.

    The first two must be scored, else the result is None; of the others, one that cannot be scored is left out. Fluency
    costs good replies little: judged without themselves, the test split's references have 0.974 (hu) to 0.998 (en, ro).
    """
    needed = [faithfulness.resolved(example, reply), faithfulness.facts_kept(example, reply)]
    if any(part is None for part in needed):
        return None
    product = (needed[0] or 0.0) * (needed[1] or 0.0)
    for metric in (faithfulness.commitments_kept, similarity.meaning, wording.fluency):
        part = metric(example, reply) if product else 0.0
        product *= 1.0 if part is None else part
    return product


METRICS = {
    metric.name: metric
    for metric in (
        Metric("joint", joint),
        Metric("resolved", faithfulness.resolved),
        Metric("clean", faithfulness.no_new_faults),
        Metric("facts", faithfulness.facts_kept),
        Metric("commitments", faithfulness.commitments_kept),
        Metric("meaning", similarity.meaning),
        Metric("same_language", wording.language_kept),
        Metric("address", wording.address_kept),
        Metric("fluency", wording.fluency),
        Metric("concise", wording.conciseness),
        Metric("chrf", similarity.chrf, 100.0),
        Metric("sari", similarity.sari, 100.0),
        Metric("alone", faithfulness.left_alone),
        Metric("over_edit", faithfulness.over_edit, 1.0, True),
    )
}
VERSION = 1
"""Raised when a metric changes what it gives: results of another version are not compared."""
PRIMARY = ("joint", "alone")
"""The figure that decides: the first for faulty drafts, the second for good ones. Never is more than one scorable."""


def score(example: Example, reply: str) -> dict[str, float | None]:
    """Return every metric of a reply by name, rounded to six places."""
    scores = {name: metric.function(example, reply) for name, metric in METRICS.items()}
    return {name: None if value is None else round(value, 6) for name, value in scores.items()}


def counted(row: dict[str, Any], metric: str) -> float | None:
    """Return a row's figure; a row that failed counts as 0, in the figures that decide only, never as not scorable."""
    if not row["error"]:
        figure: float | None = row[metric]
        return figure
    return 0.0 if metric == PRIMARY[row["expect"] == "alone"] else None


def primary(row: dict[str, Any]) -> float | None:
    """Return the figure that decides of a row; None if neither could be scored."""
    return next((figure for name in PRIMARY if (figure := counted(row, name)) is not None), None)


def signature() -> str:
    """Return what the figures were made with, for reports."""
    return f"metrics: version {VERSION}; {similarity.signature()}"
