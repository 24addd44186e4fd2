"""A beneficiary: the visible list of what can happen to an adult of the caseload."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.agents.caseworker import Caseworker
from sim.agents.contacts import ContactedPerson
from sim.agents.event import Event
from sim.processes.follow_up import next_protection_end
from sim.processes.jobs import next_segment_time
from sim.units import NEVER
from sim.vocabulary import NO_INDEX, Benefit, Contact, Decision, PersonClock, Record
from sim.world.sets import has_barrier, toggled


class Beneficiary(ContactedPerson):
    """An adult with barriers, jobs and caseworkers, whose life goes on between office days."""

    def dated_events(self, now: float) -> Iterator[Event]:
        """What has a date: the end of a job, of a stage of its contract, of a benefit."""
        if self.job >= 0:
            yield Event(self.job_end, self.end_occupation)
            yield Event(next_protection_end(self.follow_up_held_on, now, self.follow_up_interval))
            if self.job_end == NEVER:
                yield Event(next_segment_time(float(self.job_start), now))
        if self.benefit_until > 0:
            yield Event(float(self.benefit_until), self.end_unemployment_benefit)

    def fire(self, clock: int, time: float) -> None:
        """One of the person's clocks reached its threshold."""
        if clock == PersonClock.JOB_FINDING:
            self.find_occupation(time)
        elif clock == PersonClock.CONTRACT_RUPTURE:
            self.lose_contract(time)
        elif clock == PersonClock.CLASS_LEAVING:
            self.leave_class_of_stayers(time)
        else:
            self.change_barrier(clock - PersonClock.BARRIERS, time)
        self.fired[clock] += 1
        self.restart_clock(clock)

    def leave_class_of_stayers(self, time: float) -> None:
        """The person is no longer one who rarely works and rarely leaves."""
        self.is_stayer = False
        self.note(Record.CLASS_LEFT, time)

    def change_barrier(self, barrier: int, time: float) -> None:
        """A barrier appears, or is lifted and gives the place of its action back."""
        is_lifted = has_barrier(self.barriers, barrier)
        self.barriers = toggled(self.barriers, barrier)
        kind = Record.BARRIER_REMOVAL if is_lifted else Record.BARRIER_ONSET
        self.note(kind, time, detail=barrier)
        if is_lifted:
            self.release_actions_against(barrier, time)

    def change_caseworker(self, leaver: Caseworker, position: int, day: int) -> None:
        """A colleague of the leaver takes the person, or the person queues again."""
        leaver.load -= self.weight
        office = self.model.offices[leaver.territory]
        colleague = office.lightest(leaver.role)
        if colleague is not None:
            self.caseworkers[position] = colleague
            colleague.load += self.weight
            self.note(Record.CASEWORKER_CHANGED, day, detail=leaver.role)
            return
        leaver.load += self.weight
        self.household.settle_to(day + 1.0)
        self.requeue(day, self.pathway)
        self.household.resume(day + 1.0)

    def follow_new_rhythms(self, changed: NDArray[np.bool_], day: int) -> None:
        """A policy changed some kinds of contact: shorter intervals hold at once.

        Longer ones hold from the next contact on, and so do those of contracts.
        """
        kinds = [kind for kind in self.contacts_in_force if changed[kind]]
        for kind in kinds:
            if kind != Contact.CONTRACT:
                self.due[kind] = min(self.due[kind], day + self.organisation.interval[kind])
        if kinds:
            self.plan_office_day()

    def answer_for_breaches(self, day: int) -> None:
        """Missed contacts that reach the threshold may be sanctioned, if the ladder does that."""
        nation = self.model.nation
        if not nation.sanction_opens_procedure:
            self.breaches = 0
            return
        if self.breaches < nation.sanction_breach_threshold:
            return
        self.breaches = 0
        drawn = self.luck.chance(Decision.SANCTION, self.attempts)
        is_sanctioned = drawn < nation.sanction_application_share
        if is_sanctioned and self.household.benefit == Benefit.PAID:
            self.household.be_sanctioned(self, day)

    def depart(self, time: float) -> None:
        """The household leaves for good: every place is given back, Mesa forgets the person."""
        self.close_support(time)
        self.move_job_place(-1)
        self.job = NO_INDEX
        self.remove()
