"""A household's life from event to event: what comes next, and what happens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from sim.agents.event import Event
from sim.agents.household_clocks import ClockedHousehold, shortest
from sim.population.layout import NEVER_DAY
from sim.processes.benefit import next_reentry_change
from sim.units import NEVER, clock_increment, in_days, in_months, months_until
from sim.vocabulary import Benefit, Decision, ExitReason, HouseholdClock, PersonClock

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary


class Household(ClockedHousehold):
    """Adults who advance together, from event to event."""

    def advance(self, until: float) -> None:
        """Live through every event strictly before ``until``, in order of time."""
        while self.benefit != Benefit.GONE:
            event = self.next_event()
            if event.time >= until:
                self.agenda_day = int(event.time)
                return
            self.settle(event.time)
            if not event.is_refresh:
                self.disturb()
                event.happens(event.time)
            self.refresh(event.time)
        self.agenda_day = NEVER_DAY

    def settle_to(self, time: float) -> None:
        """Bring every clock to ``time``, before an office changes something."""
        self.settle(time)
        self.disturb()

    def resume(self, time: float) -> None:
        """After an office changed something: new slow factors and a new date on the agenda."""
        if self.benefit == Benefit.GONE:
            self.agenda_day = NEVER_DAY
            return
        self.refresh(time)
        self.agenda_day = int(self.next_event().time)

    def refresh(self, time: float) -> None:
        """Recompute the slow factors of the adults."""
        middle = 0.5 * (time + self.next_refresh().time)
        for adult in self.adults:
            adult.refresh(time, middle)

    def next_event(self) -> Event:
        """The earliest of all that can happen; while all is quiet, the next refresh."""
        refresh = self.next_refresh()
        return refresh if self.is_quiet(refresh.time) else self._look_ahead(refresh)

    def _look_ahead(self, refresh: Event) -> Event:
        """The earliest of dates and clocks.

        Notes the day before which nothing but refreshes and job finding can happen.
        """
        self.read_clocks()
        now = self.settled
        dated = Event(NEVER)
        for event in self.dated_events(now):
            if event.time < dated.time:
                dated = event
        dated = Event(max(dated.time, now), dated.happens)
        first = refresh if refresh.time <= dated.time else dated
        months = in_months(first.time - now)
        quiet = in_months(dated.time - now)
        saturation = 0.0
        for adult in self.adults:
            saturation += adult.saturation
        for number, left, hazard, fastest in self.slow_clocks(saturation / len(self.adults)):
            quiet = shortest(quiet, left, fastest)
            if left < clock_increment(hazard, months):
                months = months_until(left, hazard)
                first = Event(now + in_days(months), partial(self.fire, number))
        for adult in self.adults:
            left, hazard = adult.clock[PersonClock.JOB_FINDING], adult.job_finding_hazard()
            if left < clock_increment(hazard, months):
                months = months_until(left, hazard)
                find = partial(adult.fire, PersonClock.JOB_FINDING)
                first = Event(now + in_days(months), find)
            for number, left, hazard, fastest in adult.slow_clocks():
                quiet = shortest(quiet, left, fastest)
                if left < clock_increment(hazard, months):
                    months = months_until(left, hazard)
                    first = Event(now + in_days(months), partial(adult.fire, number))
        self.quiet_until = min(int(now + in_days(quiet)), NEVER_DAY)
        return first

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
