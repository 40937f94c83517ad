"""Figures of a model on the validation side of the data: rewriting, leaving alone, facts, rule marks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any, cast

import torch
from sacrebleu.metrics.chrf import CHRF
from transformers import BartForConditionalGeneration, PreTrainedTokenizerBase

from rewriter.facts import compare, mask
from rewriter.marks import Language, source_text, split_target
from rewriter.pointers import IsLong, point, resolve
from rewriter.training.data import LanguageData, fill

PAIRS, FRAMES, MESSAGES, GOOD = 40, 14, 14, 30
"""Drafts of each kind a language; fewer where fewer are held out."""
_BATCH = 32


@dataclass(frozen=True)
class Item:
    """One validation draft.

    Attributes:
        language: Its language.
        source: What the model is given.
        draft: The masked draft.
        references: Masked good replies; for a reply to be left alone, the draft itself.
        rules: Numbers of the rules that it breaks; empty for a good reply.
        words: The words of the source's word marks.
    """

    language: Language
    source: str
    draft: str
    references: tuple[str, ...]
    rules: frozenset[int]
    words: dict[int, str] = field(default_factory=dict)


def items(
    data: dict[Language, LanguageData], rule_numbers: dict[str, int], seed: int = 7, long: IsLong | None = None
) -> list[Item]:
    """Draw the validation drafts, the same for the same data and seed; ``long`` as for ``Examples``."""
    chosen = []

    def add(masked: str, language: Language, references: tuple[str, ...], numbers: frozenset[int]) -> None:
        pointed = point(masked, language, long) if long else None
        source = source_text(pointed.text if pointed else masked, language, "formal")
        chosen.append(Item(language, source, masked, references, numbers, pointed.words if pointed else {}))

    for language, held in data.items():
        rng = random.Random(seed)
        groups = [(rng.choice(g.bad), g) for g in rng.sample(held.frames, min(FRAMES, len(held.frames)))]
        groups += [(rng.choice(g.bad), g) for g in rng.sample(held.pairs, min(PAIRS, len(held.pairs)))]
        groups += [(g.bad[0], g) for g in rng.sample(held.messages, min(MESSAGES, len(held.messages)))]
        for bad, group in groups:
            draft, *replies = (" ".join(t.split()) for t in fill([bad, *group.good], held, rng))
            masked = mask(draft, language=language)
            references = tuple(mask(reply, masked.facts, language).text for reply in replies)
            numbers = frozenset(rule_numbers[rule] for rule in group.rules)
            add(masked.text, language, references, numbers)
        good = [reply for reply in held.good + held.neutral if reply.form != "informal"]
        for reply in rng.sample(good, min(GOOD, len(good))):
            text = mask(" ".join(reply.text.split()), language=language).text
            add(text, language, (text,), frozenset())
    return [item for item in chosen if len(item.draft) < 420]


def read(item: Item, output: str) -> tuple[list[int], str]:
    """Return the rule numbers and the masked reply of an output."""
    numbers, reply = split_target(output)
    return numbers, resolve(reply, item.words)


def generate(model: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerBase, sources: list[str]) -> list[str]:
    """Write greedily: one output a source, marks kept, in order."""
    outputs = [""] * len(sources)
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        batch = tokenizer([sources[i] for i in part], padding=True, return_tensors="pt").to(model.device)
        longest = int(batch.input_ids.shape[1] * 1.5) + 16
        with torch.no_grad():
            rows: Any = cast(Any, model).generate(
                input_ids=batch.input_ids,
                attention_mask=batch.attention_mask,
                max_new_tokens=longest,
                num_beams=1,
                do_sample=False,
            )
        for i, row in zip(part, rows.tolist(), strict=True):
            text = tokenizer.decode([token for token in row if token > 2], skip_special_tokens=False)
            outputs[i] = str(text).strip()
    return outputs


def figures(
    model: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerBase, chosen: list[Item]
) -> tuple[dict[str, float], list[tuple[Item, str]]]:
    """Measure a model.

    Args:
        model: The model, in evaluation mode.
        tokenizer: Its tokenizer.
        chosen: The drafts, from ``items``.

    Returns:
        The figures, each in percent: ``chrf`` of rewrites (mean over drafts, best reference; ``chrf_hu``… a language),
        ``copied`` (faulty drafts left as they are), ``alone`` (good replies left exactly as they are), ``facts`` (all
        kept), ``rules`` (F1 of rule marks over all drafts), and ``score``, the mean of chrf, alone and facts; and the
        outputs.
    """
    outputs = generate(model, tokenizer, [item.source for item in chosen])
    metric = CHRF()
    chrf: dict[str, list[float]] = {}
    copied, alone, facts, hits, predicted, wanted = [], [], [], 0, 0, 0
    for item, output in zip(chosen, outputs, strict=True):
        numbers, reply = read(item, output)
        facts.append(not compare(item.draft, reply))
        hits += len(item.rules & set(numbers))
        predicted, wanted = predicted + len(set(numbers)), wanted + len(item.rules)
        if item.rules:
            scores = [metric.sentence_score(reply, [reference]).score for reference in item.references]
            chrf.setdefault(item.language, []).append(max(scores))
            copied.append(reply == item.draft)
        else:
            alone.append(reply == item.draft)
    every = [score for scores in chrf.values() for score in scores]

    def mean(values: list[float] | list[bool], scale: float = 100.0) -> float:
        return scale * sum(values) / max(1, len(values))

    row = {
        "chrf": mean(every, 1.0),
        **{f"chrf_{language}": mean(scores, 1.0) for language, scores in chrf.items()},
        "copied": mean(copied),
        "alone": mean(alone),
        "facts": mean(facts),
        "rules": 200 * hits / max(1, predicted + wanted),
    }
    row["score"] = (row["chrf"] + row["alone"] + row["facts"]) / 3
    return {name: round(value, 2) for name, value in row.items()}, list(zip(chosen, outputs, strict=True))
