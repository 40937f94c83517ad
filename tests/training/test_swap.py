"""Rare words stand for shared ones, the same way on both sides."""

import random

from rewriter.training.swap import Swapper
from rewriter.words import known_words, words

DRAFT = "Na, a különterem <x0> főig foglalható, öregem."
REPLY = "A különterem <x0> főig foglalható."


def test_both_sides_get_the_same_new_word_with_the_same_ending() -> None:
    swapper = Swapper("hu", [])
    draft, reply = swapper.swap(DRAFT, REPLY, random.Random(0))
    assert (draft, reply) != (DRAFT, REPLY)
    old, new = words(REPLY.replace("<x0>", "")), words(reply.replace("<x0>", ""))
    assert len(old) == len(new)
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert changed
    for before, after in changed:
        assert after[-2:] == before[-2:]
        assert after in known_words("hu")
        assert after in words(draft)
        assert before not in words(draft)


def test_marks_and_words_of_one_side_stay() -> None:
    for seed in range(50):
        draft, reply = Swapper("hu", []).swap(DRAFT, REPLY, random.Random(seed))
        assert draft.startswith("Na, a ")
        assert draft.endswith(", öregem.")
        assert draft.count("<x0>") == reply.count("<x0>") == 1


def test_common_words_of_replies_stay() -> None:
    swapper = Swapper("hu", ["A különterem foglalható."])
    assert swapper.swap(DRAFT, REPLY, random.Random(1)) == (DRAFT, REPLY)


def test_nothing_shared_changes_nothing() -> None:
    assert Swapper("en", []).swap("Go away.", "Let me check.", random.Random(0)) == ("Go away.", "Let me check.")
