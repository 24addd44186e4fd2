"""Goal-seek: from which value of a lever on a target is reached in a stated share of simulations.

The response is only known through noisy simulations, so this is stochastic root finding. The
search bisects the range of the lever; at each value a sequential test adds simulations until the
share of those that reach the target is clearly above or below the one asked for, or their number
is used up. Tests instead of single answers steer the bisection as in P. I. Frazier, S. G. Henderson
and R. Waeber, Probabilistic bisection converges almost as quickly as stochastic approximation
(Mathematics of Operations Research, 2019).

Why the interval holds. All values share the same simulations, 1, 2, 3 …: the same people and the
same luck. Where more of the lever never makes a simulation miss a target that it reached with
less, a value above the threshold can only be called too low if the threshold itself would be, at
the same look. So the error at the threshold is that of the whole search, however many values it
tries, and the looks share it out. Simulations that are not monotone weaken this; the bounds and
the middle are looked at for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.experiments.intervals import Ends, interval_of
from sim.search.demand import Bounds, Demand, Goal
from sim.search.looks import is_share_above, is_share_below, share_interval

Evaluate = Callable[[float, Sequence[int]], NDArray[np.float64]]
"""The outcome at a value of the lever in simulations with these numbers (from 0 on), in order."""

QUARTERS = (0.25, 0.5, 0.75)
RELATIVE_WIDTH = 0.05
"""Without a width asked for, the search ends within this part of the value."""


@dataclass(frozen=True)
class Point:
    """One value of the lever that was simulated."""

    value: float
    outcomes: NDArray[np.float64]
    reached: int
    verdict: int
    """1: the target is reached often enough, -1: it is not, 0: it cannot be told."""

    @property
    def simulations(self) -> int:
        """How many simulations there were."""
        return len(self.outcomes)

    def interval(self, level: float) -> tuple[float, float]:
        """The exact interval of the share that reaches the target, for this value alone."""
        return share_interval(self.reached, self.simulations, level)


@dataclass(frozen=True)
class Threshold:
    """Where the target begins to be reached, coming from one end of the range.

    It lies beyond ``missed``, at ``reached`` at the latest; None where that could not be shown.
    """

    missed: float | None
    reached: float | None


@dataclass(frozen=True)
class RangeEffect:
    """Paired difference of the outcome between the two ends of the range, with its interval.

    NaN ends: there is no interval (`sim.experiments.intervals`).
    """

    mean: float
    low: float
    high: float
    simulations: int
    differing: int
    """How many simulations do not have the same difference; 0: all of them have it."""
    needed: float

    @property
    def ends(self) -> Ends:
        """The interval as it is told."""
        return Ends(self.low, self.high, self.simulations, self.differing, self.needed)

    @property
    def is_flat(self) -> bool:
        """Whether the lever shows no effect on the outcome."""
        if np.isnan(self.low):
            return bool(self.differing or not self.mean)
        return self.low <= 0.0 <= self.high


@dataclass(frozen=True)
class SeekAnswer:
    """What the search found; ``best`` is the value at which the target is reached most often."""

    demand: Demand
    thresholds: tuple[Threshold, ...]
    points: tuple[Point, ...]
    best: Point
    effect: RangeEffect
    is_uneven: bool
    """Whether the middle of the range reaches the target less often than both ends."""
    as_is: Point | None = None
    """The same simulations without moving the lever, where they were asked for."""

    @cached_property
    def status(self) -> str:
        """``found``, ``everywhere``, ``nowhere`` or ``undecided``."""
        if self.best.verdict < 0:
            return "nowhere"
        if not self.thresholds and self.best.verdict > 0 and not self.is_uneven:
            return "everywhere"
        is_found = bool(self.thresholds) and all(t.reached is not None for t in self.thresholds)
        return "found" if is_found else "undecided"

    @property
    def runs(self) -> int:
        """How many simulations of one value were run in all."""
        more = 0 if self.as_is is None else self.as_is.simulations
        return more + sum(point.simulations for point in self.points)


def seek(
    evaluate: Evaluate, bounds: Bounds, target: Goal, demand: Demand, fewest: int
) -> SeekAnswer:
    """Search the range of a lever; see the top of this file.

    The effect over the range has an interval from ``fewest`` simulations on; both ends are
    simulated so often where the demand allows it.
    """
    return _Search(evaluate, bounds, target, demand, fewest).answer()


class _Search:
    """The values tried so far, by number."""

    def __init__(
        self, evaluate: Evaluate, bounds: Bounds, target: Goal, demand: Demand, fewest: int
    ) -> None:
        self._evaluate = evaluate
        self._bounds = bounds
        self._target = target
        self._demand = demand
        self._fewest = fewest
        self._looks = demand.looks
        self._outcomes: dict[int, NDArray[np.float64]] = {}
        self._verdicts: dict[int, int] = {}

    def answer(self) -> SeekAnswer:
        last = self._bounds.last
        first = self._looks.counts[0]
        ends = [self._outcomes_at(number, first) for number in (0, last)]
        shares = [self._share(values) for values in ends]
        peak = max((0, last), key=self._promise)
        is_uneven = False
        if last > 3 and max(shares) < self._demand.share:
            inner = sorted({round(last * part) for part in QUARTERS})
            peak = max((0, last, *inner), key=self._promise)
        elif last > 1 and min(shares) >= self._demand.share:
            is_uneven = self._share(self._outcomes_at(last // 2, first)) < self._demand.share
        thresholds: list[Threshold] = []
        if self._verdict(peak) >= 0:
            for end in (0, last):
                if end != peak and self._verdict(end) <= 0:
                    thresholds.append(self._threshold(end, peak))
        effect = self._effect()
        return SeekAnswer(
            demand=self._demand,
            thresholds=tuple(thresholds),
            points=tuple(self._point(number) for number in sorted(self._outcomes)),
            best=self._point(peak),
            effect=effect,
            is_uneven=is_uneven,
        )

    def _threshold(self, miss: int, reach: int) -> Threshold:
        """Bisect between an end that may miss the target and one that may reach it."""
        last_miss, first_reach = miss, reach
        grey = None
        while grey is None and not self._is_narrow(last_miss, first_reach):
            middle = (last_miss + first_reach) // 2
            verdict = self._verdict(middle)
            if verdict < 0:
                last_miss = middle
            elif verdict > 0:
                first_reach = middle
            else:
                grey = middle
        if grey is not None:
            last_miss = self._edge(last_miss, grey, -1)
            first_reach = self._edge(first_reach, grey, 1)
        return Threshold(
            missed=self._value_if(last_miss, -1), reached=self._value_if(first_reach, 1)
        )

    def _edge(self, sure: int, grey: int, verdict: int) -> int:
        """The last value with a verdict, seen from a value that has it towards one that has not."""
        while not self._is_narrow(sure, grey):
            middle = (sure + grey) // 2
            if self._verdict(middle) == verdict:
                sure = middle
            else:
                grey = middle
        return sure

    def _is_narrow(self, one: int, other: int) -> bool:
        if abs(one - other) <= 1:
            return True
        values = (self._bounds.value(one), self._bounds.value(other))
        width = self._demand.width
        if width is None:
            width = RELATIVE_WIDTH * max(abs(value) for value in values)
        return abs(values[0] - values[1]) <= width

    def _value_if(self, number: int, verdict: int) -> float | None:
        return self._bounds.value(number) if self._verdict(number) == verdict else None

    def _verdict(self, number: int) -> int:
        """Add simulations at a value until its share is told from the one asked for, or no more."""
        if number in self._verdicts:
            return self._verdicts[number]
        verdict, share, error = 0, self._demand.share, self._looks.error
        for count in self._looks.counts:
            reached = self._reached(self._outcomes_at(number, count))
            if is_share_below(reached, count, share, error):
                verdict = -1
            elif is_share_above(reached, count, share, error):
                verdict = 1
            if verdict:
                break
        self._verdicts[number] = verdict
        return verdict

    def _outcomes_at(self, number: int, count: int) -> NDArray[np.float64]:
        """The first ``count`` simulations at a value; only those that are missing are run."""
        known = self._outcomes.get(number, np.empty(0))
        if len(known) < count:
            more = self._evaluate(self._bounds.value(number), range(len(known), count))
            known = np.concatenate([known, more])
            self._outcomes[number] = known
        return known[:count]

    def _reached(self, values: NDArray[np.float64]) -> int:
        return int(np.count_nonzero(self._target.margins(values) >= 0.0))

    def _share(self, values: NDArray[np.float64]) -> float:
        return self._reached(values) / len(values)

    def _promise(self, number: int) -> tuple[float, float]:
        """How often, and then by how much, the target is reached at a value at the first look."""
        values = self._outcomes_at(number, self._looks.counts[0])
        margins = self._target.margins(values)
        known = margins[np.isfinite(margins)]
        return self._share(values), float(np.mean(known)) if len(known) else -np.inf

    def _point(self, number: int) -> Point:
        values = self._outcomes[number]
        return Point(
            self._bounds.value(number), values, self._reached(values), self._verdicts.get(number, 0)
        )

    def _effect(self) -> RangeEffect:
        count = max(self._looks.counts[0], min(self._fewest, self._demand.simulations))
        at_low, at_high = (self._outcomes_at(end, count) for end in (0, self._bounds.last))
        differences = at_high - at_low
        found = interval_of(differences, self._fewest, self._demand.confidence)
        mean = float(np.nanmean(differences)) if found.replications else np.nan
        return RangeEffect(mean, *found)
