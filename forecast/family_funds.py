"""La Réunion by month, as the family funds count it: one fresh monthly series that is published.

Its level leaves out the few households that the farmers' fund pays, so it is no continuation of the
department's series in the panel; it is forecast and scored as a department's own file would be.
"""

from __future__ import annotations

import csv

import numpy as np

from brought.series import Series, month_of
from sim.parameters.sources import PUBLISHED

FUNDS_FILE = PUBLISHED / "cnaf_la_reunion_monthly.csv"


def la_reunion() -> Series:
    """Households by month, June 2016 to March 2025 (CNAF, data set ``s_ben_dep``)."""
    with FUNDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    months = [month_of(row["month"]) for row in rows]
    assert months == list(range(months[0], months[0] + len(rows)))
    counts = np.array([float(row["households"]) for row in rows])
    return Series(rows[0]["department"], months[0], counts)
