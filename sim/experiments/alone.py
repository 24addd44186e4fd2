"""Runs of the territories in which two scenarios differ, without the rest of the department.

Territories touch each other only where a household moves from one to another. Where none does, the
lives of all others are the same under both scenarios, to the second, and so is what is counted of
them: a difference over the department is that of the territories in which something differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import NOT_YET
from sim.engine.state import State
from sim.experiments.jobs import People
from sim.policy import Scenario

MOVES_WITHIN = "benefit.internal_move_share"
TERRITORIES = "territories"


def told_alone(reference: Scenario, scenario: Scenario) -> tuple[int, ...] | None:
    """Positions of the territories whose runs tell every difference; None: run all of them.

    All are run where households move between territories, where the people of the first day are
    not the same, where anything differs that is not of one territory, and where nothing differs.
    """
    labels = reference.base.labels(TERRITORIES)
    if reference.base.fingerprint() != scenario.base.fingerprint():
        return None
    if not (_stay(reference) and _stay(scenario)):
        return None
    named: set[str] = set()
    for day in sorted({reference.start, *reference.days_of_change, *scenario.days_of_change}):
        before, after = reference.parameters_on(day), scenario.parameters_on(day)
        if before.fingerprint() == after.fingerprint():
            continue
        for path in before.paths():
            if before.value(path) != after.value(path):
                group, _, rest = path.partition(".")
                if group != TERRITORIES:
                    return None
                named.add(rest.partition(".")[0])
    return tuple(place for place, label in enumerate(labels) if label in named) or None


def place_alone(scenarios: Sequence[Scenario], territory: str) -> int | None:
    """The position of a territory whose own run tells its outcomes; None: run all of them."""
    labels = scenarios[0].base.labels(TERRITORIES)
    if territory not in labels or len(labels) == 1 or not all(map(_stay, scenarios)):
        return None
    return labels.index(territory)


def _stay(scenario: Scenario) -> bool:
    """Whether no household moves from one territory to another."""
    days = {scenario.start, *scenario.days_of_change}
    return not any(scenario.parameters_on(day).number(MOVES_WITHIN) for day in days)


class PeopleOf(People):
    """Starting populations of some territories alone: nobody lives or arrives in the others.

    Books of their runs are of a part of the department: they are kept as such (`of_part`).
    """

    def __init__(self, most: int, territories: Sequence[int], *, on_disk: bool = True) -> None:
        super().__init__(most, on_disk=on_disk)
        self._territories = tuple(territories)

    def made(self, plan: RunPlan, seed: int) -> State:
        """The people of the whole department, without those of other territories."""
        return _living_in(super().made(plan, seed), self._territories)


def _living_in(state: State, territories: Sequence[int]) -> State:
    kept = state.compacted(np.isin(state.households["territory"], territories))
    others = np.setdiff1d(np.arange(len(state.arrival_time)), territories)
    of_others = [row for row, post in enumerate(state.posts) if post.territory not in territories]
    loads, places = state.post_loads.copy(), state.places.copy()
    arrivals = state.arrival_time.copy()
    loads[of_others] = 0
    places[:, others] = 0
    arrivals[others] = NOT_YET
    return replace(kept, post_loads=loads, places=places, arrival_time=arrivals)
