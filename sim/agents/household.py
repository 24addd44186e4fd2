"""A household's life from event to event: what comes next, its clocks, and what happens."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from sim.agents.barrier_clocks import NONE_FIRES
from sim.agents.event import Event
from sim.agents.rights import EntitledHousehold
from sim.population.layout import NEVER_DAY
from sim.processes.benefit import long_exit_hazard, next_reentry_change, reentry_hazard
from sim.processes.support_effects import relative_effect
from sim.units import clock_increment, in_days, in_months, months_until
from sim.vocabulary import Benefit, Decision, ExitReason, HouseholdClock, PersonClock

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary


def _grown(clock: list[float], hazards: list[float], months: float) -> list[float]:
    """What remains of each clock after some months; a clock at zero fires at once."""
    return [
        max(remaining - clock_increment(hazard, months), 0.0)
        for remaining, hazard in zip(clock, hazards, strict=True)
    ]


class Household(EntitledHousehold):
    """Adults who advance together, from event to event, under constant hazards in between."""

    def advance(self, until: float) -> None:
        """Live through every event strictly before ``until``, in order of time."""
        while self.benefit != Benefit.GONE:
            event = self.next_event()
            if event.time >= until:
                self.agenda_day = int(event.time)
                return
            self._settle(event.time)
            event.happens(event.time)
            self.refresh(event.time)
        self.agenda_day = NEVER_DAY

    def settle_to(self, time: float) -> None:
        """Bring the clocks to ``time``, before an office changes something."""
        self.look_ahead()
        self._settle(time)

    def resume(self, time: float) -> None:
        """After an office changed something: new slow factors and a new date on the agenda."""
        if self.benefit == Benefit.GONE:
            self.agenda_day = NEVER_DAY
            return
        self.refresh(time)
        self.agenda_day = int(self.next_event().time)

    def refresh(self, time: float) -> None:
        """Recompute the slow factors of the adults."""
        for adult in self.adults:
            adult.refresh(time)

    def next_event(self) -> Event:
        """The earliest of all that can happen, under hazards that are computed on the way."""
        now = self.settled
        self.look_ahead()
        first = Event(self._next_refresh(now))
        for event in self.dated_events(now):
            if event.time < first.time:
                first = event
        time, happens = max(first.time, now), first.happens
        months = in_months(time - now)
        for remaining, hazard, fire in self._running_clocks():
            if remaining < clock_increment(hazard, months):
                months = months_until(remaining, hazard)
                time, happens = now + in_days(months), fire
        for adult in self.adults:
            if adult.quiet_until < now + in_days(months):
                months, barrier = adult.next_barrier(months)
                if barrier != NONE_FIRES:
                    time = now + in_days(months)
                    happens = partial(adult.fire, PersonClock.BARRIERS + barrier)
        return Event(time, happens)

    def dated_events(self, now: float) -> Iterator[Event]:
        """What has a date, in the order that decides between equal dates."""
        if self.benefit == Benefit.PAID:
            yield Event(float(self.next_declaration), self.declare)
            if self.suspended_until > 0:
                yield Event(float(self.suspended_until), self.end_suspension)
        elif self.below_since != NEVER_DAY:
            is_after_work = self.reason == ExitReason.WORK
            since = self.below_since if is_after_work else self.since
            yield Event(next_reentry_change(float(since), now))
        yield Event(float(self.pension_day), self.leave_for_pension)
        for adult in self.adults:
            yield from adult.dated_events(now)

    def _running_clocks(self) -> Iterator[tuple[float, float, partial[None]]]:
        """What remains of each clock, its hazard, and what happens when it fires."""
        for clock, hazard in enumerate(self.hazards):
            yield self.clock[clock], hazard, partial(self.fire, clock)
        for adult in self.adults:
            for clock, hazard in enumerate(adult.hazards):
                yield adult.clock[clock], hazard, partial(adult.fire, clock)

    def _next_refresh(self, now: float) -> float:
        """First day after ``now`` on the household's own grid of slow factors."""
        nation = self.department.nation
        is_paid = self.benefit == Benefit.PAID
        interval: float = nation.refresh_days if is_paid else nation.refresh_days_out
        return (math.floor((now + self.refresh_phase) / interval) + 1.0) * interval - (
            self.refresh_phase
        )

    def _settle(self, time: float) -> None:
        """Advance all clocks to ``time`` under the hazards of the last look ahead."""
        months = in_months(time - self.settled)
        self.clock = _grown(self.clock, self.hazards, months)
        for adult in self.adults:
            adult.clock = _grown(adult.clock, adult.hazards, months)
            adult.reached_months += adult.saturation * months
        self.settled = time

    def look_ahead(self) -> None:
        """Set the hazards per month of all clocks; zero where nothing can fire."""
        nation = self.department.nation
        self.hazards = [0.0] * len(HouseholdClock)
        self.hazards[HouseholdClock.MOVE] = nation.move_hazard
        if self.benefit == Benefit.PAID:
            self._look_at_exits()
        else:
            self.hazards[HouseholdClock.REENTRY] = self._reentry_hazard()
        for adult in self.adults:
            adult.look_ahead()

    def _look_at_exits(self) -> None:
        """Hazards of leaving for another reason than work; the adults' factors are averaged."""
        nation = self.department.nation
        stayers = reached = other_minimum = 0.0
        for adult in self.adults:
            stayers += nation.stayer_exit if adult.is_stayer else 1.0
            reached += adult.saturation
            other_minimum += adult.barrier_product(nation.barrier_other_minimum)
        stayers /= len(self.adults)
        reached /= len(self.adults)
        contact = relative_effect(nation.long_exit_contact_size, reached) / nation.reference_exit
        self.hazards[HouseholdClock.INTERRUPTION] = nation.interruption_hazard * stayers
        self.hazards[HouseholdClock.LONG_EXIT] = long_exit_hazard(
            nation.long_exit_hazard, stayers, self.exit_frailty, contact
        )
        other_minimum_hazard = nation.other_minimum_hazard * other_minimum
        self.hazards[HouseholdClock.OTHER_MINIMUM] = other_minimum_hazard

    def _reentry_hazard(self) -> float:
        nation = self.department.nation
        is_below = self.below_since != NEVER_DAY
        return reentry_hazard(
            int(self.reason),
            self.settled - self.since,
            self.settled - self.below_since if is_below else -1.0,
            nation.reentry_interruption,
            nation.reentry_work_first,
            nation.reentry_deregistration,
            nation.reentry_long_first,
            nation.reentry_long_middle,
            nation.reentry_long_later,
        )

    def fire(self, clock: int, time: float) -> None:
        """One of the household's clocks reached its threshold."""
        if clock == HouseholdClock.INTERRUPTION:
            self.leave_rsa(time, ExitReason.INTERRUPTION)
        elif clock == HouseholdClock.LONG_EXIT:
            self.leave_rsa(time, ExitReason.LONG_EXIT)
        elif clock == HouseholdClock.OTHER_MINIMUM:
            self.leave_rsa(time, ExitReason.OTHER_MINIMUM)
        elif clock == HouseholdClock.MOVE:
            self.move(time)
        else:
            self.enter_rsa(time)
        self.fired[clock] += 1
        self.restart_clock(clock)

    def restart_clock(self, clock: int) -> None:
        """Draw the next threshold of a clock."""
        decision = Decision.HOUSEHOLD_CLOCK + clock
        self.clock[clock] = self.luck.waiting_time(decision, self.fired[clock])

    def be_sanctioned(self, person: Beneficiary, day: int) -> None:
        """The allowance is suspended; on repeat, the household may be struck off."""
        self.settle_to(day + 1.0)
        self.be_suspended(person, day)
        if self.is_struck_off(person):
            self.stage = 0
            self.leave_rsa(day, ExitReason.DEREGISTERED)
        self.resume(day + 1.0)
