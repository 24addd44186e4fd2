"""Best of several: which scenario has the best mean, with a stated probability of choosing right.

All scenarios share their simulations, so that every comparison is one of paired differences. At
each look a scenario leaves the race when another one is clearly better: Student's test of the mean
difference. The error that is allowed in all is shared out over the looks and over the other
scenarios (Bonferroni), whatever their variances and however they depend on each other, so the best
one leaves the race with at most that probability.

Sources: B. L. Nelson and F. J. Matejcik, Using common random numbers for indifference-zone
selection (Management Science, 1995), for the paired comparisons; S.-H. Kim and B. L. Nelson, A
fully sequential procedure for indifference-zone selection in simulation (ACM TOMACS, 2001), for the
elimination; W. Fan, L. J. Hong and B. L. Nelson, Indifference-zone-free selection of the best
(Operations Research, 2016), for ending without a smallest difference that matters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.search.looks import half_width, looks

EvaluateAll = Callable[[Sequence[int], Sequence[int]], NDArray[np.float64]]
"""The outcome by (scenario, simulation) for positions of scenarios and numbers of simulations."""

SIMULATIONS = 160


@dataclass(frozen=True)
class Race:
    """What is asked: the probability of choosing right, and how far simulations may go.

    ``indifference`` is the smallest difference that matters (0: every difference does): scenarios
    that are shown to be within it of each other are not told apart further.
    """

    is_lower_better: bool
    probability: float = 0.95
    simulations: int = SIMULATIONS
    indifference: float = 0.0


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
        return float(np.mean(self.outcomes))


@dataclass(frozen=True)
class Podium:
    """How the race ended; ``leaders`` are the positions of those that nothing told apart.

    ``equivalent`` says that the leaders are within the indifference of each other.
    """

    race: Race
    entrants: tuple[Entrant, ...]
    leaders: tuple[int, ...]
    equivalent: bool

    @property
    def best(self) -> int:
        """The position of the leader with the best mean."""
        sign = 1.0 if self.race.is_lower_better else -1.0
        return min(self.leaders, key=lambda position: sign * self.entrants[position].mean)

    @property
    def is_decided(self) -> bool:
        """Whether one scenario is chosen with the probability asked for."""
        return len(self.leaders) == 1 or self.equivalent

    @property
    def simulations(self) -> int:
        """How many simulations the leaders ran."""
        return len(self.entrants[self.best].outcomes)

    def lead(self, position: int) -> tuple[float, float, float]:
        """How much better the best one is: mean paired difference and interval (not negative: better).

        The interval has the level asked for, shared out over the other scenarios; it is that of
        one look, for reading, and decides nothing.
        """
        others = max(len(self.entrants) - 1, 1)
        error = (1.0 - self.race.probability) / 2.0 / others
        differences = _lead(
            self.entrants[self.best].outcomes,
            self.entrants[position].outcomes,
            self.race.is_lower_better,
        )
        mean, half = float(np.mean(differences)), half_width(differences, error)
        return mean, mean - half, mean + half


def select(evaluate: EvaluateAll, scenarios: int, race: Race) -> Podium:
    """Run the race between scenarios 0, 1, …; at least two of them."""
    if scenarios < 2:
        raise ValueError("a race needs two scenarios")
    plan = looks(race.simulations, 1.0 - race.probability)
    error = plan.error / (scenarios - 1)
    known = [np.empty(0) for _ in range(scenarios)]
    left: dict[int, int] = {}
    racing = list(range(scenarios))
    equivalent = False
    for count in plan.counts:
        begun = len(known[racing[0]])
        more = evaluate(racing, range(begun, count))
        for position, values in zip(racing, more, strict=True):
            known[position] = np.concatenate([known[position], values])
        beaten = [
            position
            for position in racing
            if any(_is_beaten(known, position, other, race, error) for other in racing)
        ]
        left |= dict.fromkeys(beaten, count)
        racing = [position for position in racing if position not in left]
        equivalent = len(racing) > 1 and _are_alike(known, racing, race.indifference, error)
        if len(racing) == 1 or equivalent:
            break
    return Podium(
        race=race,
        entrants=tuple(
            Entrant(position, known[position], left.get(position)) for position in range(scenarios)
        ),
        leaders=tuple(racing),
        equivalent=equivalent,
    )


def _lead(
    one: NDArray[np.float64], other: NDArray[np.float64], is_lower_better: bool
) -> NDArray[np.float64]:
    """By how much the first is better in each simulation that both have a value in."""
    count = min(len(one), len(other))
    differences = other[:count] - one[:count] if is_lower_better else one[:count] - other[:count]
    return differences[~np.isnan(differences)]


def _is_beaten(
    known: Sequence[NDArray[np.float64]], position: int, other: int, race: Race, error: float
) -> bool:
    if position == other:
        return False
    lead = _lead(known[other], known[position], race.is_lower_better)
    return len(lead) > 1 and float(np.mean(lead)) > half_width(lead, error)


def _are_alike(
    known: Sequence[NDArray[np.float64]], racing: Sequence[int], limit: float, error: float
) -> bool:
    """Whether every pair is shown to differ by at most ``limit``."""
    if limit <= 0.0:
        return False
    for number, one in enumerate(racing):
        for other in racing[number + 1 :]:
            lead = _lead(known[one], known[other], is_lower_better=True)
            if len(lead) < 2 or abs(float(np.mean(lead))) + half_width(lead, error) > limit:
                return False
    return True
