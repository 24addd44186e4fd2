"""Barriers to employment: each is a two-state chain with its own long-run prevalence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import Row, kernel, rule
from sim.processes.actions import release_action, speed_against
from sim.vocabulary import Record
from sim.world.reading import say
from sim.world.sets import has_barrier, toggled
from sim.world.world import World


@kernel
def barrier_onset(g: Row, person: Row, barrier: int) -> float:
    """Hazard that a barrier which is not there appears."""
    return g.barrier_onset[person.latent, barrier]


@kernel
def barrier_lifting(g: Row, person: Row, barrier: int, saturation: float) -> float:
    """Hazard that a barrier which is there is lifted."""
    on_action = int(person.on_action)
    action = speed_against(g, on_action, barrier) if on_action != 0 else 1.0
    return removal_hazard(
        g.barrier_removal[person.latent, barrier],
        g.barrier_contact_speed[barrier],
        saturation,
        action,
    )


@kernel
def other_minimum_factor(g: Row, present: int) -> float:
    """Multiplier of moving to another minimum by the barriers that are present."""
    return factor_of_all(g.barrier_other_minimum, present & g.other_minimum_barriers)


@kernel
def change_barrier(w: World, person: int, barrier: int, time: float) -> None:
    """A barrier appears or is lifted."""
    p = w.people[person]
    was_present = has_barrier(int(p.barriers), barrier)
    p.barriers = toggled(int(p.barriers), barrier)
    kind = Record.BARRIER_REMOVAL if was_present else Record.BARRIER_ONSET
    say(w, kind, time, person, barrier, 0, int(time))
    if was_present:
        release_action(w, person, barrier, time)


@kernel
def barriers_factor(g: Row, present: int) -> float:
    """What the barriers that are present do to job finding."""
    return factor_of_all(g.barrier_factor, present)


@kernel
def factor_of_all(factors: NDArray[np.float64], barriers: int) -> float:
    """The factors of a set of barriers multiplied, the first barrier first."""
    factor = 1.0
    barrier = 0
    while barriers > 0:
        if barriers & 1 == 1:
            factor *= factors[barrier]
        barriers >>= 1
        barrier += 1
    return factor


@rule
def onset_hazard(relaxation_hazard: float, prevalence: float) -> float:
    """Hazard per month that an absent barrier appears, for a person-specific prevalence."""
    return relaxation_hazard * prevalence


@rule
def ordinary_removal_hazard(
    relaxation_hazard: float, prevalence: float, contact_speed: float, reference_saturation: float
) -> float:
    """Removal hazard without contacts; the reference intensity gives the published one."""
    return relaxation_hazard * (1.0 - prevalence) / (1.0 + contact_speed * reference_saturation)


@rule
def removal_hazard(
    ordinary_hazard: float, contact_speed: float, contact_saturation: float, action: float
) -> float:
    """Hazard per month that a present barrier is lifted.

    Grows with achieved contacts (``contact_speed`` at full saturation) and with a place in an
    action against it (multiplier ``action``, 1 without a place).
    """
    return ordinary_hazard * (1.0 + contact_speed * contact_saturation) * action


@rule
def how_many(barriers: int) -> int:
    """Number of barriers in a set."""
    found = 0
    while barriers > 0:
        found += barriers & 1
        barriers >>= 1
    return found
