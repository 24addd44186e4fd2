"""The telephone platform: operators call who is ready, and orient or give an appointment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.processes.meetings import missed_minutes
from sim.processes.orientation import orient, session_key
from sim.processes.support import set_ready
from sim.randomness import uniform
from sim.vocabulary import Decision, Record
from sim.world.codes import BY_CALL, CALL_AWAITED, CALLED, CONTACT, WAITING_ORIENTATION
from sim.world.numbers import of_territory, whole
from sim.world.queues import heapify, pop
from sim.world.reading import identity, person_key, say
from sim.world.staff import freest_of_roles
from sim.world.world import KEYS, ROWS, World

NUMBERS_OF_TERRITORY = of_territory(
    call_minutes=whole("intake.call_minutes"),
    call_unreached_share="intake.call_unreached_share",
    call_orients_share="intake.call_orients_share",
    recall_days=whole("intake.recall_days"),
)

MOST_CALLS = 100


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
