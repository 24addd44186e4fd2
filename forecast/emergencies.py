"""Emergencies: what their months add to a caseload, and how it fades afterwards.

An emergency is known by its months, not by its size. Each of its months brings a jump of the level
that nobody foresaw; from then on the jump shrinks by the same share every month. It is used from
its first month on, and never more of it than the months up to the origin: that it would end is
known only afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole


@dataclass(frozen=True)
class Emergency:
    """Months (first and last, counted as in `brought.series`) in which it fed growth."""

    name: str
    first: int
    last: int
    source: str


EMERGENCIES = (
    Emergency(
        "epidemic of 2020", 12 * 2020 + 2, 12 * 2020 + 11,
        "first confinement from 17 March 2020; curfew in place of the second one on 15 December",
    ),
)  # fmt: skip
ALIKE = 0.5
"""Correlation between the jumps of one emergency: it pushes all its months the same way."""


def emergency_covariance(half_life: float, months: Whole, until: int) -> Floats:
    """Covariance of the growth into these consecutive months for jumps of variance 1.

    ``half_life`` is in months; jumps later than ``until`` are not counted.
    """
    kept = 0.5 ** (1.0 / half_life)
    total = np.zeros((len(months), len(months)))
    for one in EMERGENCIES:
        jumps = np.arange(one.first, min(one.last, until) + 1)
        since = np.subtract.outer(months, jumps)
        faded = kept ** np.maximum(since - 1, 0) * (kept - 1.0)
        effects = np.where(since == 0, 1.0, np.where(since > 0, faded, 0.0))
        alike = ALIKE + (1.0 - ALIKE) * np.eye(len(jumps))
        total += effects @ alike @ effects.T
    return total
