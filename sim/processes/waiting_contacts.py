"""Who waits for a place in a portfolio keeps a referent in name: light contacts, now and then."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.compiled_prefetch import ROWS_AHEAD, fetch_soon
from sim.processes.living.lives import resume
from sim.processes.meetings import meet, missed_minutes, stays_away
from sim.vocabulary import Record
from sim.world.codes import CONTACT, WAITING_CASEWORKER
from sim.world.reading import say
from sim.world.staff import freest_post
from sim.world.world import World


@kernel
def serve_who_waits(w: World, day: int, waiting: NDArray[np.int64], count: int) -> None:
    """Hold the light contacts that are due, while somebody of the first role has the minutes."""
    for position in range(count):
        if position + ROWS_AHEAD < count:
            fetch_soon(w.people, waiting[position + ROWS_AHEAD], 4)
        p = w.people[waiting[position]]
        if p.support == WAITING_CASEWORKER and p.due[CONTACT] <= day:
            meet_who_waits(w, day, waiting[position])


@kernel
def meet_who_waits(w: World, day: int, person: int) -> None:
    """One light contact by whoever of the role has most time today; no breach if it is missed."""
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    minutes = o.minutes[CONTACT]
    post = freest_post(w, territory, o.role[0])
    if post < 0 or w.posts[post].minutes < minutes:
        return
    due = p.due[CONTACT]
    is_absent = stays_away(w, person, CONTACT)
    if is_absent:
        minutes = missed_minutes(minutes, w.national[0].contact_missed_share[CONTACT])
    q = w.posts[post]
    q.minutes -= minutes
    q.on_contacts += minutes
    q.on_promises += minutes
    if is_absent:
        again = w.territories[territory].reinvitation_days
        p.due[CONTACT] = day + min(o.waiting_contact_days, again)
        say(w, Record.CONTACT_MISSED, float(day), person, CONTACT, minutes, due)
        return
    p.due[CONTACT] = day + o.waiting_contact_days
    say(w, Record.CONTACT_HELD, float(day), person, CONTACT, minutes, due)
    meet(w, day, person, CONTACT)
    resume(w, p.household, day + 1.0)
