"""One adult of a household, as the naive replay sees it: what it carries and how likely it acts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from replay.regime import LATENT_CLASSES, Regime
from sim.randomness import key_of, standard_normal, threshold, uniform
from sim.units import DAYS_PER_MONTH, DAYS_PER_YEAR, NEVER, date_of, month_number
from sim.vocabulary import NO_INDEX, Decision, PersonClock, Support

SPANS = ((3, "first"), (12, "middle"), (math.inf, "later"))
"""Months in a contract before which each rupture hazard holds."""
PROTECTED_INTERVALS = 1.5
PROTECTED_BY_NOBODY = 0


def seven_digits(number: float) -> float:
    """A constant of a person as the model's table of people keeps it: in single precision."""
    return float(np.float32(number))


class Chance:
    """Keyed chance of one person or household."""

    def __init__(self, seed: int, who: int) -> None:
        self.key: Any = np.uint64(key_of(seed, who))

    def uniform(self, decision: int, occasion: int = 0) -> float:
        """The uniform of the n-th time of a decision."""
        return float(uniform(self.key, int(decision), occasion))

    def threshold(self, decision: int, occasion: int) -> float:
        """What a clock has to run, unit exponential."""
        return float(threshold(self.key, int(decision), occasion))


class Clocks:
    """What remains of each threshold, and how many times each fired."""

    def __init__(self, chance: Chance, decision: int, count: int) -> None:
        self._chance = chance
        self._decision = decision
        self.fired = [0] * count
        self.left = [chance.threshold(decision + clock, 0) for clock in range(count)]

    def restart(self, clock: int) -> None:
        """Draw the next threshold of a clock that fired."""
        self.fired[clock] += 1
        self.left[clock] = self._chance.threshold(self._decision + clock, self.fired[clock])


@dataclass
class Surroundings:
    """What of its household an adult's hazards depend on, when slow factors are looked at."""

    regime: Regime
    territory: int
    kind: int
    is_paid: bool
    is_suspended: bool


@dataclass
class Job:
    """An occupation: row of its type, first day, planned end, monthly pay in cents."""

    kind: int
    start: int
    end: float


@dataclass
class Cohort:
    """Entrance into support from which first jobs are counted."""

    since: int
    pathway: int
    noted: set[int] = field(default_factory=set)


class Adult:
    """An adult who first enters at ``entry`` (days), drawn from the parameters by name."""

    def __init__(self, regime: Regime, home: int, member: int, entry: float) -> None:
        n = regime.number
        self.id = home + member + 1
        self.chance = Chance(regime.seed, self.id)
        u = self.chance.uniform
        self.birth = math.floor(entry - self._entry_age(regime) * DAYS_PER_YEAR)
        spread = n("frailty.log_sd")
        drawn = math.exp(spread * standard_normal(u(Decision.FRAILTY)) - spread * spread / 2.0)
        self.frailty = seven_digits(drawn)
        self.instability = seven_digits(self.frailty ** -n("frailty.job_instability_power"))
        self.is_stayer = u(Decision.CLASS) < n("stayers.share")
        self.has_duties = u(Decision.DUTIES) < n("population.duties_share")
        self.education = regime.pick("education", u(Decision.EDUCATION))
        self.latent = min(int(u(Decision.LATENT) * LATENT_CLASSES), LATENT_CLASSES - 1)
        kinds = range(len(regime.labels("barriers")))
        self.barriers = {
            b for b in kinds if u(Decision.BARRIER_STATE + b) < regime.prevalence(b, self.latent)
        }
        self.clocks = Clocks(self.chance, Decision.PERSON_CLOCK, PersonClock.BARRIERS + len(kinds))
        self.job: Job | None = None
        self.last_job_end = 0
        self.income_cents = 0
        self.worked_days = 0
        self.benefit_until = 0
        # What the offices do to the person.
        self.support = Support.NONE
        self.is_to_come_again = False
        self.since = 0
        self.pathway = NO_INDEX
        self.level, self.level_on = 0.0, 0
        self.actions: set[int] = set()
        self.activity_since = 0
        self.followed_on = PROTECTED_BY_NOBODY
        self.cohort: Cohort | None = None
        self.known_saturation: float | None = None
        """What contacts reached on average, where the period that counts is over."""

    def _entry_age(self, regime: Regime) -> float:
        n, u = regime.number, self.chance.uniform
        before, within = u(Decision.AGE_GROUP), u(Decision.AGE)
        young, at_25 = (
            n("population.entry_age_under_25_share"),
            n("population.entry_age_at_25_share"),
        )
        if before < young:
            youngest = n("population.entry_age_youngest")
            return youngest + within * (25.0 - youngest)
        if before < young + at_25:
            return 25.0 + within
        mean = n("population.entry_age_older_mean_years")
        kept = 1.0 - math.exp(-(n("population.entry_age_oldest") - 26.0) / mean)
        return 26.0 - mean * math.log(1.0 - within * kept)

    def saturation(self, around: Surroundings, middle: float) -> float:
        """Share of the full effect that the contacts held so far reach."""
        regime = around.regime
        if self.known_saturation is not None:
            return self.known_saturation
        if regime.is_history or not around.is_paid:
            return regime.reference_saturation
        half_lives = (middle - self.level_on) / regime.number("effects.contact_half_life_days")
        return regime.saturation(self.level * 0.5**half_lives)

    def early_factor(self, regime: Regime, days: int) -> float:
        """How much more a contact counts so many days after the RSA opened."""
        half_lives = days / regime.number("effects.early_contact_half_life_days")
        boost = regime.number("effects.early_contact_boost") * min(self.frailty, 1.0)
        return float(1.0 + boost * 0.5**half_lives)

    def raise_level(self, regime: Regime, weight: float, evening: int) -> None:
        """Count one more contact in the achieved contacts a month."""
        half_life = regime.number("effects.contact_half_life_days")
        left = self.level * 0.5 ** ((evening - self.level_on) / half_life)
        self.level = left + weight * DAYS_PER_MONTH * math.log(2.0) / half_life
        self.level_on = evening

    def job_finding(self, around: Surroundings, middle: float) -> float:
        """Hazard of an occupation per month, with the slow factors of a ``middle``."""
        regime, n = around.regime, around.regime.number
        place = regime.territory(around.territory)
        hazard = n("job_finding.base_hazard")
        hazard *= n(f"{place}.market_level") * n(f"{place}.event_factor")
        month = month_number(date_of(int(middle)))
        hazard *= regime.parameters.numbers("job_finding.season")[month % 12]
        years = max(int((middle - self.birth) / DAYS_PER_MONTH), 0) / 12.0
        for age in (30, 50, 60):
            hazard *= math.exp(-n(f"job_finding.decline_after_{age}") * max(years - age, 0.0))
        hazard *= n(f"education.{regime.labels('education')[self.education]}.job_finding_factor")
        kind = regime.labels("household_types")[around.kind]
        hazard *= n(f"household_types.{kind}.job_finding_factor") * self.frailty
        if self.is_stayer:
            hazard *= n("stayers.job_finding_multiplier")
        if self.last_job_end > 0:
            decay = n("job_finding.recent_job_decay_months") * DAYS_PER_MONTH
            fading = math.exp(-(middle - self.last_job_end) / decay)
            hazard *= 1.0 + n("job_finding.recent_job_boost") * fading
        for barrier in self.barriers:
            multiplier = n(f"barriers.{regime.labels('barriers')[barrier]}.job_finding_multiplier")
            hazard *= multiplier ** n("barrier_effects.exponent")
        if not around.is_paid:
            hazard *= n("job_finding.off_rsa_multiplier")
        elif not regime.is_history:
            hazard *= self._support_effect(around, middle)
        if self.job is not None:
            job = regime.labels("job_types")[self.job.kind]
            hazard *= n(f"job_types.{job}.lock_in_multiplier")
        return hazard

    def _support_effect(self, around: Surroundings, middle: float) -> float:
        """Factor of contacts, activity and a sanction, relative to the reference intensity."""
        regime, n = around.regime, around.regime.number
        factor = 1.0 + n("effects.contact_size") * self.saturation(around, middle)
        if self.activity_since > 0:
            rows = regime.organisation(around.territory, self.pathway)
            ramp, days = n(f"{rows}.activity_ramp_days"), middle - self.activity_since
            share = 1.0 if days >= ramp else max(days, 0.0) / ramp
            factor *= regime.activity_effect(n(f"{rows}.activity_hours") * share)
        if around.is_suspended:
            factor *= n("effects.sanction_job_finding_multiplier")
        return factor / regime.reference_support

    def protected_until(self, around: Surroundings) -> float:
        """When follow-up stops protecting the contract, for want of a contact; 0 if it did not."""
        if self.followed_on == PROTECTED_BY_NOBODY or self.pathway < 0:
            return 0.0
        rows = around.regime.organisation(around.territory, self.pathway)
        interval = around.regime.number(f"{rows}.follow_up_interval_days")
        return self.followed_on + PROTECTED_INTERVALS * interval

    def hazards(self, around: Surroundings, now: float, middle: float) -> dict[int, float]:
        """Hazard per month of every clock that runs now."""
        regime, n = around.regime, around.regime.number
        reached = self.saturation(around, middle)
        found = {int(PersonClock.JOB_FINDING): self.job_finding(around, middle)}
        if self.job is not None:
            found[int(PersonClock.CONTRACT_RUPTURE)] = self._rupture(around, self.job, now)
        if self.is_stayer:
            effect = 1.0 + n("stayers.leaving_contact_size") * reached
            found[int(PersonClock.CLASS_LEAVING)] = n("stayers.leaving_hazard") * effect
        for barrier in range(len(regime.labels("barriers"))):
            clock = PersonClock.BARRIERS + barrier
            found[clock] = self._barrier_change(regime, barrier, reached)
        return found

    def _rupture(self, around: Surroundings, job: Job, now: float) -> float:
        n = around.regime.number
        months = (now - job.start) / DAYS_PER_MONTH
        span = next(name for limit, name in SPANS if months < limit)
        label = around.regime.labels("job_types")[job.kind]
        hazard = n(f"job_types.{label}.rupture_hazard_{span}")
        hazard *= self.instability
        if now < self.protected_until(around):
            hazard *= n("effects.follow_up_rupture_multiplier")
        return hazard

    def _barrier_change(self, regime: Regime, barrier: int, reached: float) -> float:
        """Lifting of a barrier that is there, onset of one that is not."""
        n, name = regime.number, f"barriers.{regime.labels('barriers')[barrier]}"
        share = regime.prevalence(barrier, self.latent)
        hazard = n(f"{name}.relaxation_hazard")
        if barrier not in self.barriers:
            return hazard * share
        speed = n(f"{name}.contact_speed")
        hazard *= (1.0 - share) / (1.0 + speed * regime.reference_saturation)
        hazard *= 1.0 + speed * reached
        for action in sorted(self.actions):
            label = regime.labels("actions")[action]
            if barrier == treated_by(regime, action):
                hazard *= n(f"actions.{label}.speed")
        return hazard

    @property
    def planned_end(self) -> float:
        """End of the present occupation; never without a term or an occupation."""
        return NEVER if self.job is None else self.job.end


def treated_by(regime: Regime, action: int) -> int:
    """The barrier against which an action is."""
    label = regime.labels("actions")[action]
    return regime.labels("barriers").index(regime.parameters.word(f"actions.{label}.barrier"))
