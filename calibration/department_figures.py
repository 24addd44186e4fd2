"""Figures of one department in the shipped tables, by table, indicator and period."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from brought.series import month_of
from sim.parameters import Parameters
from sim.parameters.sources import PUBLISHED

SERIES = "rsa_households_monthly"
SURVEY = "oarsa_departments"
SPENDING = "department_spending"
STOCKS = "rsa_annual"
TABLES = {
    SERIES: "DREES, monthly follow-up of solidarity benefits",
    SURVEY: "DREES, OARSA survey",
    SPENDING: "DREES, spending of departments on social assistance",
}
KEYS = ("table", "indicator", "year", "from", "to")
HUNDRED = 100.0
YEAR = 12


@dataclass(frozen=True)
class DepartmentFigure:
    """One figure of a department: where it stands, its value, unit, period and source."""

    row: str
    value: float
    unit: str
    period: str
    source: str


def is_known(entry: Mapping[str, object]) -> bool:
    """Whether an entry names a table of departments with what it needs."""
    if entry.get("table") == SERIES:
        return isinstance(entry.get("from"), str) and isinstance(entry.get("to"), str)
    return (
        entry.get("table") in TABLES
        and isinstance(entry.get("year"), int)
        and bool(entry.get("indicator"))
    )


def figure_of(entry: Mapping[str, object], department: Parameters) -> DepartmentFigure | None:
    """The figure that an entry names, of one department; None if the tables have none."""
    table, indicator = str(entry["table"]), str(entry.get("indicator", "households"))
    if table == SERIES:
        period = f"{entry['from']} to {entry['to']}"
        value, unit = (
            growth_per_year(department.code, str(entry["from"]), str(entry["to"])),
            "%/year",
        )
    elif table == SPENDING:
        period, unit = str(entry["year"]), "%"
        value = allowance_in_base_amounts(department.code, indicator, int(period), department)
    else:
        period = str(entry["year"])
        unit = "%" if indicator.endswith("_share") or "_share_" in indicator else "days"
        value = annual(table, department.code, indicator, int(period))
    if value is None:
        return None
    row = f"{table}: {indicator}, {period}, department {department.code}"
    return DepartmentFigure(row, value, unit, period, TABLES[table])


@lru_cache(maxsize=8)
def rows_of(table: str, folder: Path = PUBLISHED) -> tuple[dict[str, str], ...]:
    """The rows of a shipped table."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def annual(table: str, code: str, indicator: str, year: int) -> float | None:
    """A department's figure of a year; None where there is none."""
    for row in rows_of(table):
        if (row["department"], row["indicator"], row["year"]) == (code, indicator, str(year)):
            return float(row["value"])
    return None


def growth_per_year(code: str, begin: str, end: str) -> float | None:
    """Change a year of a department's households between two months, %; None without both."""
    found = {
        row["month"]: float(row["households"])
        for row in rows_of(SERIES)
        if row["department"] == code
    }
    if begin not in found or end not in found:
        return None
    years = (month_of(end) - month_of(begin)) / YEAR
    return float(HUNDRED * ((found[end] / found[begin]) ** (1.0 / years) - 1.0))


def allowance_in_base_amounts(
    code: str, indicator: str, year: int, law: Parameters
) -> float | None:
    """Spending per household and month as a part of the base amount, %; None without it.

    Households: mean of the two year-ends. ``law`` gives the base amount by date.
    """
    spending = annual(SPENDING, code, indicator, year)
    stocks = [annual(STOCKS, code, "households", when) for when in (year - 1, year)]
    known = [stock for stock in stocks if stock is not None]
    if spending is None or len(known) < len(stocks):
        return None
    base = mean_base_amount(law, year)
    return HUNDRED * spending / (YEAR * sum(known) / len(known)) / base


def mean_base_amount(law: Parameters, year: int) -> float:
    """The base amount of a single person, mean of a year's months, euro."""
    amounts = [
        law.value_on("allowance.base_eur", date(year, month + 1, 1)) for month in range(YEAR)
    ]
    return sum(float(amount) for amount in amounts if isinstance(amount, (int, float))) / YEAR
