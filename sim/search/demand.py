"""What a goal-seek is asked: the target, the range of the lever, how often and how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count as count_from

import numpy as np
from numpy.typing import NDArray

from sim.search.looks import FIRST_LOOK, Looks, looks


@dataclass(frozen=True)
class Goal:
    """A limit of an outcome and the side of it that is wanted."""

    is_upper: bool
    limit: float

    def margins(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each value is on the wanted side (negative: it is not); NaN is infinitely off."""
        margins = self.limit - values if self.is_upper else values - self.limit
        return np.where(np.isnan(margins), -np.inf, margins)


@dataclass(frozen=True)
class Bounds:
    """The values that the lever may take: from ``low`` to ``high`` in steps."""

    low: float
    high: float
    step: float

    @property
    def last(self) -> int:
        """Number of the highest value; the lowest one is 0."""
        return max(1, int((self.high - self.low) / self.step + 1e-9))

    def value(self, number: int) -> float:
        """The value with a number."""
        return round(self.low + number * self.step, 9)


@dataclass(frozen=True)
class Demand:
    """What is asked: in which share of simulations, how surely, how finely, at what effort."""

    share: float = 0.8
    confidence: float = 0.9
    simulations: int = 80
    width: float | None = None

    @property
    def looks(self) -> Looks:
        """When simulations are looked at; each end of the interval gets half of the error."""
        return looks(self.simulations, (1.0 - self.confidence) / 2.0)

    @property
    def is_within_reach(self) -> bool:
        """Whether simulations that all agree are enough to tell the share from less or more."""
        most = max(self.share, 1.0 - self.share)
        return most**self.simulations <= self.looks.error


def fewest_simulations(demand: Demand) -> int:
    """How many simulations a demand needs at least to be answered at all."""
    return next(
        count
        for count in count_from(FIRST_LOOK)
        if replace(demand, simulations=count).is_within_reach
    )
