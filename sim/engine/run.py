"""One run: a plan, a seed, a walker; its ledger and, when asked, its log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sim.engine.calendar import OfficeCalendar
from sim.engine.packed import pack
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import Calendar, starting_population
from sim.engine.state import State
from sim.engine.walkers import make_walker, walk
from sim.events import EventLog
from sim.ledger import Ledger, LedgerShape
from sim.parameters import Parameters
from sim.units import DAYS_PER_WEEK, date_of
from sim.vocabulary import Stock


@dataclass(frozen=True)
class RunResult:
    """What one run leaves: counts by month, the log when asked, the last state.

    ``person_weeks`` counts every living adult that was advanced, on RSA or in the re-entry pool.
    """

    plan: RunPlan
    seed: int
    ledger: Ledger
    log: EventLog | None
    last: State
    cpu_seconds: float
    person_weeks: float

    @property
    def parameters(self) -> Parameters:
        """The reference parameters of the run."""
        return self.plan.base


def run_plan(
    plan: RunPlan,
    seed: int,
    *,
    walker: str = "columns",
    is_logging: bool = False,
    start: State | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> RunResult:
    """Run a plan from its starting population (made or read when not given).

    Raises ``Cancelled`` when ``should_stop`` says so between two days.
    """
    state = starting_population(plan, seed) if start is None else start
    began = time.thread_time()
    dates = Calendar.before(plan.start, plan.base)
    begins, ends = date_of(dates.warm_up), date_of(plan.end_day)
    calendar = OfficeCalendar(seed, begins, ends, plan.timeline(begins, ends))
    packed = pack(plan.base, plan.start, seed)
    shape = LedgerShape(
        first_month=plan.first_month,
        months=plan.months,
        territories=packed.shape.territories,
        pathways=packed.shape.pathways,
        details=packed.shape.details,
    )
    people = make_walker(
        walker,
        packed,
        state,
        calendar.posts,
        shape,
        is_logging=is_logging,
        months_ahead=float(plan.months),
    )
    walk(people, calendar, plan, seed, dates.start, plan.end_day, should_stop)
    return RunResult(
        plan=plan,
        seed=seed,
        ledger=people.ledger,
        log=people.log,
        last=people.state(plan.end_day),
        cpu_seconds=time.thread_time() - began,
        person_weeks=_person_weeks(people.ledger, plan.end_day - dates.start),
    )


def _person_weeks(ledger: Ledger, days: int) -> float:
    """Mean number of living adults times weeks."""
    adults = ledger.stocks[[Stock.PERSONS, Stock.PERSONS_IN_POOL]].sum(axis=(0, 2, 3))
    return float(adults.mean()) * days / DAYS_PER_WEEK
