"""Nothing that the model is trained on comes near the documents' examples or the frozen test split."""

import json
import random
from pathlib import Path

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Indel

from rewriter.folding import fold
from rewriter.marks import LANGUAGES, Language
from rewriter.training.data import fill, load

NEAREST = 0.85
"""Normalised insert-delete similarity of folded texts. Above it, pairs differ in a word's ending or one short word."""
DATA = Path(__file__).parents[2] / "eval" / "data"


def exam(code: str) -> list[str]:
    texts = []
    for path in DATA.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["id"].startswith(code) or row.get("language") == code:
                texts.append(fold(row["draft"] if "draft" in row else row["text"]))
    return texts


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_training_text_is_near_the_exam(code: Language) -> None:
    data, rng = load(code), random.Random(0)
    texts = [fill([bad], data, rng)[0] for group in data.frames + data.messages for bad in group.bad]
    texts += [reply.text for reply in data.good + data.neutral]
    asked = exam(code)
    assert asked
    near = []
    for text in texts:
        found = process.extractOne(fold(text), asked, scorer=Indel.normalized_similarity, score_cutoff=NEAREST)
        if found:
            near.append((text, found[0]))
    assert near == []
