"""The level of the allowance that a budget stands on: paths of euro by month of payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError

Floats = NDArray[np.float64]
QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
"""Those of a year's spending that are told, by the forecast and the budget alike."""


def by_share(quantiles: Sequence[float]) -> dict[str, float]:
    """Values at `QUANTILES` by the share below them, written as ``0.1``."""
    return {f"{share:g}": value for share, value in zip(QUANTILES, quantiles, strict=True)}


@dataclass(frozen=True, eq=False)
class LevelPaths:
    """Euro of the allowance without change, gross, all funders: (path, month of payment).

    Paths are equally likely and the same in every answer that stands on them. ``months`` are
    labels (``2026-04``); ``missing`` are months before the first one paid in its year, which are
    estimated. Upratings that are not published yet are drawn, or stated by the user.
    """

    months: tuple[str, ...]
    eur: Floats
    missing: tuple[str, ...] = ()
    has_drawn_upratings: bool = True

    def on(self, months: Sequence[str]) -> LevelPaths:
        """The level in these months; raises InputError when one of them is not known."""
        unknown = [month for month in months if month not in self.months]
        if unknown:
            accepted = f"{self.months[0]} to {self.months[-1]}"
            raise InputError([Fault("budget", "month", month, accepted) for month in unknown])
        places = [self.months.index(month) for month in months]
        missing = tuple(month for month in self.missing if month in months)
        return replace(self, months=tuple(months), eur=self.eur[:, places], missing=missing)

    @property
    def expected(self) -> Floats:
        """Mean euro by month."""
        found: Floats = self.eur.mean(axis=0)
        return found

    @property
    def factors(self) -> Floats:
        """Each path as a multiple of the mean, (path, month)."""
        found: Floats = self.eur / self.expected
        return found
