"""Why one row per person: reading one adult from rows, and from one array for each field.

A day touches adults here and there in the table, as on the days on which a few lives have an
event. The same fields are read and written in both layouts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.mini import compiled

FIELDS = 32
STRIDE = 7
"""One adult in seven is touched: those of one day of a weekly grid, without neighbours."""


@compiled
def touch_rows(rows: NDArray[np.float64], order: NDArray[np.int64]) -> float:
    """Add all fields of each adult in ``order``; write one back."""
    total = 0.0
    for index in range(order.shape[0]):
        person = order[index]
        mine = 0.0
        for field in range(rows.shape[1]):
            mine += rows[person, field]
        rows[person, 0] = mine * 1e-9
        total += mine
    return total


@compiled
def touch_columns(columns: NDArray[np.float64], order: NDArray[np.int64]) -> float:
    """The same with fields first: each field of an adult lies in another place."""
    total = 0.0
    for index in range(order.shape[0]):
        person = order[index]
        mine = 0.0
        for field in range(columns.shape[0]):
            mine += columns[field, person]
        columns[0, person] = mine * 1e-9
        total += mine
    return total


@dataclass(frozen=True)
class Layout:
    """CPU nanoseconds to touch one adult."""

    persons: int
    rows_nanoseconds: float
    columns_nanoseconds: float


def layouts(persons: int, repeats: int) -> Layout:
    """Both layouts, in turns, on tables of ``persons`` adults of 256 bytes."""
    order = np.concatenate([np.arange(day, persons, STRIDE) for day in range(STRIDE)])
    rows, columns = np.ones((persons, FIELDS)), np.ones((FIELDS, persons))
    touch_rows(rows, order[:1])
    touch_columns(columns, order[:1])
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for kernel, table, found in (
            (touch_rows, rows, spent[0]),
            (touch_columns, columns, spent[1]),
        ):
            began = time.thread_time()
            kernel(table, order)
            found.append(1e9 * (time.thread_time() - began) / persons)
    return Layout(persons, median(spent[0]), median(spent[1]))
