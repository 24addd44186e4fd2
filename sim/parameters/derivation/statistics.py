"""What public statistics publish of every department, each figure with its date and its source."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import mean

from sim.parameters.imported import (
    MONTHLY_FILE,
    import_stamp,
    imported_months,
    kept_while_imported,
)
from sim.parameters.sources import PUBLISHED

MONTHLY, DECEMBER, ANNUAL = MONTHLY_FILE, "rsa_december.csv", "rsa_annual.csv"
SURVEY, SPENDING = "oarsa_departments.csv", "department_spending.csv"
STAFF, REUNION = "department_staff.csv", "cnaf_la_reunion_monthly.csv"
ACCOUNTS = "department_accounts.csv"
AUTHORITIES = {"69": ("69", "691")}
"""Who pays in a department, where it is not one authority."""
NOT_COMPARABLE = {("19", 2024), ("93", 2025)}
"""An amount three times that of the years around it; a remainder of what the State took over."""
FOOTNOTE = "*"
"""What the publisher sets behind the names of departments with a remark."""
TABLES_READ = (MONTHLY, DECEMBER, ANNUAL, SURVEY, SPENDING, STAFF, REUNION)
SERIES, DECEMBERS = "published_stock_series", "drees_december"
FAMILY_FUNDS, ANNUAL_STOCK = "cnaf_monthly", "published_annual_stock"
IMPORT = "imported_months"
ROUNDED = 5.0
"""Published counts are rounded to ten: nearer ones are the same."""


@dataclass(frozen=True)
class Figure:
    """A published figure: of the department itself, or the mean of all that are known.

    ``count`` departments were known in that year. ``source`` is a key of the registry of sources.
    """

    value: float
    as_of: date
    source: str
    is_own: bool = True
    count: int = 1

    @property
    def year(self) -> int:
        """The year that it describes."""
        return self.as_of.year


@lru_cache(maxsize=1)
def names_by_code() -> Mapping[str, str]:
    """The official name of every department with a monthly series, by code, in order."""
    found = {row["department"]: row["name"].rstrip(FOOTNOTE) for row in _rows(MONTHLY)}
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def codes_by_name() -> Mapping[str, str]:
    """The code of every department by its name in plain small letters (``cotes_d_armor``)."""
    return {plain_name(name): code for code, name in names_by_code().items()}


def plain_name(written: str) -> str:
    """A name as files and commands write it: small letters without accents, joined by ``_``."""
    decomposed = unicodedata.normalize("NFKD", written.strip().lower())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return "_".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def code_of(written: str) -> str | None:
    """The code that a code or a name stands for: ``29``, ``2a``, ``Finistère``, ``finistere``."""
    code = written.strip().upper()
    if code in names_by_code():
        return code
    name = plain_name(written)
    return codes_by_name().get(name) or codes_by_name().get(name.removeprefix("la_"))


def latest_stock(code: str) -> Figure:
    """Households on the RSA: the last figure that is published, whatever its date."""
    return stocks_by_month(code)[-1]


@lru_cache(maxsize=1)
def latest_december() -> date:
    """The day of the latest published Decembers: today's references start on the next one."""
    return date(max(int(row["year"]) for row in _rows(DECEMBER)), 12, 31)


@kept_while_imported(256)
def stocks_by_month(code: str) -> tuple[Figure, ...]:
    """All published stocks of a department in order of time, one for each month at most.

    Where a month has several, that of the monthly series holds; the user's import (`data update`)
    goes on with it and revises it.
    """
    found: dict[date, Figure] = {}
    for row in _rows_of(REUNION, code):
        day = _end_of_month(row["month"])
        found[day] = Figure(float(row["households"]), day, FAMILY_FUNDS)
    for row in _rows_of(DECEMBER, code):
        day = date(int(row["year"]), 12, 31)
        found[day] = Figure(float(row["rsa_households"]), day, DECEMBERS)
    for row in _rows_of(MONTHLY, code):
        day = _end_of_month(row["month"])
        found[day] = Figure(float(row["households"]), day, SERIES)
    for month, households in imported_months(import_stamp()).get(code, {}).items():
        day = _end_of_month(month)
        if day not in found or abs(found[day].value - households) >= ROUNDED:
            found[day] = Figure(households, day, IMPORT)
    return tuple(found[day] for day in sorted(found))


def adults_per_household(code: str) -> Figure:
    """Adults over households of the last year that has both; else the mean of all departments."""
    ratios: dict[int, dict[str, float]] = {}
    for key, households in _annual("households").items():
        adults = _annual("adults").get(key)
        if adults and households:
            ratios.setdefault(key[1], {})[key[0]] = adults / households
    return _own_or_mean(ratios, code, ANNUAL_STOCK)


def adults(code: str) -> Figure | None:
    """Adults on the RSA on the last 31 December that is published."""
    known = {year: value for (one, year), value in _annual("adults").items() if one == code}
    if not known:
        return None
    last = max(known)
    return Figure(known[last], date(last, 12, 31), ANNUAL_STOCK)


def paid(code: str) -> Figure | None:
    """The allowance paid in the last year that is published, euro.

    From the accounts of the departments, else the survey of spending. The accounts have no amount
    where the State pays, and those of `NOT_COMPARABLE` are not of this department or this year.
    """
    accounts = accounts_of(code)
    if accounts:
        last = max(accounts)
        return Figure(accounts[last], date(last, 12, 31), "department_accounts")
    older = spent("rsa_allocation_gross_eur", code)
    return older if older.is_own else None


def accounts_of(code: str) -> dict[int, float]:
    """The allowance of each year in the accounts of all who pay it in a department, euro."""
    found = {}
    authorities = AUTHORITIES.get(code, (code,))
    for year, amounts in _by_year(ACCOUNTS, "rsa_allocation_eur").items():
        known = [amounts[one] for one in authorities if one in amounts]
        if len(known) == len(authorities) and (code, year) not in NOT_COMPARABLE:
            found[year] = sum(known)
    return found


def surveyed(indicator: str, code: str) -> Figure:
    """The last answer to a question of the survey on orientation and support.

    Of a department that never answered: the mean of those that did in the last year.
    """
    return _own_or_mean(_by_year(SURVEY, indicator), code, "oarsa_departments")


def spent(indicator: str, code: str) -> Figure:
    """The last gross spending of one kind, euro a year."""
    return _own_or_mean(_by_year(SPENDING, indicator), code, "department_spending")


def staffed(indicator: str, code: str) -> Figure:
    """The last number of posts of one kind, full-time equivalents."""
    return _own_or_mean(_by_year(STAFF, indicator), code, "department_staff")


def base_figures(code: str) -> dict[str, Figure]:
    """The figures that a derived department mostly rests on, beside its stock."""
    return {
        "adults_per_household": adults_per_household(code),
        "oriented_share": surveyed("oriented_share", code),
        "to_pole_emploi_share": surveyed("to_pole_emploi_share", code),
        "social_educational_staff_fte": staffed("social_educational_staff_fte", code),
        "subsidised_contracts_gross_eur": spent("subsidised_contracts_gross_eur", code),
    }


def _own_or_mean(by_year: Mapping[int, Mapping[str, float]], code: str, source: str) -> Figure:
    for year in sorted(by_year, reverse=True):
        if code in by_year[year]:
            return Figure(by_year[year][code], date(year, 12, 31), source)
    last = max(by_year)
    known = by_year[last].values()
    return Figure(mean(known), date(last, 12, 31), source, is_own=False, count=len(known))


@lru_cache(maxsize=64)
def _by_year(file: str, indicator: str) -> Mapping[int, Mapping[str, float]]:
    found: dict[int, dict[str, float]] = {}
    for row in _rows(file):
        if row["indicator"] == indicator and row["value"]:
            found.setdefault(int(row["year"]), {})[row["department"]] = float(row["value"])
    return found


@lru_cache(maxsize=8)
def _annual(indicator: str) -> Mapping[tuple[str, int], float]:
    years = _by_year(ANNUAL, indicator)
    return {(code, year): value for year, known in years.items() for code, value in known.items()}


@lru_cache(maxsize=16)
def _table(file: str) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as content:
        for row in csv.DictReader(content):
            found.setdefault(row["department"], []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def _rows_of(file: str, code: str) -> tuple[Mapping[str, str], ...]:
    return _table(file).get(code, ())


def _rows(file: str) -> Iterator[Mapping[str, str]]:
    for rows in _table(file).values():
        yield from rows


def _end_of_month(month: str) -> date:
    year, number = int(month[:4]), int(month[5:7])
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
