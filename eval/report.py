"""Shows a summary as a table in the terminal, and compares two systems."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from eval import statistics
from eval.metrics import METRICS
from eval.runner import Run, values


def table(summary: list[dict[str, Any]]) -> Table:
    """Make the table of a summary: shares in percent with their 95 % interval, chrF in points."""
    shown = Table("task", "system", "language", "n", *METRICS, "failed", "ms/draft", box=None, header_style="bold")
    for line in summary:
        cells = [_cell(name, line["figures"].get(name)) for name in METRICS]
        shown.add_row(
            line["task"],
            line["system"],
            line["language"],
            str(line["rows"]),
            *cells,
            str(line["failed"]),
            str(line["milliseconds_a_draft"]),
        )
    return shown


def _cell(name: str, figure: dict[str, float] | None) -> str:
    if figure is None:
        return "–"
    scale = 1 if name == "chrf" else 100
    return f"{scale * figure['mean']:.1f} [{scale * figure['low']:.0f}–{scale * figure['high']:.0f}]"


def comparison(runs: list[Run], system: str) -> list[str]:
    """Say, for every task and metric, how a system stands against each other one: difference, p, number."""
    lines = []
    for own in (one for one in runs if one.system == system):
        for other in (one for one in runs if one.task.name == own.task.name and one.system != system):
            for metric in METRICS:
                pairs = [
                    (a[metric], b[metric])
                    for a, b in zip(own.rows, other.rows, strict=True)
                    if a[metric] is not None and b[metric] is not None
                ]
                if pairs and metric in ("chrf", "joint", "resolved", "alone") and values(own.rows, metric):
                    left, right = [a for a, _ in pairs], [b for _, b in pairs]
                    p = statistics.paired_p(left, right)
                    gap = statistics.mean(left) - statistics.mean(right)
                    lines.append(f"{own.task.name} {metric}: {gap:+.3f} against {other.system}, p = {p:.4f}, n = {len(pairs)}")
    return lines
