"""Orientation of one person, by whom it may be, and the limit that the law sets."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.processes.assessment import assess, pathway_of
from sim.processes.support import end_wait, wait_for_caseworker
from sim.vocabulary import Record
from sim.world.codes import BY_LIMIT, NO_CALL, REFRESH, UNPLANNED, WAITING_ORIENTATION
from sim.world.numbers import national, whole
from sim.world.queues import heapify, pop
from sim.world.reading import identity, say
from sim.world.staff import charge_staff, staff_is_free
from sim.world.world import KEYS, ROWS, World

NUMBERS = national(
    orientation_limit_days=whole("law.orientation_limit_days"),
)

FIXED_LENGTH = 0


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


@rule
def interview_minutes(form: int, mean_minutes: float, unit_exponential: float) -> int:
    """Length of one interview in whole minutes, at least one; fixed or exponential."""
    if form == FIXED_LENGTH:
        return int(math.floor(mean_minutes + 0.5))
    return max(1, int(math.floor(mean_minutes * unit_exponential + 0.5)))


@rule
def session_key(ready_on: int, ready_minute: int, person: int) -> int:
    """Order of a session: day and minute at which people became ready, then identity.

    ``ready_on`` below 2**15, ``ready_minute`` below 2**11, ``person`` below 2**36.
    """
    return ((ready_on << 11) + ready_minute << 36) + person
