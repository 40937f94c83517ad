"""Noise spoils spelling and nothing else."""

import random

from rewriter.facts import MARK
from rewriter.training.noise import leave_gaps, lower, misspell, strip_diacritics, type_badly


def test_diacritics_of_all_four_languages() -> None:
    assert strip_diacritics("árvíztűrő, łódź, țășîâ") == "arvizturo, lodz, tasia"


def test_marks_are_never_touched() -> None:
    text = "A <x0>-as rendelés, <x12> és <x3> késik."
    for seed in range(300):
        assert MARK.findall(type_badly(text, random.Random(seed))) == ["0", "12", "3"]
        assert MARK.findall(leave_gaps(text + " Ez még egy hosszú mondat itt.", random.Random(seed))) == ["0", "12", "3"]
    assert lower("ABC <x1> D") == "abc <x1> d"


def test_misspelling_changes_one_letter_at_most() -> None:
    rng = random.Random(0)
    assert misspell("nem", rng) == "nem"
    for _ in range(100):
        assert abs(len(misspell("csomag", rng)) - 6) <= 1
