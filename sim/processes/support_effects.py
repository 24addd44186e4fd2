"""What achieved contacts and activity do to hazards. Sizes are literature priors, never fitted."""

from __future__ import annotations

import math

from sim.compiled import kernel, rule
from sim.units import DAYS_PER_MONTH
from sim.world.codes import PAID
from sim.world.numbers import national, of_pathway
from sim.world.world import World

NUMBERS = national(
    contact_size="effects.contact_size",
    contact_saturation_per_month="effects.contact_saturation_per_month",
    contact_half_life_days="effects.contact_half_life_days",
    activity_size="effects.activity_size",
    activity_saturation_hours="effects.activity_saturation_hours",
    reference_contacts_per_month="effects.reference_contacts_per_month",
    sanction_job_finding_multiplier="effects.sanction_job_finding_multiplier",
)
NUMBERS_OF_PATHWAY = of_pathway(
    activity_hours="activity_hours",
    activity_ramp_days="activity_ramp_days",
)

NEGLIGIBLE_LEVEL = 1e-6

LOG_2 = math.log(2.0)


@kernel
def support_factor(w: World, row: int, person: int, middle: float) -> float:
    """Effect of contacts, activity and a running sanction, relative to the reference."""
    g = w.national[0]
    h = w.households[row]
    p = w.people[person]
    if g.is_history == 1 or h.benefit != PAID:
        p.saturation = g.reference_saturation
        return 1.0
    level = 0.0
    if p.contact_level > NEGLIGIBLE_LEVEL:
        level = decayed_level(p.contact_level, middle - p.contact_on, g.contact_half_life_days)
    p.saturation = saturation(level, g.contact_saturation_per_month)
    factor = relative_effect(g.contact_size, p.saturation)
    if p.activity_since > 0:
        o = w.organisation[h.territory, p.pathway]
        days = middle - p.activity_since
        if days >= o.activity_ramp_days:
            factor *= o.activity_effect
        else:
            hours = ramped_hours(o.activity_hours, days, o.activity_ramp_days)
            factor *= relative_effect(
                g.activity_size, saturation(hours, g.activity_saturation_hours)
            )
    if h.suspended_until > 0:
        factor *= g.sanction_job_finding_multiplier
    return factor / g.reference_support


@kernel
def raise_contact_level(w: World, day: int, person: int, weight: float) -> None:
    """One more contact of that weight on this day: what earlier ones left has faded till its end.

    The household is settled first; the caller resumes it.
    """
    half_life = w.national[0].contact_half_life_days
    p = w.people[person]
    level = decayed_level(p.contact_level, day + 1.0 - p.contact_on, half_life)
    p.contact_level = raised_level(level, weight, half_life)
    p.contact_on = day + 1


@rule
def decayed_level(level: float, days: float, half_life_days: float) -> float:
    """Exponentially weighted contacts per month, ``days`` after it was ``level``."""
    return level * math.exp(-LOG_2 * days / half_life_days)


@rule
def raised_level(level: float, weight: float, half_life_days: float) -> float:
    """The level after one more contact; a steady rhythm of c a month settles around c."""
    return level + weight * DAYS_PER_MONTH * LOG_2 / half_life_days


@rule
def saturation(quantity: float, scale: float) -> float:
    """Share of the full effect reached: 1 - exp(-quantity / scale)."""
    return -math.expm1(-quantity / scale)


@rule
def most_helpful_saturation(size: float) -> float:
    """The saturation at which an effect of ``size`` raises a hazard most."""
    return 1.0 if size > 0.0 else 0.0


@rule
def relative_effect(size: float, reached: float) -> float:
    """Multiplier 1 + size x share reached."""
    return 1.0 + size * reached


@rule
def ramped_hours(target_hours: float, days_since_start: float, ramp_days: float) -> float:
    """Weekly hours of activity reached progressively from the first day of the activity."""
    if days_since_start >= ramp_days:
        return target_hours
    if days_since_start <= 0.0:
        return 0.0
    return target_hours * days_since_start / ramp_days
