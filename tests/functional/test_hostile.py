"""A short form of the campaign of hostile inputs: some attempts at every door."""

from __future__ import annotations

import pytest

from tests.hostile.campaign import run_door
from tests.hostile.door import RIGHT, Door
from tests.hostile.doors import DOORS

SEED = 7
PART, MOST = 0.005, 100
"""Share of the inputs of a whole campaign, and at most so many of one door."""


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_no_attempt_ends_as_none_may(door: Door) -> None:
    inputs = min(max(1, round(door.inputs * PART)), MOST)
    tally = run_door(door, SEED, inputs)
    assert not tally.wrong
    assert sum(tally.endings[ending] for ending in RIGHT) == inputs
