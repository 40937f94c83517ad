"""The default engine: CTranslate2 in int8 on the CPU, converted once from float weights and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
from filelock import FileLock
from platformdirs import user_cache_path
from tokenizers import Tokenizer

from rewriter.engines.base import Proposal, Request
from rewriter.errors import ModelError
from rewriter.marks import WORD_MARKS, source_text, split_target, target_text
from rewriter.pointers import align, is_long, point, resolve

BUNDLED = Path(__file__).parent.parent / "model"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
BEAM = 5
LENGTH_PENALTY = 1.0
REPETITION_PENALTY = 1.0
LONGEST = 256
"""Tokens of a reply; the pipeline's passages stay far below."""
_LOCK_SECONDS = 600
_COMPLETE = "complete"


def _fingerprint(model: Path) -> str:
    digest = hashlib.sha256(ctranslate2.__version__.encode())
    for name in (WEIGHTS, "config.json", TOKENIZER):
        with (model / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:20]


def _convert(model: Path, out: Path) -> None:
    from ctranslate2.converters import TransformersConverter  # imports torch: only needed here

    converter = TransformersConverter(str(model), load_as_float16=False)
    converter.convert(str(out), quantization="int8_float32", force=True)
    shutil.copy(model / TOKENIZER, out / TOKENIZER)
    (out / _COMPLETE).write_text("", encoding="utf-8")


def converted(model: Path, cache: Path | None = None) -> Path:
    """Return the int8 copy of a model, made if it is not in the cache.

    Args:
        model: A folder with float weights, as ``AutoModelForSeq2SeqLM`` loads it.
        cache: Where copies are kept; the user's cache folder by default, or ``REWRITER_CACHE``.

    Returns:
        The folder of the copy. Processes that ask at once wait for the first; a copy is written beside its place and
        renamed, so a half-written one is never seen.

    Raises:
        ModelError: If the folder holds no model, or it cannot be converted.
    """
    missing = [name for name in (WEIGHTS, "config.json", TOKENIZER) if not (model / name).is_file()]
    if missing:
        raise ModelError(f"{model} is no model folder: it lacks {', '.join(missing)}.")
    root = cache or Path(os.environ.get("REWRITER_CACHE") or user_cache_path("rewriter"))
    root.mkdir(parents=True, exist_ok=True)
    place = root / _fingerprint(model)
    if (place / _COMPLETE).exists():
        return place
    with FileLock(f"{place}.lock", timeout=_LOCK_SECONDS):
        if (place / _COMPLETE).exists():
            return place
        fresh = place.with_suffix(f".{os.getpid()}.tmp")
        try:
            _convert(model, fresh)
        except ImportError as error:
            raise ModelError(
                f"The model in {model} must be converted once, which needs torch and transformers ({error}). "
                "Install them: pip install 'rewriter[train]'."
            ) from error
        except (RuntimeError, ValueError, OSError) as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise ModelError(f"The model in {model} could not be converted: {error}") from error
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)
    return place


class BundledEngine:
    """Rewrites with our own kind of model, in int8, without torch.

    Args:
        model: A folder with float weights; the bundled one by default.
        cache: Where the int8 copy is kept.
        threads: Drafts computed at once. One thread works on a draft: more cost more than they give at this size.
        beam: Beam width.
    """

    def __init__(self, model: Path | str | None = None, *, cache: Path | None = None, threads: int = 2, beam: int = BEAM) -> None:
        self.model = Path(model) if model else BUNDLED
        self.marks_rules = True
        self.name = "bundled" if model is None else f"bundled:{self.model}"
        self.beam = beam
        folder = converted(self.model, cache)
        try:
            self._load(folder, threads)
        except (RuntimeError, ValueError, OSError):  # a broken copy: made anew once
            shutil.rmtree(folder, ignore_errors=True)
            self._load(converted(self.model, cache), threads)

    def _load(self, folder: Path, threads: int) -> None:
        self.folder = folder
        self.translator = ctranslate2.Translator(str(folder), compute_type="int8_float32", inter_threads=threads, intra_threads=1)
        try:
            self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the library raises a bare Exception
            raise ValueError(str(error)) from error
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        # A model that was trained before there were word marks has none in its vocabulary, and is asked without them.
        marks_words = self.tokenizer.token_to_id(WORD_MARKS[0]) is not None
        self._long = is_long(lambda text: len(self.tokenizer.encode(text, add_special_tokens=False).ids)) if marks_words else None

    def _decode(self, tokens: list[str]) -> str:
        ids = [self.tokenizer.token_to_id(token) for token in tokens]
        return str(self.tokenizer.decode([i for i in ids if i is not None and i > 2], skip_special_tokens=False))

    def _prefix(self, request: Request) -> list[str]:
        """Return the tokens that a reply must begin with: rule marks, and behind them the words of its opening."""
        if not request.rules:
            return []
        marks = [f"<r{number}>" for number in sorted(request.rules)]
        words = f" {request.opening}" if request.opening else ""
        return list(self.tokenizer.encode("".join(marks) + words, add_special_tokens=False).tokens)

    def rate(self, asked: Sequence[tuple[Request, str]]) -> list[float]:
        """Rate replies; see ``Rater.rate``."""
        sources, targets = [], []
        for request, reply in asked:
            pointed = point(request.masked, request.language, self._long)
            source = source_text(pointed.text, request.language, request.address)
            target = target_text(align(reply, pointed.words, request.language), list(request.rules))
            sources.append(self.tokenizer.encode(source).tokens)
            targets.append(self.tokenizer.encode(target, add_special_tokens=False).tokens)
        results = self.translator.score_batch(sources, targets, max_batch_size=8) if asked else []
        return [sum(result.log_probs) / max(1, len(result.log_probs)) for result in results]

    def propose(self, requests: Sequence[Request], count: int) -> list[list[Proposal]]:
        """Propose replies; see ``Engine.propose``.

        Rule marks are forced where a request has ``rules``, and so is an ``opening`` beside them.
        """
        if not requests:
            return []
        pointed = [point(r.masked, r.language, self._long) for r in requests]
        sources = [source_text(p.text, r.language, r.address) for p, r in zip(pointed, requests, strict=True)]
        tokens = [encoding.tokens for encoding in self.tokenizer.encode_batch(sources)]
        prefixes: list[Any] = [self._prefix(r) or None for r in requests]
        results = self.translator.translate_batch(
            tokens,
            target_prefix=prefixes if any(prefixes) else None,
            beam_size=max(self.beam, count),
            num_hypotheses=count,
            return_scores=True,
            length_penalty=LENGTH_PENALTY,
            repetition_penalty=REPETITION_PENALTY,
            max_decoding_length=LONGEST,
            max_batch_size=8,
        )
        proposals = []
        for result, words in zip(results, (p.words for p in pointed), strict=True):
            found: dict[str, Proposal] = {}
            for hypothesis, score in zip(result.hypotheses, result.scores, strict=True):
                rules, output = split_target(self._decode(hypothesis))
                masked = resolve(output, words)
                found.setdefault(masked, Proposal(masked, float(score), tuple(rules)))
            proposals.append(list(found.values()))
        return proposals
