"""How sure a figure is: bootstrap intervals, and paired randomisation between two systems."""

from __future__ import annotations

import numpy as np

SAMPLES = 2_000
_SEED = 0


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
    if len(one) != len(other) or not one:
        raise ValueError(f"Paired scores need equal, positive lengths; got {len(one)} and {len(other)}.")
    rng, differences = np.random.default_rng(_SEED), np.asarray(one) - np.asarray(other)
    observed = abs(differences.mean())
    signs = rng.choice([-1.0, 1.0], (samples, len(differences)))
    return float((np.sum(np.abs((signs * differences).mean(axis=1)) >= observed - 1e-12) + 1) / (samples + 1))
