"""Batch files: order and columns kept, errors in their column, resumed, never half-written."""

import json
from pathlib import Path

import polars as pl
import pytest

from rewriter import Rewriter
from rewriter.batch import CHUNK, rewrite_file
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


def test_an_interrupted_run_is_resumed(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"draft": f"Parcel {i} is here."}) + "\n" for i in range(3 * CHUNK)), "utf-8")
    calls = 0

    def script(request: object) -> list[str]:
        nonlocal calls
        calls += 1
        if calls == CHUNK + 3:
            raise KeyboardInterrupt
        return [request.masked]  # type: ignore[attr-defined]

    with pytest.raises(KeyboardInterrupt):
        rewrite_file(Rewriter(ScriptedEngine(script)), source, out)  # type: ignore[arg-type]
    assert not out.exists()
    report = rewrite_file(Rewriter(copying()), source, out)
    assert (report.rows, report.resumed) == (3 * CHUNK, CHUNK)
    assert [json.loads(line)["reply"] for line in out.read_text("utf-8").splitlines()] == [
        f"Parcel {i} is here." for i in range(3 * CHUNK)
    ]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.txt", b"draft", FileFormatError, "allowed are .csv, .jsonl, .parquet"),
        ("a.csv", b"text\nhello\n", FileFormatError, "no column 'draft'; its columns are text"),
        ("a.csv", "draft\nF\u0151".encode("latin2", "replace"), NotTextError, "not UTF-8"),
        ("a.jsonl", b"{no", FileFormatError, "cannot be read as JSONL"),
        ("a.jsonl", b"[1]", FileFormatError, "must be a JSON object"),
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
