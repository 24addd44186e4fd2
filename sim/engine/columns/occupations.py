"""Finding and losing an occupation, with what it does to resources and to support."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.engine.columns.hazards import PAID
from sim.engine.columns.people import person_key, update_below
from sim.engine.columns.rights import accrue, remember_worked, schedule_declaration
from sim.engine.columns.support import (
    FOLLOWED,
    SUPPORTED,
    end_follow_up,
    release_activity,
    say,
    start_follow_up,
)
from sim.engine.columns.world import JOB_PLACES, World
from sim.processes.benefit import benefit_days
from sim.processes.jobs import job_length_days, working_time_share
from sim.randomness import uniform
from sim.units import NEVER
from sim.vocabulary import Decision, PersonClock, Record

FIRST_JOB = 1
FIRST_DURABLE = 2
JOB_FINDING = int(PersonClock.JOB_FINDING)


@kernel
def position_in(edges: NDArray[np.float64], u: float) -> int:
    """Index of the cumulative share that ``u`` falls under."""
    found = 0
    while u >= edges[found]:
        found += 1
    return found


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
