"""Every clock that a behaviour declares, in the order of their numbers.

Job finding and barriers are not here: the one moves with every slow factor and is settled at each
step, the others are as many as the department has.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from sim.vocabulary import HouseholdClock, PersonClock
from sim.world.clock import ClockOfAdult, ClockOfHousehold, checked


def declared(kind: type[ClockOfHousehold] | type[ClockOfAdult]) -> tuple[Any, ...]:
    """The clocks of a kind in the files beside this one, by number.

    Only files whose text makes such a clock are imported: those of offices read all clocks, and
    need this module first.
    """
    found = [
        clock
        for file in sorted(Path(__file__).parent.glob("*.py"))
        if f" = {kind.__name__}(" in file.read_text(encoding="utf-8")
        for clock in vars(import_module(f"{__package__}.{file.stem}")).values()
        if isinstance(clock, kind)
    ]
    return tuple(sorted(found, key=lambda clock: clock.number))


HOUSEHOLD_CLOCKS = checked(declared(ClockOfHousehold), tuple(HouseholdClock))
ADULT_CLOCKS = checked(
    declared(ClockOfAdult),
    tuple(set(PersonClock) - {PersonClock.JOB_FINDING, PersonClock.BARRIERS}),
)
