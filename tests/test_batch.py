"""Batch files: order and columns kept, errors in their column, resumed, never half-written."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from rewriter import Brand, Rewriter, sheets
from rewriter.batch import ADDED, CHUNK, read_table, rewrite_file
from rewriter.errors import FileFormatError, NotTextError
from tests.fakes import ScriptedEngine, copying

ROWS = [{"id": "007", "draft": "Your parcel is here.", "error": "kept"}, {"id": "008", "draft": "", "error": ""}]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_every_format_keeps_rows_and_columns(tmp_path: Path, ending: str) -> None:
    source, out = tmp_path / f"in.{ending}", tmp_path / f"out.{ending}"
    table = pl.DataFrame(ROWS)
    {"csv": table.write_csv, "jsonl": table.write_ndjson, "parquet": table.write_parquet}[ending](source)
    report = rewrite_file(Rewriter(copying()), source, out)
    assert (report.rows, report.failed, report.resumed) == (2, 1, 0)
    read = {"csv": lambda p: pl.read_csv(p, infer_schema=False), "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}
    rows = read[ending](out).to_dicts()
    assert [row["id"] for row in rows] == ["007", "008"]
    assert rows[0]["reply"] == "Your parcel is here."
    assert rows[0]["draft_error"] == "kept"
    assert "empty" in rows[1]["error"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([source.name, out.name])


def interrupted(source: Path, out: Path, rows: int, last_call: int, brand: Brand | None = None) -> None:
    """Rewrite so many drafts with an engine that is broken off at its last call."""
    source.write_text("".join(json.dumps({"draft": f"Parcel {i} is here."}) + "\n" for i in range(rows)), "utf-8")
    calls = 0

    def script(request: object) -> list[str]:
        nonlocal calls
        calls += 1
        if calls == last_call:
            raise KeyboardInterrupt
        return [request.masked]  # type: ignore[attr-defined]

    with pytest.raises(KeyboardInterrupt):
        rewrite_file(Rewriter(ScriptedEngine(script), brand), source, out)  # type: ignore[arg-type]
    assert not out.exists()


def test_an_interrupted_run_is_resumed(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    interrupted(source, out, 3 * CHUNK, CHUNK + 3)
    report = rewrite_file(Rewriter(copying()), source, out)
    assert (report.rows, report.resumed) == (3 * CHUNK, CHUNK)
    assert [json.loads(line)["reply"] for line in out.read_text("utf-8").splitlines()] == [
        f"Parcel {i} is here." for i in range(3 * CHUNK)
    ]


def test_an_edited_brand_starts_anew(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    interrupted(source, out, 2 * CHUNK, CHUNK + 1, Brand(name="mine"))
    report = rewrite_file(Rewriter(copying(), Brand(name="mine", exclamation_marks=False)), source, out)
    assert (report.rows, report.resumed) == (2 * CHUNK, 0)


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.txt", b"draft", FileFormatError, "allowed are .csv, .xlsx, .jsonl, .parquet"),
        ("a.csv", b"text\nhello\n", FileFormatError, "no column 'draft'; its columns are text"),
        ("a.csv", "draft\nF\u0151".encode("latin2", "replace"), NotTextError, "not UTF-8"),
        ("a.jsonl", b"{no", FileFormatError, "cannot be read as JSONL"),
        ("a.jsonl", b"[1]", FileFormatError, "must be a JSON object"),
        ("a.csv", b"", FileFormatError, "its columns are none"),
        ("a.csv", b"draft\n", FileFormatError, "no rows"),
        ("a.parquet", b"PK", FileFormatError, "cannot be read as PARQUET"),
    ],
)
def test_bad_files_get_a_clear_error(tmp_path: Path, name: str, content: bytes, error: type[Exception], message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=message.replace("(", r"\(")):
        rewrite_file(Rewriter(copying()), tmp_path / name, tmp_path / "out.csv")


def test_a_missing_file_and_a_wrong_ending_of_out(tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="no file"):
        rewrite_file(Rewriter(copying()), tmp_path / "none.csv", tmp_path / "out.csv")
    with pytest.raises(FileFormatError, match="ends in '.xls'"):
        rewrite_file(Rewriter(copying()), tmp_path / "none.csv", tmp_path / "out.xls")


def sheet(path: Path, rows: list[list[object]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell)
                elif cell is not None:
                    page.write(number, column, cell)
    return path


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    import xlsxwriter

    source, out = tmp_path / "in.xlsx", tmp_path / "out.csv"
    with xlsxwriter.Workbook(source) as book:
        for name, text in (("May", "Your parcel is here."), ("June", "Your order is here."), ("Empty", "")):
            page = book.add_worksheet(name)
            if text:
                page.write_column(0, 0, ["draft", text])
    with pytest.raises(FileFormatError, match="has 2 sheets: May, June. Name one with --sheet"):
        rewrite_file(Rewriter(copying()), source, out)
    with pytest.raises(FileFormatError, match="has no sheet 'July'; its sheets are May, June, Empty"):
        rewrite_file(Rewriter(copying()), source, out, sheet="July")
    rewrite_file(Rewriter(copying()), source, out, sheet="June")
    assert read_table(out)["reply"].to_list() == ["Your order is here."]
    with pytest.raises(FileFormatError, match="has no sheets"):
        rewrite_file(Rewriter(copying()), out, tmp_path / "again.csv", sheet="June")


def test_excel_keeps_rows_columns_and_kinds(tmp_path: Path) -> None:
    head = ["id", "draft", "amount", "Language", "when", "mixed"]
    day = datetime(2026, 11, 3)
    rows = [
        ["007", "Your parcel is here.", 48213, "=1+1", day, 1],
        [None, None, None, None, None, None],
        ["008", "", 2.5, "x", None, "two"],
    ]
    source, out = sheet(tmp_path / "in.xlsx", [head, *rows]), tmp_path / "out.xlsx"
    report = rewrite_file(Rewriter(copying()), source, out)
    assert (report.rows, report.failed) == (3, 2)
    table = read_table(out)
    assert table.columns == [*head, *ADDED]
    assert table["id"].to_list() == ["007", None, "008"]
    assert table["amount"].to_list() == [48213, None, 2.5]
    assert table["Language"].to_list() == ["=1+1", None, "x"]
    assert table["mixed"].to_list() == ["1", None, "two"]
    assert table["when"].to_list() == [day.date(), None, None]
    assert table["reply"].to_list() == ["Your parcel is here.", None, None]
    assert "empty" in table["error"][2]
    with zipfile.ZipFile(out) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml"), "a text became a formula"


@pytest.mark.parametrize(("one", "other"), [("xlsx", "csv"), ("csv", "xlsx"), ("jsonl", "xlsx"), ("jsonl", "csv")])
def test_one_format_in_another_out(tmp_path: Path, one: str, other: str) -> None:
    source, out = tmp_path / f"in.{one}", tmp_path / f"out.{other}"
    if one == "xlsx":
        sheet(source, [["id", "draft"], [48213, "Your parcel is here."]])
    elif one == "csv":
        source.write_text("id,draft\n48213,Your parcel is here.\n", "utf-8")
    else:
        source.write_text('{"id": 48213, "draft": "Your parcel is here.", "tags": ["a", "b"], "more": {"ő": 1}}\n', "utf-8")
    rewrite_file(Rewriter(copying()), source, out)
    row = read_table(out).row(0, named=True)
    assert (str(row["id"]), row["reply"]) == ("48213", "Your parcel is here.")
    if one == "jsonl":
        assert (row["tags"], row["more"]) == ('["a", "b"]', '{"ő": 1}')


@pytest.mark.parametrize("content", [b"", b"PK", b"draft\nhello\n", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_excel_file_gets_a_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.xlsx").write_bytes(content)
    with pytest.raises(FileFormatError, match="cannot be read as an Excel file"):
        rewrite_file(Rewriter(copying()), tmp_path / "in.xlsx", tmp_path / "out.xlsx")


def test_an_excel_file_without_the_column_or_without_rows(tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="no column 'draft'; its columns are id"):
        rewrite_file(Rewriter(copying()), sheet(tmp_path / "a.xlsx", [["id"], ["1"]]), tmp_path / "out.xlsx")
    with pytest.raises(FileFormatError, match="no column 'draft'; its columns are none"):
        rewrite_file(Rewriter(copying()), sheet(tmp_path / "b.xlsx", []), tmp_path / "out.xlsx")
    with pytest.raises(FileFormatError, match="no rows"):
        rewrite_file(Rewriter(copying()), sheet(tmp_path / "c.xlsx", [["draft"]]), tmp_path / "out.xlsx")


def test_what_a_sheet_cannot_hold_is_refused_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in.csv"
    source.write_text(f"draft,more\nYour parcel is here.,{'x' * 40_000}\n", "utf-8")
    engine = ScriptedEngine(lambda request: pytest.fail("it was asked"))
    with pytest.raises(FileFormatError, match="an Excel cell holds 32767"):
        rewrite_file(Rewriter(engine), source, tmp_path / "out.xlsx")
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 10)
    with pytest.raises(FileFormatError, match="unpacks to"):
        read_table(sheet(tmp_path / "bomb.xlsx", [["draft"]]))


def test_the_column_of_drafts_may_be_called_reply_and_a_result_be_a_source_again(tmp_path: Path) -> None:
    first, second, third = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    first.write_text("reply\nYour parcel is here.\n", "utf-8")
    rewrite_file(Rewriter(copying()), first, second, column="reply")
    rewrite_file(Rewriter(copying()), second, third, column="reply")
    table = read_table(third)
    assert len(table.columns) == 1 + 2 * len(ADDED)
    for name in ("reply", "draft_reply", "draft_draft_reply"):
        assert table[name].to_list() == ["Your parcel is here."]
