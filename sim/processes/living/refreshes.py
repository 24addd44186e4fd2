"""Refreshes that nothing can interrupt are made together, when the life is next looked at.

Between two events the slow factors of a life move by themselves, so that its next look may lie
several refreshes ahead: what was left out is then made up for, step by step, as if each had been
made on its day. Results are the same to the last bit.
"""

from __future__ import annotations

import math

from sim.compiled import entry, kernel
from sim.processes.barriers import barriers_factor
from sim.processes.job_finding import job_finding_now, job_hazard_at, only_falls
from sim.processes.living.clocks import settle_person, settle_step
from sim.units import in_days, in_months, months_until
from sim.world.codes import JOB_FINDING, REFRESH
from sim.world.reading import next_refresh
from sim.world.world import HOUSEHOLDS, World

SAFE = 1.0 + 1e-9
"""On the largest hazard: far more than rounding can add from step to step."""


@kernel
def refresh(w: World, row: int, time: float) -> None:
    """Recompute the slow factors of a household's adults, from ``time`` to the next refresh."""
    h = w.households[row]
    middle = 0.5 * (time + next_refresh(w, row))
    for member in range(h.members):
        p = w.people[h.first + member]
        barriers = barriers_factor(w.national[0], int(p.barriers))
        p.job_hazard = job_hazard_at(w, row, h.first + member, middle, barriers)


@kernel
def settle(w: World, row: int, time: float) -> None:
    """Bring job finding to ``time``, through the refreshes before it."""
    make_up(w, row, time)
    settle_step(w, row, time)


@kernel
def make_up(w: World, row: int, before: float) -> None:
    """Make the refreshes of a household before ``before`` that were left out."""
    first = next_refresh(w, row)
    if first >= before:
        return
    household = w.households[row]
    interval = float(w.national[0].refresh_days)
    last = first
    while last + interval < before:
        last += interval
    for member in range(household.members):
        refresh_through(w, row, household.first + member, first, last)
    household.settled = last


@kernel
def refresh_through(w: World, row: int, person: int, first: float, last: float) -> None:
    """Settle one adult at each refresh from ``first`` to ``last``, with new slow factors."""
    g = w.national[0]
    household = w.households[row]
    p = w.people[person]
    interval = float(g.refresh_days)
    barriers = barriers_factor(g, int(p.barriers))
    months = in_months(first - household.settled)
    stop = first
    while stop <= last:
        settle_person(g, household, p, months)
        p.job_hazard = job_hazard_at(w, row, person, 0.5 * (stop + (stop + interval)), barriers)
        months = in_months(interval)
        stop += interval


@kernel
def last_quiet_refresh(w: World, row: int, stop: float) -> float:
    """The refresh at ``stop``, or a later one if surely nothing happens before that.

    Nothing may have happened since the household's last refresh.
    """
    household = w.households[row]
    g = w.national[0]
    interval = float(g.refresh_days)
    quiet = float(household.quiet_until)
    middle = 0.5 * (household.settled + stop)
    rise = g.job_finding_rise[w.month_of[int(middle)] % 12] * SAFE
    if quiet < stop + interval or rise == 0.0:
        return stop
    for member in range(household.members):
        person = w.people[household.first + member]
        if not only_falls(w, household, person, middle):
            return stop
        most = job_finding_now(g, household, person) * rise
        if most > 0.0:
            firing = in_days(months_until(person.clock[JOB_FINDING], most))
            quiet = min(quiet, household.settled + firing)
    steps = math.floor((quiet - stop) / interval)
    return stop + max(steps, 0.0) * interval


@entry
def make_up_everywhere(w: World, before: int) -> None:
    """Make every refresh before the day ``before`` that was left out."""
    for row in range(w.state[HOUSEHOLDS]):
        if w.next_kind[row] == REFRESH:
            make_up(w, row, float(before))
            w.next_time[row] = next_refresh(w, row)
            w.agenda[row] = int(w.next_time[row])
