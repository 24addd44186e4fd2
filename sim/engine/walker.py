"""Who owns the rows of one run and moves them day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.compiled import JIT_ENABLED, as_read_by_rules, with_attributes
from sim.engine.books import close_month, take_stock
from sim.engine.calendar import DayPlan
from sim.engine.day import in_rows, live_days, office_days
from sim.engine.forgetting import forget_departed
from sim.engine.history import live_history, open_offices, remove_surplus
from sim.engine.packed_numbers import Packed
from sim.engine.policy import (
    reassign,
    reorganise,
    reorganise_intake,
    resume_territories,
    settle_territories,
    uprate_incomes,
)
from sim.engine.policy_effects import PolicyEffects
from sim.engine.staffing import Post, team_rows
from sim.engine.state import MAXIMUM_DESKS, REMEMBERED_DAYS, State
from sim.events import EventLog
from sim.ledger import Ledger
from sim.population.layout import POST_DTYPE, empty_households, empty_people
from sim.population.life_courses import LifeCourses
from sim.processes.living.refreshes import make_up_everywhere
from sim.replaced import refuse_replaced_functions
from sim.units import DAYS_PER_MONTH, date_of, month_number, month_starts, months_by_day
from sim.vocabulary import MAXIMUM_ROLES_PER_PATHWAY, Benefit, Contact
from sim.world.world import (
    FIRST_MONTH,
    HOUSEHOLDS,
    LOG_ON,
    LOG_ROWS,
    PEOPLE,
    PLACE_KINDS,
    STATE_SIZE,
    STOCKS_TAKEN,
    World,
    empty_log,
    room_for_lists,
)

RECORDS_PER_PERSON_AND_DAY = 4

SPARE_ROWS = 64

SPARE_DAYS = 8

MONTHS_OF_SPARE_ROWS = 12.0
"""Arrivals for which there is room at first; later those who left long ago make room."""

MEMBERS_AT_MOST = 2

PASSES_APART = 16
"""One in so many rows is free at first; half of them at least after those who left were dropped."""

ROWS_PER_PAID_HOUSEHOLD = 3
"""Of the history: some are out of the RSA, some are gone when their row is written again."""


class Walker:
    """Moves a department through time with compiled rules.

    The state that it starts from is copied; ``ledger`` is written on, ``log`` begins here. Raises
    `ReplacedFunctionError` where compiled code would ignore what replaces a function.
    """

    def __init__(
        self,
        packed: Packed,
        state: State,
        posts: tuple[Post, ...],
        ledger: Ledger,
        *,
        is_logging: bool,
        months_ahead: float,
    ) -> None:
        refuse_replaced_functions(is_compiled=JIT_ENABLED)
        self._packed = packed
        self.posts = posts
        caseworkers, loads = state.on_roster(posts)
        arrivals = float(state.arrival_hazard.sum()) * min(months_ahead, MONTHS_OF_SPARE_ROWS)
        spare = int(0.6 * arrivals + 4.0 * arrivals**0.5) + SPARE_ROWS
        spare += len(state.households) // PASSES_APART
        self._is_logging = is_logging
        self._has_room_until = 0
        self.ledger = ledger
        self._departed = [] if ledger.courses is None else [ledger.courses]
        post_table = np.zeros(len(posts), POST_DTYPE)
        post_table["territory"] = [post.territory for post in posts]
        post_table["role"] = [post.role for post in posts]
        post_table["load"] = loads
        counters = np.zeros(STATE_SIZE, dtype=np.int64)
        counters[HOUSEHOLDS] = len(state.households)
        counters[PEOPLE] = len(state.people)
        counters[LOG_ON] = is_logging
        counters[FIRST_MONTH] = ledger.shape.first_month
        counters[STOCKS_TAKEN] = ledger.shape.months_begun(state.day)
        people = _extended(state.people, spare * 3 // 2)
        self.world = World(
            national=with_attributes(packed.national.copy()),
            territories=with_attributes(packed.territories.copy()),
            organisation=with_attributes(packed.organisation.copy()),
            households=with_attributes(_extended(state.households, spare)),
            people=with_attributes(people),
            agenda=_extended(state.agenda, spare),
            next_kind=np.zeros(len(state.agenda) + spare, dtype=np.int8),
            next_member=np.zeros(len(state.agenda) + spare, dtype=np.int8),
            next_time=np.zeros(len(state.agenda) + spare),
            office=_extended(state.office, spare * 3 // 2),
            caseworkers=_extended(caseworkers, spare * 3 // 2),
            posts=with_attributes(post_table),
            teams=team_rows(posts, packed.shape.territories, packed.shape.roles),
            places=state.places.copy(),
            desks=state.desks.copy(),
            spent=np.zeros((packed.shape.territories, packed.shape.roles), np.int64),
            arrival_time=state.arrival_time.copy(),
            arrival_number=state.arrival_number.copy(),
            arrival_hazard=state.arrival_hazard.copy(),
            flows=self.ledger.flows,
            durations=self.ledger.durations,
            stocks=self.ledger.stocks,
            log=empty_log(1),
            state=counters,
            lists=room_for_lists(len(state.agenda) + spare, len(people)),
            month_of=as_read_by_rules(months_by_day()),
            month_start=as_read_by_rules(month_starts()),
        )

    def adopt(self, packed: Packed, previous: int) -> None:
        """New parameters from the day after ``previous`` on; nothing happens if they are equal."""
        if packed.equals(self._packed):
            return
        effects = PolicyEffects.between(self._packed, packed)
        self._make_room(1, bursts=2, day=previous)
        w = self.world
        close_month(w, previous + 1)
        settle_territories(w, effects.hazards, float(previous + 1))
        old_wage_cents = int(self._packed.national[0]["wage_full_time_cents"])
        w.national[:] = packed.national
        w.territories[:] = packed.territories
        w.organisation[:] = packed.organisation
        self._packed = packed
        if int(packed.national[0]["wage_full_time_cents"]) != old_wage_cents:
            uprate_incomes(w, old_wage_cents, previous + 1)
        reorganise(w, effects.rhythms, previous + 1)
        reorganise_intake(w, previous + 1)
        reassign(w, effects.reassigned, previous + 1)
        resume_territories(w, effects.hazards, float(previous + 1))

    def office_days(self, plans: Sequence[DayPlan], previous: int) -> None:
        """Working days one after the other, the first of them after ``previous``."""
        at_once = 1 if self._is_logging else len(plans)
        for first in range(0, len(plans), at_once):
            span = plans[first : first + at_once]
            self._make_room(span[-1].day - previous, day=previous)
            office_days(self.world, previous, *in_rows(span))
            previous = span[-1].day

    def live_until(self, previous: int, last: int) -> None:
        """Lives after ``previous`` up to ``last`` included, with closed offices."""
        self._make_room(last - previous, day=previous)
        live_days(self.world, previous, last)

    def take_stock(self, day: int) -> None:
        """Count the stocks on the eve of ``day``."""
        take_stock(self.world, day)

    def live_history(
        self, territory: int, target: int, counts_persons: bool, start: int, end: int
    ) -> int:
        """Fill a territory with lives since ``start``; returns the number of first entries."""
        number, stock = 0, 0
        while stock < target:
            missing = ROWS_PER_PAID_HOUSEHOLD * (target - stock)
            self._make_room(0, bursts=0, households=max(missing, SPARE_ROWS))
            number, stock = live_history(
                self.world, territory, number, target, counts_persons, stock, start, end
            )
        return int(number)

    def open_offices(self, packed: Packed, day: int) -> None:
        """Leave the history: people meet the offices of ``packed`` from ``day`` on."""
        self._make_room(0)
        w = self.world
        w.national[:] = packed.national
        w.territories[:] = packed.territories
        w.organisation[:] = packed.organisation
        self._packed = packed
        open_offices(w, day)

    def remove_surplus(self, territory: int, first_number: int, day: int) -> None:
        """Take back the households of the history from ``first_number`` on."""
        self._make_room(1)
        remove_surplus(self.world, territory, first_number, float(day))

    def paid_households(self) -> NDArray[np.int64]:
        """Households on RSA now, by territory."""
        households = self.world.households[: self.world.state[HOUSEHOLDS]]
        paid = households["territory"][households["benefit"] == Benefit.PAID]
        return np.bincount(paid, minlength=self._packed.shape.territories)

    def set_arrivals(
        self, time: NDArray[np.float64], number: NDArray[np.int64], hazard: NDArray[np.float64]
    ) -> None:
        """The next candidate of each territory, and how often candidates come (per month)."""
        self.world.arrival_time[:] = time
        self.world.arrival_number[:] = number
        self.world.arrival_hazard[:] = hazard
        self._has_room_until = 0

    @property
    def log(self) -> EventLog | None:
        """What happened so far, when logging."""
        if not self._is_logging:
            return None
        return EventLog(self.world.log[: self.world.state[LOG_ROWS]].copy())

    def state(self, day: int) -> State:
        """The present state, without those who left for good long ago.

        Rows are shared with the walker: they are good until it moves on.
        """
        self._forget(day)
        w = self.world
        make_up_everywhere(w, day)
        households, people = int(w.state[HOUSEHOLDS]), int(w.state[PEOPLE])
        return State(
            day=day,
            households=w.households[:households],
            people=w.people[:people],
            agenda=w.agenda[:households],
            office=w.office[:people],
            caseworkers=w.caseworkers[:people],
            posts=self.posts,
            post_loads=w.posts["load"].copy(),
            places=w.places.copy(),
            desks=w.desks.copy(),
            arrival_time=w.arrival_time.copy(),
            arrival_number=w.arrival_number.copy(),
            arrival_hazard=w.arrival_hazard.copy(),
        )

    def courses(self, state: State) -> LifeCourses:
        """The courses of all adults up to the eve of a state, those who left for good too."""
        here = LifeCourses.of(state.households, state.people, _month_before(state.day), self._jobs)
        return here.joined(self._departed)

    def finished(self, last: State) -> Ledger:
        """The ledger of a run that is over, with the courses of everybody up to its last state."""
        return replace(self.ledger, courses=self.courses(last))

    def departed(self) -> LifeCourses | None:
        """The courses of those whose rows were dropped."""
        if not self._departed:
            return None
        *earlier, latest = self._departed
        return latest.joined(earlier)

    @property
    def _jobs(self) -> NDArray[np.bool_]:
        is_job: NDArray[np.bool_] = self._packed.national["job_is_job"][0] == 1
        return is_job

    def _forget(self, day: int) -> None:
        """Drop the rows of those who left long ago; what is remembered of them stays."""
        w, before = self.world, day - REMEMBERED_DAYS
        homes = w.households[: w.state[HOUSEHOLDS]]
        people = w.people[: w.state[PEOPLE]]
        is_dropped = (homes["benefit"] == Benefit.GONE) & (homes["since"] < before)
        if is_dropped.any():
            chosen = is_dropped[people["household"]]
            month = _month_before(day)
            self._departed.append(LifeCourses.of(homes, people, month, self._jobs, chosen))
        forget_departed(w, before)

    def _make_room(self, days: int, *, bursts: int = 1, households: int = 0, day: int = 0) -> None:
        """Room for what ``days`` bring, at first among those who left long before ``day``."""
        w = self.world
        if 0 < day + days <= self._has_room_until and not self._is_logging:
            return
        self._has_room_until = day + days + SPARE_DAYS if day else 0
        candidates = float(w.arrival_hazard.sum()) * (days + 2 * SPARE_DAYS) / DAYS_PER_MONTH
        needed = max(int(candidates + 6.0 * candidates**0.5) + SPARE_ROWS // 2, households)
        if day and int(w.state[HOUSEHOLDS]) + needed + 1 > len(w.households):
            self._forget(day)
            # Those who leave in a week make little room: the next pass has to be far away.
            needed += len(w.households) // PASSES_APART // 2
        rows = int(w.state[HOUSEHOLDS]) + needed + 1
        if rows > len(w.households):
            more = rows - len(w.households) + len(w.households) // PASSES_APART
            w = w.replaced(
                households=with_attributes(_extended(w.households, more)),
                agenda=_extended(w.agenda, more),
                next_kind=_extended(w.next_kind, more),
                next_member=_extended(w.next_member, more),
                next_time=_extended(w.next_time, more),
            )
        rows = int(w.state[PEOPLE]) + MEMBERS_AT_MOST * needed + 2
        if rows > len(w.people):
            more = rows - len(w.people) + len(w.people) // PASSES_APART
            w = w.replaced(
                people=with_attributes(_extended(w.people, more)),
                office=_extended(w.office, more),
                caseworkers=_extended(w.caseworkers, more),
            )
        if w.lists.shape[1] <= max(len(w.households), len(w.people) * len(Contact)):
            w = w.replaced(lists=room_for_lists(len(w.households), len(w.people)))
        if self._is_logging:
            burst = bursts * RECORDS_PER_PERSON_AND_DAY * (int(w.state[PEOPLE]) + needed) + 1000
            if int(w.state[LOG_ROWS]) + burst > len(w.log):
                w = w.replaced(log=_extended(w.log, burst + len(w.log)))
        self.world = w


def _month_before(day: int) -> int:
    """The last month that is complete on the eve of a day."""
    return month_number(date_of(day)) - 1


def blank_state(packed: Packed, posts: tuple[Post, ...], day: int) -> State:
    """A department without anybody."""
    shape = packed.shape
    width = max(shape.job_types, shape.actions, shape.pathways, shape.roles)
    territories = shape.territories
    return State(
        day=day,
        households=empty_households(0),
        people=empty_people(0, shape.barriers),
        agenda=np.zeros(0, np.int16),
        office=np.zeros(0, np.int16),
        caseworkers=np.zeros((0, MAXIMUM_ROLES_PER_PATHWAY), np.int16),
        posts=posts,
        post_loads=np.zeros(len(posts), np.int64),
        places=np.zeros((PLACE_KINDS, territories, width), np.int64),
        desks=np.zeros((territories, MAXIMUM_DESKS), np.int64),
        arrival_time=np.full(territories, 1.0e9),
        arrival_number=np.zeros(territories, np.int64),
        arrival_hazard=np.zeros(territories),
    )


def _extended(array: NDArray, rows: int) -> NDArray:  # type: ignore[type-arg]
    source = np.asarray(array)
    longer = np.zeros((len(source) + rows, *source.shape[1:]), dtype=source.dtype)
    # By bytes: a table is else copied field by field.
    longer.view(np.uint8).reshape(-1)[: source.nbytes] = source.view(np.uint8).reshape(-1)
    return longer
