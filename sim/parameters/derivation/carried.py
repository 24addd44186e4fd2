"""Households that a reference of today starts from: the last published, brought to its day.

Most departments have a figure of the day before the reference starts. Where the last one is
older, it is carried there by the movement of the departments that have both days: their median,
within their 5 and 95 % quantiles. Sums of the country stay a check: they do not enter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.parameters.derivation.statistics import (
    Figure,
    latest_december,
    latest_stock,
    names_by_code,
    stocks_by_month,
)
from sim.parameters.imported import kept_while_imported

QUANTILES = (0.05, 0.5, 0.95)
LEAST_DEPARTMENTS = 20
"""Fewer say nothing about the ends of the range: the figure stays as it was published."""


@dataclass(frozen=True)
class Carried:
    """A figure of before `latest_december` and what it has become by then, as far as others tell.

    ``households`` lies between ``low`` and ``high`` with a probability of 0.9; ``count``
    departments have both days.
    """

    published: Figure
    households: float
    low: float
    high: float
    count: int


def carried_stock(code: str) -> Carried | None:
    """The last stock of a department brought to `latest_december`.

    None where it is of that day or later, or too few departments tell what happened since.
    """
    latest = latest_stock(code)
    if latest.as_of >= latest_december():
        return None
    ratios = _movements(latest.as_of)
    if len(ratios) < LEAST_DEPARTMENTS:
        return None
    low, middle, high = latest.value * np.quantile(ratios, QUANTILES)
    return Carried(latest, float(middle), float(low), float(high), len(ratios))


def carried_to(code: str, start: date) -> Carried | None:
    """The same for a run that starts on a day; None before the day that figures are brought to."""
    return carried_stock(code) if start > latest_december() else None


def starting_households(code: str, start: date | None = None) -> float:
    """Households on the day before a run starts; None: before today's reference does."""
    carried = carried_stock(code) if start is None else carried_to(code, start)
    return latest_stock(code).value if carried is None else carried.households


@kept_while_imported(8)
def _movements(since: date) -> tuple[float, ...]:
    """Households on `latest_december` over those of a day, of every department that has both."""
    found, eve = [], latest_december()
    for code in names_by_code():
        known = {figure.as_of: figure.value for figure in stocks_by_month(code)}
        if since in known and eve in known:
            found.append(known[eve] / known[since])
    return tuple(found)
