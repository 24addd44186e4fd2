"""La Réunion by month, as the family funds count it: one fresh monthly series that is published.

Its level leaves out the few households that the farmers' fund pays, so it is no continuation of the
department's series in the panel; it is forecast and scored as a department's own file would be.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np

from brought.series import Floats, Series, Whole, month_of
from sim.parameters.sources import PUBLISHED

FUNDS_FILE = PUBLISHED / "cnaf_la_reunion_monthly.csv"
COUNTRY_FILE = PUBLISHED / "cnaf_national_december.csv"


def la_reunion() -> Series:
    """Households by month, June 2016 to March 2025 (CNAF, data set ``s_ben_dep``)."""
    rows = _rows(FUNDS_FILE)
    months = [month_of(row["month"]) for row in rows]
    assert months == list(range(months[0], months[0] + len(rows)))
    counts = np.array([float(row["households"]) for row in rows])
    return Series(rows[0]["department"], months[0], counts)


@lru_cache(maxsize=1)
def la_reunion_amounts() -> tuple[Whole, Floats]:
    """Its months, and the mean amount of a household in each, euro (same data set)."""
    rows = _rows(FUNDS_FILE)
    amounts = [float(row["amount_eur"]) / float(row["households"]) for row in rows]
    return np.array([month_of(row["month"]) for row in rows]), np.array(amounts)


@lru_cache(maxsize=1)
def december_amounts() -> tuple[Whole, Floats]:
    """Decembers, and the mean amount of a household of the whole country in each, euro.

    CNAF, data set ``s_ben_nat``: households that the family funds pay, 2020 to 2024.
    """
    rows = _rows(COUNTRY_FILE)
    amounts = [float(row["amount_rsa_eur"]) / float(row["households_rsa"]) for row in rows]
    return np.array([month_of(row["month"]) for row in rows]), np.array(amounts)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
