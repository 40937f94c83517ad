"""System against system: paired differences with their p and number, by task, language and rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval import runner, statistics
from eval.metrics import METRICS, PRIMARY, counted, primary
from eval.runner import Row
from eval.summary import FEWEST_A_RULE
from rewriter.errors import FileFormatError

ALL = "all"


@dataclass(frozen=True)
class Difference:
    """How far one system is ahead of another one on the same examples.

    Attributes:
        task: Name of the task.
        group: A language, ``all``, or the id of a rule.
        metric: Name of the metric.
        gap: Mean of the first less mean of the second; positive where the first has more.
        p: Of the paired randomisation test, two-sided.
        n: Pairs that both could be scored.
        wins: Pairs in which the first has more.
        losses: Pairs in which the second has more.
    """

    task: str
    group: str
    metric: str
    gap: float
    p: float
    n: int
    wins: int
    losses: int


def pairs(one: list[Row], other: list[Row]) -> list[tuple[Row, Row]]:
    """Return the rows of both systems on the same draft, in the first one's order."""
    others = {(row["task"], row["id"], row["draft"]): row for row in other}
    keys = [(row["task"], row["id"], row["draft"]) for row in one]
    return [(row, others[key]) for key, row in zip(keys, one, strict=True) if key in others]


def differences(one: list[Row], other: list[Row]) -> list[Difference]:
    """Compare two systems: all metrics over all languages; the figures that decide by language and by rule as well."""
    found = []
    matched = pairs(one, other)
    for task in dict.fromkeys(row["task"] for row, _ in matched):
        own = [pair for pair in matched if pair[0]["task"] == task]
        found += _differences(task, ALL, own, list(METRICS))
        languages = list(dict.fromkeys(row["language"] for row, _ in own))
        for code in languages if len(languages) > 1 else []:
            found += _differences(task, code, [pair for pair in own if pair[0]["language"] == code], PRIMARY)
        for rule in sorted({rule for row, _ in own for rule in row["rules"]}):
            broken = [pair for pair in own if rule in pair[0]["rules"]]
            found += _differences(task, rule, broken, PRIMARY) if len(broken) >= FEWEST_A_RULE else []
    return found


def _differences(task: str, group: str, matched: list[tuple[Row, Row]], metrics: list[str] | tuple[str, ...]) -> list[Difference]:
    found = []
    for metric in metrics:
        scored = [(counted(a, metric), counted(b, metric)) for a, b in matched]
        both = [(a, b) for a, b in scored if a is not None and b is not None]
        if both:
            left, right = [a for a, _ in both], [b for _, b in both]
            gap = statistics.mean(left) - statistics.mean(right)
            wins, losses = sum(a > b for a, b in both), sum(a < b for a, b in both)
            p = statistics.paired_p(left, right)
            found.append(Difference(task, group, metric, gap, p, len(both), wins, losses))
    return found


def most_apart(one: list[Row], other: list[Row], count: int) -> list[tuple[float, Row, Row]]:
    """Return (gap, row, other row) where the first system loses most, the worst first."""
    apart = []
    for a, b in pairs(one, other):
        left, right = primary(a), primary(b)
        if left is not None and right is not None and left < right:
            apart.append((left - right, a, b))
    return sorted(apart, key=lambda item: (item[0], item[1]["task"], item[1]["id"]))[:count]


def rows_of(name: str, out: Path) -> list[Row]:
    """Return the rows that a name on the command line means.

    Args:
        name: A system of the run in ``out``; or the folder of another run, whose first system is meant; or
            ``folder:system`` for another one of it.
        out: Folder of the run.

    Raises:
        FileFormatError: If there is no such system or folder.
    """
    folder, _, system = name.rpartition(":")
    if (out / runner.ROWS).is_file() and any(row["system"] == name for row in runner.read(out)):
        return _of_system(runner.read(out), name)  # first, since a system may be called like its model's folder
    if Path(name).exists():
        rows = runner.read(Path(name))
        return [row for row in rows if row["system"] == rows[0]["system"]]
    if folder and Path(folder).exists():
        return _of_system(runner.read(Path(folder)), system)
    return _of_system(runner.read(out), name)


def _of_system(rows: list[Row], system: str) -> list[Row]:
    found = [row for row in rows if row["system"] == system]
    if not found:
        known = ", ".join(dict.fromkeys(row["system"] for row in rows))
        raise FileFormatError(f"There is no system {system!r} in the run; it has {known or 'none'}. Or give a run's folder.")
    return found
