"""The difference of two independent samples: runs that share neither people nor luck."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.experiments.intervals import FEWEST, LEVEL, NO_ENDS, Ends


def difference_of_means(
    before: NDArray[np.float64], after: NDArray[np.float64], fewest: int, level: float = LEVEL
) -> tuple[float, Ends]:
    """The difference of two means (after − before) with its interval.

    B. L. Welch, The generalization of "Student's" problem when several different population
    variances are involved, Biometrika 34, 1947. Missing values are left out; the difference is NaN
    where a sample has none. There is no interval where one has fewer than ``fewest``, or where all
    of its values and of the other's are the same.
    """
    first, second = before[~np.isnan(before)], after[~np.isnan(after)]
    if not len(first) or not len(second):
        return math.nan, NO_ENDS
    difference = float(second.mean() - first.mean())
    count, least = min(len(first), len(second)), max(fewest, FEWEST)
    too_few = Ends(math.nan, math.nan, count, count, max(count + 1, least))
    if count < least:
        return difference, too_few
    parts = [float(one.var(ddof=1)) / len(one) for one in (first, second)]
    total = sum(parts)
    if total == 0.0:
        return difference, too_few
    shares = zip(parts, (first, second), strict=True)
    freedom = 1.0 / sum((part / total) ** 2 / (len(one) - 1) for part, one in shares)
    half = -float(special.stdtrit(freedom, (1.0 - level) / 2.0)) * math.sqrt(total)
    return difference, Ends(difference - half, difference + half, count, count, math.nan)
