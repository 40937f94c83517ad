"""Runs systems over tasks: every example's row is written before any summary; a row that fails is kept with its reason."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import statistics
from eval.metrics import METRICS, score
from eval.systems import System
from eval.tasks import Example, Task
from rewriter.errors import FileFormatError

Row = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """Rows of one system over one task, in the task's order."""

    task: Task
    system: str
    rows: list[Row]
    seconds: float


def run(task: Task, system: System, *, languages: Iterable[str] = (), limit: int | None = None) -> Run:
    """Run one system over one task.

    Args:
        task: The task.
        system: The system.
        languages: Codes of the languages to run; all if empty.
        limit: Examples a language at most.

    Returns:
        One row an example: example, reply or error, scores.

    Raises:
        FileFormatError: If no example is left.
    """
    chosen, counts = [], dict[str, int]()
    wanted = set(languages)
    for example in task.load():
        counts[example.language] = counts.get(example.language, 0) + 1
        if (not wanted or example.language in wanted) and (limit is None or counts[example.language] <= limit):
            chosen.append(example)
    if not chosen:
        raise FileFormatError(f"The task {task.name} has no example in {', '.join(wanted) or 'any language'}.")
    begin = time.perf_counter()
    replies = system.reply(chosen)
    seconds = time.perf_counter() - begin
    rows = [_row(task, system, example, reply) for example, reply in zip(chosen, replies, strict=True)]
    return Run(task, system.name, rows, seconds)


def _row(task: Task, system: System, example: Example, reply: str | Exception) -> Row:
    row: Row = {
        "task": task.name,
        "version": task.version,
        "system": system.name,
        "id": example.id,
        "language": example.language,
        "rules": list(example.rules),
        "expect": example.expect,
        "draft": example.draft,
        "references": list(example.references),
    }
    if isinstance(reply, Exception):
        return row | {"reply": None, "error": str(reply)} | dict.fromkeys(METRICS)
    return row | {"reply": reply, "error": None} | score(example, reply)


def write(runs: list[Run], out: Path) -> None:
    """Write ``rows.jsonl`` and ``summary.json`` into a folder, which is made if missing."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "rows.jsonl").open("w", encoding="utf-8") as file:
        for one in runs:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in one.rows)
    (out / "summary.json").write_text(json.dumps(summary(runs), indent=2) + "\n", encoding="utf-8")


def values(rows: list[Row], metric: str, language: str = "") -> list[float]:
    """Return a metric's values where it could be scored."""
    return [row[metric] for row in rows if row[metric] is not None and language in ("", row["language"])]


def summary(runs: list[Run]) -> list[dict[str, Any]]:
    """Sum runs up: by task, system and language, each metric's mean, interval and number, and the rows that failed."""
    lines = []
    for one in runs:
        languages = sorted({row["language"] for row in one.rows})
        for language in ["", *languages] if len(languages) > 1 else languages:
            rows = [row for row in one.rows if language in ("", row["language"])]
            figures: dict[str, Any] = {}
            for metric in METRICS:
                scores = values(rows, metric)
                if scores:
                    low, high = statistics.interval(scores)
                    figures[metric] = {
                        "mean": round(statistics.mean(scores), 4),
                        "low": round(low, 4),
                        "high": round(high, 4),
                        "n": len(scores),
                    }
            lines.append(
                {
                    "task": one.task.name,
                    "version": one.task.version,
                    "system": one.system,
                    "language": language or "all",
                    "rows": len(rows),
                    "failed": sum(row["error"] is not None for row in rows),
                    "milliseconds_a_draft": round(1000 * one.seconds / len(one.rows), 1),
                    "figures": figures,
                }
            )
    return lines
