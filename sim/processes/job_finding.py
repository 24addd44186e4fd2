"""The hazard of finding an occupation (a job of any length, or a training), per month."""

from __future__ import annotations

import math

from sim.compiled import Row, kernel, rule
from sim.processes.support_effects import support_factor
from sim.units import DAYS_PER_MONTH
from sim.world.codes import PAID
from sim.world.numbers import national
from sim.world.world import World

NUMBERS = national(
    base_hazard="job_finding.base_hazard",
    off_rsa_multiplier="job_finding.off_rsa_multiplier",
    recent_job_boost="job_finding.recent_job_boost",
    stayer_job_finding="stayers.job_finding_multiplier",
)


@kernel
def job_finding_now(g: Row, household: Row, person: Row) -> float:
    """Hazard of an occupation: none in a job, slowed in a training."""
    finding = person.job_hazard
    if household.benefit != PAID:
        finding *= g.off_rsa_multiplier
    if person.job >= 0:
        finding *= g.job_lock_in[person.job]
    return finding


@kernel
def job_hazard_at(w: World, row: int, person: int, middle: float, barriers: float) -> float:
    """Job finding of one adult with the slow factors of the ``middle`` of a step.

    At its beginning, contacts would count too much.
    """
    g = w.national[0]
    h = w.households[row]
    p = w.people[person]
    age_months = min(max(int((middle - p.birth) / DAYS_PER_MONTH), 0), g.age_factor.shape[0] - 1)
    personal = g.age_factor[age_months] * g.education_factor[p.education]
    personal *= g.household_factor[h.kind] * p.frailty
    if p.is_stayer:
        personal *= g.stayer_job_finding
    if g.recent_job_boost > 0.0 and p.last_job_end > 0:
        personal *= recent_job_factor(
            g.recent_job_boost, middle - p.last_job_end, g.recent_job_decay_days
        )
    return job_finding_hazard(
        g.base_hazard,
        w.territories[h.territory].market,
        g.season[w.month_of[int(middle)] % 12],
        personal,
        barriers,
        support_factor(w, row, person, middle),
    )


@kernel
def only_falls(w: World, household: Row, person: Row, middle: float) -> bool:
    """Whether job finding falls as time goes by, but for the season.

    It does with age and as contacts and the last job fade, unless contacts make jobs less likely,
    and once the weekly hours of activity are reached.
    """
    g = w.national[0]
    if g.contact_size < 0.0:
        return False
    if person.activity_since > 0:
        o = w.organisation[household.territory, person.pathway]
        return bool(middle - person.activity_since >= o.activity_ramp_days)
    return True


@rule
def age_factor(
    age_years: float, decline_after_30: float, decline_after_50: float, decline_after_60: float
) -> float:
    """Multiplier by age: log-linear decline, steeper after 50 and again after 60."""
    slope = decline_after_30 * max(age_years - 30.0, 0.0)
    slope += decline_after_50 * max(age_years - 50.0, 0.0)
    slope += decline_after_60 * max(age_years - 60.0, 0.0)
    return math.exp(-slope)


@rule
def recent_job_factor(boost: float, days_since_job: float, decay_days: float) -> float:
    """Multiplier 1 + boost x exp(-time since the last job / decay)."""
    return 1.0 + boost * math.exp(-days_since_job / decay_days)


@rule
def job_finding_hazard(
    base_hazard: float,
    market: float,
    season: float,
    personal: float,
    barriers: float,
    support: float,
) -> float:
    """Product of the base hazard and its factors, while on RSA.

    ``market`` is level x dated events of the territory; ``personal`` is age x education x
    household x frailty x class x recent job; ``support`` is contacts x activity x sanction,
    relative to the reference intensity.
    """
    return base_hazard * market * season * personal * barriers * support
