"""Households that a reference of today starts from: the last published, brought to its day.

Most departments have a figure of the day before the reference starts. Where the last one is
older, it is carried there by the movement of the departments that have both days: their median,
within their 5 and 95 % quantiles. Sums of the country stay a check: they do not enter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from sim.parameters.derivation.statistics import (
    Figure,
    latest_stock,
    names_by_code,
    stocks_by_month,
)
from sim.parameters.imported import Stamp, import_stamp

EVE = date(2024, 12, 31)
"""The last day of the latest published Decembers: today's references start on the next one."""
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Carried:
    """A figure of before `EVE` and what it has become by then, as far as others tell.

    ``households`` lies between ``low`` and ``high`` with a probability of 0.9; ``count``
    departments have both days.
    """

    published: Figure
    households: float
    low: float
    high: float
    count: int


def carried_stock(code: str) -> Carried | None:
    """The last stock of a department brought to `EVE`; None where it is of that day or later."""
    latest = latest_stock(code)
    if latest.as_of >= EVE:
        return None
    ratios = _movements(latest.as_of, import_stamp())
    low, middle, high = latest.value * np.quantile(ratios, QUANTILES)
    return Carried(latest, float(middle), float(low), float(high), len(ratios))


def starting_households(code: str) -> float:
    """Households on the day before today's reference starts."""
    carried = carried_stock(code)
    return latest_stock(code).value if carried is None else carried.households


@lru_cache(maxsize=8)
def _movements(since: date, stamp: Stamp) -> tuple[float, ...]:
    """Households on `EVE` over those of a day, of every department that has both.

    ``stamp`` tells one import of months from the next.
    """
    found = []
    for code in names_by_code():
        known = {figure.as_of: figure.value for figure in stocks_by_month(code)}
        if since in known and EVE in known:
            found.append(known[EVE] / known[since])
    return tuple(found)
