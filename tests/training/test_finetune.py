"""Fine-tuning on a user's own pairs: one command, a model that loads, clear errors."""

import json
from pathlib import Path

import pytest

from rewriter import Rewriter
from rewriter.errors import TrainingDataError
from rewriter.training.finetune import finetune, read_pairs

ROWS = [
    {
        "draft": "No idea about order 48213.",
        "reply": "I'll look into order 48213.",
        "language": "en",
        "rules": ["never.dont_know"],
    },
    {"draft": "Your parcel is here.", "reply": "Your parcel is here."},
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_pairs_are_masked_and_marked(tmp_path: Path) -> None:
    pairs = read_pairs(write(tmp_path / "p.jsonl", ROWS))
    assert pairs[0].source == "<rewrite><en><formal> No idea about order <x0>."
    assert pairs[0].target == "<r1> I'll look into order <x0>."
    assert pairs[1].target == "<r0> Your parcel is here."


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    rows = [{"draft": "Late.", "reply": "It is 3 days late."}, {"draft": "x"}]
    with pytest.raises(TrainingDataError, match="2 faulty lines") as error:
        read_pairs(write(tmp_path / "p.jsonl", rows))
    assert "line 1: fact <x0> was made up" in str(error.value)
    assert "line 2: needs draft and reply" in str(error.value)


def test_a_tuned_model_loads_and_rewrites(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REWRITER_CACHE", str(tmp_path / "cache"))
    count = finetune(write(tmp_path / "p.jsonl", ROWS), tmp_path / "mine", minutes=0.02, model=tiny)
    assert count == 2
    assert (tmp_path / "mine" / "manifest.json").exists()
    result = Rewriter.from_pretrained(tmp_path / "mine").rewrite("No idea about order 48213.")
    assert "48213" in result.text
