"""A household's clocks: which fires next, and bringing them up to date.

From step to step only job finding is settled. All other clocks are read when something happens,
and when the day comes before which none of them can fire (``quiet_until``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.agents.clocks import Clock, spend
from sim.agents.event import Event
from sim.agents.rights import EntitledHousehold
from sim.population.layout import NEVER_DAY
from sim.processes.benefit import long_exit_hazard, reentry_hazard
from sim.processes.support_effects import most_helpful_saturation, relative_effect
from sim.units import clock_increment, in_months, months_until
from sim.vocabulary import Benefit, HouseholdClock, PersonClock


def shortest(months: float, left: float, hazard: float) -> float:
    """``months``, or those to the firing of a clock if they are fewer."""
    if left < clock_increment(hazard, months):
        return months_until(left, hazard)
    return months


class ClockedHousehold(EntitledHousehold):
    """A household that knows what its clocks have left, and under which hazards they run."""

    def settle(self, time: float) -> None:
        """Bring job finding to ``time``, and the sum of what contacts reached."""
        months = in_months(time - self.settled)
        for adult in self.adults:
            adult.settle_job_finding(months)
        self.settled = time

    def read_clocks(self) -> None:
        """Bring every clock up to the time to which the household is settled."""
        months = in_months(self.settled - self.read_at)
        if months <= 0.0:
            return
        reached = 0.0
        for adult in self.adults:
            reached += adult.reached_months
        saturation = reached / len(self.adults) / months
        for clock in self.slow_clocks(saturation):
            self.clock[clock.number] = spend(clock.left, clock.hazard, months)
        for adult in self.adults:
            adult.read_clocks(months)
        self.read_at = self.settled

    def disturb(self) -> None:
        """Before a hazard or a date changes: read the clocks, and look again soon."""
        self.read_clocks()
        self.quiet_until = 0

    def next_refresh(self) -> Event:
        """First day on the household's own grid of slow factors."""
        nation = self.department.nation
        interval = float(nation.refresh_days)
        phase = self.refresh_phase
        day = (math.floor((self.settled + phase) / interval) + 1.0) * interval - phase
        return Event(day, is_refresh=True)

    def is_quiet(self, until: float) -> bool:
        """Whether nothing can happen before ``until``; False may also mean that it is not known."""
        if self.quiet_until < until:
            return False
        months = in_months(until - self.settled)
        return not any(
            adult.clock[PersonClock.JOB_FINDING]
            < clock_increment(adult.job_finding_hazard(), months)
            for adult in self.adults
        )

    def slow_clocks(self, saturation: float) -> Iterator[Clock]:
        """The household's clocks that run now, under the adults' mean saturation of contacts."""
        nation = self.department.nation
        yield self._steady(HouseholdClock.MOVE, nation.move_hazard)
        if self.benefit != Benefit.PAID:
            yield self._steady(HouseholdClock.REENTRY, self._reentry_hazard())
            return
        stayers = self._stayers_factor()
        yield self._steady(HouseholdClock.INTERRUPTION, nation.interruption_hazard * stayers)
        most = most_helpful_saturation(nation.long_exit_contact_size)
        yield Clock(
            HouseholdClock.LONG_EXIT,
            self.clock[HouseholdClock.LONG_EXIT],
            self._long_exit_hazard(stayers, saturation),
            self._long_exit_hazard(stayers, most),
        )
        yield self._steady(HouseholdClock.OTHER_MINIMUM, self._other_minimum_hazard())

    def _steady(self, number: HouseholdClock, hazard: float) -> Clock:
        return Clock(number, self.clock[number], hazard, hazard)

    def _stayers_factor(self) -> float:
        """Mean multiplier of exits by the adults' classes."""
        nation = self.department.nation
        total = 0.0
        for adult in self.adults:
            total += nation.stayer_exit if adult.is_stayer else 1.0
        return total / len(self.adults)

    def _long_exit_hazard(self, stayers: float, saturation: float) -> float:
        nation = self.department.nation
        contact = relative_effect(nation.long_exit_contact_size, saturation)
        contact /= nation.reference_exit
        return long_exit_hazard(nation.long_exit_hazard, stayers, self.exit_frailty, contact)

    def _other_minimum_hazard(self) -> float:
        nation = self.department.nation
        total = 0.0
        for adult in self.adults:
            total += adult.barrier_product(nation.barrier_other_minimum)
        hazard: float = nation.other_minimum_hazard * total
        return hazard

    def _reentry_hazard(self) -> float:
        nation = self.department.nation
        is_below = self.below_since != NEVER_DAY
        return reentry_hazard(
            int(self.reason),
            self.read_at - self.since,
            self.read_at - self.below_since if is_below else -1.0,
            nation.reentry_interruption,
            nation.reentry_work_first,
            nation.reentry_deregistration,
            nation.reentry_long_first,
            nation.reentry_long_middle,
            nation.reentry_long_later,
        )
