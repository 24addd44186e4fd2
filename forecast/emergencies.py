"""Emergencies: what their months add to a caseload, and how it fades afterwards.

An emergency is known by its months, not by its size. Each of its months brings a jump of the level
that nobody foresaw; from then on the jump shrinks by the same share every month. It is used from
its first month on, and never more of it than the months up to the origin: that it would end is
known only afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky

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
    effects = emergency_effects(half_life, months, until)
    found: Floats = effects @ effects.T
    return found


def emergency_effects(half_life: float, months: Whole, until: int) -> Floats:
    """What independent jumps of variance 1 bring: a root of `emergency_covariance`."""
    kept = 0.5 ** (1.0 / half_life)
    roots = [np.empty((len(months), 0))]
    for since, alike in _jumps(months, until):
        faded = kept ** np.maximum(since - 1, 0) * (kept - 1.0)
        effects = np.where(since == 0, 1.0, np.where(since > 0, faded, 0.0))
        roots.append(effects @ alike)
    return np.concatenate(roots, axis=1)


def emergency_slope(half_life: float, months: Whole, until: int) -> Floats:
    """Derivative of `emergency_covariance` by the logarithm of the half-life."""
    kept = 0.5 ** (1.0 / half_life)
    roots = [np.empty((len(months), 0))]
    for since, alike in _jumps(months, until):
        before = np.maximum(since - 1, 0)
        bent = kept ** (before - 1.0) * (before * (kept - 1.0) + kept)
        slope = np.where(since > 0, bent, 0.0) * kept * np.log(2.0) / half_life
        roots.append(slope @ alike)
    half = np.concatenate(roots, axis=1) @ emergency_effects(half_life, months, until).T
    found: Floats = half + half.T
    return found


def _jumps(months: Whole, until: int) -> Iterator[tuple[Whole, Floats]]:
    """Of each emergency that has begun: months since its jumps, and a root of their correlation."""
    for one in EMERGENCIES:
        jumps = np.arange(one.first, min(one.last, until) + 1)
        if len(jumps):
            alike = ALIKE + (1.0 - ALIKE) * np.eye(len(jumps))
            yield np.subtract.outer(months, jumps), cholesky(alike, lower=True)
