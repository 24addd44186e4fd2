"""Where the time of a run goes: each stage of the day called and timed on its own.

One call for each stage and day instead of one for sixteen days.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.cases import REFERENCE, SEED, WARM_UP_SHARE, enlarged
from sim.engine.calendar import DayPlan
from sim.engine.day import ORDER_OF_THE_DAY, Today
from sim.engine.run import begin_run
from sim.engine.starting_population import build_population
from sim.units import DAYS_PER_WEEK, day_number
from sim.vocabulary import Stock
from sim.world.world import World

MONTHS = 12


def _timed_alone(act: Any) -> Any:
    """A stage as something that Python calls; compiled anew in each process."""

    def stage(
        w: World,
        previous: int,
        day: int,
        minutes: NDArray[np.int64],
        capacity: NDArray[np.int64],
        reserve: NDArray[np.int64],
        leaving: NDArray[np.int32],
        sessions: NDArray[np.bool_],
        workshops: NDArray[np.bool_],
    ) -> None:
        act(w, Today(previous, day, minutes, capacity, reserve, leaving, sessions, workshops))

    return numba.njit(stage)


def stage_costs(sizes: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """By size, nanoseconds a person-week of each stage; a size is so many times the Somme."""
    stages = {one.act.__name__: _timed_alone(one.act) for one in ORDER_OF_THE_DAY}
    # The first department is there to compile.
    _costs_of(WARM_UP_SHARE, stages)
    return {name: _costs_of(times, stages) for name, times in sizes.items()}


def _costs_of(times: float, stages: dict[str, Any]) -> dict[str, float]:
    plan = replace(enlarged(REFERENCE, times), months=MONTHS)
    run = begin_run(plan, SEED, start=build_population(plan, SEED))
    spent = dict.fromkeys(stages, 0.0)
    run.people.office_days = _watched(run.people, stages, spent)  # type: ignore[assignment,method-assign]
    run.journey.end(plan.end_day)
    stocks = run.people.ledger.stocks[[Stock.PERSONS, Stock.PERSONS_IN_POOL]].sum(axis=(0, 2, 3))
    weeks = float(stocks.mean()) * (plan.end_day - day_number(plan.start)) / DAYS_PER_WEEK
    return {name: 1e9 * seconds / weeks for name, seconds in spent.items()}


def _watched(
    walker: Any, stages: dict[str, Any], spent: dict[str, float]
) -> Callable[[Sequence[DayPlan], int], None]:
    def office_days(plans: Sequence[DayPlan], previous: int) -> None:
        for plan in plans:
            walker._make_room(plan.day - previous, day=previous)
            today = (
                previous, plan.day, plan.minutes, plan.capacity, plan.reserve, plan.leaving,
                plan.sessions, plan.workshops,
            )  # fmt: skip
            for name, stage in stages.items():
                began = time.thread_time()
                stage(walker.world, *today)
                spent[name] += time.thread_time() - began
            previous = plan.day

    return office_days
