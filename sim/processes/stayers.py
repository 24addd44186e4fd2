"""Those who are far from leaving: a class with hazards of its own, which contacts help to leave."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.processes.support_effects import relative_effect
from sim.world.world import World


@kernel
def class_leaving(g: Row, saturation: float) -> float:
    """Hazard at which a stayer leaves that class."""
    return g.stayer_leaving_hazard * relative_effect(g.stayer_leaving_contact_size, saturation)


@kernel
def stayers_factor(w: World, household: Row) -> float:
    """Mean multiplier of exits by the adults' classes."""
    g = w.national[0]
    total = 0.0
    for member in range(household.members):
        total += g.stayer_exit if w.people[household.first + member].is_stayer else 1.0
    return total / household.members
