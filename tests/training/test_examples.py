"""Composed pairs: facts on both sides, rules marked, good replies unchanged."""

import re

import pytest

from rewriter.facts import compare
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES, split_target
from rewriter.training.data import load, split
from rewriter.training.examples import LONGEST, Examples


@pytest.fixture(scope="module")
def source() -> Examples:
    sides = {code: split(load(code))[0] for code in LANGUAGES}
    return Examples(sides, Guide.load().numbers, seed=3)


def test_pairs_keep_their_facts_and_know_their_rules(source: Examples) -> None:
    languages = set()
    for _ in range(400):
        pair = source.draw()
        match = re.match(r"<rewrite><(\w\w)><(formal|informal)> (.+)", pair.source)
        assert match, pair
        languages.add(match[1])
        assert len(match[3]) <= LONGEST + 20
        assert re.match(r"(<r\d+>)+ ", pair.target), pair
        rules, reply = split_target(pair.target)
        assert compare(match[3], reply) == [], pair
        assert all(0 < rule <= 53 for rule in rules)
    assert languages == set(LANGUAGES)


def test_good_replies_stay_as_they_are_but_for_spelling(source: Examples) -> None:
    unchanged = 0
    for _ in range(300):
        pair = source.leave_alone("en")
        if pair is None:
            continue
        rules, reply = split_target(pair.target)
        assert rules in ([], [42])  # clean.grammar
        unchanged += not rules and pair.source.endswith(f"> {reply}")
    assert unchanged > 100


def test_one_seed_gives_the_same_pairs() -> None:
    data = {"en": load("en")}
    one, other = (Examples(data, Guide.load().numbers, seed=5) for _ in range(2))
    assert [one.draw() for _ in range(20)] == [other.draw() for _ in range(20)]
