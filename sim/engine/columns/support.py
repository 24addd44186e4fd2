"""Opening and closing support: waits, portfolio loads, places, follow-up in the job."""

from __future__ import annotations

from sim.compiled import kernel
from sim.engine.columns.clocks import disturb
from sim.engine.columns.hazards import PAID
from sim.engine.columns.people import identity
from sim.engine.columns.world import (
    ACTION_PLACES,
    ACTIVITY_PLACES,
    FOLLOWED_NOW,
    SUPPORTED_NOW,
    World,
    record,
)
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import has_place_in, toggled
from sim.processes.contacts import contract_due_day, earliest_day, first_due_day, next_look
from sim.processes.portfolio import FULL_WEIGHT
from sim.vocabulary import Call, Contact, Record, Support

NONE = int(Support.NONE)
WAITING_ORIENTATION = int(Support.WAITING_ORIENTATION)
WAITING_CASEWORKER = int(Support.WAITING_CASEWORKER)
SUPPORTED = int(Support.SUPPORTED)
FOLLOWED = int(Support.IN_JOB_FOLLOW_UP)
FOLLOW_UP = int(Contact.FOLLOW_UP)
CONTACT_KINDS = len(Contact)
NO_CALL = int(Call.NONE)
CALL_AWAITED = int(Call.AWAITED)
A_FAR_DAY = NEVER_DAY - 1
"""Latest day on which an office looks at somebody it supports; the others have ``NEVER_DAY``."""


@kernel
def say(
    w: World, kind: int, time: float, person: int, detail: int, value: int, origin: int
) -> None:
    """Record something about a person, in its territory and pathway."""
    p = w.people[person]
    territory = w.households[p.household].territory
    record(w, kind, time, identity(w, person), territory, p.pathway, detail, value, origin)


@kernel
def weight_of(w: World, person: int) -> int:
    """Weight of a person in a portfolio, in hundredths."""
    p = w.people[person]
    if p.support == FOLLOWED:
        territory = w.households[p.household].territory
        return w.organisation[territory, p.pathway].follow_up_weight
    return FULL_WEIGHT


@kernel
def change_load(w: World, person: int, sign: int, weight: int) -> None:
    """Add or remove a person's weight in the portfolios of its caseworkers."""
    p = w.people[person]
    for position in range(2):
        if p.post[position] >= 0:
            w.posts[p.post[position]].load += sign * weight


@kernel
def count_support(w: World, person: int, sign: int) -> None:
    """Keep the number of people supported or followed by territory and pathway."""
    p = w.people[person]
    territory = w.households[p.household].territory
    kind = FOLLOWED_NOW if p.support == FOLLOWED else SUPPORTED_NOW
    w.places[kind, territory, p.pathway] += sign


@kernel
def release_activity(w: World, person: int, time: float) -> None:
    """Give the activity place back."""
    p = w.people[person]
    if p.activity_since > 0:
        say(
            w,
            Record.ACTIVITY_ENDED,
            time,
            person,
            0,
            int(time) - p.activity_since,
            p.activity_since,
        )
        territory = w.households[p.household].territory
        w.places[ACTIVITY_PLACES, territory, p.pathway] -= 1
        p.activity_since = 0


@kernel
def release_action(w: World, person: int, barrier: int, time: float) -> None:
    """Give the place of an action against one barrier back."""
    g = w.national[0]
    for action in range(g.action_barrier.shape[0]):
        if g.action_barrier[action] == barrier:
            release_place(w, person, action, time)


@kernel
def release_place(w: World, person: int, action: int, time: float) -> None:
    """Give the place in one action back, if it is held."""
    p = w.people[person]
    if has_place_in(int(p.on_action), action):
        disturb(w, p.household)
        p.on_action = toggled(int(p.on_action), action)
        territory = w.households[p.household].territory
        w.places[ACTION_PLACES, territory, action] -= 1
        say(w, Record.ACTION_ENDED, time, person, action, 0, int(time))


@kernel
def release_places(w: World, person: int, time: float) -> None:
    """Give back every limited place of support."""
    release_activity(w, person, time)
    for action in range(w.national[0].action_barrier.shape[0]):
        release_place(w, person, action, time)


@kernel
def wait_for_orientation(w: World, person: int, time: float) -> None:
    """Rights are open: the person waits for a call, or for an invitation to a session."""
    p = w.people[person]
    t = w.territories[w.households[p.household].territory]
    p.support = WAITING_ORIENTATION
    p.pathway = -1
    p.waiting_since = int(time)
    p.call = NO_CALL if t.call_roles == 0 else CALL_AWAITED
    set_ready(w, person, time, t.notification_days if t.call_roles == 0 else 0)
    say(w, Record.WAIT_FOR_ORIENTATION_STARTED, time, person, 0, 0, int(time))


@kernel
def set_ready(w: World, person: int, time: float, days: int) -> None:
    """The person can be received or called ``days`` later, at the same time of the day."""
    p = w.people[person]
    p.ready_on = int(time) + days
    p.ready_minute = int((time - int(time)) * 1440.0)
    plan_intake(w, person)


@kernel
def plan_intake(w: World, person: int) -> None:
    """Next day on which the office must look at who waits for orientation."""
    p = w.people[person]
    limit = w.national[0].orientation_limit_days
    soonest = int(p.ready_on)
    if limit > 0:
        soonest = min(soonest, p.waiting_since + limit + 1)
    w.office[person] = soonest


@kernel
def wait_for_caseworker(w: World, person: int, time: float) -> None:
    """Oriented: the person waits for a place in a portfolio of its pathway."""
    p = w.people[person]
    p.support = WAITING_CASEWORKER
    p.waiting_since = int(time)
    w.office[person] = 0
    say(w, Record.WAIT_FOR_CASEWORKER_STARTED, time, person, 0, 0, int(time))


@kernel
def end_wait(w: World, person: int, time: float) -> None:
    """Record the end of a wait, whatever its reason."""
    p = w.people[person]
    kind = Record.WAIT_FOR_ORIENTATION_ENDED
    if p.support == WAITING_CASEWORKER:
        kind = Record.WAIT_FOR_CASEWORKER_ENDED
    say(w, kind, time, person, 0, int(time) - p.waiting_since, p.waiting_since)


@kernel
def start_support(w: World, person: int, day: int) -> None:
    """A place was found: portfolios, first due dates, the cohort of entrants into support."""
    p = w.people[person]
    end_wait(w, person, float(day))
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    say(w, Record.SUPPORT_STARTED, float(day), person, 0, day - p.waiting_since, p.waiting_since)
    p.support = SUPPORTED
    p.support_since = day
    p.review_on = day + o.review_days
    p.postponed = 0
    change_load(w, person, 1, FULL_WEIGHT)
    count_support(w, person, 1)
    contact_interval = o.interval[Contact.CONTACT]
    p.due[Contact.CONTACT] = first_due_day(day, p.met_on, contact_interval, contact_interval)
    p.due[Contact.APPOINTMENT] = first_due_day(
        day, p.met_on, o.interval[Contact.APPOINTMENT], o.contract_due_days
    )
    p.due[Contact.CONTRACT] = contract_due_day(
        day, o.contract_due_days, p.contract_on, o.interval[Contact.CONTRACT]
    )
    p.due[FOLLOW_UP] = NEVER_DAY
    plan_office(w, person, 0)
    if p.cohort_on == 0 or day - p.cohort_on >= 365:
        p.cohort_on = day
        p.cohort_pathway = p.pathway
        p.cohort_flags = 0
        say(w, Record.COHORT_ENTERED, float(day), person, 0, 0, day)


@kernel
def plan_office(w: World, person: int, looked_on: int) -> None:
    """Next day on which the office must look at a supported or followed person.

    ``looked_on`` is the day on which it has just done so, or 0.
    """
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    soonest = A_FAR_DAY
    if p.support == FOLLOWED:
        soonest = min(soonest, min(p.due[FOLLOW_UP], p.follow_up_until))
    else:
        for kind in range(FOLLOW_UP):
            first = earliest_day(p.due[kind], o.interval[kind], o.shortest[kind])
            soonest = min(soonest, next_look(first, p.due[kind], looked_on))
        if p.workshop_on > 0 and w.territories[territory].holds_workshops == 1:
            soonest = min(soonest, int(p.workshop_on))
    w.office[person] = soonest


@kernel
def close_support(w: World, person: int, time: float) -> None:
    """End whatever the offices do for a person."""
    p = w.people[person]
    if p.support == WAITING_ORIENTATION or p.support == WAITING_CASEWORKER:
        end_wait(w, person, time)
    elif p.support == SUPPORTED or p.support == FOLLOWED:
        release_places(w, person, time)
        change_load(w, person, -1, weight_of(w, person))
        count_support(w, person, -1)
        if p.support == FOLLOWED:
            end_follow_up_record(w, person, time)
        days = int(time) - p.support_since
        say(w, Record.SUPPORT_ENDED, time, person, 0, days, p.support_since)
        p.post[0] = -1
        p.post[1] = -1
    p.support = NONE
    w.office[person] = NEVER_DAY


@kernel
def end_follow_up_record(w: World, person: int, time: float) -> None:
    """Record the end of follow-up in the job."""
    say(w, Record.FOLLOW_UP_ENDED, time, person, 0, 0, int(time))
    disturb(w, w.people[person].household)
    w.people[person].follow_up_held_on = 0


@kernel
def start_follow_up(w: World, person: int, time: float) -> None:
    """A supported person found a job: lighter weight, contacts in the job."""
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    release_places(w, person, time)
    count_support(w, person, -1)
    change_load(w, person, -1, FULL_WEIGHT)
    p.support = FOLLOWED
    change_load(w, person, 1, o.follow_up_weight)
    count_support(w, person, 1)
    p.follow_up_until = int(time) + o.follow_up_days
    p.due[FOLLOW_UP] = int(time) + o.interval[FOLLOW_UP]
    p.postponed = 0
    plan_office(w, person, 0)
    say(w, Record.FOLLOW_UP_STARTED, time, person, 0, 0, int(time))


@kernel
def end_follow_up(w: World, person: int, time: float) -> None:
    """Follow-up is over: back to support if the household is on RSA, otherwise closed."""
    p = w.people[person]
    if w.households[p.household].benefit != PAID:
        close_support(w, person, time)
        return
    count_support(w, person, -1)
    change_load(w, person, -1, weight_of(w, person))
    p.support = SUPPORTED
    change_load(w, person, 1, FULL_WEIGHT)
    count_support(w, person, 1)
    end_follow_up_record(w, person, time)
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    day = int(time)
    p.due[Contact.CONTACT] = day + o.interval[Contact.CONTACT]
    p.due[Contact.APPOINTMENT] = day + o.interval[Contact.APPOINTMENT]
    p.due[Contact.CONTRACT] = max(int(p.due[Contact.CONTRACT]), day)
    p.due[FOLLOW_UP] = NEVER_DAY
    p.postponed = 0
    plan_office(w, person, 0)
