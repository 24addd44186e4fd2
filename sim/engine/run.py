"""One run: a plan and a seed; its ledger and, when asked, its log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sim.engine.calendar import OfficeCalendar
from sim.engine.journey import Journey
from sim.engine.packed import pack
from sim.engine.past import Past
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import Calendar, starting_population
from sim.engine.state import State
from sim.engine.walker import Walker
from sim.events import EventLog
from sim.ledger import Ledger, LedgerShape, empty_ledger
from sim.parameters import Parameters
from sim.units import DAYS_PER_WEEK, date_of, day_number
from sim.vocabulary import Stock


@dataclass(frozen=True)
class RunResult:
    """What one run leaves: counts by month, the log when asked, the last state.

    ``person_weeks`` counts every living adult that was advanced, on RSA or in the re-entry pool.
    ``past`` are the days before the one on which the run was to stop over.
    """

    plan: RunPlan
    seed: int
    ledger: Ledger
    log: EventLog | None
    last: State
    cpu_seconds: float
    person_weeks: float
    past: Past | None = None

    @property
    def parameters(self) -> Parameters:
        """The reference parameters of the run."""
        return self.plan.base


@dataclass(frozen=True)
class BegunRun:
    """A run on its way: who lives in it, the calendar, and the journey through its days."""

    people: Walker
    calendar: OfficeCalendar
    journey: Journey


def begin_run(
    plan: RunPlan,
    seed: int,
    *,
    is_logging: bool = False,
    start: State | None = None,
    past: Past | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> BegunRun:
    """A run on the eve of its first day; the arguments are those of `run_plan`."""
    if past is None:
        begun = starting_population(plan, seed) if start is None else start
    else:
        begun = past.state
    dates = Calendar.before(plan.start, plan.base)
    begins, ends = date_of(dates.warm_up), date_of(plan.end_day)
    calendar = OfficeCalendar(seed, begins, ends, plan.timeline(begins, ends))
    changed = calendar.latest_change(dates.start, begun.day)
    packed = pack(plan.base, plan.start, seed) if changed is None else pack(*changed, seed)
    shape = LedgerShape(
        first_month=plan.first_month,
        months=plan.months,
        territories=packed.shape.territories,
        pathways=packed.shape.pathways,
        details=packed.shape.details,
    )
    people = Walker(
        packed,
        begun,
        calendar.posts,
        empty_ledger(shape) if past is None else past.books_of(shape),
        is_logging=is_logging,
        months_ahead=float(plan.months),
    )
    return BegunRun(people, calendar, Journey(people, calendar, plan, seed, begun.day, should_stop))


def run_plan(
    plan: RunPlan,
    seed: int,
    *,
    is_logging: bool = False,
    start: State | None = None,
    past: Past | None = None,
    stop_over: date | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> RunResult:
    """Run a plan from its starting population (made or read when not given).

    With ``past``, the days that it holds are not lived again: they must be those of a plan that is
    the same until then; log and ``cpu_seconds`` are of the days after it. ``stop_over`` asks for
    the past of this run, up to the working day on which changes of that date take effect.
    Raises ``Cancelled`` when ``should_stop`` says so between two days, and ValueError for a
    ``stop_over`` after the last day.
    """
    if stop_over is not None and day_number(stop_over) >= plan.end_day:
        raise ValueError("a run stops over before its end")
    if past is None and start is None:
        start = starting_population(plan, seed)
    began = time.thread_time()
    run = begin_run(
        plan,
        seed,
        is_logging=is_logging,
        start=start,
        past=past,
        should_stop=should_stop,
    )
    people, journey = run.people, run.journey
    lived = None
    if stop_over is not None:
        day = journey.go_before(day_number(stop_over))
        state = people.state(day)
        lived = Past.of(state, replace(people.ledger, courses=people.departed()))
    journey.end(plan.end_day)
    last = people.state(plan.end_day)
    return RunResult(
        plan=plan,
        seed=seed,
        ledger=people.finished(last),
        log=people.log,
        last=last,
        cpu_seconds=time.thread_time() - began,
        person_weeks=_person_weeks(people.ledger, plan.end_day - day_number(plan.start)),
        past=lived,
    )


def _person_weeks(ledger: Ledger, days: int) -> float:
    """Mean number of living adults times weeks."""
    adults = ledger.stocks[[Stock.PERSONS, Stock.PERSONS_IN_POOL]].sum(axis=(0, 2, 3))
    return float(adults.mean()) * days / DAYS_PER_WEEK
