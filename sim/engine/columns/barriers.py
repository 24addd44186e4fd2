"""The clocks of one adult's barriers, read only when one of them may be about to fire.

A barrier's hazards move with the contact level alone, and linearly. So nothing is done from week
to week but to sum saturation x months; the clocks are brought up to date when the day comes
before which none of them can fire (``quiet_until``), or when something about barriers changes.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import Row, kernel
from sim.engine.columns.world import World
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import (
    fastest_removal_hazard,
    has_barrier,
    removal_growth,
    removal_hazard,
)
from sim.units import clock_increment, days_until, in_months, months_until


@kernel
def action_speed(g: Row, on_action: int, barrier: int) -> float:
    """Multiplier of removal by a place in an action; 1 without a place."""
    return g.barrier_action_speed[barrier] if has_barrier(on_action, barrier) else 1.0


@kernel
def read_barriers(w: World, row: int, person: int) -> None:
    """Bring the barrier clocks of an adult up to the time at which its household is settled."""
    g = w.national[0]
    p = w.people[person]
    now = w.households[row].settled
    months = in_months(now - p.barriers_read)
    present = int(p.barriers)
    on_action = int(p.on_action)
    for barrier in range(g.barrier_factor.shape[0]):
        growth = clock_increment(g.barrier_onset[p.latent, barrier], months)
        if has_barrier(present, barrier):
            growth = removal_growth(
                g.barrier_removal[p.latent, barrier],
                g.barrier_contact_speed[barrier],
                action_speed(g, on_action, barrier),
                months,
                p.reached_months,
            )
        p.barrier_clock[barrier] = max(p.barrier_clock[barrier] - growth, 0.0)
    p.barriers_read = now
    p.reached_months = 0.0


@kernel
def disturb_barriers(w: World, row: int, person: int) -> None:
    """Before anything about an adult's barriers changes: read the clocks, and look again soon."""
    read_barriers(w, row, person)
    w.people[person].quiet_until = 0


@kernel
def next_barrier(w: World, row: int, person: int, months: float) -> tuple[float, int]:
    """Months to the first barrier that changes, and which; ``months`` and -1 if none does before.

    Notes the day before which no level of contacts could let one fire.
    """
    g = w.national[0]
    read_barriers(w, row, person)
    p = w.people[person]
    now = w.households[row].settled
    present = int(p.barriers)
    on_action = int(p.on_action)
    found = -1
    quiet = float(NEVER_DAY)
    for barrier in range(g.barrier_factor.shape[0]):
        left = np.float64(p.barrier_clock[barrier])
        hazard = g.barrier_onset[p.latent, barrier]
        fastest = hazard
        if has_barrier(present, barrier):
            ordinary = g.barrier_removal[p.latent, barrier]
            speed = g.barrier_contact_speed[barrier]
            action = action_speed(g, on_action, barrier)
            hazard = removal_hazard(ordinary, speed, p.saturation, action)
            fastest = fastest_removal_hazard(ordinary, speed, action)
        if left < clock_increment(hazard, months):
            months = months_until(left, hazard)
            found = barrier
        if fastest > 0.0:
            quiet = min(quiet, now + days_until(left, fastest))
    p.quiet_until = int(quiet)
    return months, found
