"""The order of one day, and days in a row as one compiled call (see ``sim.engine.order``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.compiled_prefetch import fetch_soon
from sim.engine.books import close_month, note_minutes, note_rhythm
from sim.engine.calendar import DayPlan
from sim.processes.contacts import serve_contacts
from sim.processes.entry import arrive
from sim.processes.intake import hold_sessions
from sim.processes.living.lives import advance
from sim.processes.orientation import orient_at_the_limit
from sim.processes.portfolio import assign_portfolios, hand_over
from sim.processes.sanctions import apply_sanctions
from sim.processes.telephone import answer_calls
from sim.processes.workshop import hold_workshops
from sim.vocabulary import Record
from sim.world.codes import FOLLOWED, SUPPORTED, WAITING_CASEWORKER, WAITING_ORIENTATION
from sim.world.queues import list_due, list_few_due
from sim.world.world import CHOSEN, DUE, HOUSEHOLDS, LISTED, PEOPLE, STAGES, World

Numbers: TypeAlias = NDArray[np.int64]

Marks: TypeAlias = NDArray[np.bool_]

Rows: TypeAlias = tuple[Numbers, Numbers, Numbers, NDArray[np.int32], Numbers, Marks, Marks]

HOMES_AHEAD, ADULTS_AHEAD = 8, 4
"""How many places ahead of the present one households, then their adults, are fetched."""


@kernel
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
    if position + HOMES_AHEAD < count:
        fetch_soon(w.households, due[position + HOMES_AHEAD], 3)
    if position + ADULTS_AHEAD < count:
        fetch_soon(w.people, w.households[due[position + ADULTS_AHEAD]].first, 4)


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
        if position + HOMES_AHEAD < count:
            fetch_soon(w.people, listed[position + HOMES_AHEAD], 1)
        stages[position] = w.people[listed[position]].support


@kernel
def choose(w: World, count: int, first: int, last: int) -> int:
    """Choose those listed whose support lies between two stages; returns how many."""
    listed, stages, chosen = w.lists[LISTED], w.lists[STAGES], w.lists[CHOSEN]
    found = 0
    for position in range(count):
        # Written every time and kept when chosen, as in ``list_due``.
        chosen[found] = listed[position]
        found += 1 if first <= stages[position] <= last else 0
    return found


@kernel
def office_day(
    w: World,
    previous: int,
    day: int,
    minutes: NDArray[np.int64],
    capacity: NDArray[np.int64],
    leaving: NDArray[np.int32],
    sessions: NDArray[np.bool_],
    workshops: NDArray[np.bool_],
) -> None:
    """One working day, from the lives since the last one to the books."""
    live_days(w, previous, day)
    roles = 0
    for post in range(w.posts.shape[0]):
        w.posts[post].minutes = minutes[post]
        w.posts[post].capacity = capacity[post]
        roles = max(roles, w.posts[post].role + 1)
    hand_over(w, day, leaving)
    count = list_due(w.office, w.state[PEOPLE], day, w.lists[LISTED])
    list_support(w, count)
    chosen = w.lists[CHOSEN]
    note_minutes(w, day, roles, Record.STAFF_MINUTES_AVAILABLE)
    waiting = choose(w, count, WAITING_ORIENTATION, WAITING_ORIENTATION)
    answer_calls(w, day, chosen, waiting)
    hold_sessions(w, day, sessions, chosen, waiting)
    orient_at_the_limit(w, day, chosen, waiting)
    note_support(w, count, WAITING_ORIENTATION)
    queueing = choose(w, count, WAITING_CASEWORKER, WAITING_CASEWORKER)
    assign_portfolios(w, day, chosen, queueing)
    note_support(w, count, WAITING_CASEWORKER)
    if workshops.any():
        oriented = choose(w, count, WAITING_CASEWORKER, SUPPORTED)
        hold_workshops(w, day, workshops, chosen, oriented)
    served = choose(w, count, SUPPORTED, FOLLOWED)
    serve_contacts(w, day, chosen, served)
    apply_sanctions(w, day)
    note_minutes(w, day, roles, Record.STAFF_MINUTES_LEFT)
    note_rhythm(w, day, day - previous)


@kernel
def office_days(
    w: World,
    previous: int,
    days: NDArray[np.int64],
    minutes: NDArray[np.int64],
    capacity: NDArray[np.int64],
    leaving: NDArray[np.int32],
    leaving_until: NDArray[np.int64],
    sessions: NDArray[np.bool_],
    workshops: NDArray[np.bool_],
) -> None:
    """Working days one after the other, the first of them after ``previous``; a row for each.

    Those who leave on a day end at its ``leaving_until``.
    """
    left = 0
    for row in range(days.shape[0]):
        office_day(
            w,
            previous,
            days[row],
            minutes[row],
            capacity[row],
            leaving[left : leaving_until[row]],
            sessions[row],
            workshops[row],
        )
        previous = days[row]
        left = leaving_until[row]


def in_rows(plans: Sequence[DayPlan]) -> Rows:
    """Plans of working days as ``office_days`` takes them, from ``days`` on."""
    return (
        np.array([plan.day for plan in plans], dtype=np.int64),
        np.stack([plan.minutes for plan in plans]),
        np.stack([plan.capacity for plan in plans]),
        np.concatenate([plan.leaving for plan in plans]),
        np.cumsum([len(plan.leaving) for plan in plans]),
        np.stack([plan.sessions for plan in plans]),
        np.stack([plan.workshops for plan in plans]),
    )
