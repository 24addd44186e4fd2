"""The readable walker: moves a department of objects day by day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.agents.chronicle import Chronicle
from sim.agents.department import Department
from sim.engine.calendar import DayPlan
from sim.engine.objects import books, day, history, loading, policy
from sim.engine.packed import Packed
from sim.engine.policy_effects import PolicyEffects
from sim.engine.staffing import Post
from sim.engine.state import State
from sim.events import EventLog
from sim.ledger import Ledger
from sim.vocabulary import Benefit


class ObjectsWalker:
    """Moves a department through time, one readable method per thing that can happen.

    The state that it starts from is copied; ``ledger`` is written on, ``log`` begins here.
    """

    def __init__(
        self,
        packed: Packed,
        state: State,
        posts: tuple[Post, ...],
        ledger: Ledger,
        *,
        is_logging: bool,
    ) -> None:
        self.posts = posts
        self.ledger = ledger
        self.department = Department(Chronicle(self.ledger, is_logging=is_logging))
        territories = packed.shape.territories
        self.department.stocks_taken = ledger.shape.months_begun(state.day)
        loading.open_offices_and_posts(self.department, territories, posts)
        self._put_in_force(packed)
        loading.load(self.department, state, posts)

    def _put_in_force(self, packed: Packed) -> None:
        self._packed = packed
        self.department.adopt(packed.national, packed.territories, packed.organisation)

    def adopt(self, packed: Packed, previous: int) -> None:
        """New parameters from the day after ``previous`` on; nothing happens if they are equal."""
        if packed.equals(self._packed):
            return
        effects = PolicyEffects.between(self._packed, packed)
        books.close_month(self.department, previous + 1)
        policy.settle_lives(self.department, effects.hazards, previous + 1)
        self._put_in_force(packed)
        policy.reorganise(self.department, effects.rhythms, previous + 1)
        policy.reorganise_intake(self.department, previous + 1)
        policy.reassign(self.department, effects.reassigned, previous + 1)
        policy.resume_lives(self.department, effects.hazards, previous + 1)

    def office_days(self, plans: Sequence[DayPlan], previous: int) -> None:
        """Working days one after the other, the first of them after ``previous``."""
        for plan in plans:
            day.office_day(self.department, plan, previous)
            previous = plan.day

    def live_until(self, previous: int, last: int) -> None:
        """Lives after ``previous`` up to ``last`` included, with closed offices."""
        day.live_days(self.department, previous, last)

    def take_stock(self, day: int) -> None:
        """Count the stocks on the eve of ``day``."""
        books.take_stock(self.department, day)

    def live_history(
        self, territory: int, target: int, counts_persons: bool, start: int, end: int
    ) -> int:
        """Fill a territory with lives since ``start``; returns the number of first entries."""
        office = self.department.offices[territory]
        return history.live_history(office, target, counts_persons, start, end)

    def open_offices(self, packed: Packed, day: int) -> None:
        """Leave the history: people meet the offices of ``packed`` from ``day`` on."""
        self._put_in_force(packed)
        history.open_offices(self.department, day)

    def remove_surplus(self, territory: int, first_number: int, day: int) -> None:
        """Take back the households of the history from ``first_number`` on."""
        history.remove_surplus(self.department, territory, first_number, day)

    def paid_households(self) -> NDArray[np.int64]:
        """Households on RSA now, by territory."""
        paid = np.zeros(len(self.department.offices), dtype=np.int64)
        for household in self.department.households:
            if household.benefit == Benefit.PAID:
                paid[household.office.territory] += 1
        return paid

    def set_arrivals(
        self, time: NDArray[np.float64], number: NDArray[np.int64], hazard: NDArray[np.float64]
    ) -> None:
        """The next candidate of each territory, and how often candidates come (per month)."""
        for office in self.department.offices:
            office.next_candidate_time = float(time[office.territory])
            office.next_candidate_number = int(number[office.territory])
            office.candidate_hazard = float(hazard[office.territory])

    @property
    def log(self) -> EventLog | None:
        """What happened so far, when logging."""
        chronicle = self.department.chronicle
        return chronicle.log() if chronicle.is_logging else None

    def state(self, day: int) -> State:
        """A copy of the present state."""
        return loading.dump(self.department, day, self.posts)
