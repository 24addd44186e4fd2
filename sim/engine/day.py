"""The order of one day, as the list that is walked, and days in a row as one compiled call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.compiled import each_of, entry, kernel
from sim.compiled_prefetch import NAMED_ROWS_AHEAD, ROWS_AHEAD, fetch_field_soon, fetch_soon
from sim.engine.books import close_month, note_minutes, note_rhythm
from sim.engine.calendar import DayPlan
from sim.processes.case_work import do_case_work
from sim.processes.contacts import serve_contacts
from sim.processes.convocation import call_in, calls_people_in
from sim.processes.entry import arrive
from sim.processes.intake import hold_sessions
from sim.processes.living.lives import advance
from sim.processes.orientation import orient_at_the_limit
from sim.processes.portfolio import assign_portfolios, hand_over
from sim.processes.rhythm import lengthen_contacts, set_rhythm
from sim.processes.sanctions import apply_sanctions
from sim.processes.sharing import share_anew
from sim.processes.telephone import answer_calls
from sim.processes.waiting_contacts import serve_who_waits
from sim.processes.workshop import hold_workshops
from sim.vocabulary import Record
from sim.world.codes import FOLLOWED, SUPPORTED, WAITING_CASEWORKER, WAITING_ORIENTATION
from sim.world.queues import list_due, list_few_due
from sim.world.world import (
    CHOSEN,
    CHOSEN_NOW,
    DUE,
    HOUSEHOLDS,
    LISTED,
    LISTED_NOW,
    PEOPLE,
    STAGES,
    World,
)

Numbers: TypeAlias = NDArray[np.int64]

Marks: TypeAlias = NDArray[np.bool_]

Rows: TypeAlias = tuple[
    Numbers, Numbers, Numbers, Numbers, NDArray[np.int32], Numbers, Marks, Marks
]


@entry
def live_days(w: World, previous: int, last: int) -> None:
    """Lives and arrivals, day by day, after ``previous`` up to ``last`` included."""
    due = w.lists[DUE]
    for day in range(previous + 1, last + 1):
        close_month(w, day)
        count = list_few_due(w.agenda, w.state[HOUSEHOLDS], day, due)
        for position in range(count):
            fetch_ahead(w, due, position, count)
            advance(w, due[position], day + 1.0)
        for territory in range(w.territories.shape[0]):
            arrive(w, territory, day)


@kernel
def fetch_ahead(w: World, due: NDArray[np.int64], position: int, count: int) -> None:
    """Have the rows of the next households brought in while the present one is advanced."""
    if position + ROWS_AHEAD < count:
        fetch_soon(w.households, due[position + ROWS_AHEAD], 3)
    if position + NAMED_ROWS_AHEAD < count:
        fetch_soon(w.people, w.households[due[position + NAMED_ROWS_AHEAD]].first, 5)


@kernel
def note_support(w: World, count: int, last: int) -> None:
    """Note anew the support of those listed who were noted before, or at, the stage ``last``."""
    listed, stages = w.lists[LISTED], w.lists[STAGES]
    for position in range(count):
        if stages[position] <= last:
            stages[position] = w.people[listed[position]].support


@kernel
def list_support(w: World, count: int) -> None:
    """Note the support of those listed, as the day begins."""
    listed, stages = w.lists[LISTED], w.lists[STAGES]
    for position in range(count):
        if position + ROWS_AHEAD < count:
            fetch_field_soon(w.people, listed[position + ROWS_AHEAD], "support")
        stages[position] = w.people[listed[position]].support


@kernel
def choose(w: World, first: int, last: int) -> None:
    """Choose those listed whose support lies between two stages."""
    listed, stages, chosen = w.lists[LISTED], w.lists[STAGES], w.lists[CHOSEN]
    found = 0
    for position in range(w.state[LISTED_NOW]):
        # Written every time and kept when chosen, as in ``list_due``.
        chosen[found] = listed[position]
        found += 1 if first <= stages[position] <= last else 0
    w.state[CHOSEN_NOW] = found


class Today(NamedTuple):
    """A working day: its number, that of the one before, what it brings by post or territory."""

    previous: int
    day: int
    minutes: NDArray[np.int64]
    capacity: NDArray[np.int64]
    reserve: NDArray[np.int64]
    leaving: NDArray[np.int32]
    sessions: NDArray[np.bool_]
    workshops: NDArray[np.bool_]


@kernel
def lives_and_arrivals(w: World, today: Today) -> None:
    """Each day since the last one of work: events of lives on their own dates, then arrivals."""
    live_days(w, today.previous, today.day)


@kernel
def posts_of_the_day(w: World, today: Today) -> None:
    """Each post has the minutes and the places of the day."""
    for post in range(w.posts.shape[0]):
        w.posts[post].minutes = today.minutes[post]
        w.posts[post].capacity = today.capacity[post]
        w.posts[post].reserve = today.reserve[post]
        w.posts[post].on_contacts = 0
        w.posts[post].on_promises = 0


@kernel
def staff_changes(w: World, today: Today) -> None:
    """Portfolios of who leaves a post are redistributed; a team with a new colleague shares."""
    # Without any post there is no team.
    if w.posts.shape[0] > 0:
        hand_over(w, today.day, today.leaving)
        share_anew(w, today.day)


@kernel
def opening_of_the_offices(w: World, today: Today) -> None:
    """Who has something due is listed, at the stage that each has reached; minutes are noted."""
    w.state[LISTED_NOW] = list_due(w.office, w.state[PEOPLE], today.day, w.lists[LISTED])
    list_support(w, w.state[LISTED_NOW])
    note_minutes(w, today.day, roles_of(w), Record.STAFF_MINUTES_AVAILABLE)


@kernel
def convocation(w: World, today: Today) -> None:
    """A new organisation calls in those who were there before it, a few a day."""
    if calls_people_in(w):
        choose(w, WAITING_CASEWORKER, WAITING_CASEWORKER)
        call_in(w, today.previous, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])
        note_support(w, w.state[LISTED_NOW], WAITING_CASEWORKER)
    choose(w, WAITING_ORIENTATION, WAITING_ORIENTATION)


@kernel
def calls(w: World, today: Today) -> None:
    """Operators of a telephone platform answer who is ready, and orient or give an appointment."""
    answer_calls(w, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])


@kernel
def intake_sessions(w: World, today: Today) -> None:
    """Territories that hold a session receive, assess and orient who comes, while desks last."""
    hold_sessions(w, today.day, today.sessions, w.lists[CHOSEN], w.state[CHOSEN_NOW])


@kernel
def limit_of_orientation(w: World, today: Today) -> None:
    """Who waited longer than the law allows is oriented without a session, as minutes last."""
    orient_at_the_limit(w, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])
    note_support(w, w.state[LISTED_NOW], WAITING_ORIENTATION)


@kernel
def portfolio_assignment(w: World, today: Today) -> None:
    """Who waits for a caseworker joins a portfolio that has room, by priority and date."""
    choose(w, WAITING_CASEWORKER, WAITING_CASEWORKER)
    assign_portfolios(w, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])
    note_support(w, w.state[LISTED_NOW], WAITING_CASEWORKER)


@kernel
def workshops(w: World, today: Today) -> None:
    """Territories that hold a workshop receive the people invited, within places and minutes."""
    if today.workshops.any():
        choose(w, WAITING_CASEWORKER, SUPPORTED)
        hold_workshops(w, today.day, today.workshops, w.lists[CHOSEN], w.state[CHOSEN_NOW])


@kernel
def case_work(w: World, today: Today) -> None:
    """Caseworkers do the case work of their portfolios."""
    do_case_work(w, today.day)


@kernel
def contacts_of_who_waits(w: World, today: Today) -> None:
    """Who waits for a caseworker has a light contact now and then, as minutes last."""
    choose(w, WAITING_CASEWORKER, WAITING_CASEWORKER)
    serve_who_waits(w, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])


@kernel
def contacts_and_appointments(w: World, today: Today) -> None:
    """Caseworkers serve contacts and contracts that are due, until their minutes are used."""
    choose(w, SUPPORTED, FOLLOWED)
    serve_contacts(w, today.day, w.lists[CHOSEN], w.state[CHOSEN_NOW])


@kernel
def spare_time(w: World, today: Today) -> None:
    """Time beyond what was promised shortens the rhythm, and makes contacts longer."""
    set_rhythm(w)
    lengthen_contacts(w, today.day)


@kernel
def sanctions(w: World, today: Today) -> None:
    """Repeated breaches are dealt with."""
    apply_sanctions(w, today.day)


@kernel
def books(w: World, today: Today) -> None:
    """Minutes left and the rhythm of contacts are noted; a month that ends is closed."""
    note_minutes(w, today.day, roles_of(w), Record.STAFF_MINUTES_LEFT)
    note_rhythm(w, today.day, today.day - today.previous)


class Stage(NamedTuple):
    """A stage of the day: a function alone would be called by its address, not written out."""

    act: Callable[[World, Today], None]


ORDER_OF_THE_DAY = (
    Stage(lives_and_arrivals),
    Stage(posts_of_the_day),
    Stage(staff_changes),
    Stage(opening_of_the_offices),
    Stage(convocation),
    Stage(calls),
    Stage(intake_sessions),
    Stage(limit_of_orientation),
    Stage(portfolio_assignment),
    Stage(workshops),
    Stage(case_work),
    Stage(contacts_of_who_waits),
    Stage(contacts_and_appointments),
    Stage(spare_time),
    Stage(sanctions),
    Stage(books),
)
"""Stages of a working day, each for all territories before the next one begins."""


@kernel
def office_day(w: World, today: Today) -> None:
    """One working day."""
    for stage in each_of(ORDER_OF_THE_DAY):
        stage.act(w, today)


@kernel
def roles_of(w: World) -> int:
    """Number of roles that have posts."""
    roles = 0
    for post in range(w.posts.shape[0]):
        roles = max(roles, w.posts[post].role + 1)
    return roles


@entry
def office_days(
    w: World,
    previous: int,
    days: NDArray[np.int64],
    minutes: NDArray[np.int64],
    capacity: NDArray[np.int64],
    reserve: NDArray[np.int64],
    leaving: NDArray[np.int32],
    leaving_until: NDArray[np.int64],
    sessions: NDArray[np.bool_],
    held: NDArray[np.bool_],
) -> None:
    """Working days one after the other, the first of them after ``previous``; a row for each.

    ``held`` are the workshops, by territory. Those who leave on a day end at its ``leaving_until``.
    """
    left = 0
    for row in range(days.shape[0]):
        today = Today(
            previous,
            days[row],
            minutes[row],
            capacity[row],
            reserve[row],
            leaving[left : leaving_until[row]],
            sessions[row],
            held[row],
        )
        office_day(w, today)
        previous = days[row]
        left = leaving_until[row]


def in_rows(plans: Sequence[DayPlan]) -> Rows:
    """Plans of working days as ``office_days`` takes them, from ``days`` on."""
    return (
        np.array([plan.day for plan in plans], dtype=np.int64),
        np.stack([plan.minutes for plan in plans]),
        np.stack([plan.capacity for plan in plans]),
        np.stack([plan.reserve for plan in plans]),
        np.concatenate([plan.leaving for plan in plans]),
        np.cumsum([len(plan.leaving) for plan in plans]),
        np.stack([plan.sessions for plan in plans]),
        np.stack([plan.workshops for plan in plans]),
    )
