"""When a household's next event comes: hazards, the earliest firing, and settling the clocks."""

from __future__ import annotations

import math

from sim.compiled import Row, kernel
from sim.engine.columns.actions import speed_against
from sim.engine.columns.world import World
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import has_barrier, removal_hazard
from sim.processes.benefit import (
    REASON_WORK,
    long_exit_hazard,
    next_reentry_change,
    reentry_hazard,
)
from sim.processes.jobs import is_follow_up_active, next_segment_time, rupture_hazard
from sim.processes.support_effects import relative_effect
from sim.units import NEVER, clock_increment, days_until, in_months
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
    """Hazard per month that the present contract is broken; zero without one."""
    job = person.job
    if job < 0:
        return 0.0
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
    """Hazard per month of leaving the class of stayers."""
    if person.is_stayer == 0:
        return 0.0
    effect = relative_effect(g.stayer_leaving_contact_size, person.saturation)
    return g.stayer_leaving_hazard * effect


@kernel
def barrier_now(
    g: Row, latent: int, present: int, on_action: int, reached: float, barrier: int
) -> float:
    """Hazard per month that one barrier changes: is lifted if present, appears if not."""
    action = speed_against(g, on_action, barrier) if on_action != 0 else 1.0
    removal = removal_hazard(
        g.barrier_removal[latent, barrier], g.barrier_contact_speed[barrier], reached, action
    )
    onset = g.barrier_onset[latent, barrier]
    return removal if has_barrier(present, barrier) else onset


@kernel
def household_now(w: World, household: Row) -> tuple[float, float, float, float]:
    """Hazards per month: interruption, long exit, other minimum, re-entry."""
    g = w.national[0]
    if household.benefit == PAID:
        stayers = 0.0
        reached = 0.0
        other = 0.0
        for member in range(household.members):
            person = w.people[household.first + member]
            stayers += g.stayer_exit if person.is_stayer else 1.0
            reached += person.saturation
            other += person.other_minimum
        stayers /= household.members
        reached /= household.members
        contact = relative_effect(g.long_exit_contact_size, reached) / g.reference_exit
        long_exit = long_exit_hazard(g.long_exit_hazard, stayers, household.exit_frailty, contact)
        return g.interruption_hazard * stayers, long_exit, g.other_minimum_hazard * other, 0.0
    below = -1.0
    if household.below_since != NEVER_DAY:
        below = household.settled - household.below_since
    reentry = reentry_hazard(
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
    return 0.0, 0.0, 0.0, reentry


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
def next_stop(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of a household's next event, chance included."""
    stop, kind, member_found = next_date(w, row)
    household = w.households[row]
    g = w.national[0]
    now = household.settled
    months = in_months(stop - now)
    interruption, long_exit, other, reentry = household_now(w, household)
    for clock in range(HOUSEHOLD_CLOCKS):
        hazard = g.move_hazard
        if clock == INTERRUPTION:
            hazard = interruption
        elif clock == LONG_EXIT:
            hazard = long_exit
        elif clock == OTHER_MINIMUM:
            hazard = other
        elif clock == REENTRY:
            hazard = reentry
        if household.clock[clock] < clock_increment(hazard, months):
            ahead = days_until(household.clock[clock], hazard)
            months = in_months(ahead)
            stop, kind = now + ahead, HOUSEHOLD_CLOCK + clock
    barriers = g.barrier_factor.shape[0]
    for member in range(household.members):
        person = w.people[household.first + member]
        for clock in range(BARRIERS):
            hazard = job_finding_now(g, household, person)
            if clock == RUPTURE:
                hazard = rupture_now(w, household, person)
            elif clock == CLASS_LEAVING:
                hazard = class_leaving_now(g, person)
            if person.clock[clock] < clock_increment(hazard, months):
                ahead = days_until(person.clock[clock], hazard)
                months = in_months(ahead)
                stop, kind, member_found = now + ahead, PERSON_CLOCK + clock, member
        present = int(person.barriers)
        on_action = int(person.on_action)
        latent = int(person.latent)
        reached = person.saturation
        for barrier in range(barriers):
            hazard = barrier_now(g, latent, present, on_action, reached, barrier)
            left = person.clock[BARRIERS + barrier]
            if left < clock_increment(hazard, months):
                ahead = days_until(left, hazard)
                months = in_months(ahead)
                kind, member_found = PERSON_CLOCK + BARRIERS + barrier, member
                stop = now + ahead
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
    interruption, long_exit, other, reentry = household_now(w, household)
    left = household.clock
    left[INTERRUPTION] = spend(left[INTERRUPTION], interruption, months)
    left[LONG_EXIT] = spend(left[LONG_EXIT], long_exit, months)
    left[OTHER_MINIMUM] = spend(left[OTHER_MINIMUM], other, months)
    left[MOVE] = spend(left[MOVE], g.move_hazard, months)
    left[REENTRY] = spend(left[REENTRY], reentry, months)
    barriers = g.barrier_factor.shape[0]
    for member in range(household.members):
        person = w.people[household.first + member]
        finding = job_finding_now(g, household, person)
        breaking = rupture_now(w, household, person)
        leaving = class_leaving_now(g, person)
        left = person.clock
        left[JOB_FINDING] = spend(left[JOB_FINDING], finding, months)
        left[RUPTURE] = spend(left[RUPTURE], breaking, months)
        left[CLASS_LEAVING] = spend(left[CLASS_LEAVING], leaving, months)
        present = int(person.barriers)
        on_action = int(person.on_action)
        latent = int(person.latent)
        reached = person.saturation
        for barrier in range(barriers):
            hazard = barrier_now(g, latent, present, on_action, reached, barrier)
            left[BARRIERS + barrier] = spend(left[BARRIERS + barrier], hazard, months)
    household.settled = time
