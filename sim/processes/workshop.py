"""The collective workshop that follows orientation, beside the wait for a caseworker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.processes.living.lives import resume
from sim.processes.living.refreshes import settle
from sim.processes.orientation import session_key
from sim.processes.support_effects import raise_contact_level
from sim.randomness import uniform
from sim.vocabulary import Decision, Record
from sim.world.codes import SUPPORTED, WAITING_CASEWORKER
from sim.world.numbers import of_territory, whole
from sim.world.queues import heapify, pop
from sim.world.reading import identity, person_key, say
from sim.world.staff import charge_staff, staff_is_free
from sim.world.world import KEYS, ROWS, World

NUMBERS_OF_TERRITORY = of_territory(
    workshop_places=whole("workshop.places"),
    workshop_after_days=whole("workshop.after_days"),
    workshop_minutes=whole("workshop.minutes"),
    workshop_weight="workshop.weight",
    workshop_no_show="workshop.no_show_share",
    workshop_reinvitation_days=whole("workshop.reinvitation_days"),
    workshop_invitations=whole("workshop.invitations"),
)

MOST_INVITATIONS = 8


@kernel
def hold_workshops(
    w: World, day: int, is_open: NDArray[np.bool_], oriented: NDArray[np.int64], count: int
) -> None:
    """Workshops of the day, territory by territory."""
    for territory in range(w.territories.shape[0]):
        if is_open[territory]:
            hold_workshop(w, day, territory, oriented, count)


@kernel
def hold_workshop(
    w: World, day: int, territory: int, oriented: NDArray[np.int64], count: int
) -> None:
    """One session: earliest invitation first, up to the places, if its staff has the minutes."""
    t = w.territories[territory]
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    size = 0
    for position in range(count):
        person = oriented[position]
        p = w.people[person]
        if (
            (p.support == WAITING_CASEWORKER or p.support == SUPPORTED)
            and 0 < p.workshop_on <= day
            and w.households[p.household].territory == territory
        ):
            keys[size] = session_key(p.workshop_on, 0, identity(w, person))
            rows[size] = person
            size += 1
    places = min(size, t.workshop_places)
    if places == 0 or not staff_is_free(w, territory, t.workshop_roles, t.workshop_minutes):
        return
    charge_staff(w, territory, t.workshop_roles, t.workshop_minutes)
    heapify(keys, rows, size)
    for _ in range(places):
        person = pop(keys, rows, size)
        size -= 1
        take_part(w, day, person)


@kernel
def take_part(w: World, day: int, person: int) -> None:
    """One invited person: comes, or is invited again a few times."""
    p = w.people[person]
    row = p.household
    t = w.territories[w.households[row].territory]
    count = attendance_count(int(p.assessments), int(p.workshops_missed))
    if uniform(person_key(w, person), Decision.WORKSHOP_ATTENDANCE, count) < t.workshop_no_show:
        missed = int(p.workshops_missed) + 1
        p.workshops_missed = missed
        is_invited = missed < t.workshop_invitations
        p.workshop_on = day + t.workshop_reinvitation_days if is_invited else 0
        say(w, Record.WORKSHOP_MISSED, float(day), person, 0, missed, day)
        return
    p.workshop_on = 0
    days = day - p.oriented_on
    say(w, Record.WORKSHOP_HELD, float(day), person, 0, days, p.oriented_on)
    settle(w, row, day + 1.0)
    raise_contact_level(w, day, person, t.workshop_weight)
    resume(w, row, day + 1.0)


@rule
def attendance_count(assessments: int, missed: int) -> int:
    """Which draw of attendance this is: one for each invitation after each orientation.

    An orientation begins with an assessment, so that no two invitations share a draw.
    """
    return assessments * MOST_INVITATIONS + missed
