"""Reading one person: identity, key, income, and the slow factors of the refresh."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.engine.columns.clocks import next_refresh
from sim.engine.columns.hazards import PAID
from sim.engine.columns.world import World
from sim.population.layout import NEVER_DAY
from sim.processes.job_finding import job_finding_hazard, recent_job_factor
from sim.processes.support_effects import (
    decayed_level,
    ramped_hours,
    relative_effect,
    saturation,
)
from sim.randomness import key_of
from sim.units import DAYS_PER_MONTH

NEGLIGIBLE_LEVEL = 1e-6


@kernel
def identity(w: World, person: int) -> int:
    """The identity of a person: that of the household plus its place in it."""
    p = w.people[person]
    return w.households[p.household].id + p.member + 1


@kernel
def person_key(w: World, person: int) -> int:
    """The key of a person's chance."""
    return key_of(w.national[0].seed, identity(w, person))


@kernel
def household_key(w: World, row: int) -> int:
    """The key of a household's chance."""
    return key_of(w.national[0].seed, w.households[row].id)


@kernel
def income_cents(w: World, row: int) -> int:
    """Monthly resources of a household from work and unemployment benefit."""
    h = w.households[row]
    total = 0
    for member in range(h.members):
        total += w.people[h.first + member].income_cents
    return total


@kernel
def break_even(w: World, row: int) -> int:
    """Monthly resources from which the household receives nothing, cents."""
    h = w.households[row]
    return w.national[0].break_even[h.kind, h.has_housing_support, h.is_increased]


@kernel
def update_below(w: World, row: int, time: float) -> None:
    """Note since when the resources of a household out of the RSA are below its scale."""
    h = w.households[row]
    if h.benefit == PAID:
        return
    if income_cents(w, row) > break_even(w, row):
        h.below_since = NEVER_DAY
    elif h.below_since == NEVER_DAY:
        h.below_since = int(time)


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
def barriers_factor(g: Row, present: int) -> float:
    """What the barriers that are present do to job finding."""
    factor = 1.0
    barrier = 0
    while present > 0:
        if present & 1 == 1:
            factor *= g.barrier_factor[barrier]
        present >>= 1
        barrier += 1
    return factor


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
def refresh(w: World, row: int, time: float) -> None:
    """Recompute the slow factors of a household's adults, from ``time`` to the next refresh."""
    h = w.households[row]
    middle = 0.5 * (time + next_refresh(w, row))
    for member in range(h.members):
        p = w.people[h.first + member]
        barriers = barriers_factor(w.national[0], int(p.barriers))
        p.job_hazard = job_hazard_at(w, row, h.first + member, middle, barriers)
