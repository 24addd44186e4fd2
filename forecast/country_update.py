"""Months of the whole country out of a publisher's file: taken where they count what is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brought.department_tables import WHOLE_COUNTRY
from brought.series import Series, month_text
from forecast.panel import NATIONAL_FILE
from forecast.publishers_months import by_month
from forecast.unusual import Jump
from sim.files import write_atomically
from sim.parameters.imported import data_folder
from sim.parameters.plausible import plausible
from sim.remarks import Remark, remarked

Months = Mapping[int, float]

LEAST_RATIO, MOST_RATIO = 0.99, 1.03
"""The country over the sum of its departments: Mayotte and rounding make some thousandths."""
MOST_APART = 0.01
"""How far the new counts may lie from the known ones in the median: revisions are smaller."""
LEAST_OF_SUM = 0.99
"""A sum of departments is compared in months in which departments with so much of it are known."""
COLUMNS, UNKNOWN = ("month", "rsa"), "–"


@dataclass(frozen=True)
class CountryChanges:
    """Months of the country that came after the last known one, and how many were revised."""

    added: int
    first: int | None
    last: int | None
    revised: int

    def record(self) -> dict[str, object]:
        """The same as plain numbers and months."""
        return {
            "months_added": self.added,
            "first_month_added": None if self.first is None else month_text(self.first),
            "last_month_added": None if self.last is None else month_text(self.last),
            "months_revised": self.revised,
        }


def joined_country(
    new: Months, known: Months, series: Mapping[str, Series]
) -> tuple[dict[int, float], list[Remark]]:
    """Known months with the new ones in their place, and what is to be said.

    New months are left out as a whole where they count something else than the known ones do, or
    than the departments do together: growth would jump from one count to the other.
    """
    if not new:
        return dict(known), []
    both = [new[month] / known[month] for month in new if month in known]
    sums = _sums(series)
    over_sums = [new[month] / sums[month] for month in new if month in sums]
    revised = float(np.median(both)) if both else 1.0
    ratio = float(np.median(over_sums)) if over_sums else 1.0
    if abs(revised - 1.0) > MOST_APART or not LEAST_RATIO <= ratio <= MOST_RATIO:
        said = {"ratio": f"{ratio:.3f}", "value": f"{revised:.3f}" if both else UNKNOWN}
        return dict(known), [remarked("published_country_other", **said)]
    return {**known, **new}, []


def country_changes(known: Months, joined: Months) -> CountryChanges:
    """What is in the joined months that was not known, or not so."""
    added = sorted(month for month in joined if month not in known)
    revised = sum(joined[month] != count for month, count in known.items())
    return CountryChanges(
        len(added), added[0] if added else None, added[-1] if added else None, revised
    )


def country_jumps(known: Months, joined: Months) -> list[Jump]:
    """New or revised months that are far from a neighbour."""
    fresh = {month for month, count in joined.items() if known.get(month) != count}
    pairs = ((month, joined.get(month - 1), count) for month, count in sorted(joined.items()))
    return [
        Jump(WHOLE_COUNTRY, month, before, count)
        for month, before, count in pairs
        if before and fresh & {month - 1, month} and plausible().is_far_change(before, count)
    ]


def write_country(months: Months) -> None:
    """Keep the months of the country in the user's data folder."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([month_text(month), int(count)] for month, count in sorted(months.items()))
    write_atomically(data_folder() / NATIONAL_FILE, text.getvalue().encode("ascii"))


def _sums(series: Mapping[str, Series]) -> dict[int, float]:
    """All departments together, in the months in which nearly all are known."""
    counts = [by_month(one) for one in series.values()]
    usual = sum(float(one.households[-1]) for one in series.values())
    found: dict[int, float] = {}
    for month in {month for one in counts for month in one}:
        there = [one for one in series.values() if one.first_month <= month <= one.last_month]
        if sum(float(one.households[-1]) for one in there) >= LEAST_OF_SUM * usual:
            found[month] = sum(one[month] for one in counts if month in one)
    return found
