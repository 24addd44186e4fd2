"""Taking back the surplus of a history does not depend on whether a state shares its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import pytest

from sim.engine.journey import Walker
from sim.engine.packed import pack
from sim.engine.starting_population import trimmed
from sim.engine.state import State
from sim.engine.stock_targets import Target
from sim.engine.walker import blank_state
from sim.parameters import load_department
from sim.population.layout import empty_households, empty_people
from sim.vocabulary import (
    HOUSEHOLD_BITS,
    MAXIMUM_ROLES_PER_PATHWAY,
    MEMBER_BITS,
    Benefit,
    Stream,
    household_id,
)

DAY = 20_000
LIVES = ((0, 0, 0), (0, 1, 0), (0, 5, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1))
"""Territory of first entry, number there, territory of today: one household has moved."""
TARGETS = (Target(1, False), Target(2, False))


class Rows:
    """What `trimmed` asks of a walker."""

    def __init__(self, shares_rows: bool) -> None:
        parameters = load_department("somme")
        packed = pack(parameters, date(2023, 1, 1), 1)
        homes = empty_households(len(LIVES))
        homes["id"] = [household_id(origin, Stream.HISTORY, number) for origin, number, _ in LIVES]
        homes["territory"] = [territory for _, _, territory in LIVES]
        homes["benefit"], homes["members"] = Benefit.PAID, 1
        homes["first"] = np.arange(len(LIVES))
        people = empty_people(len(LIVES), packed.shape.barriers)
        people["household"] = np.arange(len(LIVES))
        dates = np.zeros(len(LIVES), np.int16)
        blank = blank_state(packed, (), DAY)
        nobody = np.full((len(LIVES), MAXIMUM_ROLES_PER_PATHWAY), -1, np.int16)
        self._state = replace(
            blank, households=homes, people=people, agenda=dates, office=dates, caseworkers=nobody
        )
        self._shares_rows = shares_rows
        self.cuts: list[tuple[int, int]] = []

    def state(self, _day: int) -> State:
        if self._shares_rows:
            return self._state
        return replace(self._state, households=self._state.households.copy())

    def remove_surplus(self, territory: int, first_number: int, _day: int) -> None:
        self.cuts.append((territory, first_number))
        packed = self._state.households["id"] >> MEMBER_BITS
        number, origin = packed & ((1 << HOUSEHOLD_BITS) - 1), packed >> HOUSEHOLD_BITS
        mine = origin == household_id(territory, Stream.HISTORY, 0) >> MEMBER_BITS >> HOUSEHOLD_BITS
        self._state.households["benefit"][mine & (number >= first_number)] = Benefit.GONE


@pytest.mark.parametrize("shares_rows", [False, True])
def test_every_territory_is_counted_before_any_is_trimmed(shares_rows: bool) -> None:
    rows = Rows(shares_rows)
    state = trimmed(cast(Walker, cast(Any, rows)), TARGETS, DAY)
    assert rows.cuts == [(0, 1), (1, 1)]
    assert list(state.households["territory"]) == [0, 1]
