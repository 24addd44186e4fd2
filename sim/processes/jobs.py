"""Jobs: finding and losing them, kind, length, pay, and the hazard of a contract rupture."""

from __future__ import annotations

import math

from sim.compiled import kernel, rule
from sim.processes.actions import release_activity
from sim.processes.follow_up import (
    end_follow_up,
    follow_up_interval,
    is_follow_up_active,
    start_follow_up,
)
from sim.processes.resources import (
    accrue,
    benefit_days,
    remember_worked,
    schedule_declaration,
    update_below,
)
from sim.randomness import uniform
from sim.units import DAYS_PER_MONTH, NEVER
from sim.vocabulary import Decision, Record
from sim.world.clock import ClockOfAdult, steady
from sim.world.codes import FOLLOWED, JOB_FINDING, PAID, RUPTURE, SUPPORTED
from sim.world.numbers import national
from sim.world.reading import person_key, say
from sim.world.thresholds import position_in
from sim.world.world import JOB_PLACES, World

NUMBERS = national(
    follow_up_rupture_multiplier="effects.follow_up_rupture_multiplier",
    part_time_low="wages.part_time_low",
    part_time_high="wages.part_time_high",
    unemployment_minimum_months="unemployment.minimum_months",
    unemployment_maximum_months="unemployment.maximum_months",
    unemployment_replacement="unemployment.replacement_share",
)

FIRST_JOB = 1

FIRST_DURABLE = 2

OPEN_ENDED = 0

EXPONENTIAL = 1

UNIFORM = 2

FIRST_SEGMENT_DAYS = 3 * DAYS_PER_MONTH

SECOND_SEGMENT_DAYS = 12 * DAYS_PER_MONTH


@kernel
def has_occupation(w: World, person: int) -> bool:
    """In a job or a training."""
    return w.people[person].job >= 0


@kernel
def rupture_now(w: World, row: int, member: int, _saturation: float) -> float:
    """Hazard that the present contract is broken, as of the last reading of the clocks."""
    household = w.households[row]
    person = w.people[member]
    job = person.job
    g = w.national[0]
    protection = 1.0
    interval = follow_up_interval(w, household, person)
    if is_follow_up_active(person.follow_up_held_on, household.read_at, interval):
        protection = g.follow_up_rupture_multiplier
    return rupture_hazard(
        household.read_at - person.job_start,
        g.job_rupture_first[job],
        g.job_rupture_middle[job],
        g.job_rupture_later[job],
        person.instability,
        protection,
    )


@kernel
def find_occupation(w: World, row: int, person: int, time: float) -> None:
    """The job-finding clock fired: which occupation, is there a place, start it."""
    g = w.national[0]
    p = w.people[person]
    territory = w.households[row].territory
    key = person_key(w, person)
    count = int(p.fired[JOB_FINDING])
    job = position_in(g.job_edges, uniform(key, Decision.JOB_TYPE, count))
    if g.job_has_limited_places[job] == 1:
        full = w.places[JOB_PLACES, territory, job] >= w.territories[territory].job_places[job]
        if full and g.is_history == 0:
            say(w, Record.PLACE_REFUSED, time, person, job, 0, int(time))
            return
        w.places[JOB_PLACES, territory, job] += 1
    if p.job >= 0:
        end_occupation(w, row, person, time)
    start_occupation(w, row, person, time, job, key, count)


@kernel
def start_occupation(
    w: World, row: int, person: int, time: float, job: int, key: int, count: int
) -> None:
    """Draw length and pay, and begin."""
    g = w.national[0]
    p = w.people[person]
    length = job_length_days(
        uniform(key, Decision.JOB_LENGTH, count),
        g.job_form[job],
        g.job_mean_months[job],
        g.job_low_months[job],
        g.job_high_months[job],
    )
    is_part_time = uniform(key, Decision.PART_TIME, count) < g.job_part_time_share[job]
    share = working_time_share(
        is_part_time,
        uniform(key, Decision.WORKING_TIME, count),
        g.part_time_low,
        g.part_time_high,
    )
    wage = int(g.wage_full_time_cents * share) if g.job_earns[job] == 1 else 0
    p.job = job
    p.job_start = int(time)
    p.job_end = NEVER if length >= NEVER else time + length
    say(w, Record.JOB_STARTED, time, person, job, wage, int(time))
    if g.job_earns[job] == 1:
        accrue(w, row, int(time))
        if p.benefit_until > 0:
            p.worked_days += max(int(p.benefit_until) - int(time), 0)
            p.benefit_until = 0
        p.income_cents = wage
        if w.households[row].benefit == PAID:
            schedule_declaration(w, row, time)
        update_below(w, row, time)
    if g.job_is_job[job] == 1:
        remember_worked(w, person, time, False)
        p.worked_mask = p.worked_mask | 1
        if g.job_is_durable[job] == 1:
            p.lasting_mask = p.lasting_mask | 1
        note_first_job(w, person, time, job)
    if p.support == SUPPORTED:
        territory = w.households[row].territory
        days = w.organisation[territory, p.pathway].follow_up_days
        if days > 0 and g.job_follows_up[job] == 1:
            start_follow_up(w, person, time)
        else:
            release_activity(w, person, time)


@kernel
def note_first_job(w: World, person: int, time: float, job: int) -> None:
    """Record the first job, and the first durable one, since entry into support."""
    p = w.people[person]
    if p.cohort_on == 0:
        return
    pathway = p.pathway
    p.pathway = p.cohort_pathway
    days = int(time) - p.cohort_on
    if p.cohort_flags & FIRST_JOB == 0:
        p.cohort_flags = p.cohort_flags | FIRST_JOB
        say(w, Record.FIRST_JOB_SINCE_SUPPORT, time, person, job, days, p.cohort_on)
    if w.national[0].job_is_durable[job] == 1 and p.cohort_flags & FIRST_DURABLE == 0:
        p.cohort_flags = p.cohort_flags | FIRST_DURABLE
        say(w, Record.FIRST_DURABLE_JOB_SINCE_SUPPORT, time, person, job, days, p.cohort_on)
    p.pathway = pathway


@kernel
def end_occupation(w: World, row: int, person: int, time: float) -> None:
    """The occupation ends: place, resources, unemployment benefit, support."""
    g = w.national[0]
    p = w.people[person]
    territory = w.households[row].territory
    job = p.job
    days = int(time) - p.job_start
    say(w, Record.JOB_ENDED, time, person, job, days, p.job_start)
    if g.job_has_limited_places[job] == 1:
        w.places[JOB_PLACES, territory, job] -= 1
    if g.job_is_job[job] == 1:
        remember_worked(w, person, time, True)
    p.job = -1
    p.job_end = NEVER
    p.last_job_end = int(time)
    if g.job_earns[job] == 1:
        accrue(w, row, int(time))
        p.worked_days += days
        entitled = benefit_days(
            p.worked_days, g.unemployment_minimum_months, g.unemployment_maximum_months
        )
        wage = p.income_cents
        p.income_cents = 0
        if entitled > 0.0:
            p.income_cents = int(wage * g.unemployment_replacement)
            p.benefit_until = int(time) + int(entitled)
            p.worked_days = 0
        update_below(w, row, time)
    if p.support == FOLLOWED:
        end_follow_up(w, person, time)


@kernel
def rupture(w: World, row: int, person: int, time: float) -> None:
    """The contract is broken before its term."""
    p = w.people[person]
    days = int(time) - p.job_start
    say(w, Record.CONTRACT_RUPTURE, time, person, p.job, days, p.job_start)
    end_occupation(w, row, person, time)


@kernel
def end_unemployment_benefit(w: World, row: int, person: int, time: float) -> None:
    """Unemployment benefit is exhausted."""
    p = w.people[person]
    accrue(w, row, int(time))
    p.income_cents = 0
    p.benefit_until = 0
    say(w, Record.UNEMPLOYMENT_BENEFIT_ENDED, time, person, 0, 0, int(time))
    update_below(w, row, time)


@rule
def job_length_days(
    u: float, form: int, mean_months: float, low_months: float, high_months: float
) -> float:
    """Planned length in days; ``NEVER`` for an open-ended contract.

    Exponential lengths are cut at ``high_months``; uniform ones lie between the two bounds.
    """
    if form == OPEN_ENDED:
        return NEVER
    if form == EXPONENTIAL:
        kept = -math.expm1(-high_months / mean_months)
        return -mean_months * math.log1p(-u * kept) * DAYS_PER_MONTH
    return (low_months + u * (high_months - low_months)) * DAYS_PER_MONTH


@rule
def rupture_hazard(
    days_in_job: float,
    first: float,
    middle: float,
    later: float,
    instability: float,
    follow_up_multiplier: float,
) -> float:
    """Hazard of a rupture per month: months 0-3, 3-12 and later (shape of F0324-F0340)."""
    level = later
    if days_in_job < FIRST_SEGMENT_DAYS:
        level = first
    elif days_in_job < SECOND_SEGMENT_DAYS:
        level = middle
    return level * instability * follow_up_multiplier


@rule
def next_segment_time(job_start: float, now: float) -> float:
    """Date of the next change of the rupture hazard; ``NEVER`` when there is none."""
    if now < job_start + FIRST_SEGMENT_DAYS:
        return job_start + FIRST_SEGMENT_DAYS
    if now < job_start + SECOND_SEGMENT_DAYS:
        return job_start + SECOND_SEGMENT_DAYS
    return NEVER


@rule
def working_time_share(is_part_time: bool, u: float, low: float, high: float) -> float:
    """Share of a full-time wage that is earned."""
    if not is_part_time:
        return 1.0
    return low + u * (high - low)


RUPTURE_CLOCK = ClockOfAdult(RUPTURE, has_occupation, rupture_now, steady, rupture)
