"""Policy dates: lives are settled under the old rules, then the new ones hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import entry
from sim.processes.living.clocks import disturb
from sim.processes.living.lives import resume
from sim.processes.living.refreshes import settle
from sim.processes.portfolio import reassign_territory
from sim.processes.resources import accrue, income_cents
from sim.processes.support import plan_intake, plan_office, weight_of
from sim.world.codes import (
    CALL_AWAITED,
    CONTACT_KINDS,
    CONTRACT,
    FOLLOW_UP,
    FOLLOWED,
    GONE,
    NO_CALL,
    SUPPORTED,
    WAITING_ORIENTATION,
)
from sim.world.world import HOUSEHOLDS, PEOPLE, World


@entry
def settle_territories(w: World, changed: NDArray[np.bool_], time: float) -> None:
    """Bring every life of the changed territories to ``time`` under the rules in force."""
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        if h.benefit == GONE or not changed[h.territory]:
            continue
        if h.settled < time:
            settle(w, row, time)
        disturb(w, row)


@entry
def uprate_incomes(w: World, old_wage_cents: int, day: int) -> None:
    """Wages and unemployment benefit follow the full-time wage, counted until ``day`` as it was."""
    wage_cents = int(w.national[0].wage_full_time_cents)
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        if h.benefit == GONE or income_cents(w, row) == 0:
            continue
        accrue(w, row, day)
        for member in range(h.members):
            p = w.people[h.first + member]
            p.income_cents = int(p.income_cents) * wage_cents // old_wage_cents


@entry
def resume_territories(w: World, changed: NDArray[np.bool_], time: float) -> None:
    """New slow factors and dates for every life of the changed territories."""
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        if h.benefit != GONE and changed[h.territory]:
            resume(w, row, time)


@entry
def reorganise(w: World, changed: NDArray[np.bool_], day: int) -> None:
    """Due dates follow a shorter rhythm at once; loads are weighed anew."""
    for post in range(w.posts.shape[0]):
        w.posts[post].load = 0
    for person in range(w.state[PEOPLE]):
        p = w.people[person]
        if p.support != SUPPORTED and p.support != FOLLOWED:
            continue
        weight = weight_of(w, person)
        for position in range(2):
            if w.caseworkers[person, position] >= 0:
                w.posts[w.caseworkers[person, position]].load += weight
        territory = w.households[p.household].territory
        o = w.organisation[territory, p.pathway]
        first = FOLLOW_UP if p.support == FOLLOWED else 0
        last = CONTACT_KINDS if p.support == FOLLOWED else FOLLOW_UP
        is_new = False
        for kind in range(first, last):
            if changed[territory, p.pathway, kind]:
                is_new = True
                if kind != CONTRACT:
                    p.due[kind] = min(int(p.due[kind]), day + o.interval[kind])
        if is_new:
            looked_at = w.office[person]
            plan_office(w, person, day, False)
            w.office[person] = min(w.office[person], looked_at)


@entry
def reorganise_intake(w: World, day: int) -> None:
    """A platform that opens calls who was not received; one that closes leaves them ready."""
    for person in range(w.state[PEOPLE]):
        p = w.people[person]
        if p.support != WAITING_ORIENTATION:
            continue
        t = w.territories[w.households[p.household].territory]
        if t.call_roles != 0 and p.call == NO_CALL:
            p.call = CALL_AWAITED
            if p.ready_on > day:
                p.ready_on = day
                p.ready_minute = 0
        elif t.call_roles == 0 and p.call == CALL_AWAITED:
            p.call = NO_CALL
        plan_intake(w, person)


@entry
def reassign(w: World, waves: NDArray[np.bool_], day: int) -> None:
    """Territories whose new organisation takes everyone in again."""
    for territory in range(w.territories.shape[0]):
        if waves[territory]:
            reassign_territory(w, day, territory)
