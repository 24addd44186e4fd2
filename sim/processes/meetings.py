"""A meeting with a caseworker: whether the person comes, what it leaves, how much it counts."""

from __future__ import annotations

import math

from sim.compiled import kernel, rule
from sim.processes.living.refreshes import settle
from sim.processes.resources import has_job, remember_worked
from sim.processes.support_effects import LOG_2, raise_contact_level
from sim.randomness import uniform
from sim.vocabulary import Decision
from sim.world.numbers import national
from sim.world.reading import person_key
from sim.world.world import World

NUMBERS = national(
    sanction_no_show_multiplier="effects.sanction_no_show_multiplier",
    early_contact_boost="effects.early_contact_boost",
    early_contact_half_life_days="effects.early_contact_half_life_days",
)


@kernel
def stays_away(w: World, person: int, kind: int) -> bool:
    """Whether the person does not come; each attempt has a draw of its own."""
    g = w.national[0]
    p = w.people[person]
    is_suspended = w.households[p.household].suspended_until > 0
    multiplier = g.sanction_no_show_multiplier if is_suspended else 1.0
    drawn = uniform(person_key(w, person), Decision.CONTACT_ATTENDANCE + kind, int(p.attempts))
    p.attempts += 1
    return bool(drawn < no_show_probability(g.contact_no_show[kind], multiplier))


@kernel
def meet(w: World, day: int, person: int, kind: int) -> None:
    """The person comes: the level of contacts rises, the month remembers it.

    The household is settled first; the caller resumes it.
    """
    p = w.people[person]
    settle(w, p.household, day + 1.0)
    count_meeting(w, day, person, w.national[0].contact_weight[kind])
    remember_worked(w, person, float(day), has_job(w, person))
    p.seen_mask = p.seen_mask | 1
    p.met_on = day + 1


@kernel
def count_meeting(w: World, day: int, person: int, weight: float) -> None:
    """The level of contacts rises by a meeting of that weight, more soon after entry."""
    g = w.national[0]
    p = w.people[person]
    days = day - w.households[p.household].since
    factor = early_factor(g.early_contact_boost, days, g.early_contact_half_life_days, p.frailty)
    raise_contact_level(w, day, person, weight * factor)


@rule
def no_show_probability(share: float, multiplier: float) -> float:
    """Chance that the person does not come, cut at one."""
    return min(1.0, share * multiplier)


@rule
def missed_minutes(minutes: int, share: float) -> int:
    """Minutes that a no-show costs the caseworker."""
    return int(minutes * share)


@rule
def early_factor(
    boost: float, days_on_benefit: float, half_life_days: float, frailty: float
) -> float:
    """How much more a contact counts soon after entry, and not for the least employable.

    1 + boost x min(frailty, 1) x 2^(-days / half-life): a lost early meeting lengthens unemployment
    most, and does nothing for those furthest from a job (F0362).
    """
    return 1.0 + boost * min(frailty, 1.0) * math.exp(-LOG_2 * days_on_benefit / half_life_days)
