"""The workload as SimPy processes: a generator for each person, a resource for each caseworker.

The clock runs in working hours. A contact holds the caseworker for its time, places are tokens of a
store. Luck comes one number after the other and no day ends, so counts are near, not equal.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import simpy

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

Process = Generator[simpy.Event, Any, None]


class Person:
    """One person, whose life is a process."""

    def __init__(self, office: Office, state: int) -> None:
        self.office = office
        self.state = state
        self.since = self.last = office.env.now
        self.barriers = office.random.randrange(MOST_BARRIERS)
        self.intensity = 0.0
        self.caseworker: simpy.Resource | None = None
        self.is_asking = False
        office.now[state] += 1
        office.env.process(self.life())

    def move(self, state: int) -> None:
        """Change state now."""
        self.office.now[self.state] -= 1
        self.office.now[state] += 1
        self.state, self.since = state, self.office.env.now

    def days_since(self, hour: float) -> float:
        """Days of work since an hour."""
        return (self.office.env.now - hour) / HOURS_PER_DAY

    def life(self) -> Process:
        """Weeks one after the other; in between, what the person waits for may come."""
        env, office = self.office.env, self.office
        look = env.timeout(office.random.random() * HOURS_PER_WEEK)
        place: simpy.events.Event | None = None
        while self.state != OUT:
            if self.state == WAIT_SESSION:
                session = office.session
                yield session | look
                if session.triggered:
                    self.move(QUEUE)
            elif self.state == QUEUE:
                place = place or office.places.get()
                yield place | look
                if place.triggered:
                    self.join(place.value)
                    place = None
            else:
                yield look
            if look.processed:
                self.week()
                look = env.timeout(HOURS_PER_WEEK)
                if place is not None and self.state != QUEUE:
                    place.cancel()
                    place = None

    def join(self, caseworker: simpy.Resource) -> None:
        """Take a place in a portfolio."""
        self.move(ACCOMPANIED)
        self.caseworker, self.intensity, self.last = caseworker, 0.0, self.office.env.now

    def week(self) -> None:
        """A week, with one number of luck."""
        office, u = self.office, self.office.random.random()
        office.agent_weeks += 1
        if self.state == JOB:
            self.week_in_job(u)
            return
        was_accompanied, caseworker = self.state == ACCOMPANIED, self.caseworker
        support = left_of(self.intensity, self.days_since(self.last)) if was_accompanied else 0.0
        if u < EXIT_CHANCE:
            self.leave()
        elif u < EXIT_CHANCE + job_chance(self.barriers, support):
            self.move(JOB)
            office.totals["jobs"] += 1
            if not was_accompanied:
                self.last, self.caseworker = LONG_AGO * HOURS_PER_DAY, None
        elif was_accompanied:
            self.ask()
        if was_accompanied and self.state != ACCOMPANIED:
            office.places.put(caseworker)

    def week_in_job(self, u: float) -> None:
        """A job lasts, breaks, or is followed up."""
        weeks = int(self.days_since(self.since) // DAYS_PER_WEEK)
        if weeks >= DURABLE_WEEKS:
            self.leave()
        elif u < rupture_chance(self.days_since(self.last)):
            self.move(WAIT_SESSION)
            self.intensity = 0.0
            self.office.totals["ruptures"] += 1
        elif weeks > 0 and weeks % FOLLOW_UP_WEEKS == 0 and self.caseworker is not None:
            self.ask()

    def leave(self) -> None:
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
            self.office.env.process(self.contact(self.caseworker))

    def contact(self, caseworker: simpy.Resource) -> Process:
        """From the request to the end of the contact."""
        env, totals, asked = self.office.env, self.office.totals, self.office.env.now
        with caseworker.request() as turn:
            yield turn
            self.is_asking = False
            if self.caseworker is not caseworker or self.state not in (ACCOMPANIED, JOB):
                return
            totals["held"] += 1
            totals["delay_days"] += self.days_since(asked)
            is_long = self.state == ACCOMPANIED and is_appointment(
                int((asked - self.since) // HOURS_PER_WEEK)
            )
            if self.state == ACCOMPANIED:
                self.intensity = left_of(self.intensity, self.days_since(self.last))
                self.intensity += GAIN_OF_A_CONTACT
                chance = BARRIER_FALLS_IN_APPOINTMENT if is_long else BARRIER_FALLS_IN_CONTACT
                if self.barriers > 0 and self.office.random.random() < chance:
                    self.barriers -= 1
            self.last = env.now
            minutes = APPOINTMENT_MINUTES if is_long else CONTACT_MINUTES
            yield env.timeout(minutes / MINUTES_PER_HOUR)


class Office:
    """Sessions, places, caseworkers, and what is counted."""

    def __init__(self, stock: int, seed: int, days: int) -> None:
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.now = [0] * STATES
        self.totals: dict[str, float] = dict.fromkeys(COUNTERS, 0)
        self.agent_weeks = 0
        self.stocks: list[list[int]] = []
        self.session = self.env.event()
        caseworkers = [simpy.Resource(self.env) for _ in range(caseworkers_for(stock))]
        self.places = simpy.Store(self.env)
        self.places.items = caseworkers * PORTFOLIO_CAP
        for _ in range(stock):
            Person(self, QUEUE)
        self.env.process(self.arrivals(arrivals(stock, seed, days).tolist()))

    def arrivals(self, come: list[int]) -> Process:
        """Days: who comes, and the session."""
        for day, count in enumerate(come):
            for _ in range(count):
                Person(self, WAIT_SESSION)
            if day % DAYS_PER_WEEK in SESSION_WEEKDAYS:
                self.session.succeed()
                self.session = self.env.event()
            yield self.env.timeout(HOURS_PER_DAY)
            self.stocks.append(list(self.now))


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    office = Office(stock, seed, days)
    office.env.run(until=days * HOURS_PER_DAY + 1e-6)
    totals = {name: round(total) for name, total in office.totals.items()}
    return Outcome(office.agent_weeks, totals, office.stocks)
