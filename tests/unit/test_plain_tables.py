"""Tables read without compilation: an index gives what the array gives, rows with attributes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.plain_tables import PlainRow, PlainTable

ROWS = np.array([(1, 2.5), (2, 3.5), (3, 4.5)], dtype=[("count", "i2"), ("size", "f8")])


def test_there_is_no_row_beyond_the_ends() -> None:
    table = PlainTable(ROWS)
    assert [row.count for row in table] == [1, 2, 3]
    for index in (3, -4, np.int64(3)):
        with pytest.raises(IndexError):
            table[index]
    grid = PlainTable(ROWS[:2].reshape(1, 2))
    assert grid[0, 1].count == 2
    with pytest.raises(IndexError):
        grid[0, 2]


def test_only_whole_numbers_are_the_index_of_a_row() -> None:
    """Also after the row that a flag or 1.0 is equal to was read."""
    table = PlainTable(ROWS)
    assert isinstance(table[1], PlainRow)
    assert table[np.int16(1)] is table[1]
    assert table[True].shape == ROWS[True].shape
    assert table[1:].shape == (2,)
    with pytest.raises(IndexError):
        table[1.0]
    grid = PlainTable(ROWS.reshape(3, 1))
    assert isinstance(grid[1, 0], PlainRow)
    assert grid[1].shape == (1,)
    with pytest.raises(IndexError):
        grid[1.0, 0]
