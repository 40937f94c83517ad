"""Excel files: a sheet as a table, and a table as a sheet, text as text."""

from __future__ import annotations

import datetime as dt
import json
import logging
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from rewriter.errors import FileFormatError

MAX_ROWS, MAX_CHARACTERS = 1_048_575, 32_767
"""What a sheet holds: rows below its head, characters of a cell. Whatever is longer would be lost without a word."""
MAX_UNPACKED = 500_000_000
"""Bytes that a file may unpack to; a small file can be made to fill the memory."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,  # a customer's "=…" must never be run
    "strings_to_urls": False,
    "strings_to_numbers": False,  # an id keeps its leading zeros
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd",
}


def read(path: Path, sheet: str | None = None) -> pl.DataFrame:
    """Read a sheet; its first row names the columns.

    Args:
        path: A .xlsx file.
        sheet: The sheet's name; None for the only one that is not empty.

    Raises:
        FileFormatError: If it is no Excel file, is damaged or protected by a password, or is far too large when unpacked; or
            if it lacks the sheet, or has several and none is named.
    """
    tables = read_all(path)
    if sheet is not None and sheet not in tables:
        raise FileFormatError(f"{path.name} has no sheet {sheet!r}; its sheets are {', '.join(tables)}.")
    full = [name for name, table in tables.items() if table.width]
    if sheet is None and len(full) > 1:
        raise FileFormatError(f"{path.name} has {len(full)} sheets: {', '.join(full)}. Name one with --sheet.")
    return tables[sheet if sheet is not None else (full or list(tables))[0]]


def read_all(path: Path) -> dict[str, pl.DataFrame]:
    """Read all sheets of a file, in order, by name; raises as ``read``."""
    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of every column that is empty
    try:
        with zipfile.ZipFile(path) as file:
            size = sum(part.file_size for part in file.infolist())
        if size > MAX_UNPACKED:
            raise FileFormatError(
                f"{path.name} unpacks to {size // 1_000_000} MB; up to {MAX_UNPACKED // 1_000_000} are allowed."
            )
        return pl.read_excel(
            path,
            sheet_id=0,  # all of them
            engine="calamine",
            infer_schema_length=None,
            drop_empty_rows=False,
            drop_empty_cols=False,
            raise_if_empty=False,
        )
    except FileFormatError:
        raise
    except Exception as error:  # the reader's own errors have no common class that it makes public
        raise FileFormatError(
            f"{path.name} cannot be read as an Excel file: it is empty, damaged or protected by a password. "
            "Save it anew as .xlsx and try again."
        ) from error


def check(table: pl.DataFrame, path: Path) -> None:
    """Refuse a table that a sheet cannot hold, before any work is done on it.

    Args:
        table: The table.
        path: The file that it is to be written to.

    Raises:
        FileFormatError: If it has too many rows, or too long a text.
    """
    if table.height > MAX_ROWS:
        raise FileFormatError(f"{path.name} cannot be written: an Excel sheet holds {MAX_ROWS} rows, not {table.height}.")
    for name, kind in table.schema.items():
        longest = table[name].str.len_chars().max() if kind == pl.String else None
        if isinstance(longest, int) and longest > MAX_CHARACTERS:
            raise FileFormatError(
                f"{path.name} cannot be written: the column {name!r} has a text of {longest} characters, and an Excel cell "
                f"holds {MAX_CHARACTERS}."
            )


def write(table: pl.DataFrame, path: Path) -> None:
    """Write a table as a sheet with a head that stays in sight.

    Args:
        table: What to write; nested values become JSON.
        path: The file, of any ending.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(table.iter_rows(), 1):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(number, column, cell.replace(tzinfo=None), moment)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell, date)
                elif cell is not None:
                    _write(sheet, number, column, cell)


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 - the library's sheet, a value of any kind
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float) and abs(cell) < 10**15:
        sheet.write_number(row, column, cell)
    else:  # a longer number would lose its last digits: Excel counts with fifteen
        sheet.write_string(row, column, plain(cell))


def plain(cell: Any) -> str:  # noqa: ANN401 - a value of any kind
    """Return a value as text; lists and records as JSON."""
    return json.dumps(cell, ensure_ascii=False, default=str) if isinstance(cell, list | dict) else str(cell)
