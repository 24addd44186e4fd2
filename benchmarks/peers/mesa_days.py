"""Mesa alone: a step is a day, on which every agent is activated."""

from __future__ import annotations

from benchmarks.peers.mesa_office import Beneficiary, Caseworker, OfficeModel
from benchmarks.peers.workload import DAYS_PER_WEEK, SESSION_WEEKDAYS, Outcome


class DailyBeneficiary(Beneficiary):
    """Somebody who is activated each day and knows the own weekday."""

    def step(self) -> None:
        """One day."""
        if self.number % DAYS_PER_WEEK == self.model.day % DAYS_PER_WEEK:
            self.look()


class DailyModel(OfficeModel):
    """The order of the day as a step."""

    beneficiary = DailyBeneficiary

    def step(self) -> None:
        """One day."""
        self.draw()
        self.arrive()
        if self.day % DAYS_PER_WEEK in SESSION_WEEKDAYS:
            self.hold_session()
        self.assign()
        self.agents_by_type[DailyBeneficiary].do("step")
        self.agents_by_type[Caseworker].do("serve")
        self.note()
        self.day += 1


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    model = DailyModel(stock, seed, days)
    for _ in range(days):
        model.step()
    return model.outcome()
