"""The panel: growth of households by department, and the changes of unemployment before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from calibration.department_figures import SERIES, STOCKS, rows_of
from sim.parameters.unemployment import MONTHS, QUARTERS, Quarter, published_rates

Floats = NDArray[np.float64]
DECEMBERS = "rsa_december"
FIRST_YEAR, JOINT_YEAR = 2016, 2019
"""The in-work bonus took households out in 2016: growth counts from the end of that year. The end
of 2019 stands in both tables, which are never mixed within a year's growth."""
PANDEMIC = (2020, 2021)
"""Years whose growth is the rescue and its end; the rate itself fell while nobody could search."""
LAST_MONTH = Quarter.read("2019-T4")
"""The last quarter of the monthly series that is free of the pandemic."""
PERCENT = 100.0


@dataclass(frozen=True)
class Panel:
    """One row per department and date.

    ``growth`` is 100 × the change of the logarithm of households over ``span`` quarters up to the
    end of ``periods`` (numbers of quarters). ``changes[:, k]`` is that of the unemployment rate
    over one quarter, ``k`` quarters before.
    """

    departments: NDArray[np.str_]
    periods: NDArray[np.int64]
    growth: Floats
    changes: Floats
    span: int

    @property
    def years(self) -> NDArray[np.int64]:
        """The year in which each growth ends."""
        return self.periods // QUARTERS

    def where(self, chosen: NDArray[np.bool_]) -> Panel:
        """Some of the rows."""
        return Panel(
            self.departments[chosen], self.periods[chosen], self.growth[chosen],
            self.changes[chosen], self.span,
        )  # fmt: skip

    def without_pandemic(self) -> Panel:
        """The rows whose growth does not end in the years of the pandemic."""
        return self.where(~np.isin(self.years, PANDEMIC))


def december_panel(lags: int) -> Panel:
    """Growth from December to December since 2016, with ``lags`` quarters of changes."""
    found = {
        (code, QUARTERS * year + 3): growth
        for code, ends in ends_of_year().items()
        for year, growth in _growth_by_year(ends)
    }
    return _panel(found, lags, QUARTERS)


def quarter_panel(lags: int) -> Panel:
    """Growth from quarter end to quarter end of the monthly series before the pandemic."""
    stocks: dict[tuple[str, int], float] = {}
    for row in rows_of(SERIES):
        year, month = map(int, row["month"].split("-"))
        if month % MONTHS == 0:
            quarter = QUARTERS * year + month // MONTHS - 1
            stocks[row["department"], quarter] = float(row["households"])
    found = {
        (code, quarter): PERCENT * float(np.log(count / stocks[code, quarter - 1]))
        for (code, quarter), count in stocks.items()
        if quarter <= LAST_MONTH.number and (code, quarter - 1) in stocks
    }
    return _panel(found, lags, 1)


def ends_of_year() -> Mapping[str, Mapping[tuple[str, int], float]]:
    """Households at the end of a year by department, then by table and year."""
    found: dict[str, dict[tuple[str, int], float]] = {}
    for row in rows_of(STOCKS):
        if row["indicator"] == "households" and row["value"]:
            found.setdefault(row["department"], {})[STOCKS, int(row["year"])] = float(row["value"])
    for row in rows_of(DECEMBERS):
        own = found.setdefault(row["department"], {})
        own[DECEMBERS, int(row["year"])] = float(row["rsa_households"])
    return found


def _growth_by_year(ends: Mapping[tuple[str, int], float]) -> Iterator[tuple[int, float]]:
    for (table, year), count in ends.items():
        before = ends.get((table, year - 1))
        is_newer = table == DECEMBERS
        if before is not None and year > FIRST_YEAR and is_newer == (year > JOINT_YEAR):
            yield year, PERCENT * float(np.log(count / before))


def _panel(growth: Mapping[tuple[str, int], float], lags: int, span: int) -> Panel:
    rows: list[tuple[str, int, float, list[float]]] = []
    for (code, quarter), grown in sorted(growth.items()):
        rates = published_rates().get(code, {})
        needed = [Quarter(quarter - lag) for lag in range(lags + 1)]
        if all(one in rates for one in needed):
            logs = [float(np.log(rates[one])) for one in needed]
            changes = [PERCENT * (now - then) for now, then in pairwise(logs)]
            rows.append((code, quarter, grown, changes))
    codes, quarters, grown_by, changed = zip(*rows, strict=True)
    return Panel(np.array(codes), np.array(quarters), np.array(grown_by), np.array(changed), span)


def over_years(panel: Panel, years: int) -> Floats:
    """The changes of the rate over the year of the growth, the one before it, and so on."""
    blocks = [panel.changes[:, QUARTERS * k : QUARTERS * (k + 1)].sum(axis=1) for k in range(years)]
    return np.stack(blocks, axis=1)
