"""What is asked of a system: each task is data with a hash, and says what is expected of a reply."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rewriter.errors import FileFormatError
from rewriter.language import check_code
from rewriter.marks import LANGUAGES, Language
from rewriter.training.noise import misspell, strip_diacritics

DATA = Path(__file__).parent / "data"
Expect = Literal["resolve", "alone"]


@dataclass(frozen=True, slots=True)
class Example:
    """One draft of a task.

    Attributes:
        id: Unique within the task.
        language: Of the draft.
        draft: What the system is given.
        expect: ``resolve`` its faults, or leave it ``alone``.
        rules: Ids of the rules that it breaks; empty for good replies.
        references: Good replies; may be empty.
        keep: Literal spans that every reply must hold.
        document: Where it comes from, for the documents' own examples.
    """

    id: str
    language: Language
    draft: str
    expect: Expect
    rules: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Task:
    """A task.

    Attributes:
        name: As given on the command line.
        version: Raised when data or expectation change.
        question: What its figures answer.
        load: Gives the examples.
    """

    name: str
    version: int
    question: str
    load: Callable[[], list[Example]]


def _rows(path: Path) -> list[dict[str, Any]]:
    manifest = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
    blob = path.read_bytes()
    digest = hashlib.sha256(blob).hexdigest()
    if manifest.get(path.name) != digest:
        raise FileFormatError(
            f"{path.name} does not match its hash in manifest.json ({digest[:12]}…): the data of a task are frozen. Restore "
            "the file, or raise the task's version and write the new hash."
        )
    return [json.loads(line) for line in blob.decode("utf-8").splitlines() if line.strip()]


def _example(row: dict[str, Any], language: Language, expect: Expect) -> Example:
    return Example(
        row["id"],
        language,
        row["draft"] if "draft" in row else row["text"],
        expect,
        tuple(row.get("rules", ())),
        tuple(row.get("references", ())),
        tuple(row.get("keep", ())),
        row.get("document", ""),
    )


def _documents() -> list[Example]:
    rows = _rows(DATA / "documents.jsonl")
    return [_example(row, row["language"], "resolve" if row["kind"] == "bad" else "alone") for row in rows]


def _test() -> list[Example]:
    return [_example(row, code, "resolve") for code in LANGUAGES for row in _rows(DATA / f"test-{code}.jsonl")]


def _alone() -> list[Example]:
    return [_example(row, code, "alone") for code in LANGUAGES for row in _rows(DATA / f"leave-alone-{code}.jsonl")]


def _two_typos(example: Example) -> str:
    rng, words = random.Random(example.id), example.draft.split(" ")
    able = [i for i, w in enumerate(words) if len(w) > 3 and w.isalpha() and w not in " ".join(example.keep)]
    for i in rng.sample(able, min(2, len(able))):
        words[i] = misspell(words[i], rng)
    return " ".join(words)


def _in_capitals(example: Example) -> str:
    pieces = [example.draft]
    for span in example.keep:
        pieces = [part for piece in pieces for part in _parted(piece, span)]
    return "".join(piece if piece in example.keep else piece.upper() for piece in pieces)


def _parted(piece: str, span: str) -> list[str]:
    before, found, after = piece.partition(span)
    return [part for part in (before, found, after) if part]


def _robust() -> list[Example]:
    made: list[Example] = []
    for example in _test()[::4]:
        keep = "".join(example.keep)
        plain = example.draft if strip_diacritics(keep) != keep else strip_diacritics(example.draft)
        for name, draft in (("plain", plain), ("capitals", _in_capitals(example)), ("typos", _two_typos(example))):
            made.append(replace(example, id=f"{example.id}-{name}", draft=draft))
    return made


TASKS = {
    task.name: task
    for task in (
        Task("documents", 1, "Are the documents' bad examples resolved, and their good ones left alone?", _documents),
        Task("test", 1, "Are faulty drafts that nobody trained on rewritten well?", _test),
        Task("leave-alone", 1, "Are good replies left exactly as they are?", _alone),
        Task("robust", 1, "Do lost diacritics, capitals and typos do harm?", _robust),
    )
}


def own(path: Path) -> Task:
    """Make a task of an evaluator's own file.

    Args:
        path: .csv, .jsonl or .parquet with a column ``draft``, and if wished ``language`` and ``reference``.

    Returns:
        The task; every draft is expected to be resolved.

    Raises:
        FileFormatError: If there is no column ``draft`` or no row.
    """
    from rewriter.batch import read_table  # noqa: PLC0415 - polars is only needed here
    from rewriter.language import detect  # noqa: PLC0415

    table = read_table(path)
    if "draft" not in table.columns or not table.height:
        raise FileFormatError(f"{path.name} needs a column draft and at least one row; it has {table.columns or 'nothing'}.")

    def load() -> list[Example]:
        examples = []
        for number, row in enumerate(table.iter_rows(named=True), 1):
            language = check_code(row["language"]) if row.get("language") else detect(row["draft"])
            references = (row["reference"],) if row.get("reference") else ()
            examples.append(Example(f"own-{number}", language, row["draft"], "resolve", (), references))
        return examples

    return Task("own", 1, f"How does the system do on {path.name}?", load)


def names() -> list[str]:
    """Return the names of the tasks."""
    return list(TASKS)
