"""A household's clocks: which fires next, and bringing them up to date.

Job finding moves with every slow factor and is settled at each step. All other hazards are
constant between two events, or move with the contact level alone, and linearly: from step to step
nothing is done for them but to sum saturation x months. They are read when something happens, and
when the day comes before which none of them can fire (``quiet_until``).
"""

from __future__ import annotations

from sim.compiled import Row, each_of, kernel
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import barrier_lifting, barrier_onset
from sim.processes.behaviours import ADULT_CLOCKS, HOUSEHOLD_CLOCKS
from sim.processes.benefit import next_reentry_change
from sim.processes.follow_up import follow_up_interval, next_protection_end
from sim.processes.job_finding import job_finding_now
from sim.processes.jobs import next_segment_time
from sim.processes.stayers import stayers_factor
from sim.processes.support_effects import most_helpful_saturation
from sim.units import NEVER, clock_increment, in_days, in_months
from sim.world.codes import (
    BARRIERS,
    DECLARATION,
    HOUSEHOLD_CLOCK,
    JOB_END,
    JOB_FINDING,
    PAID,
    PENSION,
    PERSON_CLOCK,
    REASON_WORK,
    REFRESH,
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
    reached = 0.0
    for member in range(household.members):
        reached += w.people[household.first + member].reached_months
    saturation = reached / household.members / months
    stayers = stayers_factor(w, household) if household.benefit == PAID else 1.0
    left = household.clock
    for clock in each_of(HOUSEHOLD_CLOCKS):
        if clock.runs(w, row):
            hazard = clock.hazard(w, row, saturation, stayers)
            left[clock.number] = spend(left[clock.number], hazard, months)
    for member in range(household.members):
        read_person(w, row, household.first + member, months)
    household.read_at = household.settled


@kernel
def read_person(w: World, row: int, person: int, months: float) -> None:
    """Bring an adult's clocks up to date, but job finding."""
    g = w.national[0]
    p = w.people[person]
    saturation = p.reached_months / months
    left = p.clock
    for clock in each_of(ADULT_CLOCKS):
        if clock.runs(w, person):
            hazard = clock.hazard(w, row, person, saturation)
            left[clock.number] = spend(left[clock.number], hazard, months)
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
    saturation = 0.0
    for member in range(household.members):
        saturation += w.people[household.first + member].saturation
    saturation /= household.members
    stayers = stayers_factor(w, household) if household.benefit == PAID else 1.0
    for clock in each_of(HOUSEHOLD_CLOCKS):
        if clock.runs(w, row):
            left = household.clock[clock.number]
            hazard = clock.hazard(w, row, saturation, stayers)
            most = hazard
            size = clock.contact_size(g)
            if size != 0.0:
                most = clock.hazard(w, row, most_helpful_saturation(size), stayers)
            quiet = shortest(quiet, left, most)
            ahead = sooner(left, hazard, months)
            if ahead >= 0.0:
                months, kind = ahead, HOUSEHOLD_CLOCK + clock.number
    for member in range(household.members):
        months, quiet, clock_found = next_of_person(w, row, household.first + member, months, quiet)
        if clock_found >= 0:
            kind, member_found = PERSON_CLOCK + clock_found, member
    household.quiet_until = min(int(now + in_days(quiet)), NEVER_DAY)
    if kind >= HOUSEHOLD_CLOCK:
        stop = now + in_days(months)
    return stop, kind, member_found


@kernel
def no_clock() -> int:
    """What stands for no clock at all: a constant in the text would be of a type of its own."""
    return -1


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
    found = no_clock()
    ahead = sooner(p.clock[JOB_FINDING], job_finding_now(g, household, p), months)
    if ahead >= 0.0:
        months, found = ahead, JOB_FINDING
    for clock in each_of(ADULT_CLOCKS):
        if clock.runs(w, person):
            left = p.clock[clock.number]
            hazard = clock.hazard(w, row, person, p.saturation)
            most = hazard
            size = clock.contact_size(g)
            if size != 0.0:
                most = clock.hazard(w, row, person, most_helpful_saturation(size))
            quiet = shortest(quiet, left, most)
            ahead = sooner(left, hazard, months)
            if ahead >= 0.0:
                months, found = ahead, clock.number
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


@kernel
def fire_household_clock(w: World, row: int, number: int, time: float) -> None:
    """What a household's clock stands for happens."""
    for clock in each_of(HOUSEHOLD_CLOCKS):
        if clock.number == number:
            clock.fires(w, row, time)


@kernel
def fire_adult_clock(w: World, row: int, person: int, number: int, time: float) -> None:
    """What an adult's clock stands for happens."""
    for clock in each_of(ADULT_CLOCKS):
        if clock.number == number:
            clock.fires(w, row, person, time)
