"""The ledger: what a run counts while it goes, and the same counts folded from a full log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import entry, rule
from sim.events import DURATION_RECORDS, EventLog
from sim.population.life_courses import LifeCourses
from sim.units import MINUTES_PER_DAY, date_of, month_number, months_by_day
from sim.vocabulary import Record, Stock

DAILY_BUCKETS = 183
"""Durations of 0 to 182 days have a bucket each."""
BUCKETS = DAILY_BUCKETS + 2
"""Then 183 to 365 days, and longer."""
LONGEST_DAILY = DAILY_BUCKETS - 1
DAYS_IN_YEAR = 365
BOOKS = ("flows", "durations", "stocks")
"""The arrays of a ledger; their second axis is the month."""

DURATION_POSITION = np.full(len(Record), -1, dtype=np.int64)
for _position, _kind in enumerate(DURATION_RECORDS):
    DURATION_POSITION[_kind] = _position


@dataclass(frozen=True)
class LedgerShape:
    """Sizes: first month number, number of months, territories, pathways, details."""

    first_month: int
    months: int
    territories: int
    pathways: int
    details: int

    def months_begun(self, day: int) -> int:
        """How many of the months began before the day of that number."""
        begun = month_number(date_of(day - 1)) - self.first_month + 1
        return min(max(begun, 0), self.months)


@dataclass(frozen=True)
class Ledger:
    """Counts of one run.

    ``flows[record, month, territory, pathway + 1, detail, 0 or 1]``: number and summed value;
    ``durations[position, cohort month, territory, pathway + 1, bucket]``: distribution of days;
    ``stocks[stock, month, territory, pathway + 1]``: counts at the end of each month, index 0
    being the eve of the first month. Pathway 0 stands for none.
    """

    shape: LedgerShape
    flows: NDArray[np.int64]
    durations: NDArray[np.int32]
    stocks: NDArray[np.int64]
    courses: LifeCourses | None = None
    """The adults of a run that is over, one by one; in a past, those who left long before it."""

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The ledger as arrays by name."""
        books = {name: getattr(self, name) for name in BOOKS}
        courses = {} if self.courses is None else self.courses.to_arrays()
        return {**books, "first_month": np.array(self.shape.first_month), **courses}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Ledger:
        """The inverse of ``to_arrays``; raises KeyError or ValueError for other arrays."""
        flows = arrays["flows"]
        _, months, territories, ways, details, _ = flows.shape
        shape = LedgerShape(int(arrays["first_month"]), months, territories, ways - 1, details)
        books = {name: arrays[name] for name in BOOKS}
        return cls(shape, **books, courses=LifeCourses.from_arrays(arrays))

    def equals_flows(self, other: Ledger) -> bool:
        """Whether flows and durations agree to the unit."""
        return bool(
            np.array_equal(self.flows, other.flows)
            and np.array_equal(self.durations, other.durations)
        )


def empty_ledger(shape: LedgerShape) -> Ledger:
    """A ledger of zeros."""
    cells = (shape.months, shape.territories, shape.pathways + 1)
    return Ledger(
        shape=shape,
        flows=np.zeros((len(Record), *cells, shape.details, 2), dtype=np.int64),
        durations=np.zeros((len(DURATION_RECORDS), *cells, BUCKETS), dtype=np.int32),
        stocks=np.zeros((len(Stock), shape.months + 1, *cells[1:]), dtype=np.int64),
    )


@rule
def duration_bucket(days: int) -> int:
    """Bucket of a number of days."""
    if days <= LONGEST_DAILY:
        return max(days, 0)
    return DAILY_BUCKETS if days <= DAYS_IN_YEAR else DAILY_BUCKETS + 1


@entry
def post_to_ledger(
    flows: NDArray[np.int64],
    durations: NDArray[np.int32],
    kind: int,
    month: int,
    cohort_month: int,
    territory: int,
    pathway: int,
    detail: int,
    value: int,
) -> None:
    """Count one record; months are relative to the ledger and may lie outside it."""
    months = flows.shape[1]
    if 0 <= month < months:
        flows[kind, month, territory, pathway + 1, detail, 0] += 1
        flows[kind, month, territory, pathway + 1, detail, 1] += value
    position = DURATION_POSITION[kind]
    if position >= 0 and 0 <= cohort_month < months:
        durations[position, cohort_month, territory, pathway + 1, duration_bucket(value)] += 1


@entry
def _fold_rows(
    rows: NDArray[np.int64],
    month_of: NDArray[np.int32],
    first_month: int,
    flows: NDArray[np.int64],
    durations: NDArray[np.int32],
) -> None:
    for index in range(rows.shape[0]):
        day = rows[index, 0] // MINUTES_PER_DAY
        post_to_ledger(
            flows,
            durations,
            rows[index, 2],
            month_of[day] - first_month,
            month_of[rows[index, 7]] - first_month,
            rows[index, 3],
            rows[index, 4],
            rows[index, 5],
            rows[index, 6],
        )


def fold(log: EventLog, shape: LedgerShape) -> Ledger:
    """The flows and durations of a full log (stocks stay zero: they are not events)."""
    ledger = empty_ledger(shape)
    _fold_rows(log.rows, months_by_day(), shape.first_month, ledger.flows, ledger.durations)
    return ledger
