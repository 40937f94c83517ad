"""The loop learns, stops in time, resumes, and leaves nothing half-written."""

from dataclasses import replace
from pathlib import Path

import torch
from transformers import AutoTokenizer, BartForConditionalGeneration

from rewriter.training.examples import Pair
from rewriter.training.loop import IGNORED, Settings, batches, loss_of, tensors, train

PAIRS = [Pair("<rewrite><en><formal> Not my job.", "<r6> I'll ask."), Pair("<rewrite><hu><formal> Nem.", "<r17> Sajnos nem.")]


def load(folder: Path) -> tuple[BartForConditionalGeneration, object]:
    model = BartForConditionalGeneration.from_pretrained(folder, attn_implementation="eager")
    return model, AutoTokenizer.from_pretrained(folder)


def test_labels_ignore_padding_and_the_start(tiny: Path) -> None:
    _, tokenizer = load(tiny)
    batch = tensors(PAIRS, tokenizer)
    assert batch["input_ids"].shape[0] == 2
    assert batch["labels"].shape[0] == 2
    assert (batch["labels"] == IGNORED).any()
    kept = [[t for t in row if t != IGNORED] for row in batch["labels"].tolist()]
    assert all(row[-1] == 2 for row in kept)
    assert tokenizer.decode(kept[0][:-1]).strip().startswith("<r6>")


def test_batches_hold_about_as_many_tokens_as_asked() -> None:
    source = batches(iter(PAIRS * 1000).__next__, 100, __import__("random").Random(0), pool=200)
    sizes = [sum(len(p.source) for p in next(source)) / 3.2 for _ in range(20)]
    assert max(sizes) <= 100


def test_it_learns_writes_the_best_and_resumes(tiny: Path, tmp_path: Path) -> None:
    model, tokenizer = load(tiny)
    settings = Settings(minutes=0.05, decoder_rate=5e-3, encoder_rate=5e-3, warm_up=2, validate_minutes=0.02, average=0.5)
    before = loss_of(model, tensors(PAIRS, tokenizer), 0.0, "cpu").item()
    draw = iter(PAIRS * 100_000).__next__
    progress = train(model, tokenizer, draw, tmp_path / "run", settings)
    after = loss_of(model, tensors(PAIRS, tokenizer), 0.0, "cpu").item()
    assert after < before
    assert (tmp_path / "run" / "best" / "model.safetensors").exists()
    assert not list((tmp_path / "run").glob("*.tmp"))
    longer = replace(settings, minutes=progress.seconds / 60 + 0.03)
    fresh, _ = load(tiny)
    resumed = train(fresh, tokenizer, draw, tmp_path / "run", longer)
    assert resumed.step > progress.step
    assert resumed.seconds >= longer.minutes * 60


def test_a_stop_file_pauses_and_keeps_everything(tiny: Path, tmp_path: Path) -> None:
    model, tokenizer = load(tiny)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "stop").touch()
    progress = train(model, tokenizer, iter(PAIRS * 1000).__next__, tmp_path / "run", Settings(minutes=1))
    assert progress.step == 0
    assert (tmp_path / "run" / "state.safetensors").exists()
    assert not (tmp_path / "run" / "stop").exists()
    torch.manual_seed(0)
