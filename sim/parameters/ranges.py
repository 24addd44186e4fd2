"""Values from the range of a table: a normal with two half widths that holds the interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.parameters.entry import Entry

Floats = NDArray[np.float64]


def in_range(entry: Entry, normal: Floats) -> Floats:
    """The values of an entry at standard normal scores, cut at the bounds of the parameter.

    The entry has a range.
    """
    from scipy.special import ndtri  # slow to import, and only draws need it

    known = entry.uncertainty
    assert known.low is not None
    assert known.high is not None
    assert known.interval is not None
    centre = float(str(entry.value))
    widths = np.array([centre - known.low, known.high - centre]) / ndtri(0.5 + known.interval / 2.0)
    low, high = entry.bounds
    drawn = centre + normal * np.where(normal < 0.0, widths[0], widths[1])
    found: Floats = np.clip(
        drawn, -np.inf if low is None else low, np.inf if high is None else high
    )
    return found
