"""What remains of a clock's threshold, and when it is used up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.units import clock_increment, months_until

NOT_SOONER = -1.0


@kernel
def position_in(edges: NDArray[np.float64], u: float) -> int:
    """Index of the cumulative share that ``u`` falls under."""
    found = 0
    while u >= edges[found]:
        found += 1
    return found


@kernel
def spend(clock: float, hazard: float, months: float) -> float:
    """What remains of a threshold after ``months`` under a constant hazard."""
    return max(clock - clock_increment(hazard, months), 0.0)


@kernel
def sooner(left: float, hazard: float, months: float) -> float:
    """Months to the firing of a clock if that is before ``months``, ``NOT_SOONER`` otherwise."""
    if left < clock_increment(hazard, months):
        return months_until(left, hazard)
    return NOT_SOONER


@kernel
def shortest(months: float, left: float, hazard: float) -> float:
    """``months``, or those to the firing of a clock if they are fewer."""
    if left < clock_increment(hazard, months):
        return months_until(left, hazard)
    return months
