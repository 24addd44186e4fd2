"""What is likely to happen to a person: slow factors, and the hazards of its clocks."""

from __future__ import annotations

from sim.agents.actions import speed_against
from sim.agents.chronicle import MONTH_OF
from sim.agents.person import Person
from sim.processes.barriers import removal_hazard
from sim.processes.follow_up import is_follow_up_active
from sim.processes.job_finding import job_finding_hazard, recent_job_factor
from sim.processes.jobs import rupture_hazard
from sim.processes.support_effects import decayed_level, ramped_hours, relative_effect, saturation
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import Benefit, Contact
from sim.world.sets import has_barrier

NEGLIGIBLE_LEVEL = 1e-6
"""Contacts per month below which nothing of them is left."""
MONTHS_PER_YEAR = 12


class LikelyPerson(Person):
    """A person with the factors and hazards that follow from its present state."""

    def refresh(self, time: float, middle: float) -> None:
        """Recompute what job finding depends on: age, season, barriers, contacts, sanction.

        They hold from ``time`` to the next refresh and are those of the ``middle`` of that step:
        at its beginning, contacts count too much.
        """
        nation = self.model.nation
        self.job_hazard = job_finding_hazard(
            nation.base_hazard,
            self.office.rules.market,
            nation.season[MONTH_OF[int(middle)] % MONTHS_PER_YEAR],
            self._personal_factor(middle),
            self.barrier_product(nation.barrier_factor),
            self._support_factor(middle),
        )

    def _personal_factor(self, time: float) -> float:
        nation = self.model.nation
        months = max(int((time - self.birth) / DAYS_PER_MONTH), 0)
        age_months = min(months, len(nation.age_factor) - 1)
        factor: float = nation.age_factor[age_months] * nation.education_factor[self.education]
        factor *= nation.household_factor[self.household.kind] * self.frailty
        if self.is_stayer:
            factor *= nation.stayer_job_finding
        if nation.recent_job_boost > 0.0 and self.last_job_end > 0:
            factor *= recent_job_factor(
                nation.recent_job_boost, time - self.last_job_end, nation.recent_job_decay_days
            )
        return factor

    def barrier_product(self, factors: tuple[float, ...]) -> float:
        """Product of a factor of each barrier that is present."""
        product = 1.0
        for barrier in self.present_barriers():
            product *= factors[barrier]
        return product

    def _support_factor(self, time: float) -> float:
        """Effect of contacts, activity and a running sanction, relative to the reference.

        The history has no offices, and people out of the RSA do not see them: they are taken to
        have the reference intensity.
        """
        nation = self.model.nation
        if nation.is_history == 1 or self.household.benefit != Benefit.PAID:
            self.saturation = nation.reference_saturation
            return 1.0
        level = 0.0
        if self.contact_level > NEGLIGIBLE_LEVEL:
            days = time - self.contact_on
            level = decayed_level(self.contact_level, days, nation.contact_half_life_days)
        self.saturation = saturation(level, nation.contact_saturation_per_month)
        factor = relative_effect(nation.contact_size, self.saturation)
        if self.activity_since > 0:
            organisation = self.organisation
            hours = ramped_hours(
                organisation.activity_hours,
                time - self.activity_since,
                organisation.activity_ramp_days,
            )
            reached = saturation(hours, nation.activity_saturation_hours)
            factor *= relative_effect(nation.activity_size, reached)
        if self.household.suspended_until > 0:
            factor *= nation.sanction_job_finding_multiplier
        reference: float = nation.reference_support
        return factor / reference

    def job_finding_hazard(self) -> float:
        """Per month, of an occupation: none in a job, slowed in a training."""
        nation = self.model.nation
        hazard = self.job_hazard
        if self.household.benefit != Benefit.PAID:
            hazard *= nation.off_rsa_multiplier
        if self.job >= 0:
            hazard *= nation.job_lock_in[self.job]
        return hazard

    def rupture_hazard(self) -> float:
        """Per month, that the present contract is broken; as of the last reading of clocks."""
        nation = self.model.nation
        now = self.household.read_at
        return rupture_hazard(
            now - self.job_start,
            nation.job_rupture_first[self.job],
            nation.job_rupture_middle[self.job],
            nation.job_rupture_later[self.job],
            self.instability,
            self._protection(now),
        )

    def _protection(self, now: float) -> float:
        """What follow-up in the job does to a rupture: nothing unless contacts are held."""
        if is_follow_up_active(self.follow_up_held_on, now, self.follow_up_interval):
            multiplier: float = self.model.nation.follow_up_rupture_multiplier
            return multiplier
        return 1.0

    @property
    def follow_up_interval(self) -> int:
        """Days between follow-up contacts of a person who had one; 0 for who had none."""
        if self.follow_up_held_on > 0 and self.pathway >= 0:
            interval: int = self.organisation.interval[Contact.FOLLOW_UP]
            return interval
        return 0

    def class_leaving_hazard(self, saturation: float) -> float:
        """Per month, that a stayer leaves that class under a saturation of contacts."""
        nation = self.model.nation
        hazard: float = nation.stayer_leaving_hazard
        return hazard * relative_effect(nation.stayer_leaving_contact_size, saturation)

    def barrier_hazard(self, barrier: int, saturation: float) -> float:
        """Per month, that a barrier is lifted if present, or appears if not."""
        nation = self.model.nation
        if not has_barrier(self.barriers, barrier):
            onset: float = nation.barrier_onset[self.latent][barrier]
            return onset
        return removal_hazard(
            nation.barrier_removal[self.latent][barrier],
            nation.barrier_contact_speed[barrier],
            saturation,
            speed_against(nation, self.on_action, barrier) if self.on_action else 1.0,
        )
