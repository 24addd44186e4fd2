"""The ordinary regime before the run: lives from first entry to the start, without offices."""

from __future__ import annotations

from sim.agents.beneficiary import Beneficiary
from sim.agents.department import Department
from sim.agents.entering import enter_household
from sim.agents.household import Household
from sim.agents.luck import Luck
from sim.agents.office import Office
from sim.processes.support_effects import decayed_level
from sim.vocabulary import Benefit, Contact, Decision, ExitReason, Stream, household_id


def live_history(office: Office, target: int, counts_persons: bool, start: int, end: int) -> int:
    """Add households with uniform entry dates until ``target`` are paid at ``end``.

    Returns the number of first entries. Households that are gone by ``end`` are not listed.
    """
    department = office.department
    number = stock = 0
    while stock < target:
        identity = household_id(office.territory, Stream.HISTORY, number)
        number += 1
        drawn = Luck(department.nation.seed, identity).chance(Decision.ENTRY_DATE)
        household = enter_household(office, identity, start + (end - start) * drawn)
        if not is_there_at(household, end):
            continue
        department.households.append(household)
        if household.benefit == Benefit.PAID:
            stock += len(household.adults) if counts_persons else 1
    return number


def is_there_at(household: Household, end: int) -> bool:
    """Live until ``end``; False when the household left for good before."""
    if household.pension_day <= end:
        for adult in household.adults:
            adult.remove()
        return False
    household.advance(float(end))
    if household.benefit == Benefit.GONE:
        return False
    household.settle_to(float(end))
    return True


def open_offices(department: Department, day: int) -> None:
    """The first day of the warm-up: who is paid is oriented or waits; contacts are as usual."""
    for household in department.households:
        if household.benefit == Benefit.PAID:
            meet_offices(household, day)
        household.resume(float(day))


def meet_offices(household: Household, day: int) -> None:
    """The adults with duties of a household on RSA find their place in the offices' lists."""
    is_oriented = day - household.since >= household.office.department.nation.oriented_after_days
    for adult in household.adults:
        if not adult.has_duties:
            continue
        if not is_oriented:
            adult.wait_for_orientation(household.since)
            continue
        adult.pathway = adult.first_pathway(adult.assess())
        give_past(adult, day)
        adult.wait_for_caseworker(day)


def give_past(person: Beneficiary, day: int) -> None:
    """Somebody who was supported before the warm-up had a contact and a contract at some time.

    The dates are spread over one interval, so that the offices do not begin with a wave.
    """
    nation = person.model.nation
    interval = person.organisation.interval
    days_since = person.luck.chance(Decision.PAST_CONTACT) * interval[Contact.APPOINTMENT]
    person.contact_on = person.met_on = day - int(days_since)
    level = decayed_level(1.0, day - person.contact_on, nation.contact_half_life_days)
    person.contact_level = nation.reference_contacts_per_month / level
    days_since = person.luck.chance(Decision.PAST_CONTRACT) * interval[Contact.CONTRACT]
    person.contract_on = day - int(days_since)
    person.oriented_on = person.contract_on


def remove_surplus(department: Department, territory: int, first_number: int, day: int) -> None:
    """Households of the history numbered ``first_number`` and more never existed."""
    first = household_id(territory, Stream.HISTORY, first_number)
    # The identities of arrivals follow those of the history.
    surplus = range(first, household_id(territory, Stream.ARRIVAL, 0))
    for household in department.households:
        if household.identity in surplus and household.benefit != Benefit.GONE:
            household.depart(day, ExitReason.NONE)
