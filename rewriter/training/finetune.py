"""Fine-tunes a model on a user's own pairs, mixed with the handwritten data so that it forgets nothing."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from pathlib import Path

import torch
from transformers import AutoTokenizer, BartForConditionalGeneration

from rewriter import facts
from rewriter.errors import TrainingDataError
from rewriter.guide import Guide
from rewriter.language import check_code, detect
from rewriter.marks import LANGUAGES, source_text, target_text
from rewriter.pointers import IsLong, long_words
from rewriter.training import data, loop
from rewriter.training.examples import Examples, Pair, marked
from rewriter.training.export import BUNDLED, export

OWN_SHARE = 0.5
"""Share of the user's pairs in what the model sees; the rest is the data it was made with."""
ENCODER_RATE, DECODER_RATE = 2e-5, 6e-5


def read_pairs(path: Path, long: IsLong | None = None) -> list[Pair]:
    """Read a user's pairs.

    Args:
        path: JSON Lines with ``draft`` and ``reply``, and, if wished, ``language``, ``address`` and ``rules`` (ids).
        long: Says which words get a mark; None for a model without word marks.

    Returns:
        The pairs as the model sees them.

    Raises:
        TrainingDataError: With every faulty line: not JSON, no text, or a reply with a fact that its draft lacks.
    """
    if not path.is_file():
        raise TrainingDataError(f"There is no file {path}.")
    numbers, pairs, faults = Guide.load().numbers, [], []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            language = check_code(row["language"]) if row.get("language") else detect(row["draft"])
            draft = facts.mask(row["draft"], language=language)
            masked = facts.mask(row["reply"], draft.facts, language)
            wrong = facts.compare(draft.text, masked.text)
            if wrong:
                faults.append(f"line {place}: {', '.join(wrong)}")
                continue
            rules = [numbers[rule] for rule in row.get("rules", [])]
            text, reply = marked(draft.text, masked.text, language, long, random.Random(place))
            source = source_text(text, language, row.get("address", "formal"))
            pairs.append(Pair(source, target_text(reply, rules or _guess(row, numbers))))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            faults.append(f"line {place}: needs draft and reply as text ({error!r})")
    if faults:
        raise TrainingDataError(f"{path} has {len(faults)} faulty lines:\n" + "\n".join(faults[:20]))
    if not pairs:
        raise TrainingDataError(f"{path} holds no pairs.")
    return pairs


def _guess(row: dict[str, str], numbers: dict[str, int]) -> list[int]:
    """A pair without rules: nothing to change if both sides are equal, else a matter of the brand's voice."""
    return [] if row["draft"] == row["reply"] else [numbers["tone.on_brand"]]


def finetune(pairs: Path, out: Path, *, minutes: float = 10, model: Path | None = None) -> int:
    """Fine-tune a model.

    Args:
        pairs: The user's pairs, as ``read_pairs`` takes them.
        out: Folder of the new model; made if missing.
        minutes: Time bound of the training.
        model: The model to start from; the bundled one by default.

    Returns:
        How many pairs it was trained on.

    Raises:
        TrainingDataError: If the pairs are faulty.
    """
    start, rng = model or BUNDLED, random.Random(0)
    tokenizer = AutoTokenizer.from_pretrained(start)
    long = long_words(tokenizer)
    own = read_pairs(pairs, long)
    base = Examples({c: data.load(c) for c in LANGUAGES}, Guide.load().numbers, long=long)
    network = BartForConditionalGeneration.from_pretrained(start, dtype=torch.float32, attn_implementation="eager")
    settings = loop.Settings(minutes=minutes, encoder_rate=ENCODER_RATE, decoder_rate=DECODER_RATE, warm_up=20)
    run = Path(tempfile.mkdtemp(prefix="rewriter-train-"))
    try:
        loop.train(network, tokenizer, lambda: rng.choice(own) if rng.random() < OWN_SHARE else base.draw(), run, settings)
        export(run / "best", out)
    finally:
        shutil.rmtree(run, ignore_errors=True)
    return len(own)
