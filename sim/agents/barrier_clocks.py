"""The clocks of a person's barriers, read only when one of them may be about to fire.

A barrier's hazards move with the contact level alone, and linearly. So nothing is done from week
to week but to sum saturation x months; the clocks are brought up to date when the day comes
before which none of them can fire (``quiet_until``), or when something about barriers changes.
"""

from __future__ import annotations

from sim.agents.person import Person, rounded_to_store
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import (
    fastest_removal_hazard,
    has_barrier,
    removal_growth,
    removal_hazard,
)
from sim.units import clock_increment, days_until, in_months, months_until

NONE_FIRES = -1


class PersonWithBarriers(Person):
    """A person whose barriers come and go on clocks of their own."""

    def disturb_barriers(self) -> None:
        """Before anything about the barriers changes: read the clocks, and look again soon."""
        self._read_barriers()
        self.quiet_until = 0

    def _read_barriers(self) -> None:
        """Bring the clocks up to the time at which the household is settled."""
        now = self.household.settled
        months = in_months(now - self.barriers_read)
        self.barrier_clock = [
            rounded_to_store(max(left - self._growth(barrier, months), 0.0))
            for barrier, left in enumerate(self.barrier_clock)
        ]
        self.barriers_read = now
        self.reached_months = 0.0

    def _growth(self, barrier: int, months: float) -> float:
        """How far a clock went since it was read, ``months`` ago."""
        nation = self.model.nation
        if not has_barrier(self.barriers, barrier):
            return clock_increment(nation.barrier_onset[self.latent][barrier], months)
        return removal_growth(
            nation.barrier_removal[self.latent][barrier],
            nation.barrier_contact_speed[barrier],
            self._action_speed(barrier),
            months,
            self.reached_months,
        )

    def _action_speed(self, barrier: int) -> float:
        """Multiplier of removal by a place in an action; 1 without a place."""
        if has_barrier(self.on_action, barrier):
            speed: float = self.model.nation.barrier_action_speed[barrier]
            return speed
        return 1.0

    def next_barrier(self, months: float) -> tuple[float, int]:
        """Months to the first barrier that changes, and which; unchanged and -1 if none is sooner.

        Notes the day before which no level of contacts could let one fire.
        """
        self._read_barriers()
        now = self.household.settled
        found = NONE_FIRES
        quiet = float(NEVER_DAY)
        for barrier, left in enumerate(self.barrier_clock):
            hazard, fastest = self._present_and_fastest_hazard(barrier)
            if left < clock_increment(hazard, months):
                months = months_until(left, hazard)
                found = barrier
            if fastest > 0.0:
                quiet = min(quiet, now + days_until(left, fastest))
        self.quiet_until = int(quiet)
        return months, found

    def _present_and_fastest_hazard(self, barrier: int) -> tuple[float, float]:
        """Hazards per month: under the present contacts, and under the most helpful ones."""
        nation = self.model.nation
        if not has_barrier(self.barriers, barrier):
            onset: float = nation.barrier_onset[self.latent][barrier]
            return onset, onset
        ordinary = nation.barrier_removal[self.latent][barrier]
        speed = nation.barrier_contact_speed[barrier]
        action = self._action_speed(barrier)
        return (
            removal_hazard(ordinary, speed, self.saturation, action),
            fastest_removal_hazard(ordinary, speed, action),
        )
