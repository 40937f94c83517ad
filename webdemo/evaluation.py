"""Runs the evaluation suite for the page: small, one run at a time, and in the gaps that agents leave.

It needs the suite, which is in the repository only: whoever imports this module must be ready for an ``ImportError``.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from eval import report, runner, systems, tasks
from eval.examples import Example
from eval.metrics import primary
from rewriter import Rewriter, RewriterError
from rewriter.errors import FileFormatError
from webdemo.texts import DEFAULT, SentenceError

MAX_DRAFTS = 600
"""Replies that one run may ask for, systems and tasks together: a minute or two on two cores."""
LIMIT, MAX_LIMIT = 5, 50
"""Drafts of each task and language: what is proposed, and what is allowed."""
WORST = 8
"""Examples that are shown in the page; the report has all of them."""
KEPT = 4
"""Reports that stay on the disk."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found.

    Attributes:
        main: The system that the run is about; the others are there to compare.
        lines: The summary: a line for every task, system and language.
        rows: Every draft with reply and scores.
        page: The report's file.
    """

    main: str
    lines: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    page: Path

    @property
    def whole(self) -> list[dict[str, Any]]:
        """The lines of all languages together; of the one language, where a task has only one."""
        places = {(line["task"], line["system"]) for line in self.lines if line["language"] == "all"}
        return [line for line in self.lines if line["language"] == "all" or (line["task"], line["system"]) not in places]

    @property
    def worst(self) -> list[dict[str, Any]]:
        """The rows on which the main system lost most, worst first."""
        own = [(figure, row) for row in self.rows if row["system"] == self.main and (figure := primary(row)) is not None]
        return [row for figure, row in sorted(own, key=lambda pair: pair[0]) if figure < 1][:WORST]


class Trial:
    """What can be measured, and the one run that may be under way.

    Args:
        rewriter: The demo's own rewriter, in its neutral voice.
    """

    def __init__(self, rewriter: Rewriter) -> None:
        self.main = rewriter.engine.name
        own = _patient(systems.of_rewriter(rewriter, self.main))
        self._systems = {self.main: own} | {one.name: one for one in systems.BASELINES}
        self._running, self._folders = Lock(), deque[tempfile.TemporaryDirectory[str]]()

    @property
    def tasks(self) -> list[str]:
        """Names of the tasks."""
        return tasks.names()

    @property
    def systems(self) -> list[str]:
        """Names of the systems, the demo's own first; a model's folder or name is for the command line only."""
        return list(self._systems)

    def run(
        self,
        chosen: Sequence[str],
        names: Sequence[str],
        languages: Sequence[str],
        limit: int,
        progress: Callable[[int, int], None] = lambda done, total: None,
        report_language: str = DEFAULT,
    ) -> Outcome:
        """Measure.

        Args:
            chosen: Names of tasks.
            names: Names of systems.
            languages: Codes; a task that has no drafts in them is left out.
            limit: Drafts of each task and language.
            progress: Called with drafts done and drafts in all.
            report_language: Code of the language that the report is in.

        Raises:
            SentenceError: If a run is under way, if nothing is left to measure, or if it would be too much.
            RewriterError: If there is no such task, system or language.
        """
        if not self._running.acquire(blocking=False):
            raise SentenceError("eval_busy")
        try:
            return self._run(chosen, names, languages, min(max(int(limit), 1), MAX_LIMIT), progress, report_language)
        except ImportError as error:  # the metrics import their libraries when they are first asked
            raise SentenceError("eval_missing", missing=error.name) from error
        finally:
            self._running.release()

    def _run(
        self,
        chosen: Sequence[str],
        names: Sequence[str],
        languages: Sequence[str],
        limit: int,
        progress: Callable[[int, int], None],
        report_language: str,
    ) -> Outcome:
        if not (chosen and names and languages):
            raise SentenceError("eval_choose")
        unknown = [name for name in names if name not in self._systems]
        if unknown:
            raise RewriterError(f"There is no system {unknown[0]!r}; allowed are {', '.join(self._systems)}.")
        plan = {name: count for name in dict.fromkeys(chosen) if (count := _count(tasks.named(name), languages, limit))}
        asked = [system for name, system in self._systems.items() if name in names]
        total, done = sum(plan.values()) * len(asked), 0
        if not total:
            raise SentenceError("eval_nothing")
        if total > MAX_DRAFTS:
            raise SentenceError("eval_too_much", count=total, limit=MAX_DRAFTS)

        def on_row(_: runner.Row) -> None:
            nonlocal done
            done += 1
            progress(done, total)

        progress(0, total)
        # No cache: what the page shows is measured here and now, its speed included.
        runs = [
            runner.run(tasks.named(name), system, languages=languages, limit=limit, on_row=on_row)
            for system in asked
            for name in plan
        ]
        out = self._folder()
        lines, _ = report.write(runs, out, report_language)
        return Outcome(asked[0].name, lines, [row for run in runs for row in run.rows], out / report.PAGE)

    def _folder(self) -> Path:
        """Make a folder for a report; the page copies it when the run is over, so the latest few are kept, and no more."""
        while len(self._folders) >= KEPT:
            self._folders.popleft().cleanup()
        self._folders.append(tempfile.TemporaryDirectory(prefix="rewriter-"))
        return Path(self._folders[-1].name)


def _count(task: tasks.Task, languages: Sequence[str], limit: int) -> int:
    try:
        return len(task.choose(languages, limit))
    except FileFormatError:  # the task has no drafts in these languages
        return 0


def _patient(system: systems.System) -> systems.System:
    """Take one draft at a time: an agent who asks meanwhile then waits for one draft, not for a whole chunk."""

    def reply(examples: list[Example]) -> list[str | Exception]:
        return [answer for example in examples for answer in system.reply([example])]

    return replace(system, reply=reply)
