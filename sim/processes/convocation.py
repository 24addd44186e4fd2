"""A new organisation calls in those who were there before it, a few a day.

Until they are called they keep a referent in name. Who is called comes to a session of intake, is
assessed anew, as newcomers are, and then waits for a caseworker with them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.population.layout import NEVER_DAY
from sim.processes.living.lives import resume, settle_to
from sim.processes.support import count_waiting, set_ready
from sim.randomness import uniform
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import Decision, Record
from sim.world.codes import CALLED_AGAIN, TO_COME_AGAIN, WAITING_CASEWORKER, WAITING_ORIENTATION
from sim.world.numbers import of_territory
from sim.world.queues import heapify, pop, queue_key
from sim.world.reading import identity, person_key, say
from sim.world.world import KEYS, ROWS, World

NUMBERS_OF_TERRITORY = of_territory(
    calls_per_month="convocation.calls_per_month",
    exempt_share="convocation.exempt_share",
    attendance_factor="convocation.attendance_factor",
)


@kernel
def calls_people_in(w: World) -> bool:
    """Whether any territory does."""
    for territory in range(w.territories.shape[0]):
        if w.territories[territory].calls_per_month > 0.0:
            return True
    return False


@kernel
def call_in(w: World, previous: int, day: int, waiting: NDArray[np.int64], count: int) -> None:
    """The calls of the days since ``previous``, in every territory that calls people in."""
    for territory in range(w.territories.shape[0]):
        rate = w.territories[territory].calls_per_month
        calls = calls_until(rate, day) - calls_until(rate, previous)
        if calls > 0:
            call_in_territory(w, day, territory, calls, waiting, count)


@kernel
def call_in_territory(
    w: World, day: int, territory: int, calls: int, waiting: NDArray[np.int64], count: int
) -> None:
    """The latest come to the RSA first; nobody while too many wait for a place."""
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    size, queued = 0, 0
    for position in range(count):
        person = waiting[position]
        p = w.people[person]
        h = w.households[p.household]
        if p.support != WAITING_CASEWORKER or h.territory != territory:
            continue
        if p.call != TO_COME_AGAIN:
            queued += 1
        elif not is_exempt(w, person):
            keys[size] = queue_key(0, NEVER_DAY - h.since, identity(w, person))
            rows[size] = person
            size += 1
    if are_enough(queued, w.territories[territory].calls_per_month):
        return
    heapify(keys, rows, size)
    while size > 0 and calls > 0:
        person = pop(keys, rows, size)
        size -= 1
        calls -= 1
        call_again(w, day, person)


@kernel
def call_again(w: World, day: int, person: int) -> None:
    """The person is invited to a session; what an earlier follow-up protected is read before."""
    p = w.people[person]
    count_waiting(w, person, -1)
    say(w, Record.CALLED_AGAIN, float(day), person, 0, day - p.waiting_since, p.waiting_since)
    settle_to(w, p.household, day + 1.0)
    p.support = WAITING_ORIENTATION
    p.pathway = -1
    p.waiting_since = day
    p.call = CALLED_AGAIN
    t = w.territories[w.households[p.household].territory]
    set_ready(w, person, float(day), t.notification_days)
    say(w, Record.WAIT_FOR_ORIENTATION_STARTED, float(day), person, 0, 0, day)
    resume(w, p.household, day + 1.0)


@kernel
def has_health_barrier(w: World, person: int) -> bool:
    """Whether a barrier that leads to another minimum keeps the person."""
    return int(w.people[person].barriers) & w.national[0].other_minimum_barriers != 0


@kernel
def is_exempt(w: World, person: int) -> bool:
    """Whether the person is not called, for a reason of health."""
    if not has_health_barrier(w, person):
        return False
    territory = w.households[w.people[person].household].territory
    drawn = uniform(person_key(w, person), Decision.EXEMPTION, 0)
    return drawn < w.territories[territory].exempt_share


@kernel
def no_show_of(w: World, person: int) -> float:
    """Share of sessions that the person stays away from.

    Of those who are called in again, stayers and people with a health barrier come less often.
    """
    p = w.people[person]
    t = w.territories[w.households[p.household].territory]
    if p.call == CALLED_AGAIN and (p.is_stayer != 0 or has_health_barrier(w, person)):
        return reduced_attendance(t.intake_no_show, t.attendance_factor)
    return t.intake_no_show


@rule
def reduced_attendance(no_show: float, attendance_factor: float) -> float:
    """The no-show share of those whose attendance is lower by a factor."""
    return 1.0 - (1.0 - no_show) * attendance_factor


@rule
def calls_until(calls_per_month: float, day: int) -> int:
    """Calls of all days up to ``day``, at an even pace: differences are the calls of a while."""
    return int(calls_per_month * day / DAYS_PER_MONTH)


@rule
def are_enough(queued: int, calls_per_month: float) -> bool:
    """Whether more people wait for a place than half a month of calls brings."""
    return 2.0 * queued > calls_per_month
