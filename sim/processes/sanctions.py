"""The ladder of sanctions in force at the date, applied after the contacts of the day."""

from __future__ import annotations

from sim.compiled import kernel, rule
from sim.processes.benefit import leave_rsa
from sim.processes.living.lives import resume, settle_to
from sim.randomness import uniform
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import Decision, Record
from sim.world.codes import PAID, REASON_DEREGISTERED
from sim.world.numbers import national, whole
from sim.world.reading import identity, person_key
from sim.world.world import MISSED, MISSED_BY, World, record

NUMBERS = national(
    sanction_breach_threshold=whole("sanctions.breach_threshold"),
    sanction_application_share="sanctions.application_share",
    sanction_deregistration_share="sanctions.deregistration_share",
)


@kernel
def apply_sanctions(w: World, day: int) -> None:
    """Whoever missed a contact today and reached the threshold may be sanctioned.

    While no procedure is ever opened, breaches are forgotten.
    """
    for index in range(w.state[MISSED]):
        person = w.lists[MISSED_BY, index]
        p = w.people[person]
        opens = w.national[0].sanction_opens_procedure == 1
        if opens and p.breaches < w.national[0].sanction_breach_threshold:
            continue
        p.breaches = 0
        if not opens:
            continue
        key = person_key(w, person)
        drawn = uniform(key, Decision.SANCTION, int(p.attempts))
        if (
            w.households[p.household].benefit == PAID
            and drawn < w.national[0].sanction_application_share
        ):
            sanction(w, day, person, key)


@kernel
def sanction(w: World, day: int, person: int, key: int) -> None:
    """One step up the ladder; on repeat, possibly struck off."""
    g = w.national[0]
    p = w.people[person]
    row = p.household
    h = w.households[row]
    settle_to(w, row, day + 1.0)
    h.stage = min(h.stage + 1, 100)
    persons = g.household_adults[h.kind] + g.household_children[h.kind]
    per_mille = capped_per_mille(
        suspended_per_mille(h.stage, g.sanction_first_share, g.sanction_repeat_share),
        persons,
        g.sanction_family_cap_share,
    )
    h.suspended_per_mille = per_mille
    h.suspended_until = max(
        int(h.suspended_until),
        suspension_end_day(day, h.stage, g.sanction_first_months, g.sanction_repeat_months),
    )
    detail = min(int(h.stage), 3)
    record(
        w,
        Record.SANCTIONED,
        float(day),
        identity(w, person),
        h.territory,
        p.pathway,
        detail,
        per_mille,
        day,
    )
    is_repeat = h.stage >= g.sanction_stages_before_deregistration
    drawn = uniform(key, Decision.DEREGISTRATION, int(p.attempts))
    if is_repeat and drawn < g.sanction_deregistration_share:
        h.stage = 0
        leave_rsa(w, row, float(day), REASON_DEREGISTERED)
    resume(w, row, day + 1.0)


@rule
def suspended_per_mille(stage: int, first_share: float, repeat_share: float) -> int:
    """Share of the allowance withheld at a stage (1 is the first breach), per mille."""
    share = first_share if stage <= 1 else repeat_share
    return int(share * 1000.0 + 0.5)


@rule
def capped_per_mille(per_mille: int, persons: int, family_cap_share: float) -> int:
    """The cap of households of more than one person."""
    cap = int(family_cap_share * 1000.0 + 0.5)
    return min(per_mille, cap) if persons > 1 else per_mille


@rule
def suspension_end_day(today: int, stage: int, first_months: float, repeat_months: float) -> int:
    """Last day of the suspension."""
    months = first_months if stage <= 1 else repeat_months
    return today + int(months * DAYS_PER_MONTH + 0.5)
