"""All metrics by name, what each answers, and the joint score. None means that a reply cannot be scored."""

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
        question: What it answers, for people who never saw the code.
        function: From example and reply to a figure; None where it cannot be scored.
        top: The best figure there is: 1 for shares, 100 for points.
        lower_is_better: Whether small figures are good.
    """

    name: str
    question: str
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
        Metric(
            "joint", "All in one: fault gone, facts and commitments kept, meaning near a good reply, words that exist.", joint
        ),
        Metric("resolved", "Is the fault gone?", faithfulness.resolved),
        Metric("clean", "Is the reply free of faults that the draft did not have?", faithfulness.no_new_faults),
        Metric("facts", "Is every fact there, and none made up?", faithfulness.facts_kept),
        Metric("commitments", "Do refusals, conditions, deadlines and promises stand?", faithfulness.commitments_kept),
        Metric("meaning", "How near is the meaning to a good reply?", similarity.meaning),
        Metric("same_language", "Is the reply in the draft's language?", wording.language_kept),
        Metric("address", "Is the customer addressed in the right form throughout?", wording.address_kept),
        Metric("fluency", "What share of the words are words of the language?", wording.fluency),
        Metric("concise", "Is it about as long as good replies are?", wording.conciseness),
        Metric("chrf", "How many characters does it share with a good reply (chrF, points)?", similarity.chrf, 100.0),
        Metric("sari", "Were the right words kept, deleted and added (SARI, points)?", similarity.sari, 100.0),
        Metric("alone", "Was a good draft left as it is?", faithfulness.left_alone),
        Metric("over_edit", "What share of a good draft was changed (lower is better)?", faithfulness.over_edit, 1.0, True),
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
