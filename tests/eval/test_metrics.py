"""Metrics, each against a case computed by hand."""

import math

import pytest

from eval import metrics, statistics
from eval.tasks import Example

FAULTY = Example("x", "en", "I have no idea when order 48213 will arrive.", "resolve", ("never.dont_know",),
                 ("I'll find out when order 48213 will arrive.",), ("48213",))  # fmt: skip
GOOD = Example("y", "en", "Your parcel is on its way.", "alone")


def test_resolved() -> None:
    assert metrics.resolved(FAULTY, "I'll find out when order 48213 will arrive.") == 1.0
    assert metrics.resolved(FAULTY, FAULTY.draft) == 0.0
    assert metrics.resolved(FAULTY, "i have NO idea when order 48213 will arrive!") == 0.0
    assert metrics.resolved(FAULTY, "") == 0.0
    assert metrics.resolved(GOOD, GOOD.draft) is None


def test_facts_kept() -> None:
    assert metrics.facts_kept(FAULTY, "Order 48213?") == 1.0
    assert metrics.facts_kept(FAULTY, "Order 48214?") == 0.0
    assert metrics.facts_kept(FAULTY, "Order 48213 in 2 days.") == 0.0
    assert metrics.facts_kept(GOOD, "") is None


def test_left_alone_forgives_spelling_only() -> None:
    assert metrics.left_alone(GOOD, "your parcel is on its way") == 1.0
    assert metrics.left_alone(GOOD, "Your parcel is coming.") == 0.0
    assert metrics.left_alone(FAULTY, "x") is None


def test_chrf_of_the_reference_itself_is_100_and_none_without_one() -> None:
    assert metrics.chrf(FAULTY, FAULTY.references[0]) == pytest.approx(100.0)
    assert metrics.chrf(GOOD, "x") is None


def test_meaning_ranks_the_reference_over_another_topic() -> None:
    same = metrics.meaning(FAULTY, "I will check when order 48213 arrives.")
    other = metrics.meaning(FAULTY, "The restaurant opens at noon.")
    assert same is not None
    assert other is not None
    assert metrics.meaning(FAULTY, FAULTY.references[0]) == pytest.approx(1.0, abs=1e-3)
    assert same > other + 0.2
    assert metrics.meaning(FAULTY, " ") == 0.0


def test_joint_is_the_product() -> None:
    assert metrics.joint(FAULTY, FAULTY.references[0]) == pytest.approx(1.0, abs=1e-3)
    assert metrics.joint(FAULTY, FAULTY.draft) == 0.0
    assert metrics.joint(GOOD, "x") is None


def test_interval_and_paired_test() -> None:
    assert statistics.interval([1.0] * 10) == (1.0, 1.0)
    low, high = statistics.interval([0.0, 1.0] * 50)
    assert 0.35 < low < 0.5 < high < 0.65
    assert all(math.isnan(value) for value in statistics.interval([]))
    assert statistics.paired_p([1.0] * 20, [0.0] * 20) < 0.001
    assert statistics.paired_p([1.0, 0.0] * 10, [1.0, 0.0] * 10) == 1.0
    with pytest.raises(ValueError, match="got 1 and 2"):
        statistics.paired_p([1.0], [1.0, 2.0])
