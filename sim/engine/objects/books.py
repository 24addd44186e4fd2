"""The books: stocks at the end of each month, minutes and rhythm of each day."""

from __future__ import annotations

from sim.agents.beneficiary import Beneficiary
from sim.agents.chronicle import MONTH_OF, MONTH_START
from sim.agents.department import Department
from sim.agents.household import Household
from sim.agents.office import Office
from sim.agents.support import CONTACTS_OF_FOLLOW_UP, CONTACTS_OF_SUPPORT
from sim.processes.allowance import amount_paid_cents
from sim.units import PER_MILLE
from sim.vocabulary import NO_INDEX, Benefit, Contact, Record, Stock, Support

MONTHS_OF_COHORT = 6
RHYTHM_OF_SUPPORT = [kind for kind in CONTACTS_OF_SUPPORT if kind != Contact.CONTRACT]
"""Contacts that a pathway promises at an interval; contracts are renewed at their term."""
STOCK_OF_SUPPORT = {
    Support.WAITING_CASEWORKER: Stock.WAITING_FOR_CASEWORKER,
    Support.SUPPORTED: Stock.SUPPORTED,
    Support.IN_JOB_FOLLOW_UP: Stock.IN_JOB_FOLLOW_UP,
}


def take_stock(department: Department, day: int) -> None:
    """Count everyone on the first of a month, before anything of that day happens; once."""
    month = MONTH_OF[day] - department.first_month
    if not department.stocks_taken <= month < department.chronicle.ledger.stocks.shape[1]:
        return
    department.stocks_taken = month + 1
    count = StockCount(department, day, month)
    for household in department.households:
        if household.benefit == Benefit.PAID:
            count.recipients(household)
        elif household.benefit == Benefit.OUT:
            count.pool(household)
        for person in household.adults:
            count.cohort(person)


def close_month(department: Department, day: int) -> None:
    """Count the month that ended if ``day`` is the first of the next one."""
    if MONTH_START[MONTH_OF[day]] == day:
        take_stock(department, day)


class StockCount:
    """The count of one month."""

    def __init__(self, department: Department, day: int, month: int) -> None:
        self.nation = department.nation
        self.stocks = department.chronicle.ledger.stocks[:, month]
        self.month_ended = MONTH_OF[day] - 1

    def add(self, stock: Stock, office: Office, pathway: int = NO_INDEX, number: int = 1) -> None:
        """Add to one cell."""
        self.stocks[stock, office.territory, pathway + 1] += number

    def recipients(self, household: Household) -> None:
        """A household on RSA, its allowance of the month, and its adults."""
        office = household.office
        due, minimum = household.break_even_cents, self.nation.minimum_paid_cents
        declared, withheld = household.declared_cents, household.suspended_per_mille
        full = amount_paid_cents(due, declared, 0, minimum)
        paid = amount_paid_cents(due, declared, withheld, minimum)
        self.add(Stock.HOUSEHOLDS, office)
        self.add(Stock.ALLOWANCE_CENTS, office, number=paid)
        if household.suspended_until > 0:
            household.withheld_cents += full - paid
            self.add(Stock.SUSPENDED_HOUSEHOLDS, office)
        for person in household.adults:
            for stock in self.stocks_of(person):
                self.add(stock, office, person.pathway)
            barriers = len(person.present_barriers())
            self.add(Stock.BARRIERS, office, person.pathway, barriers)

    def stocks_of(self, person: Beneficiary) -> list[Stock]:
        """Every stock to which an adult on RSA belongs."""
        found = [Stock.PERSONS]
        if person.is_stayer:
            found.append(Stock.STAYERS)
        if self.is_in_job(person):
            found.append(Stock.IN_JOB_ON_RSA)
        if not person.has_duties:
            return found
        found.append(Stock.PERSONS_WITH_DUTIES)
        if person.support == Support.WAITING_ORIENTATION:
            found.append(Stock.WAITING_FOR_ORIENTATION)
        elif person.pathway >= 0:
            found.append(Stock.ORIENTED)
            if person.contract_on > 0 and person.contract_on >= person.oriented_on:
                found.append(Stock.WITH_CONTRACT)
        if person.support in STOCK_OF_SUPPORT:
            found.append(STOCK_OF_SUPPORT[person.support])
        return found

    def is_in_job(self, person: Beneficiary) -> bool:
        """Whether the person's occupation is a job (a training is not)."""
        return person.job >= 0 and self.nation.job_is_job[person.job] == 1

    def pool(self, household: Household) -> None:
        """A household out of the RSA that may come back."""
        for person in household.adults:
            self.add(Stock.PERSONS_IN_POOL, household.office)
            if person.job >= 0:
                self.add(Stock.IN_JOB_OFF_RSA, household.office)

    def cohort(self, person: Beneficiary) -> None:
        """Where those who entered support six months ago are: in a job, off the RSA."""
        entered = person.cohort_on
        if entered == 0 or MONTH_OF[entered] + MONTHS_OF_COHORT != self.month_ended:
            return
        office, pathway = person.office, person.cohort_pathway
        self.add(Stock.COHORT_SIX_MONTHS_AGO, office, pathway)
        if self.is_in_job(person):
            self.add(Stock.COHORT_IN_JOB, office, pathway)
        if person.household.benefit != Benefit.PAID:
            self.add(Stock.COHORT_OFF_RSA, office, pathway)


def note_minutes(department: Department, day: int, kind: Record) -> None:
    """One record for the minutes left today of each territory and role.

    Taken at the opening (minutes available) and after the contacts (minutes left unused).
    """
    for office in department.offices:
        for role in department.roles:
            total = sum(caseworker.minutes for caseworker in office.in_role(role))
            _note(office, kind, day, detail=role, value=total)


def note_rhythm(department: Department, day: int, days: int) -> None:
    """Contacts that the promised rhythm asks for since the last working day, in thousandths."""
    for office in department.offices:
        for pathway, organisation in enumerate(office.organisation):
            for people, kinds in (
                (office.supported[pathway], RHYTHM_OF_SUPPORT),
                (office.followed[pathway], CONTACTS_OF_FOLLOW_UP),
            ):
                for kind in kinds:
                    asked = people * days * PER_MILLE // organisation.interval[kind]
                    if asked > 0:
                        _note(office, Record.CONTACT_DUE, day, pathway, kind, asked)


def _note(
    office: Office, kind: Record, day: int, pathway: int = NO_INDEX, detail: int = 0, value: int = 0
) -> None:
    """Record something about an office and nobody in particular."""
    office.department.chronicle.note(
        kind,
        day,
        who=NO_INDEX,
        territory=office.territory,
        pathway=pathway,
        detail=detail,
        value=value,
        since=day,
    )
