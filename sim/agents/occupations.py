"""Finding and losing an occupation, with what it does to resources and to support."""

from __future__ import annotations

from bisect import bisect_right

from sim.agents.chronicle import MONTH_OF
from sim.agents.support import SupportedPerson
from sim.processes.jobs import job_length_days, working_time_share
from sim.processes.resources import benefit_days, shifted_mask
from sim.units import NEVER
from sim.vocabulary import NO_INDEX, Benefit, Decision, PersonClock, Record, Support

FIRST_JOB = 1
FIRST_DURABLE_JOB = 2


class WorkingPerson(SupportedPerson):
    """A person who finds jobs and trainings, and loses them."""

    def find_occupation(self, time: float) -> None:
        """The job-finding clock fired: which occupation, is there a place, start it."""
        nation = self.model.nation
        occasion = self.fired[PersonClock.JOB_FINDING]
        job = bisect_right(nation.job_edges, self.luck.chance(Decision.JOB_TYPE, occasion))
        if nation.job_has_limited_places[job]:
            is_full = self.office.jobs_held[job] >= self.office.rules.job_places[job]
            if is_full and not nation.is_history:
                self.note(Record.PLACE_REFUSED, time, detail=job)
                return
            self.office.jobs_held[job] += 1
        if self.job >= 0:
            self.end_occupation(time)
        self.start_occupation(time, job, occasion)

    def start_occupation(self, time: float, job: int, occasion: int) -> None:
        """Length and pay are drawn, and the occupation begins."""
        nation = self.model.nation
        wage = self._drawn_wage(job, occasion)
        length = self._drawn_length_days(job, occasion)
        self.job = job
        self.job_start = int(time)
        self.job_end = NEVER if length >= NEVER else time + length
        self.note(Record.JOB_STARTED, time, detail=job, value=wage)
        if nation.job_earns[job]:
            self._start_earning(time, wage)
        if nation.job_is_job[job]:
            self.remember_worked(time, has_worked=False)
            self.worked_mask |= 1
            self._note_first_job(time, job)
        if self.support == Support.SUPPORTED:
            if self.organisation.follow_up_days > 0 and nation.job_follows_up[job]:
                self.start_follow_up(time)
            else:
                self.release_activity(time)

    def _drawn_length_days(self, job: int, occasion: int) -> float:
        nation = self.model.nation
        return job_length_days(
            self.luck.chance(Decision.JOB_LENGTH, occasion),
            nation.job_form[job],
            nation.job_mean_months[job],
            nation.job_low_months[job],
            nation.job_high_months[job],
        )

    def _drawn_wage(self, job: int, occasion: int) -> int:
        """Cents a month; nothing for an occupation that does not pay."""
        nation = self.model.nation
        if not nation.job_earns[job]:
            return 0
        drawn = self.luck.chance(Decision.PART_TIME, occasion)
        share = working_time_share(
            drawn < nation.job_part_time_share[job],
            self.luck.chance(Decision.WORKING_TIME, occasion),
            nation.part_time_low,
            nation.part_time_high,
        )
        return int(nation.wage_full_time_cents * share)

    def _start_earning(self, time: float, wage: int) -> None:
        """A wage replaces unemployment benefit, whose unused days are kept."""
        household = self.household
        household.accrue(int(time))
        if self.benefit_until > 0:
            self.worked_days += max(self.benefit_until - int(time), 0)
            self.benefit_until = 0
        self.income_cents = wage
        if household.benefit == Benefit.PAID:
            household.schedule_declaration(time)
        household.compare_with_scale(time)

    def _note_first_job(self, time: float, job: int) -> None:
        """Record the first job, and the first durable one, since entry into support."""
        if self.cohort_on == 0:
            return
        is_durable = self.model.nation.job_is_durable[job] == 1
        for kind, flag, counts in (
            (Record.FIRST_JOB_SINCE_SUPPORT, FIRST_JOB, True),
            (Record.FIRST_DURABLE_JOB_SINCE_SUPPORT, FIRST_DURABLE_JOB, is_durable),
        ):
            if counts and self.cohort_flags & flag == 0:
                self.cohort_flags |= flag
                self.note(
                    kind,
                    time,
                    detail=job,
                    value=int(time) - self.cohort_on,
                    since=self.cohort_on,
                    pathway=self.cohort_pathway,
                )

    def end_occupation(self, time: float) -> None:
        """The occupation ends: place, resources, unemployment benefit, support."""
        nation = self.model.nation
        job = self.job
        days = int(time) - self.job_start
        self.note(Record.JOB_ENDED, time, detail=job, value=days, since=self.job_start)
        if nation.job_has_limited_places[job]:
            self.office.jobs_held[job] -= 1
        if nation.job_is_job[job]:
            self.remember_worked(time, has_worked=True)
        self.job = NO_INDEX
        self.job_end = NEVER
        self.last_job_end = int(time)
        if nation.job_earns[job]:
            self._stop_earning(time, days)
        if self.support == Support.IN_JOB_FOLLOW_UP:
            self.end_follow_up(time)

    def _stop_earning(self, time: float, days: int) -> None:
        """The wage stops; enough accumulated work opens unemployment benefit."""
        nation = self.model.nation
        self.household.accrue(int(time))
        self.worked_days += days
        entitled = benefit_days(
            self.worked_days, nation.unemployment_minimum_months, nation.unemployment_maximum_months
        )
        wage = self.income_cents
        self.income_cents = 0
        if entitled > 0.0:
            self.income_cents = int(wage * nation.unemployment_replacement)
            self.benefit_until = int(time) + int(entitled)
            self.worked_days = 0
        self.household.compare_with_scale(time)

    def lose_contract(self, time: float) -> None:
        """The contract is broken before its term."""
        days = int(time) - self.job_start
        self.note(Record.CONTRACT_RUPTURE, time, detail=self.job, value=days, since=self.job_start)
        self.end_occupation(time)

    def end_unemployment_benefit(self, time: float) -> None:
        """Unemployment benefit is exhausted."""
        self.household.accrue(int(time))
        self.income_cents = 0
        self.benefit_until = 0
        self.note(Record.UNEMPLOYMENT_BENEFIT_ENDED, time)
        self.household.compare_with_scale(time)

    def remember_worked(self, time: float, *, has_worked: bool) -> None:
        """Bring the memory of months worked up to the month of ``time``, included."""
        month = MONTH_OF[int(time)]
        months = month - self.mask_month
        if months > 0:
            self.worked_mask = shifted_mask(self.worked_mask, months, has_worked)
            self.mask_month = month
        elif has_worked:
            self.worked_mask |= 1

    def move_job_place(self, sign: int) -> None:
        """Count a limited job here (1) or no longer here (-1)."""
        if self.job >= 0 and self.model.nation.job_has_limited_places[self.job]:
            self.office.jobs_held[self.job] += sign
