"""Intake sessions: people are received, first ready first served, while desks are free."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.processes.convocation import no_show_of
from sim.processes.meetings import missed_minutes
from sim.processes.orientation import interview_minutes, orient, session_key
from sim.processes.support import set_ready
from sim.randomness import threshold, uniform
from sim.vocabulary import Decision, Record
from sim.world.codes import APPOINTMENT, BY_SESSION, CALL_AWAITED, WAITING_ORIENTATION
from sim.world.numbers import of_territory, whole
from sim.world.queues import heapify, pop
from sim.world.reading import identity, person_key, say
from sim.world.staff import charge_staff, staff_is_free
from sim.world.world import KEYS, ROWS, World

NUMBERS_OF_TERRITORY = of_territory(
    desks=whole("intake.desks"),
    opening_minutes=whole("intake.opening_minutes"),
    interview_minutes="intake.interview_minutes",
    reinvitation_days=whole("intake.reinvitation_days"),
)


@kernel
def hold_sessions(
    w: World, day: int, is_open: NDArray[np.bool_], waiting: NDArray[np.int64], count: int
) -> None:
    """Receive people territory by territory, first ready first served, while desks are free."""
    for territory in range(w.territories.shape[0]):
        if is_open[territory]:
            hold_session(w, day, territory, waiting, count)


@kernel
def hold_session(
    w: World, day: int, territory: int, waiting: NDArray[np.int64], count: int
) -> None:
    """One territory's session of the day."""
    t = w.territories[territory]
    for desk in range(t.desks):
        w.desks[territory, desk] = max(w.desks[territory, desk] - t.opening_minutes, 0)
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    size = 0
    for position in range(count):
        person = waiting[position]
        p = w.people[person]
        if (
            p.support == WAITING_ORIENTATION
            and p.call != CALL_AWAITED
            and p.ready_on <= day
            and w.households[p.household].territory == territory
        ):
            keys[size] = session_key(p.ready_on, p.ready_minute, identity(w, person))
            rows[size] = person
            size += 1
    heapify(keys, rows, size)
    while size > 0:
        person = pop(keys, rows, size)
        size -= 1
        if not receive(w, day, territory, person):
            return


@kernel
def receive(w: World, day: int, territory: int, person: int) -> bool:
    """One interview; False when the session has no desk or no staff time left."""
    t = w.territories[territory]
    p = w.people[person]
    desk = 0
    for other in range(1, t.desks):
        if w.desks[territory, other] < w.desks[territory, desk]:
            desk = other
    ready = minute_of_session(p.ready_on + p.ready_minute / 1440.0, day, t.opening_minutes)
    start = interview_start(w.desks[territory, desk], ready)
    if start >= t.opening_minutes:
        return False
    key = person_key(w, person)
    drawn = threshold(key, Decision.INTERVIEW_LENGTH, int(p.invitations))
    minutes = interview_minutes(t.interview_form, t.interview_minutes, drawn)
    if not staff_is_free(w, territory, t.intake_roles, minutes):
        return False
    drawn = uniform(key, Decision.INTAKE_ATTENDANCE, int(p.invitations))
    is_absent = drawn < no_show_of(w, person)
    if is_absent:
        minutes = missed_minutes(minutes, w.national[0].contact_missed_share[APPOINTMENT])
    charge_staff(w, territory, t.intake_roles, minutes)
    w.desks[territory, desk] = start + minutes
    p.invitations += 1
    if is_absent:
        say(w, Record.INTAKE_NO_SHOW, float(day), person, 0, 0, day)
        set_ready(w, person, float(day), t.reinvitation_days)
    else:
        orient(w, day, person, day + start / t.opening_minutes, BY_SESSION)
    return True


@rule
def interview_start(desk_free: int, ready_minute: int) -> int:
    """Minute of the session at which an interview begins: desk free and person there."""
    return max(desk_free, ready_minute)


@rule
def minute_of_session(ready_time: float, session_day: int, opening_minutes: int) -> int:
    """Minute of the session at which a person can be received.

    Who became ready on an earlier day is there at the opening; who becomes ready on the day
    itself arrives in proportion to the time of the day.
    """
    if ready_time <= session_day:
        return 0
    return int((ready_time - session_day) * opening_minutes)
