"""Best of several: which scenario has the best mean, with a stated probability of choosing right.

All scenarios share their simulations, so that every comparison is one of paired differences, and a
scenario leaves the race when another one is clearly better. Two rules say what is clear.

Without a smallest difference that matters, the interval of the mean lead
(`sim.experiments.intervals`) at a few looks. The error that is allowed
in all is shared out over the looks and the other scenarios (Bonferroni), whatever their variances
and however they depend on each other, so the best one leaves the race with at most that
probability. Scenarios too close to each other are not told apart (indifference-zone-free: W. Fan,
L. J. Hong and B. L. Nelson, Operations Research, 2016; paired comparisons: B. L. Nelson and F. J.
Matejcik, Management Science, 1995).

With one, the procedure KN: S.-H. Kim and B. L. Nelson, A fully sequential procedure for
indifference-zone selection in simulation (ACM TOMACS 11, 2001), with c = 1. It always ends, and
chooses the best one with the probability asked for when it is better by that difference at least.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile

import numpy as np
from numpy.typing import NDArray

from sim.experiments.intervals import Ends, interval_of
from sim.search.looks import FIRST_LOOK, looks

EvaluateAll = Callable[[Sequence[int], Sequence[int]], NDArray[np.float64]]
"""The outcome by (scenario, simulation) for positions of scenarios and numbers of simulations."""
IsBeaten = Callable[[NDArray[np.float64]], bool]
"""Whether leads in the simulations so far (one scenario over another) settle the matter."""

SIMULATIONS = 160


@dataclass(frozen=True)
class Race:
    """What is asked: the probability of choosing right, and how far simulations may go.

    ``indifference`` is the smallest difference that matters, in the unit of the outcome; 0 when
    every difference does. Fewer than ``fewest`` simulations give no interval of a lead.
    """

    is_lower_better: bool
    probability: float = 0.95
    simulations: int = SIMULATIONS
    indifference: float = 0.0
    fewest: int = field(kw_only=True)


@dataclass(frozen=True)
class Entrant:
    """One scenario of the race."""

    position: int
    outcomes: NDArray[np.float64]
    left_after: int | None
    """After how many simulations another one was clearly better; None: it is still in the race."""

    @property
    def mean(self) -> float:
        """Its mean outcome over the simulations that it ran."""
        return float(np.nanmean(self.outcomes))


@dataclass(frozen=True)
class Podium:
    """How the race ended; ``leaders`` are the positions of those that nothing told apart."""

    race: Race
    entrants: tuple[Entrant, ...]
    leaders: tuple[int, ...]

    @property
    def best(self) -> int:
        """The position of the leader with the best mean."""
        sign = 1.0 if self.race.is_lower_better else -1.0
        return min(self.leaders, key=lambda position: sign * self.entrants[position].mean)

    @property
    def is_decided(self) -> bool:
        """Whether one scenario is chosen with the probability asked for."""
        return len(self.leaders) == 1

    @property
    def simulations(self) -> int:
        """How many simulations the leaders ran."""
        return len(self.entrants[self.best].outcomes)

    def leads(self, position: int) -> NDArray[np.float64]:
        """By how much the best one is better than another, in each simulation that both ran."""
        best, other = self.entrants[self.best], self.entrants[position]
        return _leads(best.outcomes, other.outcomes, self.race.is_lower_better)

    def lead(self, position: int) -> tuple[float, Ends]:
        """Mean of `leads` and its interval, where there is one.

        Its level is the probability asked for, shared out over the other scenarios. It is for
        reading and decides nothing: the rules of the race do.
        """
        error = (1.0 - self.race.probability) / 2.0 / max(len(self.entrants) - 1, 1)
        leads = self.leads(position)
        return float(np.mean(leads)), interval_of(leads, self.race.fewest, 1.0 - 2.0 * error)


def select(evaluate: EvaluateAll, scenarios: int, race: Race) -> Podium:
    """Run the race between scenarios 0, 1, … (at least two)."""
    if scenarios < 2:
        raise ValueError("a race needs two scenarios")
    known = [np.empty(0) for _ in range(scenarios)]
    left: dict[int, int] = {}
    racing = list(range(scenarios))
    rules: dict[tuple[int, int], IsBeaten] = {}
    for number in _counts(race):
        more = evaluate(racing, range(len(known[racing[0]]), number))
        for position, values in zip(racing, more, strict=True):
            known[position] = np.concatenate([known[position], values])
        beaten: set[int] = set()
        for one in racing:
            for other in racing:
                leads = _leads(known[other], known[one], race.is_lower_better)
                if one == other or len(leads) < 2:
                    continue
                rule = rules.setdefault((one, other), _rule(race, scenarios, leads))
                if rule(leads):
                    beaten.add(one)
        if len(beaten) == len(racing):  # missing values can make a circle of winners
            beaten.clear()
        left |= dict.fromkeys(beaten, number)
        racing = [position for position in racing if position not in left]
        if len(racing) == 1:
            break
    return Podium(
        race=race,
        entrants=tuple(
            Entrant(position, known[position], left.get(position)) for position in range(scenarios)
        ),
        leaders=tuple(racing),
    )


def _counts(race: Race) -> Sequence[int]:
    """After how many simulations scenarios are compared."""
    if not race.indifference:
        return looks(race.simulations, 1.0 - race.probability).counts
    return list(takewhile(lambda number: number <= race.simulations, count(FIRST_LOOK, FIRST_LOOK)))


def _rule(race: Race, scenarios: int, first_leads: NDArray[np.float64]) -> IsBeaten:
    """When one scenario is beaten by another one, given their first simulations."""
    error = 1.0 - race.probability
    if race.indifference:
        return _kim_nelson(race.indifference, error / (scenarios - 1), first_leads)
    return _above_zero(looks(race.simulations, error).error / (scenarios - 1), race.fewest)


def _above_zero(error: float, fewest: int) -> IsBeaten:
    """Whether the interval of the mean lead at one look is above zero."""

    def is_beaten(leads: NDArray[np.float64]) -> bool:
        found = interval_of(leads, fewest, 1.0 - 2.0 * error)
        # An outcome without chance has the same lead every time.
        return bool(found.low > 0.0 or (not found.differing and leads[0] > 0.0))

    return is_beaten


def _kim_nelson(indifference: float, error: float, first_leads: NDArray[np.float64]) -> IsBeaten:
    """The triangular region of KN with c = 1: it closes as simulations are added.

    ``error`` is that of one comparison. With n first simulations of variance S² the sum of leads
    leaves the region at h²S²/(2 delta) - delta r/2, where h² = (n - 1)((2 error)^(-2/(n-1)) - 1).
    """
    freedom = len(first_leads) - 1
    h_squared = freedom * ((2.0 * error) ** (-2.0 / freedom) - 1.0)
    variance = float(np.var(first_leads, ddof=1))
    top = h_squared * variance / (2.0 * indifference)

    def is_beaten(leads: NDArray[np.float64]) -> bool:
        return bool(np.sum(leads) > max(0.0, top - indifference * len(leads) / 2.0))

    return is_beaten


def _leads(
    one: NDArray[np.float64], other: NDArray[np.float64], is_lower_better: bool
) -> NDArray[np.float64]:
    """By how much the first is better in each simulation in which both have a value."""
    number = min(len(one), len(other))
    leads = other[:number] - one[:number] if is_lower_better else one[:number] - other[:number]
    return leads[~np.isnan(leads)]
