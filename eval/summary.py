"""Sums rows up: by task, system, language and rule, each metric's mean, interval, number, and what could not be scored."""

from __future__ import annotations

from typing import Any

from eval import statistics
from eval.metrics import METRICS, primary
from eval.runner import Row, Run

FEWEST_A_RULE = 5
"""Fewer rows of a rule give no figure."""


def values(rows: list[Row], metric: str, language: str = "") -> list[float]:
    """Return a metric's values where it could be scored."""
    return [row[metric] for row in rows if row[metric] is not None and language in ("", row["language"])]


def figures(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return each metric's mean, 95 % interval, number of rows scored and of rows that it cannot score.

    A metric that no row could be scored by is left out. Rows that failed are counted by neither number.
    """
    found = {}
    alive = sum(row["error"] is None for row in rows)
    for metric in METRICS:
        scores = values(rows, metric)
        if scores:
            low, high = statistics.interval(scores)
            found[metric] = {
                "mean": round(statistics.mean(scores), 4),
                "low": round(low, 4),
                "high": round(high, 4),
                "n": len(scores),
                "not_scorable": alive - len(scores),
            }
    return found


def summary(runs: list[Run]) -> list[dict[str, Any]]:
    """Return a line for every task, system and language, and one for all languages together."""
    lines = []
    for one in runs:
        languages = sorted({row["language"] for row in one.rows})
        for language in ["", *languages] if len(languages) > 1 else languages:
            rows = [row for row in one.rows if language in ("", row["language"])]
            lines.append(
                {
                    "task": one.task.name,
                    "version": one.task.version,
                    "system": one.system,
                    "fingerprint": one.fingerprint,
                    "language": language or "all",
                    "rows": len(rows),
                    "failed": sum(row["error"] is not None for row in rows),
                    "milliseconds_a_draft": round(one.milliseconds, 1),
                    "figures": figures(rows),
                }
            )
    return lines


def by_rule(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return the mean of the figure that decides, its interval and number, for every rule with enough rows; worst first.

    A row that breaks several rules counts for each of them; one that failed counts as 0.
    """
    groups: dict[str, list[float]] = {}
    for row in rows:
        figure = primary(row)
        for rule in row["rules"] if figure is not None else ():
            groups.setdefault(rule, []).append(figure or 0.0)
    found = {}
    for rule, scores in groups.items():
        if len(scores) >= FEWEST_A_RULE:
            low, high = statistics.interval(scores)
            found[rule] = {"mean": statistics.mean(scores), "low": low, "high": high, "n": len(scores)}
    return dict(sorted(found.items(), key=lambda item: (item[1]["mean"], item[0])))
