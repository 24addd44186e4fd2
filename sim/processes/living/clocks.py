"""A household's clocks: which fires next, and bringing them up to date.

Job finding moves with every slow factor and is settled at each step. All other hazards are
constant between two events, or move with the contact level alone, and linearly: from step to step
nothing is done for them but to sum saturation x months. They are read when something happens, and
when the day comes before which none of them can fire (``quiet_until``).
"""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import barrier_lifting, barrier_onset
from sim.processes.benefit import long_exit, next_reentry_change, other_minimum_now, reentry_now
from sim.processes.follow_up import follow_up_interval, next_protection_end
from sim.processes.job_finding import job_finding_now
from sim.processes.jobs import next_segment_time, rupture_now
from sim.processes.stayers import class_leaving, stayers_factor
from sim.processes.support_effects import most_helpful_saturation
from sim.units import NEVER, clock_increment, in_days, in_months
from sim.world.codes import (
    BARRIERS,
    CLASS_LEAVING,
    DECLARATION,
    HOUSEHOLD_CLOCK,
    INTERRUPTION,
    JOB_END,
    JOB_FINDING,
    LONG_EXIT,
    MOVE,
    OTHER_MINIMUM,
    PAID,
    PENSION,
    PERSON_CLOCK,
    REASON_WORK,
    REENTRY,
    REFRESH,
    RUPTURE,
    SUSPENSION_END,
    UNEMPLOYMENT_END,
)
from sim.world.reading import next_refresh
from sim.world.sets import has_barrier
from sim.world.thresholds import shortest, sooner, spend
from sim.world.world import World

SEGMENT = 2


@kernel
def settle_step(w: World, row: int, time: float) -> None:
    """Bring job finding to ``time``, and the sum of what contacts reached; no refresh between."""
    household = w.households[row]
    g = w.national[0]
    months = in_months(time - household.settled)
    for member in range(household.members):
        settle_person(g, household, w.people[household.first + member], months)
    household.settled = time


@kernel
def settle_person(g: Row, household: Row, person: Row, months: float) -> None:
    """One adult's part of a step."""
    finding = job_finding_now(g, household, person)
    person.clock[JOB_FINDING] = spend(person.clock[JOB_FINDING], finding, months)
    person.reached_months += person.saturation * months


@kernel
def read_clocks(w: World, row: int) -> None:
    """Bring every clock up to the time to which the household is settled."""
    household = w.households[row]
    months = in_months(household.settled - household.read_at)
    if months <= 0.0:
        return
    g = w.national[0]
    clock = household.clock
    clock[MOVE] = spend(clock[MOVE], g.move_hazard, months)
    if household.benefit == PAID:
        reached = 0.0
        for member in range(household.members):
            reached += w.people[household.first + member].reached_months
        stayers = stayers_factor(w, household)
        saturation = reached / household.members / months
        clock[INTERRUPTION] = spend(clock[INTERRUPTION], g.interruption_hazard * stayers, months)
        exit_hazard = long_exit(g, household, stayers, saturation)
        clock[LONG_EXIT] = spend(clock[LONG_EXIT], exit_hazard, months)
        clock[OTHER_MINIMUM] = spend(clock[OTHER_MINIMUM], other_minimum_now(w, household), months)
    else:
        clock[REENTRY] = spend(clock[REENTRY], reentry_now(g, household), months)
    for member in range(household.members):
        read_person(w, row, household.first + member, months)
    household.read_at = household.settled


@kernel
def read_person(w: World, row: int, person: int, months: float) -> None:
    """Bring an adult's rupture, class and barrier clocks up to date."""
    g = w.national[0]
    p = w.people[person]
    saturation = p.reached_months / months
    clock = p.clock
    if p.job >= 0:
        clock[RUPTURE] = spend(clock[RUPTURE], rupture_now(w, w.households[row], p), months)
    if p.is_stayer:
        clock[CLASS_LEAVING] = spend(clock[CLASS_LEAVING], class_leaving(g, saturation), months)
    present = int(p.barriers)
    for barrier in range(g.barrier_factor.shape[0]):
        if has_barrier(present, barrier):
            hazard = barrier_lifting(g, p, barrier, saturation)
        else:
            hazard = barrier_onset(g, p, barrier)
        p.barrier_clock[barrier] = spend(p.barrier_clock[barrier], hazard, months)
    p.reached_months = 0.0


@kernel
def disturb(w: World, row: int) -> None:
    """Before a hazard or a date of a household changes: read its clocks, and look again soon."""
    read_clocks(w, row)
    w.households[row].quiet_until = 0


@kernel
def is_quiet(w: World, row: int, until: float) -> bool:
    """Whether nothing can happen before ``until``; False may also mean that it is not known."""
    household = w.households[row]
    if household.quiet_until < until:
        return False
    g = w.national[0]
    months = in_months(until - household.settled)
    for member in range(household.members):
        person = w.people[household.first + member]
        hazard = job_finding_now(g, household, person)
        if person.clock[JOB_FINDING] < clock_increment(hazard, months):
            return False
    return True


@kernel
def next_date(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of the next scheduled date: what needs no chance."""
    household = w.households[row]
    now = household.settled
    stop, kind, member_found = NEVER, PENSION, 0
    if household.benefit == PAID:
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
            change = next_protection_end(
                person.follow_up_held_on, now, follow_up_interval(w, household, person)
            )
            if person.job_end == NEVER:
                change = min(change, next_segment_time(float(person.job_start), now))
            if change < stop:
                stop, kind = change, SEGMENT
        if 0 < person.benefit_until < stop:
            stop, kind, member_found = float(person.benefit_until), UNEMPLOYMENT_END, member
    return max(stop, now), kind, member_found


@kernel
def next_stop(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of a household's next event, chance included.

    Notes the day before which nothing but refreshes and job finding can happen.
    """
    read_clocks(w, row)
    household = w.households[row]
    g = w.national[0]
    now = household.settled
    date, kind, member_found = next_date(w, row)
    stop = next_refresh(w, row)
    if stop <= date:
        kind = REFRESH
    else:
        stop = date
    months = in_months(stop - now)
    quiet = in_months(date - now)
    clock = household.clock
    quiet = shortest(quiet, clock[MOVE], g.move_hazard)
    ahead = sooner(clock[MOVE], g.move_hazard, months)
    if ahead >= 0.0:
        months, kind = ahead, HOUSEHOLD_CLOCK + MOVE
    if household.benefit == PAID:
        stayers = stayers_factor(w, household)
        hazard = g.interruption_hazard * stayers
        quiet = shortest(quiet, clock[INTERRUPTION], hazard)
        ahead = sooner(clock[INTERRUPTION], hazard, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + INTERRUPTION
        saturation = 0.0
        for member in range(household.members):
            saturation += w.people[household.first + member].saturation
        hazard = long_exit(g, household, stayers, saturation / household.members)
        ahead = sooner(clock[LONG_EXIT], hazard, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + LONG_EXIT
        most = most_helpful_saturation(g.long_exit_contact_size)
        quiet = shortest(quiet, clock[LONG_EXIT], long_exit(g, household, stayers, most))
        hazard = other_minimum_now(w, household)
        quiet = shortest(quiet, clock[OTHER_MINIMUM], hazard)
        ahead = sooner(clock[OTHER_MINIMUM], hazard, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + OTHER_MINIMUM
    else:
        hazard = reentry_now(g, household)
        quiet = shortest(quiet, clock[REENTRY], hazard)
        ahead = sooner(clock[REENTRY], hazard, months)
        if ahead >= 0.0:
            months, kind = ahead, HOUSEHOLD_CLOCK + REENTRY
    for member in range(household.members):
        months, quiet, clock_found = next_of_person(w, row, household.first + member, months, quiet)
        if clock_found >= 0:
            kind, member_found = PERSON_CLOCK + clock_found, member
    household.quiet_until = min(int(now + in_days(quiet)), NEVER_DAY)
    if kind >= HOUSEHOLD_CLOCK:
        stop = now + in_days(months)
    return stop, kind, member_found


@kernel
def next_of_person(
    w: World, row: int, person: int, months: float, quiet: float
) -> tuple[float, float, int]:
    """Months to the next event, those that stay quiet, and which of an adult's clocks fires; or -1.

    ``months`` and ``quiet`` are those found so far.
    """
    g = w.national[0]
    p = w.people[person]
    household = w.households[row]
    found = -1
    ahead = sooner(p.clock[JOB_FINDING], job_finding_now(g, household, p), months)
    if ahead >= 0.0:
        months, found = ahead, JOB_FINDING
    if p.job >= 0:
        hazard = rupture_now(w, household, p)
        quiet = shortest(quiet, p.clock[RUPTURE], hazard)
        ahead = sooner(p.clock[RUPTURE], hazard, months)
        if ahead >= 0.0:
            months, found = ahead, RUPTURE
    if p.is_stayer:
        most = most_helpful_saturation(g.stayer_leaving_contact_size)
        quiet = shortest(quiet, p.clock[CLASS_LEAVING], class_leaving(g, most))
        ahead = sooner(p.clock[CLASS_LEAVING], class_leaving(g, p.saturation), months)
        if ahead >= 0.0:
            months, found = ahead, CLASS_LEAVING
    present = int(p.barriers)
    for barrier in range(g.barrier_factor.shape[0]):
        left = p.barrier_clock[barrier]
        is_present = has_barrier(present, barrier)
        if is_present:
            size = g.barrier_contact_speed[barrier]
            most = barrier_lifting(g, p, barrier, most_helpful_saturation(size))
        else:
            most = barrier_onset(g, p, barrier)
        if left >= clock_increment(most, max(months, quiet)):
            continue
        quiet = shortest(quiet, left, most)
        hazard = barrier_lifting(g, p, barrier, p.saturation) if is_present else most
        ahead = sooner(left, hazard, months)
        if ahead >= 0.0:
            months, found = ahead, BARRIERS + barrier
    return months, quiet, found
