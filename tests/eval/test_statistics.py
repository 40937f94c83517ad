import math

import pytest

from eval import statistics


def test_interval() -> None:
    assert statistics.interval([1.0] * 10) == (1.0, 1.0)
    low, high = statistics.interval([0.0, 1.0] * 50)
    assert 0.35 < low < 0.5 < high < 0.65
    assert all(math.isnan(value) for value in statistics.interval([]))


def test_paired_p() -> None:
    assert statistics.paired_p([1.0] * 20, [0.0] * 20) < 0.001
    assert statistics.paired_p([1.0, 0.0] * 10, [1.0, 0.0] * 10) == 1.0
    # three differences of the same sign: 2 of the 8 sign patterns are as far out
    assert statistics.paired_p([1.0] * 3, [0.0] * 3) == pytest.approx(0.25, abs=0.03)
    with pytest.raises(ValueError, match="got 1 and 2"):
        statistics.paired_p([1.0], [1.0, 2.0])


def test_loss_p_looks_one_way() -> None:
    assert statistics.loss_p([0.0] * 20, [1.0] * 20) < 0.001
    assert statistics.loss_p([1.0] * 20, [0.0] * 20) == 1.0
    assert statistics.loss_p([0.0] * 3, [1.0] * 3) == pytest.approx(0.125, abs=0.03)


def test_holm() -> None:
    # 0.01 <= 0.05 / 3; 0.02 <= 0.05 / 2; 0.06 > 0.05
    assert statistics.holm([0.02, 0.06, 0.01], 0.05) == [True, False, True]
    assert statistics.holm([0.03, 0.03, 0.03], 0.05) == [False, False, False]
    assert statistics.holm([], 0.05) == []


def test_spearman() -> None:
    assert statistics.spearman([1, 2, 3], [10, 20, 90]) == pytest.approx(1.0)
    assert statistics.spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    # ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5)
    assert statistics.spearman([1, 2, 2, 9], [1, 2, 3, 4]) == pytest.approx(4.5 / math.sqrt(22.5))
    assert math.isnan(statistics.spearman([1, 1, 1], [1, 2, 3]))
    assert math.isnan(statistics.spearman([1, 2], [1, 2]))
    low, high = statistics.spearman_interval(list(range(30)), [*range(29), 0])
    assert 0.3 < low < high <= 1.0
    with pytest.raises(ValueError, match="equal lengths"):
        statistics.spearman([1], [1, 2])
