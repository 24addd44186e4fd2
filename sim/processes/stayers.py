"""Those who are far from leaving: a class with hazards of its own, which contacts help to leave."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.processes.support_effects import relative_effect
from sim.vocabulary import Record
from sim.world.clock import ClockOfAdult
from sim.world.codes import CLASS_LEAVING
from sim.world.numbers import national
from sim.world.reading import say
from sim.world.world import World

NUMBERS = national(
    stayer_exit="stayers.exit_multiplier",
    stayer_leaving_hazard="stayers.leaving_hazard",
    stayer_leaving_contact_size="stayers.leaving_contact_size",
)


@kernel
def is_stayer(w: World, person: int) -> bool:
    """Of the class that rarely works and rarely leaves."""
    return w.people[person].is_stayer != 0


@kernel
def class_leaving(w: World, _row: int, _person: int, saturation: float) -> float:
    """Hazard at which a stayer leaves that class."""
    g = w.national[0]
    return g.stayer_leaving_hazard * relative_effect(g.stayer_leaving_contact_size, saturation)


@kernel
def class_contact_size(g: Row) -> float:
    """What contacts add to it."""
    return g.stayer_leaving_contact_size


@kernel
def leave_class(w: World, _row: int, person: int, time: float) -> None:
    """A stayer becomes as the others are."""
    w.people[person].is_stayer = 0
    say(w, Record.CLASS_LEFT, time, person, 0, 0, int(time))


CLASS_CLOCK = ClockOfAdult(CLASS_LEAVING, is_stayer, class_leaving, class_contact_size, leave_class)


@kernel
def stayers_factor(w: World, household: Row) -> float:
    """Mean multiplier of exits by the adults' classes."""
    g = w.national[0]
    total = 0.0
    for member in range(household.members):
        total += g.stayer_exit if w.people[household.first + member].is_stayer else 1.0
    return total / household.members
