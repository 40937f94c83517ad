"""Any Hugging Face sequence-to-sequence model, by name or folder, with a prompt template around the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rewriter.engines.base import Proposal, Request
from rewriter.errors import ModelError
from rewriter.language import NAMES
from rewriter.marks import SPECIAL_TOKENS, source_text, split_target
from rewriter.pointers import Pointed, long_words, point, resolve
from rewriter.prompts import Template

TEMPLATE = "rewrite-v1"
LONGEST = 256


class HuggingFaceEngine:
    """Rewrites with ``AutoModelForSeq2SeqLM``; a model of our own kind is given its marks, any other the template.

    Args:
        model: A name on the hub or a folder.
        template: The prompt template for models that are not of our kind.
    """

    def __init__(self, model: str, template: str = TEMPLATE) -> None:
        try:
            import torch
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
        except ImportError as error:
            raise ModelError(f"The model {model} needs torch and transformers ({error}).") from error
        self.name = model
        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(model)
            self.model: Any = AutoModelForSeq2SeqLM.from_pretrained(model, dtype=torch.float32).eval()
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"{model} cannot be loaded as a sequence-to-sequence model: {error}. Give a folder or a name on the hub."
            ) from error
        self.own = SPECIAL_TOKENS[1] in self.tokenizer.get_vocab()
        self.marks_rules = self.own
        self._long = long_words(self.tokenizer)
        self.template = Template.load(template)

    def _prompt(self, request: Request, pointed: Pointed) -> str:
        if self.own:
            return source_text(pointed.text, request.language, request.address)
        return self.template.render(language=NAMES[request.language], address=request.address, draft=request.masked)

    def propose(self, requests: Sequence[Request], count: int) -> list[list[Proposal]]:
        """Propose replies; see ``Engine.propose``. Named rules are not forced."""
        if not requests:
            return []
        pointed = [point(r.masked, r.language, self._long) for r in requests]
        prompts = [self._prompt(r, p) for r, p in zip(requests, pointed, strict=True)]
        batch = self.tokenizer(prompts, padding=True, return_tensors="pt")
        made = self.model.generate(
            input_ids=batch.input_ids,
            attention_mask=batch.attention_mask,
            num_beams=max(count, 2),
            num_return_sequences=count,
            do_sample=False,
            max_new_tokens=LONGEST,
            output_scores=True,
            return_dict_in_generate=True,
        )
        proposals: list[list[Proposal]] = []
        for i in range(len(requests)):
            found: dict[str, Proposal] = {}
            for row in range(i * count, (i + 1) * count):
                rules, output = self._read(made.sequences[row].tolist())
                masked = resolve(output, pointed[i].words)
                found.setdefault(masked, Proposal(masked, float(made.sequences_scores[row]), tuple(rules)))
            proposals.append(list(found.values()))
        return proposals

    def _read(self, ids: list[int]) -> tuple[list[int], str]:
        if self.own:
            return split_target(self.tokenizer.decode([i for i in ids if i > 2], skip_special_tokens=False))
        return [], str(self.tokenizer.decode(ids, skip_special_tokens=True)).strip()
