"""The training loop, read top to bottom: batches by length, bfloat16, averaged weights, resumable, bounded by time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import BartForConditionalGeneration, PreTrainedTokenizerBase

from rewriter.training.checkpoint import Checkpoint, Progress
from rewriter.training.examples import Pair

IGNORED = -100
AVERAGE_EVERY = 10
_CHARACTERS_A_TOKEN = 3.2
_BAND = 32
"""Characters by which the sources of a batch may differ."""


@dataclass(frozen=True)
class Settings:
    """What a run is made of.

    Attributes:
        minutes: Time bound of the whole run, resumed parts included.
        encoder_rate: Peak learning rate of the encoder and the embeddings.
        decoder_rate: Peak learning rate of the decoder.
        warm_up: Steps until the peak.
        batch_tokens: About how many source tokens a batch holds.
        label_smoothing: Share of the target's probability given to the whole vocabulary.
        sampled: Tokens drawn for the softmax beside the batch's own; 0 for the whole vocabulary.
        average: Decay of the running average of weights, applied every ``AVERAGE_EVERY`` steps.
        validate_minutes: Time between two validations.
        threads: CPU threads.
        device: ``cpu`` or ``cuda``.
        dropout: Share of activations zeroed, 0 to 1.
        compiled: Whether encoder and decoder are compiled first (needs a C++ compiler; about a minute); worth a fifth of
            the time on a CPU, but only without dropout, whose random numbers are slow when compiled.
        seed: Of the order of pairs within a pool.
    """

    minutes: float = 60.0
    encoder_rate: float = 1.5e-4
    decoder_rate: float = 6e-4
    warm_up: int = 200
    batch_tokens: int = 1_100
    label_smoothing: float = 0.05
    sampled: int = 0
    average: float = 0.97
    validate_minutes: float = 10.0
    threads: int = 2
    device: str = "cpu"
    dropout: float = 0.1
    compiled: bool = False
    seed: int = 0


Validate = Callable[[BartForConditionalGeneration], dict[str, float]]


def batches(draw: Callable[[], Pair], tokens: int, rng: random.Random, pool: int = 1_280) -> Iterator[list[Pair]]:
    """Yield batches of similar length for ever.

    Args:
        draw: Gives one pair a call.
        tokens: About how many source tokens a batch holds, padding included.
        rng: Shuffles the batches of a pool.
        pool: Pairs that are sorted together.
    """
    while True:
        # Sources of about one length, and among these targets of about one length: padding is computed like text.
        pairs = sorted((draw() for _ in range(pool)), key=lambda pair: (len(pair.source) // _BAND, len(pair.target)))
        ready: list[list[Pair]] = [[]]
        longest = 0
        for pair in pairs:
            longest = max(longest, len(pair.source))
            if ready[-1] and (len(ready[-1]) + 1) * longest / _CHARACTERS_A_TOKEN > tokens:
                ready.append([])
                longest = len(pair.source)
            ready[-1].append(pair)
        rng.shuffle(ready)
        yield from ready


def tensors(pairs: list[Pair], tokenizer: PreTrainedTokenizerBase) -> dict[str, torch.Tensor]:
    """Turn pairs into input_ids and attention_mask (batch, source) and labels (batch, target), padding ignored."""
    source = tokenizer([p.source for p in pairs], padding=True, truncation=True, max_length=256, return_tensors="pt")
    target = tokenizer([p.target for p in pairs], padding=True, truncation=True, max_length=256, return_tensors="pt")
    labels = target.input_ids[:, 1:]  # the decoder starts from </s>, not from <s>
    labels = labels.masked_fill(target.attention_mask[:, 1:] == 0, IGNORED)
    return {"input_ids": source.input_ids, "attention_mask": source.attention_mask, "labels": labels}


@cache
def halves(device: str) -> bool:
    """Say whether bfloat16 is worth it: on a CPU without instructions for it a step takes many times as long."""
    return device != "cpu" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def loss_of(
    model: BartForConditionalGeneration, batch: dict[str, torch.Tensor], smoothing: float, device: str, sampled: int = 0
) -> torch.Tensor:
    """Return the mean label-smoothed cross-entropy of a batch, a scalar.

    Args:
        model: The model.
        batch: From ``tensors``.
        smoothing: Share of the target's probability given to all other tokens.
        device: Where to compute.
        sampled: If not 0, the softmax goes over the batch's own tokens and so many others, drawn anew each time.
    """
    batch = {name: tensor.to(device) for name, tensor in batch.items()}
    with torch.autocast(device, dtype=torch.bfloat16, enabled=halves(device)):
        hidden = model.model(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            decoder_input_ids=model.prepare_decoder_input_ids_from_labels(batch["labels"]),
        ).last_hidden_state
        kept = batch["labels"] != IGNORED  # no logits for padding: the vocabulary is the widest layer
        labels, weight, bias = batch["labels"][kept], model.lm_head.weight, model.final_logits_bias.to(hidden.dtype)[0]
        if sampled:
            chosen = torch.unique(torch.cat([labels, torch.randint(len(weight), (sampled,), device=labels.device)]))
            labels, weight, bias = torch.searchsorted(chosen, labels), weight[chosen], bias[chosen]
        logits = functional.linear(hidden[kept], weight) + bias
    return functional.cross_entropy(logits.float(), labels, label_smoothing=smoothing)


def _optimizer(model: BartForConditionalGeneration, settings: Settings) -> torch.optim.AdamW:
    groups: list[dict[str, Any]] = [
        {"params": [p for n, p in model.named_parameters() if "decoder" not in n], "peak": settings.encoder_rate},
        {"params": [p for n, p in model.named_parameters() if "decoder" in n], "peak": settings.decoder_rate},
    ]
    return torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def prepare(model: BartForConditionalGeneration, settings: Settings) -> None:
    """Move the model to its device, set its dropout and, if asked, compile its two halves in place."""
    if settings.device == "cpu" and not halves("cpu"):
        # Its float32 products are slower than MKL's where AVX2 is all there is.
        torch.backends.mkldnn.set_flags(False)  # type: ignore[no-untyped-call]
    torch.nn.Module.to(model, settings.device)
    for module in model.modules():
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = settings.dropout  # type: ignore[assignment]
    if settings.compiled:
        for half in (model.model.encoder, model.model.decoder):
            half.compile(dynamic=True)
    model.train()


def _follow(model: BartForConditionalGeneration, average: dict[str, torch.Tensor], decay: float) -> None:
    """Move the averaged weights towards the model's."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            average[name].lerp_(parameter, 1 - decay)


def _with_average(model: BartForConditionalGeneration, average: dict[str, torch.Tensor], do: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Run something with the averaged weights in place."""
    own = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(average[name])
        model.train(False)
        try:
            return do()
        finally:
            model.train()
            for name, parameter in model.named_parameters():
                parameter.copy_(own[name])


def train(
    model: BartForConditionalGeneration,
    tokenizer: PreTrainedTokenizerBase,
    draw: Callable[[], Pair],
    out: Path,
    settings: Settings,
    validate: Validate | None = None,
    report: Callable[[dict[str, float]], None] = lambda row: None,
) -> Progress:
    """Train until the time is up; every validation writes a checkpoint, the best averaged weights go to ``out/best``.

    A file ``out/stop`` makes the run write a checkpoint and return; the next call goes on from there.

    Args:
        model: The model, changed in place; at the end it holds the averaged weights.
        tokenizer: Its tokenizer.
        draw: Gives one training pair a call.
        out: The run's folder; an unfinished run found there is continued.
        settings: What the run is made of.
        validate: Gives figures of a model, ``score`` among them (higher is better); None: the last is the best.
        report: Called with a row of figures after every validation and every hundred steps.

    Returns:
        Where the run ended.
    """
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    prepare(model, settings)
    optimizer = _optimizer(model, settings)
    average = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    checkpoint = Checkpoint(out)
    progress = checkpoint.load(model, average, optimizer)
    progress.best = float("-inf")  # the data, and so the score's scale, may have changed since
    source = batches(draw, settings.batch_tokens, random.Random(settings.seed + progress.step))
    before, begin, checked, losses = progress.seconds, time.monotonic(), progress.seconds, []

    def save_best() -> dict[str, float]:
        with torch.compiler.set_stance("force_eager"):  # generation has other shapes, each a compilation of its own
            figures = validate(model) if validate else {"score": float(progress.step)}
        if figures["score"] > progress.best:
            progress.best = figures["score"]
            model.save_pretrained(out / "best")
            tokenizer.save_pretrained(out / "best")
        return figures

    stop = out / "stop"
    while progress.seconds < settings.minutes * 60:
        if stop.exists():  # asked to pause: everything is kept, the next call goes on from here
            stop.unlink()
            checkpoint.save(model, average, optimizer, progress)
            return progress
        part = progress.seconds / (settings.minutes * 60)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1.0, (progress.step + 1) / settings.warm_up) * max(0.02, 1 - part)
        loss = loss_of(model, tensors(next(source), tokenizer), settings.label_smoothing, settings.device, settings.sampled)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        progress.step += 1
        progress.seconds = before + time.monotonic() - begin
        if progress.step % AVERAGE_EVERY == 0:
            _follow(model, average, settings.average)
        if progress.step % 100 == 0:
            report({"step": progress.step, "seconds": progress.seconds, "loss": sum(losses[-100:]) / len(losses[-100:])})
        if progress.seconds - checked > settings.validate_minutes * 60:
            figures = _with_average(model, average, save_best)
            checkpoint.save(model, average, optimizer, progress)
            report({"step": progress.step, "seconds": progress.seconds, **figures})
            checked = progress.seconds = before + time.monotonic() - begin
    _follow(model, average, settings.average)  # a run shorter than ten steps has learnt something too
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(average[name])
    model.train(False)
    figures = save_best()
    report({"step": progress.step, "seconds": progress.seconds, **figures})
    return progress
