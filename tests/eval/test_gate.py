"""The gate: the same run passes, a copying model does not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import gate, metrics, runner, systems, tasks
from rewriter.errors import FileFormatError
from tests.eval.samples import FAULTY, oracle, replying, row, toy


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for name in ("test", "leave-alone"):
        gate.accept(runner.run(tasks.TASKS[name], replying(oracle), languages=["en", "hu"], limit=20).rows, folder)
    return folder


def test_the_same_scores_pass(accepted: Path) -> None:
    rows = runner.run(tasks.TASKS["test"], replying(oracle), languages=["en", "hu"], limit=20).rows
    verdicts = gate.check(rows, accepted)
    assert {verdict.language for verdict in verdicts} == {"en", "hu", "all"}
    assert not any(verdict.lost for verdict in verdicts)
    assert all(verdict.before == pytest.approx(verdict.after) for verdict in verdicts)


def test_swapping_the_model_for_copy_fails_in_every_language(accepted: Path) -> None:
    copy = next(system for system in systems.BASELINES if system.name == "copy")
    rows = [row for name in ("test", "leave-alone") for row in runner.run(tasks.TASKS[name], copy, limit=20,
            languages=["en", "hu"]).rows]  # fmt: skip
    lost = {(verdict.task, verdict.language, verdict.metric) for verdict in gate.check(rows, accepted) if verdict.lost}
    assert lost == {("test", language, "joint") for language in ("en", "hu", "all")}


def test_a_model_that_fails_loses_everything(accepted: Path) -> None:
    rows = runner.run(tasks.TASKS["test"], replying(lambda _: ValueError("no memory")), languages=["en"], limit=20).rows
    assert {verdict.metric for verdict in gate.check(rows, accepted) if verdict.lost} == {"joint", "facts"}


def test_a_small_loss_by_chance_passes(tmp_path: Path) -> None:
    many = [replace(FAULTY, id=f"e{i}") for i in range(30)]
    gate.accept([row(example, oracle(example)) for example in many], tmp_path)
    now = [row(example, oracle(example) if i else example.draft) for i, example in enumerate(many)]
    assert not any(verdict.lost for verdict in gate.check(now, tmp_path))


def test_results_are_small_readable_json(tmp_path: Path) -> None:
    (path,) = gate.accept(runner.run(toy(), replying(oracle)).rows, tmp_path)
    found = json.loads(path.read_text("utf-8"))
    assert found["columns"] == ["id", "language", *gate.GATED]
    assert found["scores"][1] == ["y", "en", None, 1.0, None, None]
    assert "chrF" in found["signature"]
    assert path.read_text("utf-8").count("\n") < 30


def test_what_cannot_be_compared_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileFormatError, match="gate --accept"):
        gate.check([row()], tmp_path)
    gate.accept([row()], tmp_path)
    with pytest.raises(FileFormatError, match="version 1 of the task, the run is of version 2"):
        gate.check([row() | {"version": 2}], tmp_path)
    with monkeypatch.context() as other, pytest.raises(FileFormatError, match="other metrics"):
        other.setattr(metrics, "VERSION", 99)
        gate.check([row()], tmp_path)
    with pytest.raises(FileFormatError, match="no example in common"):
        gate.check([row(replace(FAULTY, id="other"))], tmp_path)
