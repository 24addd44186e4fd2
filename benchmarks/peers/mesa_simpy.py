"""Mesa agents on SimPy's clock: sessions, weekly looks and caseworkers are processes.

Who has the same weekday is one set of agents, activated once a week.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import simpy
from mesa.agent import AgentSet

from benchmarks.peers.mesa_office import Beneficiary, Caseworker, OfficeModel
from benchmarks.peers.workload import DAYS_PER_WEEK, SESSION_WEEKDAYS, Outcome

SESSIONS, PLACES, LOOKS, SERVICE, BOOKS = 0.1, 0.2, 0.3, 0.4, 0.5
"""The order of the day, as fractions of it."""

Process = Generator[simpy.Event, Any, None]


class ClockedBeneficiary(Beneficiary):
    """Somebody who is of the set of a weekday."""

    def remove(self) -> None:
        """Mesa takes who leaves out of its own sets only."""
        super().remove()
        self.model.weekdays[self.number % DAYS_PER_WEEK].discard(self)


class ClockedModel(OfficeModel):
    """The office with a clock."""

    beneficiary = ClockedBeneficiary

    def __init__(self, stock: int, seed: int, days: int) -> None:
        self.weekdays: list[AgentSet] = []
        super().__init__(stock, seed, days)
        self.env = simpy.Environment()
        self.env.process(self.days_begin())
        self.env.process(self.every(1, PLACES, self.assign))
        self.env.process(self.every(1, BOOKS, self.note))
        for weekday in SESSION_WEEKDAYS:
            self.env.process(self.every(DAYS_PER_WEEK, weekday + SESSIONS, self.hold_session))
        for weekday, agents in enumerate(self.weekdays):
            self.env.process(self.weekly_looks(weekday, agents))
        for caseworker in self.caseworkers:
            self.env.process(self.days_of(caseworker))

    def enter(self, state: int, came: int) -> Beneficiary:
        """A new person, put in the set of a weekday."""
        if not self.weekdays:
            self.weekdays += [AgentSet([], random=self.random) for _ in range(DAYS_PER_WEEK)]
        who = super().enter(state, came)
        self.weekdays[who.number % DAYS_PER_WEEK].add(who)
        return who

    def days_begin(self) -> Process:
        """Luck and arrivals of each day."""
        while True:
            self.day = round(self.env.now)
            self.draw()
            self.arrive()
            yield self.env.timeout(1)

    def every(self, days: int, first: float, act: Callable[[], None]) -> Process:
        """Something that is done every so many days."""
        yield self.env.timeout(first)
        while True:
            act()
            yield self.env.timeout(days)

    def weekly_looks(self, weekday: int, agents: AgentSet) -> Process:
        """The looks at those of one weekday."""
        yield self.env.timeout(weekday + LOOKS)
        while True:
            agents.do("look")
            yield self.env.timeout(DAYS_PER_WEEK)

    def days_of(self, caseworker: Caseworker) -> Process:
        """The work of one caseworker."""
        yield self.env.timeout(SERVICE)
        while True:
            caseworker.serve()
            yield self.env.timeout(1)


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    model = ClockedModel(stock, seed, days)
    model.env.run(until=days)
    return model.outcome()
