"""The workload as salabim components, in the manner of `simpy_lives`."""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import salabim

from benchmarks.peers.workload import (
    ACCOMPANIED,
    APPOINTMENT_MINUTES,
    BARRIER_FALLS_IN_APPOINTMENT,
    BARRIER_FALLS_IN_CONTACT,
    CONTACT_MINUTES,
    COUNTERS,
    DAYS_PER_WEEK,
    DURABLE_WEEKS,
    EXIT_CHANCE,
    FOLLOW_UP_WEEKS,
    GAIN_OF_A_CONTACT,
    HOURS_PER_DAY,
    HOURS_PER_WEEK,
    JOB,
    LONG_AGO,
    MINUTES_PER_HOUR,
    MOST_BARRIERS,
    OUT,
    PORTFOLIO_CAP,
    QUEUE,
    SESSION_WEEKDAYS,
    STATES,
    WAIT_SESSION,
    Outcome,
    arrivals,
    caseworkers_for,
    is_appointment,
    job_chance,
    left_of,
    rupture_chance,
)

Process = Generator[Any, Any, None]


class Place(salabim.Component):
    """A place of a portfolio, which waits in a store while it is free."""

    def setup(self, caseworker: salabim.Resource) -> None:
        """Whose portfolio it is of."""
        self.caseworker = caseworker


class Person(salabim.Component):
    """One person, whose life is a process."""

    def setup(self, office: Office, state: int) -> None:
        """The attributes of a new person."""
        self.office = office
        self.stage = state
        self.since = self.last = office.env.now()
        self.barriers = office.random.randrange(MOST_BARRIERS)
        self.intensity = 0.0
        self.place: Place | None = None
        self.caseworker: salabim.Resource | None = None
        self.is_asking = False
        office.now[state] += 1

    def move(self, state: int) -> None:
        """Change state now."""
        self.office.now[self.stage] -= 1
        self.office.now[state] += 1
        self.stage, self.since = state, self.env.now()

    def days_since(self, hour: float) -> float:
        """Days of work since an hour."""
        return (self.env.now() - hour) / HOURS_PER_DAY

    def process(self) -> Process:
        """Weeks one after the other; in between, what the person waits for may come."""
        office = self.office
        look = self.env.now() + office.random.random() * HOURS_PER_WEEK
        while self.stage != OUT:
            if self.stage == WAIT_SESSION:
                yield self.wait((office.session, office.sessions_held + 1), fail_at=look)
                is_week = self.failed()
                if not is_week:
                    self.move(QUEUE)
            elif self.stage == QUEUE:
                place = yield self.from_store(office.places, fail_at=look)
                is_week = self.failed()
                if not is_week:
                    self.join(place or self.from_store_item())
            else:
                yield self.hold(till=look)
                is_week = True
            if is_week:
                look = self.env.now() + HOURS_PER_WEEK
                freed = self.week()
                if freed is not None:
                    yield self.to_store(office.places, freed)

    def join(self, place: Place) -> None:
        """Take a place in a portfolio."""
        self.move(ACCOMPANIED)
        self.place, self.caseworker = place, place.caseworker
        self.intensity, self.last = 0.0, self.env.now()

    def week(self) -> Place | None:
        """A week, with one number of luck; returns the place that is free again."""
        office, u = self.office, self.office.random.random()
        office.agent_weeks += 1
        if self.stage == JOB:
            self.week_in_job(u)
            return None
        was_accompanied, place = self.stage == ACCOMPANIED, self.place
        support = left_of(self.intensity, self.days_since(self.last)) if was_accompanied else 0.0
        if u < EXIT_CHANCE:
            self.go_out()
        elif u < EXIT_CHANCE + job_chance(self.barriers, support):
            self.move(JOB)
            office.totals["jobs"] += 1
            if not was_accompanied:
                self.last, self.caseworker = LONG_AGO * HOURS_PER_DAY, None
        elif was_accompanied:
            self.ask()
        return place if was_accompanied and self.stage != ACCOMPANIED else None

    def week_in_job(self, u: float) -> None:
        """A job lasts, breaks, or is followed up."""
        weeks = int(self.days_since(self.since) // DAYS_PER_WEEK)
        if weeks >= DURABLE_WEEKS:
            self.go_out()
        elif u < rupture_chance(self.days_since(self.last)):
            self.move(WAIT_SESSION)
            self.intensity = 0.0
            self.office.totals["ruptures"] += 1
        elif weeks > 0 and weeks % FOLLOW_UP_WEEKS == 0 and self.caseworker is not None:
            self.ask()

    def go_out(self) -> None:
        """Out for good."""
        self.move(OUT)
        self.office.totals["exits"] += 1

    def ask(self) -> None:
        """Ask the own caseworker for a contact, unless one is open."""
        self.office.totals["requests"] += 1
        if self.is_asking:
            self.office.totals["missed"] += 1
        else:
            self.is_asking = True
            Contact(person=self, caseworker=self.caseworker)


class Contact(salabim.Component):
    """One contact, from the request to its end."""

    def setup(self, person: Person, caseworker: salabim.Resource) -> None:
        """Who asked whom."""
        self.person, self.caseworker, self.asked = person, caseworker, self.env.now()

    def process(self) -> Process:
        """Wait for the caseworker, meet."""
        person, caseworker = self.person, self.caseworker
        yield self.request(caseworker)
        person.is_asking = False
        if person.caseworker is caseworker and person.stage in (ACCOMPANIED, JOB):
            yield self.hold(self.meet(person) / MINUTES_PER_HOUR)

    def meet(self, person: Person) -> int:
        """What the contact does; returns its minutes."""
        office = person.office
        office.totals["held"] += 1
        office.totals["delay_days"] += person.days_since(self.asked)
        is_long = False
        if person.stage == ACCOMPANIED:
            is_long = is_appointment(int((self.asked - person.since) // HOURS_PER_WEEK))
            kept = left_of(person.intensity, person.days_since(person.last))
            person.intensity = kept + GAIN_OF_A_CONTACT
            chance = BARRIER_FALLS_IN_APPOINTMENT if is_long else BARRIER_FALLS_IN_CONTACT
            if person.barriers > 0 and office.random.random() < chance:
                person.barriers -= 1
        person.last = self.env.now()
        return APPOINTMENT_MINUTES if is_long else CONTACT_MINUTES


class Days(salabim.Component):
    """Who comes on each day, and the sessions."""

    def setup(self, office: Office, come: list[int]) -> None:
        """The arrivals by day."""
        self.office, self.come = office, come

    def process(self) -> Process:
        """Days one after the other."""
        office = self.office
        for day, count in enumerate(self.come):
            for _ in range(count):
                Person(office=office, state=WAIT_SESSION)
            if day % DAYS_PER_WEEK in SESSION_WEEKDAYS:
                office.sessions_held += 1
                office.session.set(office.sessions_held)
            yield self.hold(HOURS_PER_DAY)
            office.stocks.append(list(office.now))


class Office:
    """Sessions, places, caseworkers, and what is counted."""

    def __init__(self, stock: int, seed: int, days: int) -> None:
        self.env = salabim.Environment(trace=False, random_seed=seed)
        self.random = random.Random(seed)
        self.now = [0] * STATES
        self.totals: dict[str, float] = dict.fromkeys(COUNTERS, 0)
        self.agent_weeks = 0
        self.stocks: list[list[int]] = []
        self.sessions_held = 0
        self.session = salabim.State("session", value=0, monitor=False)
        self.places = salabim.Store("places", monitor=False)
        posts = [salabim.Resource(monitor=False) for _ in range(caseworkers_for(stock))]
        for caseworker in posts * PORTFOLIO_CAP:
            Place(caseworker=caseworker).enter(self.places)
        for _ in range(stock):
            Person(office=self, state=QUEUE)
        Days(office=self, come=arrivals(stock, seed, days).tolist())


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    salabim.yieldless(False)
    office = Office(stock, seed, days)
    office.env.run(till=days * HOURS_PER_DAY + 1e-6)
    totals = {name: round(total) for name, total in office.totals.items()}
    return Outcome(office.agent_weeks, totals, office.stocks)
