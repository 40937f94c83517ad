"""Ratings by people: a form of rewrites to rate, blind to the system, and how the metrics agree with it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import statistics
from eval.metrics import METRICS
from eval.runner import Row
from rewriter.errors import FileFormatError

SCALES = ("polite", "same_meaning", "natural", "overall")
"""What is rated, each from 1 (worst) to 5 (best): is it polite and professional, does it say what the draft said, does it
read as if written by a native speaker, would you send it?"""
LOWEST, HIGHEST = 1, 5
COUNT = 200
_GIVEN = ("key", "language", "draft", "reply")
_SEED = 0


@dataclass(frozen=True)
class Agreement:
    """How a metric goes with a rating.

    Attributes:
        scale: What was rated.
        metric: Name of the metric.
        rho: Spearman's rank correlation; nan if either never varies.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
        n: Rewrites that were both rated and scored.
    """

    scale: str
    metric: str
    rho: float
    low: float
    high: float
    n: int


def _key(row: Row) -> str:
    """A name for a row that does not give its system away."""
    parts = [row["task"], row["system"], row["id"], row["reply"] or ""]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def form(rows: list[Row], count: int = COUNT) -> list[dict[str, Any]]:
    """Choose rewrites to rate: as many of each language, in random but repeatable order, no reply twice.

    Replies that failed or only repeat their draft are left out.

    Raises:
        FileFormatError: If nothing is left.
    """
    shuffled = sorted((row for row in rows if row["reply"] and row["reply"] != row["draft"]), key=_key)
    random.Random(_SEED).shuffle(shuffled)
    by_language: dict[str, dict[tuple[str, str], Row]] = {}
    for row in shuffled:
        by_language.setdefault(row["language"], {}).setdefault((row["draft"], row["reply"]), row)
    queues = [list(group.values()) for _, group in sorted(by_language.items())]
    chosen: list[Row] = []
    while len(chosen) < count and any(queues):
        chosen += [queue.pop() for queue in queues if queue]
    if not chosen:
        raise FileFormatError("The run has no changed reply to rate.")
    given = [{"key": _key(row)} | {name: row[name] for name in _GIVEN[1:]} for row in chosen[:count]]
    return [line | dict.fromkeys(SCALES) for line in given]


def write(lines: list[dict[str, Any]], path: Path) -> None:
    """Write a form as .csv (for a spreadsheet) or .jsonl.

    Raises:
        FileFormatError: If the ending is another one.
    """
    if path.suffix == ".jsonl":
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    elif path.suffix == ".csv":
        buffer = io.StringIO()
        table = csv.DictWriter(buffer, [*_GIVEN, *SCALES], lineterminator="\n")
        table.writeheader()
        table.writerows(lines)
        text = "\ufeff" + buffer.getvalue()  # spreadsheets take the file for UTF-8 by this mark
    else:
        raise FileFormatError(f"{path.name} ends in {path.suffix or 'nothing'!r}; a form is .csv or .jsonl.")
    path.write_text(text, encoding="utf-8", newline="")


def read(path: Path) -> dict[str, dict[str, int]]:
    """Read a form: key to scale to rating; what is left empty is left out.

    Raises:
        FileFormatError: If a column is missing or a rating is none.
    """
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".jsonl":
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
    ratings: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, 1):
        missing = [name for name in ("key", *SCALES) if name not in line]
        if missing:
            raise FileFormatError(f"{path.name}, rewrite {number}, lacks {', '.join(missing)}. Write the form anew.")
        given = {scale: str(line[scale]).strip() for scale in SCALES if line[scale] not in (None, "")}
        for scale, rating in given.items():
            if rating not in map(str, range(LOWEST, HIGHEST + 1)):
                raise FileFormatError(
                    f"{path.name}, rewrite {number}: {scale} is {rating!r}; it must be a whole number from {LOWEST} to {HIGHEST}."
                )
        ratings[line["key"]] = {scale: int(rating) for scale, rating in given.items()}
    return ratings


def agreement(rows: list[Row], ratings: dict[str, dict[str, int]]) -> list[Agreement]:
    """Correlate every metric with every scale, over the rewrites that have both.

    Raises:
        FileFormatError: If no rated rewrite is in the run.
    """
    rated = [(row, ratings[_key(row)]) for row in rows if ratings.get(_key(row))]
    if not rated:
        raise FileFormatError("No rated rewrite is in the run: fill the form in, and give the run that it was written for.")
    found = []
    for scale in SCALES:
        for metric in METRICS:
            both = [(row[metric], float(given[scale])) for row, given in rated if row[metric] is not None and scale in given]
            if both:
                scores, marks = [score for score, _ in both], [mark for _, mark in both]
                low, high = statistics.spearman_interval(scores, marks)
                found.append(Agreement(scale, metric, statistics.spearman(scores, marks), low, high, len(both)))
    return found
