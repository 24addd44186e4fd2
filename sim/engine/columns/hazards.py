"""When a household's next event comes: hazards, the earliest firing, and settling the clocks."""

from __future__ import annotations

import math

from sim.compiled import Row, kernel
from sim.engine.columns.barriers import next_barrier
from sim.engine.columns.world import World
from sim.population.layout import NEVER_DAY
from sim.processes.benefit import (
    REASON_WORK,
    long_exit_hazard,
    next_reentry_change,
    reentry_hazard,
)
from sim.processes.jobs import is_follow_up_active, next_segment_time, rupture_hazard
from sim.processes.support_effects import relative_effect
from sim.units import NEVER, clock_increment, in_days, in_months, months_until
from sim.vocabulary import Benefit, Contact, HouseholdClock, PersonClock

PAID = int(Benefit.PAID)
INTERRUPTION = int(HouseholdClock.INTERRUPTION)
LONG_EXIT = int(HouseholdClock.LONG_EXIT)
OTHER_MINIMUM = int(HouseholdClock.OTHER_MINIMUM)
MOVE = int(HouseholdClock.MOVE)
REENTRY = int(HouseholdClock.REENTRY)
HOUSEHOLD_CLOCKS = len(HouseholdClock)
JOB_FINDING = int(PersonClock.JOB_FINDING)
RUPTURE = int(PersonClock.CONTRACT_RUPTURE)
CLASS_LEAVING = int(PersonClock.CLASS_LEAVING)
BARRIERS = int(PersonClock.BARRIERS)
FOLLOW_UP = int(Contact.FOLLOW_UP)

REFRESH = 0
SEGMENT = 1
DECLARATION = 2
PENSION = 3
SUSPENSION_END = 4
JOB_END = 5
UNEMPLOYMENT_END = 6
HOUSEHOLD_CLOCK = 16
PERSON_CLOCK = 32


@kernel
def next_refresh(time: float, phase: int, interval: float) -> float:
    """First day after ``time`` on the household's own grid."""
    return (math.floor((time + phase) / interval) + 1.0) * interval - phase


@kernel
def job_finding_now(g: Row, household: Row, person: Row) -> float:
    """Hazard of an occupation per month: none in a job, slowed in a training."""
    finding = person.job_hazard
    if household.benefit != PAID:
        finding *= g.off_rsa_multiplier
    if person.job >= 0:
        finding *= g.job_lock_in[person.job]
    return finding


@kernel
def rupture_now(w: World, household: Row, person: Row) -> float:
    """Hazard per month that the present contract is broken."""
    job = person.job
    g = w.national[0]
    protection = 1.0
    if person.follow_up_held_on > 0 and person.pathway >= 0:
        interval = w.organisation[household.territory, person.pathway].interval[FOLLOW_UP]
        if is_follow_up_active(person.follow_up_held_on, household.settled, interval):
            protection = g.follow_up_rupture_multiplier
    return rupture_hazard(
        household.settled - person.job_start,
        g.job_rupture_first[job],
        g.job_rupture_middle[job],
        g.job_rupture_later[job],
        person.instability,
        protection,
    )


@kernel
def class_leaving_now(g: Row, person: Row) -> float:
    """Hazard per month at which a stayer leaves that class."""
    effect = relative_effect(g.stayer_leaving_contact_size, person.saturation)
    return g.stayer_leaving_hazard * effect


@kernel
def other_minimum_factor(g: Row, present: int) -> float:
    """Multiplier of moving to another minimum by the barriers that are present."""
    factor = 1.0
    linked = present & g.other_minimum_barriers
    barrier = 0
    while linked > 0:
        if linked & 1 == 1:
            factor *= g.barrier_other_minimum[barrier]
        linked >>= 1
        barrier += 1
    return factor


@kernel
def exits_now(w: World, household: Row) -> tuple[float, float, float]:
    """Hazards per month of a household on RSA: interruption, long exit, other minimum."""
    g = w.national[0]
    stayers = 0.0
    reached = 0.0
    other = 0.0
    for member in range(household.members):
        person = w.people[household.first + member]
        stayers += g.stayer_exit if person.is_stayer else 1.0
        reached += person.saturation
        other += other_minimum_factor(g, int(person.barriers))
    stayers /= household.members
    reached /= household.members
    contact = relative_effect(g.long_exit_contact_size, reached) / g.reference_exit
    long_exit = long_exit_hazard(g.long_exit_hazard, stayers, household.exit_frailty, contact)
    return g.interruption_hazard * stayers, long_exit, g.other_minimum_hazard * other


@kernel
def reentry_now(g: Row, household: Row) -> float:
    """Hazard per month that a household out of the RSA comes back."""
    below = -1.0
    if household.below_since != NEVER_DAY:
        below = household.settled - household.below_since
    return reentry_hazard(
        household.reason,
        household.settled - household.since,
        below,
        g.reentry_interruption,
        g.reentry_work_first,
        g.reentry_deregistration,
        g.reentry_long_first,
        g.reentry_long_middle,
        g.reentry_long_later,
    )


@kernel
def next_date(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of the next scheduled date: what needs no chance."""
    household = w.households[row]
    g = w.national[0]
    now = household.settled
    kind = REFRESH
    member_found = 0
    is_paid = household.benefit == PAID
    interval = g.refresh_days if is_paid else g.refresh_days_out
    stop = next_refresh(now, household.refresh_phase, interval)
    if is_paid:
        if household.next_declaration < stop:
            stop, kind = float(household.next_declaration), DECLARATION
        if 0 < household.suspended_until < stop:
            stop, kind = float(household.suspended_until), SUSPENSION_END
    elif household.below_since != NEVER_DAY:
        since = float(household.since)
        if household.reason == REASON_WORK:
            since = float(household.below_since)
        change = next_reentry_change(since, now)
        if change < stop:
            stop, kind = change, SEGMENT
    if household.pension_day < stop:
        stop, kind = float(household.pension_day), PENSION
    for member in range(household.members):
        person = w.people[household.first + member]
        if person.job >= 0:
            if person.job_end < stop:
                stop, kind, member_found = person.job_end, JOB_END, member
            if person.job_end == NEVER:
                change = next_segment_time(float(person.job_start), now)
                if change < stop:
                    stop, kind = change, SEGMENT
        if 0 < person.benefit_until < stop:
            stop, kind, member_found = float(person.benefit_until), UNEMPLOYMENT_END, member
    return max(stop, now), kind, member_found


@kernel
def sooner(left: float, hazard: float, months: float) -> float:
    """Months to the firing of a clock if that is before ``months``; -1 otherwise."""
    if left < clock_increment(hazard, months):
        return months_until(left, hazard)
    return -1.0


@kernel
def next_stop(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of a household's next event, chance included."""
    stop, kind, member_found = next_date(w, row)
    household = w.households[row]
    g = w.national[0]
    now = household.settled
    months = in_months(stop - now)
    clock = household.clock
    if household.benefit == PAID:
        interruption, long_exit, other = exits_now(w, household)
        ahead = sooner(clock[INTERRUPTION], interruption, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + INTERRUPTION
        ahead = sooner(clock[LONG_EXIT], long_exit, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + LONG_EXIT
        ahead = sooner(clock[OTHER_MINIMUM], other, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + OTHER_MINIMUM
    ahead = sooner(clock[MOVE], g.move_hazard, months)
    if ahead >= 0.0:
        months, kind = ahead, HOUSEHOLD_CLOCK + MOVE
    if household.benefit != PAID:
        ahead = sooner(clock[REENTRY], reentry_now(g, household), months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + REENTRY
    for member in range(household.members):
        person = w.people[household.first + member]
        ahead = sooner(person.clock[JOB_FINDING], job_finding_now(g, household, person), months)
        if ahead >= 0.0:
            months, kind, member_found = ahead, PERSON_CLOCK + JOB_FINDING, member
        if person.job >= 0:
            ahead = sooner(person.clock[RUPTURE], rupture_now(w, household, person), months)
            if ahead >= 0.0:
                months, kind, member_found = ahead, PERSON_CLOCK + RUPTURE, member
        if person.is_stayer:
            ahead = sooner(person.clock[CLASS_LEAVING], class_leaving_now(g, person), months)
            if ahead >= 0.0:
                months, kind, member_found = ahead, PERSON_CLOCK + CLASS_LEAVING, member
    for member in range(household.members):
        if w.people[household.first + member].quiet_until < now + in_days(months):
            months, barrier = next_barrier(w, row, household.first + member, months)
            if barrier >= 0:
                kind, member_found = PERSON_CLOCK + BARRIERS + barrier, member
    if kind >= HOUSEHOLD_CLOCK:
        stop = now + in_days(months)
    return stop, kind, member_found


@kernel
def spend(clock: float, hazard: float, months: float) -> float:
    """What remains of a threshold after ``months`` under a constant hazard."""
    return max(clock - clock_increment(hazard, months), 0.0)


@kernel
def settle(w: World, row: int, time: float) -> None:
    """Advance all clocks of a household to ``time`` under the hazards now in force."""
    household = w.households[row]
    g = w.national[0]
    months = in_months(time - household.settled)
    left = household.clock
    if household.benefit == PAID:
        interruption, long_exit, other = exits_now(w, household)
        left[INTERRUPTION] = spend(left[INTERRUPTION], interruption, months)
        left[LONG_EXIT] = spend(left[LONG_EXIT], long_exit, months)
        left[OTHER_MINIMUM] = spend(left[OTHER_MINIMUM], other, months)
    else:
        left[REENTRY] = spend(left[REENTRY], reentry_now(g, household), months)
    left[MOVE] = spend(left[MOVE], g.move_hazard, months)
    for member in range(household.members):
        person = w.people[household.first + member]
        left = person.clock
        finding = job_finding_now(g, household, person)
        left[JOB_FINDING] = spend(left[JOB_FINDING], finding, months)
        if person.job >= 0:
            left[RUPTURE] = spend(left[RUPTURE], rupture_now(w, household, person), months)
        if person.is_stayer:
            leaving = class_leaving_now(g, person)
            left[CLASS_LEAVING] = spend(left[CLASS_LEAVING], leaving, months)
        person.reached_months += person.saturation * months
    household.settled = time
