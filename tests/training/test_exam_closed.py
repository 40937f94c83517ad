"""Nothing that the model is trained on comes near the documents' examples or the frozen test split."""

import json
import random
from pathlib import Path

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Indel

from eval.similarity import cosine
from rewriter.folding import fold
from rewriter.marks import LANGUAGES, Language
from rewriter.training.data import fill, load

NEAREST = 0.85
"""Normalised insert-delete similarity of folded texts. Above it, pairs differ in a word's ending or one short word."""
SAME = 0.97
"""Cosine of multilingual-e5-small from which two texts say the same in nearly the same words: read off the nearest hundred
pairs, where above 0.97 lie restatements ("Please tell me the last four digits of the card") and below it other matters in a
like form (a browser asked for instead of a charger). Unrelated sentences of the trade lie near 0.8."""
ALIKE = 0.65
"""Pairs less similar than this, letter by letter, are not embedded: no pair of them was a restatement."""
FEWEST_WORDS = 3
"""Shorter texts ("No.", "Whatever.") are always near each other."""
DATA = Path(__file__).parents[2] / "eval" / "data"


def exam(code: str) -> list[str]:
    texts = []
    for path in DATA.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["id"].startswith(code) or row.get("language") == code:
                texts.append(fold(row["draft"] if "draft" in row else row["text"]))
    return texts


def trained(code: Language) -> list[str]:
    data, rng = load(code), random.Random(0)
    texts = [fill([bad], data, rng)[0] for group in data.frames + data.messages + data.pairs for bad in group.bad]
    return texts + [reply.text for reply in data.good + data.neutral]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_training_text_says_the_same_as_the_exam(code: Language) -> None:
    asked, near = exam(code), []
    for text in trained(code):
        alike = process.extract(fold(text), asked, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, limit=2)
        near += [
            (text, other) for other, _, _ in alike if len(text.split()) >= FEWEST_WORDS and cosine(fold(text), other) >= SAME
        ]
    assert near == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_training_text_is_near_the_exam(code: Language) -> None:
    asked = exam(code)
    assert asked
    near = []
    for text in trained(code):
        found = process.extractOne(fold(text), asked, scorer=Indel.normalized_similarity, score_cutoff=NEAREST)
        if found:
            near.append((text, found[0]))
    assert near == []
