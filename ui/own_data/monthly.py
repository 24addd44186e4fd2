"""A column of own rows by month: sums of whole months only, and what has to be said of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.parameters.plausible import plausible

ADDED_UP = ("households", "adults", "allowance")
"""Summed over territories; delays are averaged."""
COUNTED = ("households", "adults")
WEIGHT = "persons"
MONTHS_PER_YEAR = 12

Row = Mapping[str, str | float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Said:
    """A thing to be said: the name of its text, and the months that it is about."""

    name: str
    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class Monthly:
    """Every month from the first to the last; NaN where it is missing or a territory is."""

    months: tuple[str, ...]
    values: Floats
    said: tuple[Said, ...]


def by_month(rows: Sequence[Row], column: str) -> Monthly:
    """The months of a column, over all territories of the rows."""
    cells: dict[str, dict[str, Row]] = {}
    for row in rows:
        place = str(row.get("territory", "")).casefold()
        cells.setdefault(str(row["month"]), {})[place] = row
    places = {place for of_month in cells.values() for place in of_month}
    months = tuple(_months(min(cells), max(cells)))
    whole = {
        month: list(of_month.values())
        for month, of_month in cells.items()
        if set(of_month) == places and all(_has(row, column) for row in of_month.values())
    }
    is_weighted = all(_has(row, WEIGHT) for of_month in whole.values() for row in of_month)
    values = np.array(
        [_value(whole[month], column, is_weighted) if month in whole else math.nan
         for month in months]
    )  # fmt: skip
    missing = tuple(month for month in months if month not in cells)
    partial = tuple(month for month in months if month in cells and month not in whole)
    said = [Said("missing", missing), Said("partial", partial)]
    if column in COUNTED:
        said.append(Said("jump", tuple(_jumps(months, values))))
    found = [one for one in said if one.months]
    if column not in ADDED_UP and len(places) > 1 and whole:
        found.append(Said("weighted" if is_weighted else "unweighted"))
    return Monthly(months, values, tuple(found))


def beside_the_model(column: str, own: Floats, model: Floats) -> list[Said]:
    """What the same months of the model make doubtful of a column: another unit or scope.

    Both by month; NaN outside the run.
    """
    both = np.isfinite(own) & np.isfinite(model) & (own > 0.0) & (model > 0.0)
    if column not in ADDED_UP or not both.any():
        return []
    ratio = float(np.median(own[both] / model[both]))
    if column == "households" and plausible().is_adults(ratio):
        return [Said("maybe_adults")]
    return [Said("level")] if plausible().is_far_spending(1e6, 1e6 * ratio) else []


def mean_gap(own: Floats, model: Floats) -> tuple[float, int]:
    """Mean size of the gap of the model as a share, and over how many months above zero."""
    both = np.isfinite(own) & np.isfinite(model) & (own > 0.0)
    if not both.any():
        return math.nan, 0
    return float(np.mean(np.abs(model[both] / own[both] - 1.0))), int(both.sum())


def _has(row: Row, column: str) -> bool:
    return isinstance(row.get(column), int | float)


def _value(rows: Sequence[Row], column: str, is_weighted: bool) -> float:
    values = np.array([float(row[column]) for row in rows])
    if column in ADDED_UP:
        return float(values.sum())
    weights = np.array([float(row[WEIGHT]) for row in rows]) if is_weighted else np.ones(len(rows))
    return float(np.average(values, weights=weights)) if weights.sum() > 0.0 else math.nan


def _jumps(months: Sequence[str], values: Floats) -> Iterator[str]:
    for month, (before, after) in zip(months[1:], pairwise(values), strict=True):
        both = math.isfinite(before) and math.isfinite(after)
        if both and plausible().is_far_change(before, after):
            yield month


def _months(first: str, last: str) -> Iterator[str]:
    numbers = [int(month[:4]) * MONTHS_PER_YEAR + int(month[5:7]) - 1 for month in (first, last)]
    for number in range(numbers[0], numbers[1] + 1):
        yield f"{number // MONTHS_PER_YEAR:04d}-{number % MONTHS_PER_YEAR + 1:02d}"
