"""Tasks, baselines and the runner: data frozen, degenerate systems lose, a failing row is kept."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval import runner, statistics, systems, tasks
from eval.__main__ import app
from rewriter import Rewriter
from rewriter.errors import FileFormatError
from tests.fakes import ScriptedEngine


def test_the_documents_task_holds_bad_and_good_examples_with_their_source() -> None:
    examples = tasks.TASKS["documents"].load()
    assert sum(e.expect == "resolve" for e in examples) == 26
    assert sum(e.expect == "alone" for e in examples) == 24
    assert {e.document for e in examples} == {"sins", "etiquette", "authority", "checklist"}


def test_the_test_split_is_large_and_its_facts_are_in_the_drafts() -> None:
    examples = tasks.TASKS["test"].load()
    for code in ("hu", "ro", "pl", "en"):
        own = [e for e in examples if e.language == code]
        assert len(own) >= 150
        assert all(e.references and e.rules for e in own)
        assert all(span in e.draft and all(span in r for r in e.references) for e in own for span in e.keep)


def test_robust_drafts_keep_their_facts() -> None:
    for example in tasks.TASKS["robust"].load():
        assert all(span in example.draft for span in example.keep), example


def test_data_that_were_touched_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("documents.jsonl", "manifest.json"):
        (tmp_path / name).write_bytes((tasks.DATA / name).read_bytes())
    with (tmp_path / "documents.jsonl").open("a") as file:
        file.write("\n")
    monkeypatch.setattr(tasks, "DATA", tmp_path)
    with pytest.raises(FileFormatError, match="does not match its hash"):
        tasks.TASKS["documents"].load()


def test_degenerate_systems_lose_to_the_references() -> None:
    task = tasks.TASKS["test"]
    oracle = systems.System("oracle", lambda examples: [example.references[0] for example in examples])
    best = statistics.mean(runner.values(runner.run(task, oracle, languages=["en"], limit=60).rows, "joint"))
    for system in systems.BASELINES:
        rows = runner.run(task, system, languages=["en"], limit=60).rows
        assert statistics.mean(runner.values(rows, "joint")) < 0.6 * best, system.name


def test_a_failing_row_is_counted_and_kept_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("draft,language\nYour parcel is here.,en\n?!,en\n", encoding="utf-8")
    system = systems.of_rewriter(Rewriter(ScriptedEngine(lambda r: [r.masked])), "copying")
    run = runner.run(tasks.own(path), system)
    assert [row["error"] is None for row in run.rows] == [True, False]
    assert "empty" in run.rows[1]["error"]
    runner.write([run], tmp_path / "out")
    assert len((tmp_path / "out" / "rows.jsonl").read_text("utf-8").splitlines()) == 2
    (line,) = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert (line["rows"], line["failed"]) == (2, 1)


def test_the_command_prints_a_table_and_writes_the_rows(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--task", "documents", "--system", "copy", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "documents" in result.output
    assert (tmp_path / "rows.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--task", "jokes"], "no task 'jokes'"), (["--own", "none.csv"], "no file none.csv")],
)
def test_bad_input_is_said_clearly(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, [*arguments, "--system", "copy"])
    assert result.exit_code == 2
    assert message in result.output.replace("\n", " ")
