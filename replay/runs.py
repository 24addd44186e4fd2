"""Whole departments that the engine ran, relived: its lives, then every day of its offices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from replay.adult import Chance
from replay.comparing import Comparison, compare_run
from replay.life import FINAL, Household
from replay.log_reading import ReadLog, read_log
from replay.office_day import Department, OfficeComparison, compare_offices
from replay.office_people import home_of, take_over
from replay.office_rules import OfficeRules
from replay.regime import Regime, regimes_of
from replay.restoring import households_of, rhythm_of
from sim.engine.calendar import OfficeCalendar
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import Calendar, build_population
from sim.engine.state import State
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY, date_of, day_number, month_number
from sim.vocabulary import Benefit, Decision, Record, Stream, household_id


def arrivals(
    state: State, regimes: list[Regime], first_month: int, until: int
) -> Iterator[Household]:
    """Every household that first enters before ``until``.

    Candidates come after keyed gaps at the pace that the starting population left; each opens
    rights if its keyed mark is under the day's rate.
    """
    for territory in range(len(state.arrival_time)):
        time, number = float(state.arrival_time[territory]), int(state.arrival_number[territory])
        while time < until:
            identity = household_id(territory, Stream.ARRIVAL, number)
            regime = max((r for r in regimes if r.since <= time), key=lambda r: r.since)
            mark = Chance(regime.seed, identity).uniform(Decision.ARRIVAL_MARK)
            bound = regime.number("inflow.candidate_factor")
            if mark < _inflow(regime, territory, int(time), first_month) / bound:
                yield Household(regime, identity, territory, time)
            number += 1
            following = Chance(regime.seed, household_id(territory, Stream.ARRIVAL, number))
            gap = following.threshold(Decision.ARRIVAL_GAP, 0)
            time += gap / float(state.arrival_hazard[territory]) * DAYS_PER_MONTH


def _inflow(regime: Regime, territory: int, day: int, first_month: int) -> float:
    """First entries relative to the reference rate: season, territory and trend."""
    place, month = regime.territory(territory), month_number(date_of(day))
    multiplier = regime.number(f"{place}.inflow_multiplier")
    if multiplier == 0.0:
        return 0.0
    market: float = regime.number(f"{place}.market_level")
    market **= regime.number("inflow.market_elasticity")
    trend = regime.number("inflow.trend_per_year") * (month - first_month) / 12.0
    return (
        multiplier
        * market
        * regime.parameters.numbers("inflow.season")[month % 12]
        * math.exp(trend)
    )


@dataclass(frozen=True)
class LivedRun:
    """A run of the engine, read: its start, its log, the regimes by name."""

    plan: RunPlan
    seed: int
    start: State
    read: ReadLog
    regimes: list[Regime]

    def people(self) -> list[Household]:
        """Everyone of the run, ready to be relived."""
        first, until = self.plan.first_month, self.plan.end_day
        entering = arrivals(self.start, self.regimes, first, until)
        return [*households_of(self.start, self.regimes[0]), *entering]


def live(plan: RunPlan, seed: int) -> LivedRun:
    """Run a plan in the engine, and read its log."""
    start = build_population(plan, seed)
    run = run_plan(plan, seed, is_logging=True, start=start)
    if run.log is None:
        raise RuntimeError("a run with logging returned no log")
    read = read_log(run.log.rows.tolist(), day_number(plan.start))
    return LivedRun(plan, seed, start, read, regimes_of(plan, seed, read.working_days))


def relive_run(plan: RunPlan, seed: int) -> tuple[Comparison, OfficeComparison]:
    """Run a plan in the engine; relive everyone who is in it, and every day of its offices."""
    lived = live(plan, seed)
    people = lived.people()
    lives = compare_run(lived.read, lived.regimes, people, plan.end_day)
    return lives, relive_offices(lived, departures(people))


def departures(relived: Iterable[Household]) -> dict[int, float]:
    """The minute in which each household left for good that did so while out of the RSA."""
    found = {}
    for home in relived:
        said = any(event.kind == Record.EXIT and event.detail in FINAL for event in home.events)
        if home.benefit == Benefit.GONE and not said:
            found[home.id] = home.now * MINUTES_PER_DAY
    return found


def relive_offices(lived: LivedRun, gone: dict[int, float]) -> OfficeComparison:
    """Foretell what the offices did in a run; lives are those of its log, and ``departures``."""
    plan, start = lived.plan, lived.start
    begins = date_of(Calendar.before(plan.start, plan.base).warm_up)
    ends = date_of(plan.end_day)
    calendar = OfficeCalendar(lived.seed, begins, ends, plan.timeline(begins, ends))
    posts, _ = start.on_roster(calendar.posts)
    homes = {household.id: home_of(household) for household in lived.people()}
    for row in start.households:
        adults = slice(int(row["first"]), int(row["first"]) + int(row["members"]))
        home = homes[int(row["id"])]
        take_over(home, row, start.people[adults], posts[adults], start.office[adults])
    known = [homes[int(identity)] for identity in start.households["id"]]
    rules = OfficeRules(lived.regimes[0], *rhythm_of(start))
    department = Department(rules, calendar.posts, known)
    for territory, desks in enumerate(start.desks):
        department.desks[territory] = [int(minutes) for minutes in desks]
    plans = list(calendar.days(plan.start))
    return compare_offices(department, lived.read, plans, lived.regimes, homes, dict(gone))
