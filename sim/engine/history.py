"""The ordinary regime before the run: lives from first entry to the start, without offices."""

from __future__ import annotations

from sim.compiled import entry, kernel
from sim.processes.assessment import assess, pathway_of
from sim.processes.benefit import depart
from sim.processes.entry import enter_household, pension_day
from sim.processes.living.lives import advance, resume, settle_to
from sim.processes.support import wait_for_caseworker, wait_for_orientation
from sim.randomness import key_of, threshold, uniform
from sim.units import clock_increment, in_months
from sim.vocabulary import HOUSEHOLD_BITS, MEMBER_BITS, STREAM_BITS, Contact, Decision, Stream
from sim.world.codes import GONE, MOVE, PAID, REASON_NONE
from sim.world.reading import person_key
from sim.world.world import HOUSEHOLDS, PEOPLE, World


@kernel
def history_identity(territory: int, number: int) -> int:
    """Identity of a household of the history (``vocabulary.household_id``)."""
    packed = ((territory << STREAM_BITS) | Stream.HISTORY) << HOUSEHOLD_BITS | number
    return packed << MEMBER_BITS


@entry
def live_history(
    w: World,
    territory: int,
    number: int,
    target: int,
    counts_persons: bool,
    stock: int,
    start: float,
    end: float,
) -> tuple[int, int]:
    """Add households with uniform entry dates until ``target`` are paid at ``end``.

    Stops early when the tables are full; returns the next household number and the stock so far.
    Households that are gone by ``end`` leave no row.
    """
    while stock < target:
        room = w.households.shape[0] - 2 - w.state[HOUSEHOLDS]
        if room <= 0 or w.people.shape[0] - 4 - w.state[PEOPLE] <= 0:
            break
        identity = history_identity(territory, number)
        number += 1
        entry = start + (end - start) * uniform(
            key_of(w.national[0].seed, identity), Decision.ENTRY_DATE, 0
        )
        if has_surely_left(w, identity, entry, end):
            continue
        row = enter_household(w, identity, territory, entry)
        h = w.households[row]
        advance(w, row, float(end))
        if h.benefit == GONE:
            w.state[HOUSEHOLDS] = row
            w.state[PEOPLE] = h.first
            continue
        settle_to(w, row, end)
        if h.benefit == PAID:
            stock += h.members if counts_persons else 1
    return number, stock


@kernel
def has_surely_left(w: World, identity: int, entry: float, end: float) -> bool:
    """Whether the head's pension or a first move away comes by ``end``, whatever the life.

    Both depend on nothing that happens meanwhile: lives that they end are not worth living here.
    """
    g = w.national[0]
    if pension_day(g, identity, entry) <= end:
        return True
    key = key_of(g.seed, identity)
    left = threshold(key, Decision.HOUSEHOLD_CLOCK + MOVE, 0)
    if left >= clock_increment(g.move_hazard, in_months(end - entry)):
        return False
    stays = uniform(key, Decision.MOVE_AWAY, 0) < g.internal_move_share
    return not stays or w.territories.shape[0] == 1


@entry
def open_offices(w: World, day: int) -> None:
    """The first day of the warm-up: who is paid is oriented or waits; contacts are as usual."""
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        for member in range(h.members):
            person = h.first + member
            p = w.people[person]
            if h.benefit != PAID or p.has_duties == 0:
                continue
            if day - h.since >= w.national[0].oriented_after_days:
                p.pathway = pathway_of(w, person, assess(w, person))
                give_past(w, person, day)
                wait_for_caseworker(w, person, float(day))
            else:
                wait_for_orientation(w, person, float(h.since))
        resume(w, row, float(day))


@kernel
def give_past(w: World, person: int, day: int) -> None:
    """Somebody who was supported before the warm-up had a contact and a contract at some time.

    The dates are spread over one interval, so that the offices do not begin with a wave.
    """
    g = w.national[0]
    p = w.people[person]
    o = w.organisation[w.households[p.household].territory, p.pathway]
    key = person_key(w, person)
    days_since = uniform(key, Decision.PAST_CONTACT, 0) * o.interval[Contact.APPOINTMENT]
    p.met_on = day - int(days_since)
    p.contact_on = day
    p.contact_level = g.reference_contacts_per_month
    since_signed = uniform(key, Decision.PAST_CONTRACT, 0) * o.interval[Contact.CONTRACT]
    p.contract_on = day - int(since_signed)
    p.oriented_on = p.contract_on


@entry
def remove_surplus(w: World, territory: int, first_number: int, time: float) -> None:
    """Households of the history numbered ``first_number`` and more never existed."""
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        packed = h.id >> MEMBER_BITS
        number = packed & ((1 << HOUSEHOLD_BITS) - 1)
        origin = packed >> HOUSEHOLD_BITS
        if (
            origin == ((territory << STREAM_BITS) | Stream.HISTORY)
            and number >= first_number
            and h.benefit != GONE
        ):
            depart(w, row, time, REASON_NONE)
