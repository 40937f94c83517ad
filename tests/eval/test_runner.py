"""Running: rows as they come, failures kept, replies cached, runs resumed and repeatable."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import runner, systems, tasks
from eval.cache import Cache, Reply
from eval.examples import Example
from eval.report import Rows, write
from rewriter import Rewriter
from rewriter.errors import FileFormatError
from tests.eval.samples import FAULTY, GOOD, oracle, replying, toy
from tests.fakes import ScriptedEngine, copying


def test_a_failing_row_is_counted_and_kept_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("draft,language\nYour parcel is here.,en\n?!,en\nHello,xx\n", encoding="utf-8")
    system = systems.of_rewriter(Rewriter(ScriptedEngine(lambda r: [r.masked])), "copying")
    run = runner.run(tasks.own(path), system)
    assert [row["error"] is None for row in run.rows] == [True, False, False]
    assert "empty" in run.rows[1]["error"]
    assert "'xx'" in run.rows[2]["error"]
    (line,), _ = write([run], tmp_path)
    assert (line["rows"], line["failed"]) == (3, 2)
    assert line["figures"]["resolved"]["n"] == 1


def test_a_system_that_raises_loses_only_the_row_it_raises_for() -> None:
    def reply(example: Example) -> str:
        if example.id == "y":
            raise RuntimeError("out of memory")
        return example.draft

    rows = runner.run(toy(), replying(reply)).rows
    assert [row["error"] for row in rows] == [None, "out of memory"]


def test_a_system_that_gives_too_few_replies_fails() -> None:
    rows = runner.run(toy(), systems.System("short", lambda _: [])).rows
    assert all("gave 0 replies" in row["error"] for row in rows)


def test_the_address_form_is_asked_of_the_rewriter() -> None:
    engine = copying()
    asked = replace(FAULTY, language="hu", draft="Fogalmam sincs.", address="informal")
    runner.run(toy(asked, replace(asked, id="z", address=None)), systems.of_rewriter(Rewriter(engine)))
    assert {request.address for request in engine.asked} == {"formal", "informal"}


def test_rows_come_one_by_one_and_are_on_disk_at_once(tmp_path: Path) -> None:
    seen = []
    with Rows(tmp_path) as rows:

        def on_row(row: runner.Row) -> None:
            rows.add(row)
            seen.append(len((tmp_path / "rows.jsonl").read_text("utf-8").splitlines()))

        runner.run(toy(), replying(oracle), on_row=on_row)
    assert seen == [1, 2]
    assert [row["id"] for row in runner.read(tmp_path)] == ["x", "y"]


def test_a_run_resumes_where_it_was_broken_off_and_is_repeatable(tmp_path: Path) -> None:
    examples = [replace(FAULTY, id=f"e{i}", draft=f"I have no idea, order {i}.") for i in range(40)]
    asked: list[str] = []

    def reply(example: Example) -> str:
        asked.append(example.id)
        return f"I'll check order {example.id[1:]}."

    system = replying(reply, fingerprint="abc")

    def interrupt(row: runner.Row) -> None:
        if row["id"] == "e20":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run(toy(*examples), system, cache=tmp_path, on_row=interrupt)
    assert len(asked) == 32, "two chunks of 16"
    asked.clear()
    first = runner.run(toy(*examples), system, cache=tmp_path)
    assert asked == [f"e{i}" for i in range(32, 40)]
    asked.clear()
    assert runner.run(toy(*examples), system, cache=tmp_path).rows == first.rows
    assert asked == []
    runner.run(toy(*examples), replace(system, fingerprint="other"), cache=tmp_path)
    assert len(asked) == 40


def test_the_cache_knows_an_example_by_all_that_was_given_and_forgives_a_torn_line(tmp_path: Path) -> None:
    Cache(tmp_path, "f", "toy-v1").add(FAULTY, Reply("Ok.", None, 1.0))
    file = tmp_path / "f" / "toy-v1.jsonl"
    with file.open("a", encoding="utf-8") as torn:
        torn.write('{"key": "y')
    known = Cache(tmp_path, "f", "toy-v1")
    assert known.find(FAULTY) == Reply("Ok.", None, 1.0)
    assert known.find(replace(FAULTY, draft="Another draft.")) is None
    assert known.find(replace(FAULTY, address="informal")) is None
    known.add(GOOD, Reply("Fine.", None, 2.0))
    assert Cache(tmp_path, "f", "toy-v1").find(GOOD) == Reply("Fine.", None, 2.0)
    assert Cache(tmp_path, "f", "toy-v2").find(FAULTY) is None
    Cache(None, "f", "toy-v1").add(FAULTY, Reply("Ok.", None, 1.0))


def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    failing = replying(lambda _: ValueError("busy"), fingerprint="f")
    assert runner.run(toy(), failing, cache=tmp_path).rows[0]["error"] == "busy"
    assert runner.run(toy(), replying(oracle, fingerprint="f"), cache=tmp_path).rows[0]["error"] is None


def test_a_models_fingerprint_changes_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"one")
    one = systems.fingerprint(str(tmp_path))
    assert one == systems.fingerprint(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert one != systems.fingerprint(str(tmp_path))
    assert systems.fingerprint("hub/one") != systems.fingerprint("hub/two")


def test_summary_counts_what_cannot_be_scored(tmp_path: Path) -> None:
    lines, _ = write([runner.run(toy(), replying(oracle))], tmp_path)
    (line,) = lines
    assert line["figures"]["joint"]["n"] == 1
    assert line["figures"]["joint"]["not_scorable"] == 1
    assert "commitments" not in line["figures"]
    assert json.loads((tmp_path / "summary.json").read_text("utf-8"))["figures"] == lines


def test_files_that_are_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="Run the evaluation first"):
        runner.read(tmp_path)
    (tmp_path / "rows.jsonl").write_text('{"task": "x"}\n')
    with pytest.raises(FileFormatError, match="line 1, lacks system"):
        runner.read(tmp_path)
    (tmp_path / "rows.jsonl").write_text("no json\n")
    with pytest.raises(FileFormatError, match="line 1, is no row"):
        runner.read(tmp_path)
