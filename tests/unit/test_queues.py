"""Lists of who is due: the quick way finds whom the plain way finds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.population.layout import NEVER_DAY
from sim.world.queues import list_due, list_few_due


@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 64, 1001])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_few_due_are_found_as_many_are(size: int, share: float) -> None:
    chance = np.random.default_rng(size)
    for day in (0, 1, 9_000, NEVER_DAY - 2, NEVER_DAY - 1):
        soon = chance.integers(0, day + 1, size)
        late = chance.integers(day + 1, NEVER_DAY + 1, size)
        dates = np.where(chance.random(size) < share, soon, late).astype(np.int16)
        plain, quick = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
        count = list_due(dates, size, day, plain)
        assert list_few_due(dates, size, day, quick) == count == np.sum(dates <= day)
        np.testing.assert_array_equal(quick[:count], plain[:count])


def test_rows_beyond_the_size_are_not_looked_at() -> None:
    dates = np.zeros(12, np.int16)
    due = np.zeros(13, np.int64)
    for size in range(13):
        assert list_few_due(dates, size, 5, due) == size
