"""Writes what a run found: rows as they come, then a summary, comparisons and the page."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from eval import compare, page, texts
from eval.compare import Difference
from eval.runner import ROWS, Row, Run
from eval.summary import summary

SUMMARY, PAGE = "summary.json", "report.html"


class Rows:
    """The file of rows, a context manager; each row is on disk before the next is computed.

    Args:
        out: The run's folder, made if missing; an older run's rows in it are replaced.
    """

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._file = (out / ROWS).open("w", encoding="utf-8")

    def add(self, row: Row) -> None:
        """Write one row."""
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._file.flush()

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def write(runs: list[Run], out: Path, language: str = texts.DEFAULT) -> tuple[list[dict[str, Any]], dict[str, list[Difference]]]:
    """Write ``summary.json`` and ``report.html`` beside the rows.

    Args:
        runs: All runs; the first one's system is compared with every other.
        out: The run's folder.
        language: Code of the language that the page is in.

    Returns:
        The summary's lines, and the comparison with each other system by its name.

    Raises:
        LanguageError: If the language is none of the four.
    """
    lines = summary(runs)
    by_system: dict[str, list[Row]] = {}
    for run in runs:
        by_system.setdefault(run.system, []).extend(run.rows)
    main, *others = by_system
    compared = {other: compare.differences(by_system[main], by_system[other]) for other in others}
    data = {"figures": lines, "compared": {main: {name: [asdict(one) for one in found] for name, found in compared.items()}}}
    (out / SUMMARY).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    (out / PAGE).write_text(page.page(runs, lines, compared, texts.load(language)), encoding="utf-8")
    return lines, compared
