"""The gate: a run against the committed results; a significant loss in a task and language fails it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import metrics, statistics
from eval.compare import ALL
from eval.runner import Row
from rewriter.errors import FileFormatError

RESULTS = Path(__file__).parent / "results"
GATED = (*metrics.PRIMARY, "facts", "commitments")
"""What may not get worse."""
ALPHA = 0.05
"""Family-wise level: the chance that a run no worse than the committed one fails, over all its tests together."""
SAMPLES = 20_000
"""Sign patterns of a test: the smallest p, 1 in 20,001, is still significant among a thousand tests."""


@dataclass(frozen=True)
class Verdict:
    """One test of the gate.

    Attributes:
        task: Name of the task.
        language: Its code, or ``all``.
        metric: Name of the metric.
        before: Mean of the committed results, on the examples of the run.
        after: Mean of the run.
        p: Of a loss, one-sided, paired.
        n: Examples.
        lost: Whether the loss is significant among all tests, by Holm's procedure.
    """

    task: str
    language: str
    metric: str
    before: float
    after: float
    p: float
    n: int
    lost: bool


def accept(rows: list[Row], folder: Path) -> list[Path]:
    """Write a run's scores as the results to compare with: a file a task, a line an example.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for task in dict.fromkeys(row["task"] for row in rows):
        own = [row for row in rows if row["task"] == task]
        head = {"task": task, "version": own[0]["version"], "signature": metrics.signature()}
        lines = [json.dumps([row["id"], row["language"], *_scores(row)]) for row in own]
        text = json.dumps(head | {"columns": ["id", "language", *GATED]}, indent=1).rstrip("}\n")
        path = folder / f"{task}.json"
        path.write_text(text + ',\n "scores": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n", encoding="utf-8")
        written.append(path)
    return written


def _scores(row: Row) -> list[float | None]:
    return [None if (figure := _figure(row, metric)) is None else round(figure, 4) for metric in GATED]


def _figure(row: Row, metric: str) -> float | None:
    """Return a row's figure; a row that failed has lost whatever it could have been scored by."""
    if row["error"] and metric not in metrics.PRIMARY:
        return 0.0
    return metrics.counted(row, metric)


def check(rows: list[Row], folder: Path) -> list[Verdict]:
    """Compare a run with the committed results.

    Args:
        rows: The run's, of one system; examples that it left out are not compared.
        folder: The committed results.

    Returns:
        A verdict for every task, language and gated metric that both could be scored by.

    Raises:
        FileFormatError: If a task has no results, or they are of another version of it, made with other metrics, or share no
            example with the run.
    """
    tests: list[tuple[str, str, str, list[float], list[float]]] = []
    for task in dict.fromkeys(row["task"] for row in rows):
        own = [row for row in rows if row["task"] == task]
        old = _committed(folder / f"{task}.json", own[0]["version"])
        if not any(row["id"] in old for row in own):
            raise FileFormatError(f"The run and the committed results of {task} have no example in common.")
        tests += _tests(task, own, old)
    ps = [statistics.loss_p(new, before, SAMPLES) for *_, before, new in tests]
    return [
        Verdict(task, language, metric, statistics.mean(before), statistics.mean(new), p, len(new), lost)
        for (task, language, metric, before, new), p, lost in zip(tests, ps, statistics.holm(ps, ALPHA), strict=True)
    ]


def _tests(
    task: str, rows: list[Row], old: dict[str, dict[str, float | None]]
) -> Iterator[tuple[str, str, str, list[float], list[float]]]:
    languages = sorted({row["language"] for row in rows})
    for language in [*languages, ALL] if len(languages) > 1 else languages:
        for metric in GATED:
            before, after = [], []
            for row in rows:
                was, now = old.get(row["id"], {}).get(metric), _figure(row, metric)
                if language in (row["language"], ALL) and was is not None and now is not None:
                    before.append(was)
                    after.append(round(now, 4))
            if before:
                yield task, language, metric, before, after


def _committed(path: Path, version: int) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        raise FileFormatError(
            f"There are no committed results of the task {path.stem} in {path.parent}. Look at the report, and if it is as good "
            "as it should be, commit its results: python -m eval gate --accept"
        )
    found = json.loads(path.read_text(encoding="utf-8"))
    if found["version"] != version:
        raise FileFormatError(
            f"The results of {path.stem} are of version {found['version']} of the task, the run is of version {version}. "
            "Write them anew: python -m eval gate --accept"
        )
    if found["signature"] != metrics.signature():
        raise FileFormatError(
            f"The results of {path.stem} were made with other metrics ({found['signature']}) than the run "
            f"({metrics.signature()}). Write them anew: python -m eval gate --accept"
        )
    return {line[0]: dict(zip(found["columns"][2:], line[2:], strict=True)) for line in found["scores"]}
