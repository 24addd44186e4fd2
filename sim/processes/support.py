"""Opening and closing support: waits, portfolio loads, places."""

from __future__ import annotations

from sim.compiled import kernel
from sim.population.layout import NEVER_DAY
from sim.processes.actions import release_places
from sim.processes.due_days import (
    DAYS_BETWEEN_RHYTHMS,
    contract_due_day,
    earliest_day,
    first_due_day,
    next_look,
)
from sim.vocabulary import Contact, Record
from sim.world.codes import (
    A_FAR_DAY,
    CALL_AWAITED,
    CONTRACT,
    FOLLOW_UP,
    FOLLOWED,
    FULL_WEIGHT,
    NO_CALL,
    NONE,
    SUPPORTED,
    TO_COME_AGAIN,
    WAITING_CASEWORKER,
    WAITING_ORIENTATION,
)
from sim.world.numbers import of_pathway, of_territory, whole
from sim.world.reading import say
from sim.world.world import (
    FOLLOWED_NOW,
    HELD_CONTACT,
    JOB_PLACES,
    SUPPORTED_NOW,
    WAITING_NOW,
    World,
)

NUMBERS_OF_TERRITORY = of_territory(
    notification_days=whole("intake.notification_days"),
)
NUMBERS_OF_PATHWAY = of_pathway(
    contract_due_days=whole("contract_due_days"),
    waiting_contact_days=whole("waiting_contact_days"),
)


@kernel
def move_job_place(w: World, person: int, territory: int, sign: int) -> None:
    """A limited job follows its holder to another territory's count."""
    p = w.people[person]
    if p.job >= 0 and w.national[0].job_has_limited_places[p.job] == 1:
        w.places[JOB_PLACES, territory, p.job] += sign


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
    for position in range(2):
        if w.caseworkers[person, position] >= 0:
            w.posts[w.caseworkers[person, position]].load += sign * weight


@kernel
def count_support(w: World, person: int, sign: int) -> None:
    """Keep the number of people supported or followed by territory and pathway."""
    p = w.people[person]
    territory = w.households[p.household].territory
    kind = FOLLOWED_NOW if p.support == FOLLOWED else SUPPORTED_NOW
    w.places[kind, territory, p.pathway] += sign


@kernel
def count_waiting(w: World, person: int, sign: int) -> None:
    """Keep the number of people who wait for a caseworker by territory and pathway."""
    p = w.people[person]
    w.places[WAITING_NOW, w.households[p.household].territory, p.pathway] += sign


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
    keep_in_name(w, person, time)
    w.people[person].call = NO_CALL
    say(w, Record.WAIT_FOR_CASEWORKER_STARTED, time, person, 0, 0, int(time))


@kernel
def keep_until_called(w: World, person: int, time: float) -> None:
    """The person keeps a referent in name until a new organisation calls."""
    keep_in_name(w, person, time)
    w.people[person].call = TO_COME_AGAIN
    say(w, Record.TO_BE_CALLED_AGAIN, time, person, 0, 0, int(time))


@kernel
def keep_in_name(w: World, person: int, time: float) -> None:
    """Without a caseworker of its own: a light contact is due now and then."""
    p = w.people[person]
    p.support = WAITING_CASEWORKER
    p.waiting_since = int(time)
    o = w.organisation[w.households[p.household].territory, p.pathway]
    interval = o.waiting_contact_days
    p.due[Contact.CONTACT] = first_due_day(int(time), p.met_on, interval, interval)
    w.office[person] = 0
    count_waiting(w, person, 1)


@kernel
def end_wait(w: World, person: int, time: float) -> None:
    """Record the end of a wait, whatever its reason; who was not called yet waits for no place."""
    p = w.people[person]
    kind = Record.WAIT_FOR_ORIENTATION_ENDED
    if p.support == WAITING_CASEWORKER:
        kind = Record.WAIT_FOR_CASEWORKER_ENDED
        count_waiting(w, person, -1)
        if p.call == TO_COME_AGAIN:
            return
    say(w, kind, time, person, 0, int(time) - p.waiting_since, p.waiting_since)


@kernel
def start_support(w: World, person: int, day: int) -> None:
    """A place was found: portfolios, first due dates, the cohort of entrants into support.

    Who was supported before in the same time on RSA, under the same organisation, goes on: a
    caseworker left, or the pathway changed.
    """
    p = w.people[person]
    end_wait(w, person, float(day))
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    say(w, Record.SUPPORT_STARTED, float(day), person, 0, day - p.waiting_since, p.waiting_since)
    is_new = p.cohort_on == 0 or p.support_since < w.households[p.household].since
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
    plan_office(w, person, day, False)
    if not is_new:
        say(w, Record.SUPPORT_CONTINUED, float(day), person, 0, day - p.cohort_on, p.cohort_on)
    elif p.cohort_on == 0 or day - p.cohort_on >= 365:
        p.cohort_on = day
        p.cohort_pathway = p.pathway
        p.cohort_flags = 0
        say(w, Record.COHORT_ENTERED, float(day), person, 0, 0, day)


@kernel
def plan_office(w: World, person: int, day: int, was_looked_at: bool) -> None:
    """Next day on which the office must look at a supported or followed person.

    Where spare time may shorten a rhythm meanwhile, no later than six weeks from now.
    """
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    soonest = A_FAR_DAY
    if p.support == FOLLOWED:
        soonest = min(soonest, min(p.due[FOLLOW_UP], p.follow_up_until))
    else:
        for kind in range(FOLLOW_UP):
            held = held_days(w, territory, p.pathway, kind)
            first = earliest_day(p.due[kind], o.interval[kind], held)
            soonest = min(soonest, next_look(first, p.due[kind], day if was_looked_at else 0))
            if o.shortest[kind] < held:
                soonest = min(soonest, day + DAYS_BETWEEN_RHYTHMS)
        if p.workshop_on > 0 and w.territories[territory].holds_workshops == 1:
            soonest = min(soonest, int(p.workshop_on))
    w.office[person] = soonest


@kernel
def held_days(w: World, territory: int, pathway: int, kind: int) -> int:
    """Days between two contacts of a kind at the rhythm that is held; the promise until known."""
    o = w.organisation[territory, pathway]
    if kind >= CONTRACT:
        return int(o.interval[kind])
    held = w.places[HELD_CONTACT + kind, territory, pathway]
    return min(max(held, o.shortest[kind]), o.interval[kind]) if held > 0 else o.interval[kind]


@kernel
def close_support(w: World, person: int, time: float) -> None:
    """End whatever the offices do for a person; the clocks must have been read.

    An office calls `sim.processes.living.lives.stop_support`, which reads them.
    """
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
        w.caseworkers[person, 0] = -1
        w.caseworkers[person, 1] = -1
    p.support = NONE
    w.office[person] = NEVER_DAY


@kernel
def end_follow_up_record(w: World, person: int, time: float) -> None:
    """Record the end of follow-up in the job."""
    say(w, Record.FOLLOW_UP_ENDED, time, person, 0, 0, int(time))
    w.people[person].follow_up_held_on = 0
