"""The fewest steps of a lever with which a target is held in a stated share of replications.

Every number of steps is tried in the same replications: the same people, luck and draws. So what is
found is what a comparison of the same scenario shows, replication by replication, and no more is
claimed: how often the target is held is counted, not estimated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.search.demand import Goal
from sim.search.looks import share_interval

Numbers = NDArray[np.float64]
GROWTH = 3
"""While too few steps hold the target, so many times as many are tried."""
WIDTH = 0.05
"""The search ends within this part of the steps found; one step apart at the latest."""
TryOut = Callable[[int], Numbers]
"""The outcome with so many steps, by replication; NaN without a value."""


@dataclass(frozen=True)
class Tried:
    """A number of steps, the outcome of each replication, and how many of them hold the target."""

    steps: int
    outcomes: Numbers
    held: int

    @property
    def replications(self) -> int:
        """How many replications there were."""
        return len(self.outcomes)

    @property
    def mean(self) -> float:
        """The mean of the replications that have a value; NaN without one."""
        known = self.outcomes[~np.isnan(self.outcomes)]
        return float(known.mean()) if len(known) else math.nan

    def interval(self, level: float) -> tuple[float, float]:
        """The exact interval of the share that holds the target."""
        return share_interval(self.held, self.replications, level)


@dataclass(frozen=True)
class Fewest:
    """What was tried, by steps, and the fewest steps that hold the target; None: none does."""

    tried: tuple[Tried, ...]
    found: int | None

    def at(self, steps: int) -> Tried:
        """What so many steps gave; raises KeyError when they were not tried."""
        by_steps = {one.steps: one for one in self.tried}
        return by_steps[steps]

    @property
    def answer(self) -> Tried:
        """What was found, else what held the target most often (of these the fewest steps)."""
        if self.found is not None:
            return self.at(self.found)
        return max(self.tried, key=lambda one: (one.held, -one.steps))

    @property
    def too_few(self) -> Tried | None:
        """The most steps below what was found that were tried and are too few."""
        below = [one for one in self.tried if self.found is None or one.steps < self.found]
        return below[-1] if below else None


def fewest(try_out: TryOut, goal: Goal, share: float, most: int, guess: int) -> Fewest:
    """Search from no step to ``most``, beginning with a guess.

    More steps are taken to hold the target wherever fewer do. The answer itself was tried; the
    nearest number of steps that is too few is in `Fewest.too_few`.
    """
    tried: dict[int, Tried] = {}

    def holds(steps: int) -> bool:
        if steps not in tried:
            outcomes = try_out(steps)
            held = int(np.count_nonzero(goal.margins(outcomes) >= 0.0))
            tried[steps] = Tried(steps, outcomes, held)
        one = tried[steps]
        return one.held >= share * one.replications - 1e-9

    found: int | None = 0
    if not holds(0):
        low, steps = 0, min(max(guess, 1), most)
        while not holds(steps) and steps < most:
            low, steps = steps, min(GROWTH * steps, most)
        found = steps if holds(steps) else None
        while found is not None and found - low > max(1.0, WIDTH * found):
            middle = (low + found) // 2
            if holds(middle):
                found = middle
            else:
                low = middle
    return Fewest(tuple(tried[steps] for steps in sorted(tried)), found)
