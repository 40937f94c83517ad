"""Rewrites a column of a CSV, Excel, JSONL or Parquet file: order and other columns kept, resumable, never half-written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from rewriter import sheets
from rewriter.errors import FileFormatError, NotTextError
from rewriter.pipeline import Rewriter
from rewriter.types import Failure

ENDINGS = (".csv", ".xlsx", ".jsonl", ".parquet")
CHUNK = 16
"""Drafts between two lines of the progress file: what an interruption can cost."""
ADDED = ("reply", "language", "rules", "notes", "unchanged_because", "error")


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch run did: rows in all, rows that failed, rows taken from an interrupted run."""

    rows: int
    failed: int
    resumed: int


def read_table(path: Path, sheet: str | None = None) -> pl.DataFrame:
    """Read a table; every CSV column as text, so that no id loses its leading zeros.

    Args:
        path: A file ending in .csv, .xlsx, .jsonl or .parquet, UTF-8 where it is text.
        sheet: The sheet of an Excel file; None for the only one that is not empty.

    Raises:
        FileFormatError: If it is missing, has another ending or cannot be parsed, or if a sheet is to be named, or is named
            where there is none.
        NotTextError: If a text file is not UTF-8.
    """
    if not path.is_file():
        raise FileFormatError(f"There is no file {path}.")
    if path.suffix.lower() not in ENDINGS:
        raise FileFormatError(f"{path.name} ends in {path.suffix or 'nothing'!r}; allowed are {', '.join(ENDINGS)}.")
    if path.suffix.lower() == ".xlsx":
        return sheets.read(path, sheet)
    if sheet is not None:
        raise FileFormatError(f"{path.name} has no sheets: only .xlsx files have. Leave --sheet out.")
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix.lower() == ".csv":
            return pl.read_csv(text.encode(), infer_schema=False) if text.strip() else pl.DataFrame()
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        if not all(isinstance(row, dict) for row in rows):
            raise FileFormatError(f"{path.name}: every line must be a JSON object.")
        return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame()
    except UnicodeDecodeError as error:
        raise NotTextError(f"{path.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again.") from error
    except (json.JSONDecodeError, pl.exceptions.PolarsError, TypeError, OverflowError) as error:
        raise FileFormatError(f"{path.name} cannot be read as {path.suffix[1:].upper()}: {error}") from error


def _write(table: pl.DataFrame, path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.suffix.lower() == ".csv":
            _flat(table).write_csv(fresh)
        elif path.suffix.lower() == ".xlsx":
            sheets.write(table, fresh)
        elif path.suffix.lower() == ".jsonl":
            table.write_ndjson(fresh)
        else:
            table.write_parquet(fresh)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Write lists and records as JSON, where a file has no place for them."""
    nested = [name for name, kind in table.schema.items() if kind.is_nested()]
    return table.with_columns(
        pl.Series(name, [None if cell is None else sheets.plain(cell) for cell in table[name].to_list()], pl.String)
        for name in nested
    )


def _result(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a Rewrite or a Failure
    if isinstance(row, Failure):
        return dict.fromkeys(ADDED, None) | {"error": row.error}
    return {
        "reply": row.text,
        "language": row.language,
        "rules": " ".join(dict.fromkeys(f.rule for f in row.findings)),
        "notes": "\n".join(note.text for note in row.notes),
        "unchanged_because": row.unchanged_because,
        "error": None,
    }


def _done(progress: Path, key: str) -> list[dict[str, Any]]:
    """Rows of an interrupted run over the same drafts; none if the drafts, the brand or the model differ."""
    if not progress.exists():
        return []
    lines = progress.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != key:
        return []
    rows = []
    for line in lines[1:]:
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError:  # the line that was being written
            break
    return rows


def rewrite_file(
    rewriter: Rewriter,
    source: Path,
    out: Path,
    *,
    column: str = "draft",
    language: str | None = None,
    sheet: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Rewrite a column of a file into another file.

    Args:
        rewriter: What rewrites.
        source: The file to read.
        out: The file to write, in the format of its ending; it appears when all rows are done.
        column: The column of drafts.
        language: Of all drafts; found for each if None.
        sheet: The sheet of an Excel file; None for the only one that is not empty.
        progress: Called with rows done and rows in all.

    Returns:
        Counts. The written table has the source's columns, then reply, language, rules, notes, unchanged_because and
        error; a column of such a name in the source, the column of drafts itself too, is kept as ``draft_…``.

    Raises:
        FileFormatError: If a file or the column cannot be used.
        NotTextError: If a text file is not UTF-8.
    """
    if out.suffix.lower() not in ENDINGS:
        raise FileFormatError(f"{out.name} ends in {out.suffix or 'nothing'!r}; allowed are {', '.join(ENDINGS)}.")
    table = read_table(source, sheet)
    if column not in table.columns:
        raise FileFormatError(
            f"{source.name} has no column {column!r}; its columns are {', '.join(table.columns) or 'none'}. "
            "Name the right one with --column."
        )
    if not table.height:
        raise FileFormatError(f"{source.name} has no rows below its head.")
    if out.suffix.lower() == ".xlsx":
        sheets.check(table, out)
    drafts = [draft if draft is not None else "" for draft in table[column].to_list()]
    key = sha256(json.dumps([drafts, language, repr(rewriter.brand), rewriter.engine.name], default=str).encode()).hexdigest()
    side = out.with_name(f".{out.name}.progress")
    rows = _done(side, key)
    resumed = len(rows)
    _start(side, key, rows)
    progress(resumed, len(drafts))
    with side.open("a", encoding="utf-8") as file:
        for chunk in _chunks(drafts[resumed:]):
            fresh = [_result(row) for row in rewriter.rewrite_all(chunk, language=language)]
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in fresh)
            file.flush()
            rows += fresh
            progress(len(rows), len(drafts))
    results = pl.DataFrame({name: [row[name] for row in rows] for name in ADDED}, schema=dict.fromkeys(ADDED, pl.String))
    _write(table.rename(_moved(table.columns)).hstack(results.get_columns()), out)
    side.unlink()
    return Report(len(rows), sum(row["error"] is not None for row in rows), resumed)


def _moved(columns: list[str]) -> dict[str, str]:
    """Find free names for the source's columns that stand where results go: a result may be a source again."""
    moved: dict[str, str] = {}
    for name in ADDED:
        if name in columns:
            moved[name] = f"draft_{name}"
            while moved[name] in columns:
                moved[name] = f"draft_{moved[name]}"
    return moved


def _start(side: Path, key: str, rows: list[dict[str, Any]]) -> None:
    side.write_text("".join(f"{line}\n" for line in [key, *(json.dumps(r, ensure_ascii=False) for r in rows)]), "utf-8")


def _chunks(drafts: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(drafts), CHUNK):
        yield drafts[start : start + CHUNK]
