"""The difference of two independent samples: runs that share neither people nor luck."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.experiments.intervals import FEWEST, LEVEL


def difference_of_means(
    before: NDArray[np.float64], after: NDArray[np.float64], level: float = LEVEL
) -> tuple[float, float, float]:
    """The difference of two means (after − before) with the ends of its interval.

    B. L. Welch, The generalization of "Student's" problem when several different population
    variances are involved, Biometrika 34, 1947. Missing values are left out; NaN where there is no
    difference, or no interval: too few values, or all of them the same.
    """
    first, second = before[~np.isnan(before)], after[~np.isnan(after)]
    if not len(first) or not len(second):
        return math.nan, math.nan, math.nan
    difference = float(second.mean() - first.mean())
    if min(len(first), len(second)) < FEWEST:
        return difference, math.nan, math.nan
    parts = [float(one.var(ddof=1)) / len(one) for one in (first, second)]
    total = sum(parts)
    if total == 0.0:
        return difference, math.nan, math.nan
    shares = zip(parts, (first, second), strict=True)
    freedom = 1.0 / sum((part / total) ** 2 / (len(one) - 1) for part, one in shares)
    half = -float(special.stdtrit(freedom, (1.0 - level) / 2.0)) * math.sqrt(total)
    return difference, difference - half, difference + half
