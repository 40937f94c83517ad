"""Runs systems over tasks: every example's row is written as it comes; a row that fails is kept with its reason."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cache import Cache, Reply
from eval.examples import Example
from eval.metrics import METRICS, score
from eval.systems import System
from eval.tasks import Task
from rewriter.errors import FileFormatError

CHUNK = 16
"""Examples computed together: what an interruption can cost, and enough to keep all cores busy."""
ROWS = "rows.jsonl"
Row = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """Rows of one system over one task, in the task's order.

    Attributes:
        task: The task.
        system: The system's name.
        fingerprint: The system's fingerprint; empty if it has none.
        rows: One an example, each with its scores.
        milliseconds: What a draft took on average.
    """

    task: Task
    system: str
    fingerprint: str
    rows: list[Row]
    milliseconds: float


def run(
    task: Task,
    system: System,
    *,
    languages: Iterable[str] = (),
    limit: int | None = None,
    cache: Path | None = None,
    on_row: Callable[[Row], None] = lambda _: None,
) -> Run:
    """Run one system over one task.

    Args:
        task: The task.
        system: The system.
        languages: Codes of the languages to run; all if empty.
        limit: Examples a language at most.
        cache: Where replies are kept, and taken from; None computes all of them.
        on_row: Called with each row as it comes, in order.

    Returns:
        One row an example: example, reply or error, scores.

    Raises:
        FileFormatError: If no example is left.
        LanguageError: If a language is none of the four.
    """
    chosen = task.choose(languages, limit)
    rows, total = [], 0.0
    known = Cache(cache, system.fingerprint, f"{task.name}-v{task.version}")
    for chunk in _chunks(chosen):
        for example, reply in zip(chunk, _replies(chunk, system, known), strict=True):
            rows.append(_row(task, system, example, reply))
            total += reply.milliseconds
            on_row(rows[-1])
    return Run(task, system.name, system.fingerprint, rows, total / len(rows))


def _chunks(examples: list[Example]) -> Iterator[list[Example]]:
    for start in range(0, len(examples), CHUNK):
        yield examples[start : start + CHUNK]


def _replies(chunk: list[Example], system: System, known: Cache) -> list[Reply]:
    """Take a chunk's replies from the cache, or compute the whole chunk: replies may depend on what is computed together."""
    found = [Reply(None, example.fault, 0.0) if example.fault else known.find(example) for example in chunk]
    if all(found):
        return [reply for reply in found if reply]
    able = [example for example in chunk if not example.fault]
    begin = time.perf_counter()
    made = iter(_asked(able, system))
    each = 1000 * (time.perf_counter() - begin) / len(able)
    replies = []
    for example in chunk:
        answer = ValueError(example.fault) if example.fault else next(made)
        if isinstance(answer, Exception):
            replies.append(Reply(None, str(answer) or type(answer).__name__, each))
        else:
            replies.append(Reply(answer, None, each))
            known.add(example, replies[-1])
    return replies


def _asked(examples: list[Example], system: System) -> list[str | Exception]:
    """Ask the system; where a whole chunk fails, each example is asked alone, so that one row does not sink the others."""
    try:
        replies = list(system.reply(examples))
        if len(replies) != len(examples):
            raise ValueError(f"{system.name} gave {len(replies)} replies to {len(examples)} drafts.")
        return replies
    except Exception as error:
        if len(examples) == 1:
            return [error]
        return [reply for example in examples for reply in _asked([example], system)]


def _row(task: Task, system: System, example: Example, reply: Reply) -> Row:
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
        "reply": reply.text,
        "error": reply.error,
    }
    return row | (dict.fromkeys(METRICS) if reply.text is None else score(example, reply.text))


def read(out: Path) -> list[Row]:
    """Read the rows of a run.

    Args:
        out: The folder of a run, or its file of rows.

    Raises:
        FileFormatError: If there are none, or a line is no row.
    """
    path = out / ROWS if out.is_dir() else out
    if not path.is_file():
        raise FileFormatError(f"There are no rows in {out}. Run the evaluation first: python -m eval --out {out}")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            missing = [key for key in ("task", "system", "id", "language", "draft", *METRICS) if key not in row]
        except (json.JSONDecodeError, TypeError) as error:
            raise FileFormatError(f"{path}, line {number}, is no row of a run: {error}") from error
        if missing:
            raise FileFormatError(f"{path}, line {number}, lacks {', '.join(missing)}: another version wrote it. Run it again.")
        rows.append(row)
    return rows
