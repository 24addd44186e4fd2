"""The order of one day (see ``sim.engine.day``), told with objects."""

from __future__ import annotations

import math

from sim.agents.beneficiary import Beneficiary
from sim.agents.chronicle import MONTH_OF
from sim.agents.department import Department
from sim.agents.entering import enter_household
from sim.agents.luck import Luck
from sim.agents.office import Office
from sim.engine.calendar import DayPlan
from sim.engine.objects.books import close_month, note_minutes, note_rhythm
from sim.units import days_until
from sim.vocabulary import Contact, Decision, Record, Stream, household_id

MONTHS_PER_YEAR = 12


def live_days(department: Department, previous: int, last: int) -> None:
    """Lives and arrivals, day by day, after ``previous`` up to ``last`` included."""
    for day in range(previous + 1, last + 1):
        close_month(department, day)
        for household in department.households:
            if household.agenda_day <= day:
                household.advance(day + 1.0)
        for office in department.offices:
            receive_arrivals(office, day)


def receive_arrivals(office: Office, day: int) -> None:
    """Candidates of the day open rights if their keyed mark is under today's rate."""
    department = office.department
    while office.next_candidate_time < day + 1.0:
        time = office.next_candidate_time
        mark = _candidate_luck(office).chance(Decision.ARRIVAL_MARK)
        if mark < arrival_rate(office, day) / department.nation.candidate_factor:
            household = enter_household(office, _candidate(office), time)
            department.households.append(household)
            household.advance(day + 1.0)
        office.next_candidate_number += 1
        gap = _candidate_luck(office).waiting_time(Decision.ARRIVAL_GAP)
        office.next_candidate_time += days_until(gap, office.candidate_hazard)


def _candidate(office: Office) -> int:
    return household_id(office.territory, Stream.ARRIVAL, office.next_candidate_number)


def _candidate_luck(office: Office) -> Luck:
    return Luck(office.department.nation.seed, _candidate(office))


def arrival_rate(office: Office, day: int) -> float:
    """First entries relative to the reference rate: season, territory and trend."""
    nation = office.department.nation
    month = MONTH_OF[day]
    years = (month - office.department.first_month) / MONTHS_PER_YEAR
    rate: float = nation.inflow_season[month % MONTHS_PER_YEAR] * office.rules.inflow
    rate *= math.exp(nation.inflow_trend * years)
    return rate


def office_day(department: Department, plan: DayPlan, previous: int) -> None:
    """One working day, from the lives since the last one to the books."""
    day = plan.day
    live_days(department, previous, day)
    for caseworker in department.caseworkers:
        caseworker.begin_day(int(plan.minutes[caseworker.row]), int(plan.capacity[caseworker.row]))
    for post in plan.leaving.tolist():
        hand_over(department, post, day)
    listed = [person for person in department.beneficiaries if person.office_day <= day]
    note_minutes(department, day, Record.STAFF_MINUTES_AVAILABLE)
    for office in department.offices:
        office.answer_calls(day, listed)
    for office in department.offices:
        if plan.sessions[office.territory]:
            office.hold_session(day, listed)
    for office in department.offices:
        office.orient_at_the_limit(day, listed)
    for office in department.offices:
        office.assign_portfolios(day, listed)
    for office in department.offices:
        if plan.workshops[office.territory]:
            office.hold_workshop(day, listed)
    for person in serve_contacts(listed, day):
        person.answer_for_breaches(day)
    note_minutes(department, day, Record.STAFF_MINUTES_LEFT)
    note_rhythm(department, day, day - previous)


def hand_over(department: Department, post: int, day: int) -> None:
    """Redistribute the portfolio of a leaver among colleagues with places, or requeue."""
    leaver = department.caseworkers[post]
    for person in department.beneficiaries:
        if person.is_supported:
            for position in range(len(person.caseworkers)):
                if person.caseworkers[position] is leaver:
                    person.change_caseworker(leaver, position, day)


def serve_contacts(listed: list[Beneficiary], day: int) -> list[Beneficiary]:
    """Serve the whole department in one order, as minutes last; returns who stayed away."""
    queue: list[tuple[int, Contact, Beneficiary]] = []
    for person in listed:
        if person.end_follow_up_in_time(day) or not person.is_supported:
            continue
        queue += [(place, kind, person) for place, kind in person.contacts_to_serve(day)]
    queue.sort(key=lambda entry: entry[0])
    absent = [person for _, kind, person in queue if person.meet(kind, day)]
    for person in listed:
        person.close_books(day)
    return absent
