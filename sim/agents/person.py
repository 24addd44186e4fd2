"""What one adult is: fixed traits, and the attributes that a life changes.

Attributes carry the names of the columns of ``sim.population.layout``, which states their units;
the values set here are those of an adult about whom nothing is known yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.actor import Actor
from sim.agents.caseworker import Caseworker
from sim.agents.luck import Luck
from sim.agents.office import Office
from sim.agents.rules import Rules
from sim.population.layout import NEVER_DAY
from sim.units import NEVER
from sim.vocabulary import (
    MAXIMUM_ROLES_PER_PATHWAY,
    NO_INDEX,
    Call,
    Contact,
    Decision,
    PersonClock,
    Record,
    Support,
)
from sim.world.sets import has_barrier

if TYPE_CHECKING:
    from sim.agents.household import Household


def rounded_to_store(number: float) -> float:
    """``number`` in the single precision of the columns that hold it in four bytes."""
    return float(np.float32(number))


class Person(Actor):
    """An adult of a household: traits, barriers, job, and the place in the offices' lists."""

    def __init__(self, household: Household, member: int) -> None:
        super().__init__(household.department)
        nation = self.model.nation
        barriers = len(nation.barrier_factor)
        self.household = household
        self.member = member
        self.identity: int = household.identity + member + 1
        self.luck = Luck(nation.seed, self.identity)

        self.birth = 0
        self.frailty = 0.0
        self.instability = 0.0
        self.education = 0
        self.latent = 0
        self.is_stayer = False
        self.has_duties = False
        self.is_self_employed = False

        self.clock = [0.0] * PersonClock.BARRIERS
        """What remains of the threshold of each clock (``PersonClock``)."""
        self.fired = [0] * (PersonClock.BARRIERS + barriers)
        """How often each clock fired, barriers included."""

        self.barriers = 0
        self.seen = 0
        self.on_action = 0
        self.barrier_clock = [0.0] * barriers
        """What remains of the threshold of each barrier."""
        self.reached_months = 0.0
        """Saturation x months since the clocks were read."""
        self.saturation = 0.0
        self.job_hazard = 0.0

        self.job = NO_INDEX
        self.job_start = 0
        self.job_end = NEVER
        self.last_job_end = 0
        self.income_cents = 0
        self.worked_days = 0
        self.benefit_until = 0
        self.mask_month = 0
        self.worked_mask = 0

        self.support = Support.NONE
        self.pathway = NO_INDEX
        self.caseworkers: list[Caseworker | None] = [None] * MAXIMUM_ROLES_PER_PATHWAY
        self.office_day = NEVER_DAY
        """Day on which the office has to look at this person."""
        self.waiting_since = 0
        self.ready_on = 0
        self.ready_minute = 0
        self.invitations = 0
        self.call = Call.NONE
        self.calls = 0
        self.workshop_on = 0
        self.workshops_missed = 0
        self.assessments = 0
        self.oriented_on = 0
        self.support_since = 0
        self.cohort_on = 0
        self.cohort_pathway = NO_INDEX
        self.cohort_flags = 0
        self.contract_on = 0
        self.review_on = 0

        self.due = [NEVER_DAY] * len(Contact)
        """Due day of each kind of contact."""
        self.postponed = 0
        self.attempts = 0
        self.breaches = 0
        self.contact_level = 0.0
        self.contact_on = 0
        self.met_on = 0
        self.activity_since = 0
        self.follow_up_until = 0
        self.follow_up_held_on = 0

    @property
    def office(self) -> Office:
        """The office of the territory where the household lives."""
        return self.household.office

    @property
    def organisation(self) -> Rules:
        """How the person's pathway is run by its office."""
        return self.office.organisation[self.pathway]

    @property
    def is_supported(self) -> bool:
        """Whether caseworkers follow this person, in a job or not."""
        return self.support in (Support.SUPPORTED, Support.IN_JOB_FOLLOW_UP)

    def restart_clock(self, clock: int) -> None:
        """Draw the next threshold of a clock."""
        decision = Decision.PERSON_CLOCK + clock
        drawn = self.luck.waiting_time(decision, self.fired[clock])
        if clock < PersonClock.BARRIERS:
            self.clock[clock] = drawn
        else:
            self.barrier_clock[clock - PersonClock.BARRIERS] = rounded_to_store(drawn)

    def present_barriers(self) -> list[int]:
        """The barriers that this person has."""
        every = range(len(self.model.nation.barrier_factor))
        return [barrier for barrier in every if has_barrier(self.barriers, barrier)]

    def note(
        self,
        kind: Record,
        time: float,
        *,
        detail: int = 0,
        value: int = 0,
        since: int | None = None,
        pathway: int | None = None,
    ) -> None:
        """Record something about this person, by default in its present pathway and as of now."""
        self.model.chronicle.note(
            kind,
            time,
            who=self.identity,
            territory=self.office.territory,
            pathway=self.pathway if pathway is None else pathway,
            detail=detail,
            value=value,
            since=int(time) if since is None else since,
        )
