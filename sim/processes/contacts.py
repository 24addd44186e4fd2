"""Contacts of the day: earliest due first, while each caseworker's minutes last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.compiled_prefetch import NAMED_ROWS_AHEAD, ROWS_AHEAD, fetch_soon
from sim.processes.assessment import assess, reviewed_pathway
from sim.processes.benefit import end_suspension
from sim.processes.due_days import earliest_day
from sim.processes.follow_up import end_follow_up
from sim.processes.living.clocks import disturb
from sim.processes.living.lives import resume, settle_to, stop_support
from sim.processes.meetings import meet, missed_minutes, stays_away
from sim.processes.prescribing import prescribe
from sim.processes.support import held_days, plan_office, wait_for_caseworker
from sim.vocabulary import Record
from sim.world.codes import APPOINTMENT, CONTACT_KINDS, CONTRACT, FOLLOW_UP, FOLLOWED, SUPPORTED
from sim.world.post_lists import can_serve, close_or_go_on, open_lists, payer, sort_by_post
from sim.world.queues import pop, queue_key
from sim.world.reading import identity, say
from sim.world.world import (
    CONTACT_KEYS,
    CONTACT_MINUTES,
    CONTACT_POSTS,
    CONTACT_ROWS,
    HEAD_POSTS,
    HEADS,
    KEYS,
    MISSED,
    MISSED_BY,
    ROWS,
    World,
)


@kernel
def serve_contacts(w: World, day: int, listed: NDArray[np.int64], count: int) -> None:
    """Hold what fits in the minutes of the day; count what does not."""
    w.state[MISSED] = 0
    size = 0
    for position in range(count):
        fetch_ahead(w, listed, position, count)
        person = listed[position]
        if close_ended_follow_up(w, day, person):
            continue
        size = list_contacts(w, day, person, size)
    serve_in_order(w, day, size)
    for position in range(count):
        fetch_ahead(w, listed, position, count)
        close_books(w, day, listed[position])


@kernel
def serve_in_order(w: World, day: int, size: int) -> None:
    """Serve the listed contacts, smallest key of all lists first, as minutes last."""
    starts, shortest = sort_by_post(w, size)
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    heads, posts = w.lists[HEADS], w.lists[HEAD_POSTS]
    left = starts[1:] - starts[:-1]
    lists = open_lists(w, starts, shortest)
    while lists > 0:
        post, start = posts[0], starts[posts[0]]
        fetch_next_households(w, starts, lists)
        row = pop(keys[start:], rows[start:], left[post])
        left[post] -= 1
        serve(w, day, row // CONTACT_KINDS, row % CONTACT_KINDS)
        goes_on = left[post] > 0 and can_serve(w, post, shortest[post])
        if goes_on:
            fetch_soon(w.people, rows[start] // CONTACT_KINDS, 5)
        lists = close_or_go_on(heads, posts, lists, keys[start] if goes_on else -1)


@kernel
def fetch_ahead(w: World, listed: NDArray[np.int64], position: int, count: int) -> None:
    """Have the rows of the next people brought in while the present one is looked at."""
    if position + ROWS_AHEAD < count:
        fetch_soon(w.people, listed[position + ROWS_AHEAD], 5)
    if position + NAMED_ROWS_AHEAD < count:
        fetch_soon(w.households, w.people[listed[position + NAMED_ROWS_AHEAD]].household, 1)


@kernel
def fetch_next_households(w: World, starts: NDArray[np.int64], lists: int) -> None:
    """Have the households brought in of those who may come next: the two lists below the first."""
    rows, posts = w.lists[ROWS], w.lists[HEAD_POSTS]
    for near in range(1, min(lists, 3)):
        person = rows[starts[posts[near]]] // CONTACT_KINDS
        fetch_soon(w.households, w.people[person].household, 3)


@kernel
def close_ended_follow_up(w: World, day: int, person: int) -> bool:
    """Follow-up that reached its last day ends before the contacts of that day."""
    p = w.people[person]
    if p.support == FOLLOWED and day >= p.follow_up_until:
        settle_to(w, p.household, day + 1.0)
        end_follow_up(w, person, float(day))
        resume(w, p.household, day + 1.0)
        return True
    return p.support != FOLLOWED and p.support != SUPPORTED


@kernel
def list_contacts(w: World, day: int, person: int, size: int) -> int:
    """Put on the list of the day what may be held; lapse what was not held in an interval."""
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    first = FOLLOW_UP if p.support == FOLLOWED else 0
    last = CONTACT_KINDS if p.support == FOLLOWED else FOLLOW_UP
    for kind in range(first, last):
        interval = o.interval[kind]
        if is_lapsed(p.due[kind], day, interval):
            say(w, Record.CONTACT_NEVER_HELD, float(day), person, kind, 0, p.due[kind])
            p.due[kind] = renewed_due(p.due[kind], day, interval)
            p.postponed = p.postponed & ~(1 << kind)
        if earliest_day(p.due[kind], interval, held_days(w, territory, p.pathway, kind)) <= day:
            priority = w.national[0].contact_priority[kind]
            unique = identity(w, person) * CONTACT_KINDS + kind
            w.lists[CONTACT_KEYS, size] = queue_key(priority, p.due[kind], unique)
            w.lists[CONTACT_ROWS, size] = person * CONTACT_KINDS + kind
            w.lists[CONTACT_POSTS, size] = payer(w, person, o.attendance[kind])
            w.lists[CONTACT_MINUTES, size] = o.minutes[kind]
            size += 1
    return size


@kernel
def serve(w: World, day: int, person: int, kind: int) -> None:
    """Hold one contact if everyone who attends has the minutes."""
    p = w.people[person]
    if p.support != (FOLLOWED if kind == FOLLOW_UP else SUPPORTED):
        return
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    if not has_minutes(w, person, o.attendance[kind], o.minutes[kind]):
        return
    row = p.household
    household = w.households[row]
    g = w.national[0]
    due = p.due[kind]
    p.postponed = p.postponed & ~(1 << kind)
    if stays_away(w, person, kind):
        minutes = missed_minutes(o.minutes[kind], g.contact_missed_share[kind])
        spend = use_minutes(w, person, kind, o.attendance[kind], minutes)
        p.due[kind] = day + min(o.interval[kind], w.territories[territory].reinvitation_days)
        p.breaches = min(p.breaches + 1, 100)
        say(w, Record.CONTACT_MISSED, float(day), person, kind, spend, due)
        w.lists[MISSED_BY, w.state[MISSED]] = person
        w.state[MISSED] += 1
        return
    spend = use_minutes(w, person, kind, o.attendance[kind], o.minutes[kind])
    p.due[kind] = day + o.interval[kind]
    say(w, Record.CONTACT_HELD, float(day), person, kind, spend, due)
    meet(w, day, person, kind)
    follow_through(w, day, person, kind)
    if household.suspended_until > 0 and g.sanction_repaid_on_remobilisation == 1:
        end_suspension(w, row, float(day), household.withheld_cents)
    resume(w, row, day + 1.0)


@kernel
def has_minutes(w: World, person: int, attendance: int, minutes: int) -> bool:
    """Whether all attending caseworkers have the minutes left."""
    for position in range(2):
        post = w.caseworkers[person, position]
        if (attendance >> position) & 1 == 1 and w.posts[post].minutes < minutes:
            return False
    return True


@kernel
def use_minutes(w: World, person: int, kind: int, attendance: int, minutes: int) -> int:
    """Take the minutes from all who attend; returns the minutes of staff spent."""
    spent = 0
    for position in range(2):
        if (attendance >> position) & 1 == 1:
            q = w.posts[w.caseworkers[person, position]]
            q.minutes -= minutes
            q.on_contacts += minutes
            if kind >= CONTRACT:
                q.on_promises += minutes
            spent += minutes
    return spent


@kernel
def follow_through(w: World, day: int, person: int, kind: int) -> None:
    """What a held contact brings: a contract, a protected job, actions, a review."""
    p = w.people[person]
    if kind == CONTRACT:
        if p.contract_on < p.oriented_on or p.contract_on == 0:
            days = day - p.oriented_on
            say(w, Record.ENGAGEMENT_CONTRACT_SIGNED, float(day), person, 0, days, p.oriented_on)
        p.contract_on = day
    elif kind == FOLLOW_UP:
        disturb(w, p.household)
        p.follow_up_held_on = day
    elif kind == APPOINTMENT:
        prescribe(w, day, person)
        if day >= p.review_on:
            review(w, day, person)


@kernel
def review(w: World, day: int, person: int) -> None:
    """A new assessment; another pathway means another queue."""
    p = w.people[person]
    territory = w.households[p.household].territory
    p.review_on = day + w.organisation[territory, p.pathway].review_days
    pathway = reviewed_pathway(w, person, assess(w, person))
    if pathway == p.pathway:
        return
    say(w, Record.PATHWAY_SWITCHED, float(day), person, pathway, 0, day)
    stop_support(w, person, float(day))
    p.pathway = pathway
    wait_for_caseworker(w, person, float(day))


@kernel
def close_books(w: World, day: int, person: int) -> None:
    """Count as postponed what was due and could not be held; plan the next look."""
    p = w.people[person]
    if p.support != SUPPORTED and p.support != FOLLOWED:
        return
    first = FOLLOW_UP if p.support == FOLLOWED else 0
    last = CONTACT_KINDS if p.support == FOLLOWED else FOLLOW_UP
    for kind in range(first, last):
        if p.due[kind] <= day and (p.postponed >> kind) & 1 == 0:
            p.postponed = p.postponed | (1 << kind)
            say(w, Record.CONTACT_POSTPONED, float(day), person, kind, 0, p.due[kind])
    plan_office(w, person, day, True)


@rule
def is_lapsed(due: int, today: int, interval_days: int) -> bool:
    """A contact not held within one interval of its due date is never held."""
    return today >= due + interval_days


@rule
def renewed_due(due: int, today: int, interval_days: int) -> int:
    """Due date after lapsing: whole intervals later, without backlog, within one of today."""
    return due + (today - due) // interval_days * interval_days
