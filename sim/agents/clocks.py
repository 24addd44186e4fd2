"""A person's clocks: what they have left, under which hazards they run, and reading them.

Job finding moves with every slow factor and is settled at each step. The other hazards are
constant between two events, or move with the contact level alone, and linearly: they are read
when something happens, with the mean of what contacts reached since.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.agents.person import rounded_to_store
from sim.agents.propensities import LikelyPerson
from sim.processes.support_effects import most_helpful_saturation
from sim.units import clock_increment
from sim.vocabulary import PersonClock


class Clock(NamedTuple):
    """A clock that runs: its number, what remains, its hazard now, and the highest possible."""

    number: int
    left: float
    hazard: float
    fastest: float


def spend(left: float, hazard: float, months: float) -> float:
    """What remains of a clock after ``months`` under a constant hazard per month."""
    return max(left - clock_increment(hazard, months), 0.0)


class ClockedPerson(LikelyPerson):
    """A person whose clocks are brought up to date in steps."""

    def settle_job_finding(self, months: float) -> None:
        """Another step of ``months``: job finding, and the sum of what contacts reached."""
        left = self.clock[PersonClock.JOB_FINDING]
        self.clock[PersonClock.JOB_FINDING] = spend(left, self.job_finding_hazard(), months)
        self.reached_months += self.saturation * months

    def read_clocks(self, months: float) -> None:
        """Bring rupture, class and barriers up to date, ``months`` after the last reading."""
        saturation = self.reached_months / months
        if self.job >= 0:
            left = self.clock[PersonClock.CONTRACT_RUPTURE]
            left = spend(left, self.rupture_hazard(), months)
            self.clock[PersonClock.CONTRACT_RUPTURE] = left
        if self.is_stayer:
            left = self.clock[PersonClock.CLASS_LEAVING]
            left = spend(left, self.class_leaving_hazard(saturation), months)
            self.clock[PersonClock.CLASS_LEAVING] = left
        self.barrier_clock = [
            rounded_to_store(spend(left, self.barrier_hazard(barrier, saturation), months))
            for barrier, left in enumerate(self.barrier_clock)
        ]
        self.reached_months = 0.0

    def slow_clocks(self) -> Iterator[Clock]:
        """The clocks other than job finding that run now."""
        nation = self.model.nation
        if self.job >= 0:
            number = PersonClock.CONTRACT_RUPTURE
            hazard = self.rupture_hazard()
            yield Clock(number, self.clock[number], hazard, hazard)
        if self.is_stayer:
            number = PersonClock.CLASS_LEAVING
            most = most_helpful_saturation(nation.stayer_leaving_contact_size)
            hazard = self.class_leaving_hazard(self.saturation)
            fastest = self.class_leaving_hazard(most)
            yield Clock(number, self.clock[number], hazard, fastest)
        for barrier, left in enumerate(self.barrier_clock):
            most = most_helpful_saturation(nation.barrier_contact_speed[barrier])
            hazard = self.barrier_hazard(barrier, self.saturation)
            fastest = self.barrier_hazard(barrier, most)
            yield Clock(PersonClock.BARRIERS + barrier, left, hazard, fastest)
