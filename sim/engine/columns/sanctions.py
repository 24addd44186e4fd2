"""The ladder of sanctions, applied after the contacts of the day."""

from __future__ import annotations

from sim.compiled import kernel
from sim.engine.columns.hazards import PAID
from sim.engine.columns.lives import resume, settle_to
from sim.engine.columns.people import identity, person_key
from sim.engine.columns.rights import leave_rsa
from sim.engine.columns.world import MISSED, MISSED_BY, World, record
from sim.processes.sanctions import capped_per_mille, suspended_per_mille, suspension_end_day
from sim.randomness import uniform
from sim.vocabulary import Decision, ExitReason, Record

DEREGISTERED = int(ExitReason.DEREGISTERED)


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
        leave_rsa(w, row, float(day), DEREGISTERED)
    resume(w, row, day + 1.0)
