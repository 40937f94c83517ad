"""What is asked of a system: each task is data with a hash and a version; what its figures answer is in ``texts``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import examples
from eval.examples import Example, Expect
from rewriter.errors import FileFormatError, LanguageError
from rewriter.language import check_code, detect
from rewriter.marks import Language


@dataclass(frozen=True)
class Task:
    """A task.

    Attributes:
        name: As given on the command line.
        version: Raised when data or expectation change.
        load: Gives the examples.
    """

    name: str
    version: int
    load: Callable[[], list[Example]]

    def choose(self, languages: Iterable[str] = (), limit: int | None = None) -> list[Example]:
        """Return the examples of some languages, so many of each at most.

        Raises:
            LanguageError: If a language is none of the four.
            FileFormatError: If no example is left.
        """
        wanted = {check_code(code) for code in languages}
        chosen, counts = [], dict[str, int]()
        for one in self.load():
            counts[one.language] = counts.get(one.language, 0) + 1
            if (not wanted or one.language in wanted) and (limit is None or counts[one.language] <= limit):
                chosen.append(one)
        if not chosen:
            raise FileFormatError(f"The task {self.name} has no example in {', '.join(wanted) or 'any language'}.")
        return chosen


def _documents() -> list[Example]:
    rows = examples.rows(examples.DATA / "documents.jsonl")
    return [examples.example(row, row["language"], "resolve" if row["kind"] == "bad" else "alone") for row in rows]


def _written(name: str, version: int, expect: Expect = "resolve") -> Task:
    return Task(name, version, lambda: examples.by_language(name, expect))


TASKS = {
    task.name: task
    for task in (
        Task("documents", 1, _documents),
        _written("test", 1),
        _written("leave-alone", 1, "alone"),
        Task(
            "robust",
            1,
            lambda: examples.disturbed(examples.by_language("test")[::4]),
        ),
        _written("facts", 1),
        _written("commitments", 1),
        _written("register", 1),
        _written("concise", 1),
        _written("long", 1),
        _written("injection", 1),
    )
}


def named(name: str) -> Task:
    """Return a task by its name.

    Raises:
        FileFormatError: If there is none.
    """
    if name not in TASKS:
        raise FileFormatError(f"There is no task {name!r}; allowed are {', '.join(names())}.")
    return TASKS[name]


def names() -> list[str]:
    """Return the names of the tasks."""
    return list(TASKS)


def own(path: Path) -> Task:
    """Make a task of an evaluator's own file.

    Args:
        path: .csv, .jsonl or .parquet with a column ``draft``, and if wished ``language`` and ``reference``.

    Returns:
        The task; every draft is expected to be resolved.

    Raises:
        FileFormatError: If there is no column ``draft`` or no row. A single row that cannot be used fails alone.
    """
    from rewriter.batch import read_table  # noqa: PLC0415 - polars is only needed here

    table = read_table(path)
    if "draft" not in table.columns or not table.height:
        raise FileFormatError(f"{path.name} needs a column draft and at least one row; it has {table.columns or 'nothing'}.")
    rows = list(table.iter_rows(named=True))
    return Task("own", 1, lambda: [_own(i, row) for i, row in enumerate(rows, 1)])


def _own(number: int, row: dict[str, Any]) -> Example:
    """Make an example of a row; one that cannot be used carries the reason, and is counted as failed."""
    draft, fault = row["draft"], ""
    language: Language = "en"
    if not isinstance(draft, str):
        draft, fault = "", f"Row {number} has no text in its column draft; it has {draft!r}."
    try:
        language = check_code(row["language"]) if row.get("language") else detect(draft)
    except LanguageError as error:
        fault = fault or f"Row {number}: {error}"
    references = (row["reference"],) if row.get("reference") else ()
    return Example(f"own-{number}", language, draft, "resolve", (), references, fault=fault)
