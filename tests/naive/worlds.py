"""Lives without offices that the engine logged, relived."""

from __future__ import annotations

from datetime import date

import numpy as np

import sim.engine.packed as packing
from replay.adult import Chance
from replay.comparing import NOTHING, Comparison, compare_life, relive
from replay.life import Household
from replay.log_reading import Told, household_of
from replay.regime import Regime
from sim.engine.walker import Walker, blank_state
from sim.ledger import LedgerShape, empty_ledger
from sim.parameters import Parameters
from sim.units import day_number, month_number
from sim.vocabulary import Decision

ROWS_PER_HOUSEHOLD = 3000
"""Room in the log of a history for each household on RSA at its end: a life has some tens."""


def relive_history(
    parameters: Parameters,
    households: int,
    seed: int,
    years: int = 12,
) -> Comparison:
    """Fill each territory with lives without offices in the engine, and relive all of them.

    ``households``: on RSA at the end, in each territory.
    """
    when = date(2023, 1, 1)
    begins = date(when.year - years, 1, 1)
    start, end = day_number(begins), day_number(when)
    packed = packing.pack(parameters, when, seed, is_history=True)
    shape = packed.shape
    ledger = LedgerShape(
        month_number(begins), 12 * years + 12, shape.territories, shape.pathways, shape.details
    )
    walker = Walker(
        packed,
        blank_state(packed, (), start),
        (),
        empty_ledger(ledger),
        is_logging=True,
        months_ahead=0.0,
    )
    # A history makes no room for its records: no run logs it.
    room = np.zeros((ROWS_PER_HOUSEHOLD * households + 100_000, 8), dtype=np.int64)
    walker.world = walker.world.replaced(log=room)
    for territory in range(shape.territories):
        walker.live_history(territory, households, False, start, end)
    assert walker.log is not None
    regime = Regime(parameters, when, seed, float(start), is_history=True)
    total = NOTHING
    for identity, told in _lives(walker.log.rows.tolist()).items():
        drawn = Chance(seed, identity).uniform(Decision.ENTRY_DATE)
        home = Household(regime, identity, told.life[0][3], start + (end - start) * drawn)
        relive(home, told, [regime], float(end))
        total = total.plus(compare_life(home, told))
    return total


def _lives(rows: list[list[int]]) -> dict[int, Told]:
    found: dict[int, Told] = {}
    for row in rows:
        found.setdefault(household_of(row[1]), Told()).life.append(row)
    return found
