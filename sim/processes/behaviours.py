"""Every behaviour that declares a clock, in the order in which clocks are read.

Job finding and barriers are not here: the one moves with every slow factor and is settled at each
step, the others are as many as the department has.
"""

from __future__ import annotations

from sim.processes.benefit import (
    INTERRUPTION_CLOCK,
    LONG_EXIT_CLOCK,
    OTHER_MINIMUM_CLOCK,
    REENTRY_CLOCK,
)
from sim.processes.jobs import RUPTURE_CLOCK
from sim.processes.moving import MOVE_CLOCK
from sim.processes.stayers import CLASS_CLOCK
from sim.vocabulary import HouseholdClock, PersonClock
from sim.world.clock import checked

HOUSEHOLD_CLOCKS = checked(
    (MOVE_CLOCK, INTERRUPTION_CLOCK, LONG_EXIT_CLOCK, OTHER_MINIMUM_CLOCK, REENTRY_CLOCK),
    {int(clock) for clock in HouseholdClock},
)
ADULT_CLOCKS = checked(
    (RUPTURE_CLOCK, CLASS_CLOCK),
    {int(clock) for clock in PersonClock} - {PersonClock.JOB_FINDING, PersonClock.BARRIERS},
)
