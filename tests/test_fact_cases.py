"""Facts in support sentences of four languages, written by hand: every one is covered, and no plain word is masked.

A row of ``data/facts-<language>.jsonl`` has a ``text`` and its ``facts``: literal spans, in order. A row with
``known_miss`` is known to fail, and says so when it no longer does.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from rewriter.facts import Fact, find_facts
from rewriter.marks import LANGUAGES, Language

FOLDER = Path(__file__).parent / "data"
FEWEST_ROWS, FEWEST_PLAIN, MOST_MISSES = 400, 40, 0.03


@cache
def rows(language: Language) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / f"facts-{language}.jsonl").read_text(encoding="utf-8").splitlines()]


CASES = [pytest.param(language, row, id=f"{language}-{n}") for language in LANGUAGES for n, row in enumerate(rows(language), 1)]


def places(text: str, facts: list[str]) -> list[range]:
    """Where the facts stand: each behind the one before, as whole words where the text has them so."""
    found, at = [], 0
    for fact in facts:
        whole = re.compile(rf"(?<!\w){re.escape(fact)}(?!\w)") if fact[0].isalnum() else re.compile(re.escape(fact))
        match = whole.search(text, at) or re.compile(re.escape(fact)).search(text, at)
        assert match, f"{fact!r} is not in {text!r}"
        found.append(range(*match.span()))
        at = match.end()
    return found


def faults(row: dict, found: list[Fact]) -> list[str]:
    """Characters of facts that no span covers, and spans that hold no fact; a label in capitals ("IBAN") may be one."""
    text, wanted = row["text"], places(row["text"], row["facts"])
    covered = {at for fact in found for at in range(fact.start, fact.end)}
    lost = [text[p.start : p.stop] for p in wanted if any(not text[i].isspace() and i not in covered for i in p)]
    labels = bool(wanted)
    extra = [
        fact.text
        for fact in found
        if not any(fact.start < p.stop and p.start < fact.end for p in wanted) and not (labels and fact.text.isupper())
    ]
    return [f"missed: {text}" for text in lost] + [f"masked: {text}" for text in extra]


@pytest.mark.parametrize(("language", "row"), CASES)
def test_facts_are_covered_and_plain_words_are_not(language: Language, row: dict) -> None:
    wrong = faults(row, find_facts(row["text"], language=language))
    if row.get("known_miss"):
        assert wrong, "this row is cured: take its known_miss away"
    else:
        assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_cases_and_few_known_misses(language: Language) -> None:
    cases = rows(language)
    assert len({row["text"] for row in cases}) == len(cases) >= FEWEST_ROWS
    assert sum(not row["facts"] for row in cases) >= FEWEST_PLAIN
    assert all(len(row["facts"]) <= 7 for row in cases)
    misses = sum(row.get("known_miss", False) for row in cases)
    assert misses < MOST_MISSES * len(cases), f"{misses} of {len(cases)} rows are known misses"
