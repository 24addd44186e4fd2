"""The books: stocks at the end of each month, minutes and rhythm of each day."""

from __future__ import annotations

from sim.compiled import entry, kernel
from sim.processes.allowance import amount_paid_cents
from sim.processes.barriers import how_many
from sim.processes.resources import break_even
from sim.units import PER_MILLE
from sim.vocabulary import Record, Stock
from sim.world.codes import (
    CONTACT,
    CONTRACT,
    FOLLOW_UP,
    FOLLOWED,
    OUT,
    PAID,
    SUPPORTED,
    TO_COME_AGAIN,
    WAITING_CASEWORKER,
    WAITING_ORIENTATION,
)
from sim.world.world import (
    FIRST_MONTH,
    FOLLOWED_NOW,
    HOUSEHOLDS,
    STOCKS_TAKEN,
    SUPPORTED_NOW,
    WAITING_NOW,
    World,
    record,
)

MONTHS_OF_COHORT = 6


@entry
def take_stock(w: World, day: int) -> None:
    """Count everyone on the first of a month, before anything of that day happens; once."""
    month = w.month_of[day] - w.state[FIRST_MONTH]
    if month < w.state[STOCKS_TAKEN] or month >= w.stocks.shape[1]:
        return
    w.state[STOCKS_TAKEN] = month + 1
    for row in range(w.state[HOUSEHOLDS]):
        benefit = w.households[row].benefit
        if benefit == PAID:
            count_household(w, row, month)
        for member in range(w.households[row].members):
            person = w.households[row].first + member
            if benefit == PAID:
                count_recipient(w, row, person, month)
            elif benefit == OUT:
                count(w, Stock.PERSONS_IN_POOL, month, w.households[row].territory, -1, 1)
                if w.people[person].job >= 0:
                    count(w, Stock.IN_JOB_OFF_RSA, month, w.households[row].territory, -1, 1)
            count_cohort(w, row, person, day, month)


@entry
def close_month(w: World, day: int) -> None:
    """Count the month that ended if ``day`` is the first of the next one."""
    if w.month_start[w.month_of[day]] == day:
        take_stock(w, day)


@kernel
def count(w: World, stock: int, month: int, territory: int, pathway: int, number: int) -> None:
    """Add to one cell of the stocks."""
    w.stocks[stock, month, territory, pathway + 1] += number


@kernel
def count_household(w: World, row: int, month: int) -> None:
    """A household on RSA and its allowance of the month."""
    h = w.households[row]
    g = w.national[0]
    count(w, Stock.HOUSEHOLDS, month, h.territory, -1, 1)
    full = amount_paid_cents(break_even(w, row), h.declared_cents, 0, g.minimum_paid_cents)
    paid = amount_paid_cents(
        break_even(w, row), h.declared_cents, h.suspended_per_mille, g.minimum_paid_cents
    )
    count(w, Stock.ALLOWANCE_CENTS, month, h.territory, -1, paid)
    if h.suspended_until > 0:
        h.withheld_cents += full - paid
        count(w, Stock.SUSPENDED_HOUSEHOLDS, month, h.territory, -1, 1)


@kernel
def count_recipient(w: World, row: int, person: int, month: int) -> None:
    """An adult of a household on RSA."""
    g = w.national[0]
    territory = w.households[row].territory
    p = w.people[person]
    count(w, Stock.PERSONS, month, territory, p.pathway, 1)
    if p.is_stayer:
        count(w, Stock.STAYERS, month, territory, p.pathway, 1)
    if p.job >= 0 and g.job_is_job[p.job] == 1:
        count(w, Stock.IN_JOB_ON_RSA, month, territory, p.pathway, 1)
    count(w, Stock.BARRIERS, month, territory, p.pathway, how_many(int(p.barriers)))
    if p.has_duties == 0:
        return
    count(w, Stock.PERSONS_WITH_DUTIES, month, territory, p.pathway, 1)
    if p.support == WAITING_ORIENTATION:
        count(w, Stock.WAITING_FOR_ORIENTATION, month, territory, p.pathway, 1)
    elif p.pathway >= 0:
        count(w, Stock.ORIENTED, month, territory, p.pathway, 1)
        if p.contract_on >= p.oriented_on and p.contract_on > 0:
            count(w, Stock.WITH_CONTRACT, month, territory, p.pathway, 1)
    if p.support == WAITING_CASEWORKER:
        is_kept = p.call == TO_COME_AGAIN
        waiting = Stock.KEPT_UNTIL_CALLED if is_kept else Stock.WAITING_FOR_CASEWORKER
        count(w, waiting, month, territory, p.pathway, 1)
    elif p.support == SUPPORTED:
        count(w, Stock.SUPPORTED, month, territory, p.pathway, 1)
    elif p.support == FOLLOWED:
        count(w, Stock.IN_JOB_FOLLOW_UP, month, territory, p.pathway, 1)


@kernel
def count_cohort(w: World, row: int, person: int, day: int, month: int) -> None:
    """Where those who entered support six months ago are: in a job, off the RSA."""
    p = w.people[person]
    if p.cohort_on == 0:
        return
    ended = w.month_of[day] - 1
    if w.month_of[p.cohort_on] + MONTHS_OF_COHORT != ended:
        return
    territory = w.households[row].territory
    count(w, Stock.COHORT_SIX_MONTHS_AGO, month, territory, p.cohort_pathway, 1)
    if p.job >= 0 and w.national[0].job_is_job[p.job] == 1:
        count(w, Stock.COHORT_IN_JOB, month, territory, p.cohort_pathway, 1)
    if w.households[row].benefit != PAID:
        count(w, Stock.COHORT_OFF_RSA, month, territory, p.cohort_pathway, 1)


@kernel
def note_minutes(w: World, day: int, roles: int, kind: int) -> None:
    """One record for the minutes left today of each territory and role.

    Taken at the opening (minutes available) and after the contacts (minutes left unused).
    """
    for territory in range(w.territories.shape[0]):
        for role in range(roles):
            total = 0
            for post in range(w.posts.shape[0]):
                q = w.posts[post]
                if q.territory == territory and q.role == role:
                    total += q.minutes
            record(w, kind, float(day), -1, territory, -1, role, total, day)


@kernel
def note_rhythm(w: World, day: int, days: int) -> None:
    """Contacts that the promised rhythm asks for since the last working day, in thousandths."""
    for territory in range(w.territories.shape[0]):
        for pathway in range(w.organisation.shape[1]):
            o = w.organisation[territory, pathway]
            supported = w.places[SUPPORTED_NOW, territory, pathway]
            for kind in range(CONTRACT):
                asked = supported * days * PER_MILLE // o.interval[kind]
                if kind == CONTACT:
                    waiting = w.places[WAITING_NOW, territory, pathway]
                    asked += waiting * days * PER_MILLE // o.waiting_contact_days
                if asked > 0:
                    record(
                        w, Record.CONTACT_DUE, float(day), -1, territory, pathway, kind, asked, day
                    )
            followed = w.places[FOLLOWED_NOW, territory, pathway]
            asked = followed * days * PER_MILLE // o.interval[FOLLOW_UP]
            if asked > 0:
                record(
                    w,
                    Record.CONTACT_DUE,
                    float(day),
                    -1,
                    territory,
                    pathway,
                    FOLLOW_UP,
                    asked,
                    day,
                )
