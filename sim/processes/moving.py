"""A household moves, within the department or out of it."""

from __future__ import annotations

from sim.compiled import kernel
from sim.processes.benefit import depart, leave_rsa, open_support
from sim.processes.support import close_support, move_job_place
from sim.randomness import uniform
from sim.vocabulary import Decision, Record
from sim.world.clock import ClockOfHousehold, steady
from sim.world.codes import MOVE, PAID, REASON_MOVED_AWAY
from sim.world.numbers import national
from sim.world.reading import household_key
from sim.world.world import World, record

NUMBERS = national(
    move_hazard="benefit.move_hazard",
    internal_move_share="benefit.internal_move_share",
)


@kernel
def may_move(_w: World, _row: int) -> bool:
    """On RSA or not."""
    return True


@kernel
def move_hazard(w: World, _row: int, _saturation: float, _stayers: float) -> float:
    """The same for every household."""
    return w.national[0].move_hazard


@kernel
def move(w: World, row: int, time: float) -> None:
    """The household moves: out of the department, or to another of its territories."""
    g = w.national[0]
    h = w.households[row]
    territories = w.territories.shape[0]
    key = household_key(w, row)
    count = int(h.fired[MOVE])
    stays = uniform(key, Decision.MOVE_AWAY, count) < g.internal_move_share
    if not stays or territories == 1:
        if h.benefit == PAID:
            leave_rsa(w, row, time, REASON_MOVED_AWAY)
        else:
            depart(w, row, time, REASON_MOVED_AWAY)
        return
    for member in range(h.members):
        close_support(w, h.first + member, time)
        move_job_place(w, h.first + member, h.territory, -1)
    drawn = uniform(key, Decision.MOVE_DESTINATION, count)
    destination = min(int(drawn * (territories - 1)), territories - 2)
    if destination >= h.territory:
        destination += 1
    record(w, Record.TERRITORY_CHANGED, time, h.id, h.territory, -1, destination, 0, int(time))
    h.territory = destination
    for member in range(h.members):
        move_job_place(w, h.first + member, destination, 1)
    if h.benefit == PAID:
        open_support(w, row, time, 0)


MOVE_CLOCK = ClockOfHousehold(MOVE, may_move, move_hazard, steady, move)
