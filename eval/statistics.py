"""How sure a figure is: bootstrap intervals, paired randomisation between two systems, rank correlation."""

from __future__ import annotations

import numpy as np

SAMPLES = 2_000
_SEED = 0
_CLOSE = 1e-12


def mean(values: list[float]) -> float:
    """Return the mean; nan for no values."""
    return float(np.mean(values)) if values else float("nan")


def interval(values: list[float], samples: int = SAMPLES) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean (percentiles of resampled means); nan for no values."""
    if not values:
        return float("nan"), float("nan")
    rng, data = np.random.default_rng(_SEED), np.asarray(values)
    means = data[rng.integers(0, len(data), (samples, len(data)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def paired_p(one: list[float], other: list[float], samples: int = SAMPLES) -> float:
    """Return the two-sided p of a paired randomisation test: signs of the differences are flipped by chance.

    Args:
        one: Scores of a system.
        other: Scores of another one on the same examples, in the same order.
        samples: Random sign patterns.

    Returns:
        The share of patterns (plus one each, so never 0) whose mean difference is at least as large.

    Raises:
        ValueError: If the lists differ in length or are empty.
    """
    observed, by_chance = _flipped(one, other, samples)
    return float((np.sum(np.abs(by_chance) >= abs(observed) - _CLOSE) + 1) / (samples + 1))


def loss_p(new: list[float], old: list[float], samples: int = SAMPLES) -> float:
    """Return the one-sided p of a loss: as ``paired_p``, counting the patterns whose mean difference is as low.

    Raises:
        ValueError: If the lists differ in length or are empty.
    """
    observed, by_chance = _flipped(new, old, samples)
    return float((np.sum(by_chance <= observed + _CLOSE) + 1) / (samples + 1))


def _flipped(one: list[float], other: list[float], samples: int) -> tuple[float, np.ndarray]:
    if len(one) != len(other) or not one:
        raise ValueError(f"Paired scores need equal, positive lengths; got {len(one)} and {len(other)}.")
    differences = np.asarray(one) - np.asarray(other)
    differences = differences[differences != 0]  # a pair without a difference is the same whatever its sign
    if not len(differences):
        return 0.0, np.zeros(samples)
    signs = np.random.default_rng(_SEED).integers(0, 2, (samples, len(differences)), dtype=np.int8) * 2.0 - 1.0
    return float(differences.sum()) / len(one), signs @ differences / len(one)


def holm(ps: list[float], alpha: float) -> list[bool]:
    """Say which of several tests are significant together, at a family-wise level, by Holm's step-down procedure."""
    order, kept = sorted(range(len(ps)), key=lambda i: ps[i]), [False] * len(ps)
    for rank, i in enumerate(order):
        if ps[i] > alpha / (len(ps) - rank):
            break
        kept[i] = True
    return kept


def spearman(one: list[float], other: list[float]) -> float:
    """Return Spearman's rank correlation, ties at their mean rank; nan for fewer than three pairs or no variation.

    Raises:
        ValueError: If the lists differ in length.
    """
    if len(one) != len(other):
        raise ValueError(f"Correlated figures need equal lengths; got {len(one)} and {len(other)}.")
    a, b = _ranks(one), _ranks(other)
    if len(one) < 3 or not a.std() or not b.std():
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def spearman_interval(one: list[float], other: list[float], samples: int = 500) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of Spearman's correlation over resampled pairs; nan where it is."""
    rng, a, b = np.random.default_rng(_SEED), np.asarray(one), np.asarray(other)
    found = []
    for _ in range(samples if len(a) else 0):
        at = rng.integers(0, len(a), len(a))
        found.append(spearman(list(a[at]), list(b[at])))
    found = [value for value in found if not np.isnan(value)]
    if not found:
        return float("nan"), float("nan")
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _ranks(values: list[float]) -> np.ndarray:
    data = np.asarray(values, dtype=float)
    _, places, counts = np.unique(data, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[places]
