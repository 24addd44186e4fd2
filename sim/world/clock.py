"""What a behaviour declares so that a life can live it: a clock of a household or of an adult."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from sim.compiled import Row, kernel
from sim.world.world import World


class ClockOfHousehold(NamedTuple):
    """A hazard of a household: while it runs, how fast, how contacts move it, what it does.

    ``hazard`` is per month, at the adults' mean saturation of contacts and the mean multiplier of
    exits by their classes (1 for a household that is out of the RSA). It is linear in the
    saturation: its largest value is at one of the two ends, which the sign of ``contact_size``
    tells (0: contacts do not move it).
    """

    number: int
    runs: Callable[[World, int], bool]
    hazard: Callable[[World, int, float, float], float]
    contact_size: Callable[[Row], float]
    fires: Callable[[World, int, float], None]


class ClockOfAdult(NamedTuple):
    """A hazard of an adult, as `ClockOfHousehold`, with the adult's row and own saturation."""

    number: int
    runs: Callable[[World, int], bool]
    hazard: Callable[[World, int, int, float], float]
    contact_size: Callable[[Row], float]
    fires: Callable[[World, int, int, float], None]


@kernel
def steady(_g: Row) -> float:
    """The size of the effect of contacts on a hazard that they do not move."""
    return 0.0


def checked(clocks: tuple[Any, ...], wanted: Sequence[IntEnum]) -> tuple[Any, ...]:
    """The clocks; raises TypeError unless each of those that are wanted is declared once."""
    declared = [clock.number for clock in clocks]
    faults = [
        f"{one.__class__.__name__}.{one.name} is declared by {times} behaviours"
        for one in wanted
        if (times := declared.count(one)) != 1
    ]
    faults += [
        f"no clock of the vocabulary has the number {number}"
        for number in set(declared) - set(wanted)
    ]
    if faults:
        raise TypeError("; ".join(faults))
    return clocks
