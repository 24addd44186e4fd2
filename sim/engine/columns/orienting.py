"""Orientation of one person, and the ways to it that need no session."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.engine.columns.assessment import assess, pathway_of
from sim.engine.columns.clocks import REFRESH, UNPLANNED
from sim.engine.columns.people import identity, person_key
from sim.engine.columns.queues import heapify, pop
from sim.engine.columns.staff import charge_staff, freest_of_roles, staff_is_free
from sim.engine.columns.support import (
    CALL_AWAITED,
    NO_CALL,
    WAITING_ORIENTATION,
    end_wait,
    say,
    set_ready,
    wait_for_caseworker,
)
from sim.engine.columns.world import KEYS, ROWS, World
from sim.processes.contacts import missed_minutes
from sim.processes.intake import FIXED_LENGTH, interview_minutes, session_key
from sim.randomness import uniform
from sim.vocabulary import Call, Contact, Decision, OrientedBy, Record

CALLED = int(Call.HELD)
CONTACT = int(Contact.CONTACT)
BY_LIMIT = int(OrientedBy.LIMIT)
BY_CALL = int(OrientedBy.CALL)
MOST_CALLS = 100


@kernel
def orient(w: World, day: int, person: int, time: float, by: int) -> None:
    """The person was received: barriers seen, pathway chosen, next queue."""
    p = w.people[person]
    end_wait(w, person, float(day))
    p.pathway = pathway_of(w, person, assess(w, person))
    if w.next_kind[p.household] != REFRESH:
        # In a pathway an earlier follow-up may still protect a job.
        w.next_kind[p.household] = UNPLANNED
    p.oriented_on = day
    days = day - p.waiting_since
    say(w, Record.ORIENTED, time, person, by, days, p.waiting_since)
    p.call = NO_CALL
    t = w.territories[w.households[p.household].territory]
    p.workshops_missed = 0
    p.workshop_on = day + t.workshop_after_days if t.holds_workshops == 1 else 0
    wait_for_caseworker(w, person, float(day))


@kernel
def answer_calls(w: World, day: int, waiting: NDArray[np.int64], count: int) -> None:
    """Operators answer territory by territory, first ready first served, while minutes last."""
    for territory in range(w.territories.shape[0]):
        if w.territories[territory].call_roles != 0:
            answer_territory(w, day, territory, waiting, count)


@kernel
def answer_territory(
    w: World, day: int, territory: int, waiting: NDArray[np.int64], count: int
) -> None:
    """The calls of one territory."""
    t = w.territories[territory]
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    size = 0
    for position in range(count):
        person = waiting[position]
        p = w.people[person]
        if (
            p.support == WAITING_ORIENTATION
            and p.call == CALL_AWAITED
            and p.ready_on <= day
            and w.households[p.household].territory == territory
        ):
            keys[size] = session_key(p.ready_on, p.ready_minute, identity(w, person))
            rows[size] = person
            size += 1
    heapify(keys, rows, size)
    while size > 0:
        operator = freest_of_roles(w, territory, t.call_roles)
        if operator < 0 or w.posts[operator].minutes < t.call_minutes:
            return
        person = pop(keys, rows, size)
        size -= 1
        call(w, day, person, operator)


@kernel
def call(w: World, day: int, person: int, operator: int) -> None:
    """One call: nobody answers, or the person is oriented at once or gets an appointment."""
    p = w.people[person]
    t = w.territories[w.households[p.household].territory]
    key = person_key(w, person)
    count = int(p.calls)
    p.calls = min(count + 1, MOST_CALLS)
    if uniform(key, Decision.CALL_REACHED, count) < t.call_unreached_share:
        minutes = missed_minutes(t.call_minutes, w.national[0].contact_missed_share[CONTACT])
        w.posts[operator].minutes -= minutes
        say(w, Record.CALL_UNREACHED, float(day), person, 0, minutes, day)
        set_ready(w, person, float(day), t.recall_days)
        return
    w.posts[operator].minutes -= t.call_minutes
    orients = uniform(key, Decision.CALL_ORIENTS, count) < t.call_orients_share
    days = day - p.waiting_since
    say(w, Record.CALL_HELD, float(day), person, 1 if orients else 0, days, p.waiting_since)
    p.call = CALLED
    if orients:
        orient(w, day, person, float(day), BY_CALL)
    else:
        set_ready(w, person, float(day), 1)


@kernel
def orient_at_the_limit(w: World, day: int, waiting: NDArray[np.int64], count: int) -> None:
    """Who waited longer than the law allows is oriented, longest wait first, as minutes last."""
    if w.national[0].orientation_limit_days == 0:
        return
    for territory in range(w.territories.shape[0]):
        orient_territory(w, day, territory, waiting, count)


@kernel
def orient_territory(
    w: World, day: int, territory: int, waiting: NDArray[np.int64], count: int
) -> None:
    """Orientations of one territory beyond the legal limit."""
    t = w.territories[territory]
    minutes = interview_minutes(FIXED_LENGTH, t.interview_minutes, 0.0)
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    size = 0
    for position in range(count):
        person = waiting[position]
        p = w.people[person]
        if (
            p.support == WAITING_ORIENTATION
            and day - p.waiting_since > w.national[0].orientation_limit_days
            and w.households[p.household].territory == territory
        ):
            keys[size] = session_key(p.waiting_since, 0, identity(w, person))
            rows[size] = person
            size += 1
    heapify(keys, rows, size)
    while size > 0 and staff_is_free(w, territory, t.limit_roles, minutes):
        charge_staff(w, territory, t.limit_roles, minutes)
        person = pop(keys, rows, size)
        size -= 1
        orient(w, day, person, float(day), BY_LIMIT)
