"""Who is due, and waiting lists as binary heaps of integer keys: the smallest is served first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule

DATES_IN_A_WORD = 4

ONE_IN_EACH_LANE = 0x0001_0001_0001_0001

SIGN_OF_EACH_LANE = -0x7FFF_7FFF_7FFF_8000
"""The highest bit of each of the four dates, as a signed word."""

PERSON_BITS = 38


@kernel
def list_due(dates: NDArray[np.int16], size: int, day: int, due: NDArray[np.int64]) -> int:
    """Copy to ``due`` the rows among the first ``size`` whose date has come; returns how many."""
    found = 0
    for row in range(size):
        # Written every time and kept when due: a branch would be guessed wrong too often.
        due[found] = row
        found += 1 if dates[row] <= day else 0
    return found


@kernel
def list_few_due(dates: NDArray[np.int16], size: int, day: int, due: NDArray[np.int64]) -> int:
    """The same as ``list_due``, faster where few are due and all dates are 0 or later.

    Four dates are looked at as one word: the first of them that is due falls below zero when
    the next day is subtracted from each.
    """
    whole = size - size % DATES_IN_A_WORD
    words = dates[:whole].view(np.int64)
    limit = (day + 1) * ONE_IN_EACH_LANE
    found = 0
    for word in range(words.shape[0]):
        if (words[word] - limit) & SIGN_OF_EACH_LANE != 0:
            first = word * DATES_IN_A_WORD
            found = list_due_between(dates, first, first + DATES_IN_A_WORD, day, due, found)
    return list_due_between(dates, whole, size, day, due, found)


@kernel
def list_due_between(
    dates: NDArray[np.int16], first: int, last: int, day: int, due: NDArray[np.int64], found: int
) -> int:
    """Go on with a list of ``found`` rows by those from ``first`` up to ``last``."""
    for row in range(first, last):
        # Written every time and kept when due: a branch would be guessed wrong too often.
        due[found] = row
        found += 1 if dates[row] <= day else 0
    return found


@kernel
def heapify(keys: NDArray[np.int64], rows: NDArray[np.int64], size: int) -> None:
    """Order the first ``size`` entries as a heap."""
    for start in range(size // 2 - 1, -1, -1):
        sift_down(keys, rows, start, size)


@kernel
def sift_down(keys: NDArray[np.int64], rows: NDArray[np.int64], start: int, size: int) -> None:
    """Let the entry at ``start`` sink to its place."""
    key = keys[start]
    row = rows[start]
    place = start
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place] = keys[child]
        rows[place] = rows[child]
        place = child
    keys[place] = key
    rows[place] = row


@kernel
def pop(keys: NDArray[np.int64], rows: NDArray[np.int64], size: int) -> int:
    """Remove and return the row with the smallest key of a heap of ``size`` entries."""
    row = rows[0]
    keys[0] = keys[size - 1]
    rows[0] = rows[size - 1]
    sift_down(keys, rows, 0, size - 1)
    return row


@rule
def queue_key(priority: int, day: int, person: int) -> int:
    """Sort key of a queue: priority, then date, then the person's identity (unique).

    ``person`` must be below 2**38 and ``day`` below 2**17; smaller keys are served first.
    """
    return ((priority << 17) + day << PERSON_BITS) + person
