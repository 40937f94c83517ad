"""Ratings: a blind form, read back, correlated with the metrics."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import rate
from rewriter.errors import FileFormatError
from tests.eval.samples import FAULTY, row

ROWS = [
    row(replace(FAULTY, id=f"e{i}", language=code, draft=f"No idea, {i}."), FAULTY.references[0] + " ok" * (i % 4), "model")
    for i, code in enumerate(["en", "hu"] * 6)
]


def fill(path: Path, lines: list[dict[str, object]]) -> None:
    rate.write(lines, path)


def test_the_form_is_blind_repeatable_and_even_over_languages() -> None:
    lines = rate.form(ROWS, 6)
    assert lines == rate.form(list(reversed(ROWS)), 6)
    assert sorted(line["language"] for line in lines) == ["en"] * 3 + ["hu"] * 3
    assert set(lines[0]) == {"key", "language", "draft", "reply", *rate.SCALES}
    assert "model" not in json.dumps(lines)


def test_copies_and_failures_are_not_rated() -> None:
    with pytest.raises(FileFormatError, match="no changed reply"):
        rate.form([row(FAULTY, FAULTY.draft), row(FAULTY, None)])


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_ratings_are_read_back_and_correlated(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"form.{ending}"
    lines = rate.form(ROWS, 12)
    for line in lines:
        line["overall"] = 5 - str(line["reply"]).count(" ok")
    fill(path, lines)
    ratings = rate.read(path)
    assert all(list(given) == ["overall"] for given in ratings.values()), "empty scales are left out"
    found = {(one.scale, one.metric): one for one in rate.agreement(ROWS, ratings)}
    assert found[("overall", "chrf")].n == 12
    assert found[("overall", "chrf")].rho == pytest.approx(1.0)
    assert found[("overall", "chrf")].low <= found[("overall", "chrf")].rho <= found[("overall", "chrf")].high
    assert ("polite", "chrf") not in found


def test_a_spreadsheet_keeps_line_breaks_and_letters(tmp_path: Path) -> None:
    nasty = row(replace(FAULTY, draft='Árvíztűrő, "x"\nline'), "Első\nmásodik; harmadik")
    fill(tmp_path / "f.csv", rate.form([nasty]))
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["reply"] == "Első\nmásodik; harmadik"


def test_bad_forms_are_refused(tmp_path: Path) -> None:
    lines = rate.form(ROWS, 2)
    with pytest.raises(FileFormatError, match="csv or .jsonl"):
        rate.write(lines, tmp_path / "f.xlsx")
    lines[1]["polite"] = 6
    fill(tmp_path / "f.csv", lines)
    with pytest.raises(FileFormatError, match="rewrite 2: polite is '6'"):
        rate.read(tmp_path / "f.csv")
    (tmp_path / "g.csv").write_text("key,polite\nx,1\n")
    with pytest.raises(FileFormatError, match="lacks same_meaning"):
        rate.read(tmp_path / "g.csv")
    with pytest.raises(FileFormatError, match="No rated rewrite"):
        rate.agreement(ROWS, {"other": {"polite": 1}})
