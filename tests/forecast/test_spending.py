"""Yearly spending: nothing known later enters a forecast; rules by hand; the page as scored."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from forecast.panel import Panel, shipped_panel
from forecast.spending.accounts import Accounts, shipped_accounts
from forecast.spending.base_amounts import mean_base, upratings, yearly_upratings
from forecast.spending.scored import (
    METHODS,
    MODEL,
    SpendingRow,
    planner_rule,
    score_spending,
)
from ui.reports.forecast.spending_board import OPENING, department_table, spending_summary

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "spending.md").read_text(encoding="utf-8")
DEPARTMENTS = ("62", "80")


@pytest.fixture(scope="module")
def rows() -> list[SpendingRow]:
    return score_spending(shipped_panel(), shipped_accounts(), departments=DEPARTMENTS)


def test_base_amounts_by_hand() -> None:
    assert mean_base(2016, date(2017, 1, 1)) == pytest.approx(
        (3 * 524.16 + 5 * 524.68 + 4 * 535.17) / 12
    )
    # In October 2017 the uprating of April 2018 is not known: the last amount holds.
    assert mean_base(2018, date(2017, 10, 31)) == pytest.approx(545.48)
    assert mean_base(2018, date(2019, 1, 1)) == pytest.approx((3 * 545.48 + 9 * 550.93) / 12)
    rates = yearly_upratings(date(2018, 10, 31))
    assert rates[-2:] == pytest.approx([536.78 / 535.17 - 1, 550.93 / 545.48 - 1])
    days = [one.day for one in upratings()]
    assert days == sorted(set(days))


def test_accounts_that_another_body_pays_are_left_out() -> None:
    accounts = shipped_accounts()
    guyane = accounts.eur[accounts.departments.index("973")]
    assert np.isnan(guyane[accounts.years == 2019]).all()
    assert np.isfinite(guyane[accounts.years == 2018]).all()
    assert np.isfinite(accounts.of(2019)[accounts.departments.index("974")])


def test_the_planners_rule_by_hand() -> None:
    """Two departments: 13 months that grow by 10, and two ends of year before."""
    first = 12 * 2016
    months = np.array([first - 13, first - 1, *range(first, first + 13)])
    growing = np.append([900.0, 1000.0], 1000.0 + 10.0 * np.arange(13))
    panel = Panel(("01", "02"), months, np.stack([growing, np.full(15, 500.0)]), first)
    accounts = Accounts(
        ("01", "02"), np.array([2015, 2016]), np.array([[1.0, 5e6], [1.0, 3e6]]),
        np.array([[1000.0, 1120.0], [500.0, 500.0]]),
    )  # fmt: skip
    day = date(2017, 10, 31)
    # The last known month is January 2017; the middle of 2018 is 17.5 months later.
    still = planner_rule(panel, accounts, 2018, day, has_trend=False)
    uprating = mean_base(2018, day) / mean_base(2016, day)
    assert still["02"] == pytest.approx(3e6 * uprating)
    mean_of_year = np.mean(1000.0 + 10.0 * np.arange(12))
    assert still["01"] == pytest.approx(5e6 * 1120.0 / mean_of_year * uprating)
    moving = planner_rule(panel, accounts, 2018, day)
    assert moving["01"] / still["01"] == pytest.approx((1120.0 + 17.5 * 10.0) / 1120.0)
    assert moving["02"] == still["02"]


def test_nothing_known_later_enters_a_forecast(rows: list[SpendingRow]) -> None:
    """Households after July and accounts after two years before may be anything."""
    panel, accounts = shipped_panel(), shipped_accounts()
    later = panel.months > 12 * 2018 + 6
    households = np.where(later, panel.households * 1.3, panel.households)
    eur = np.where(accounts.years > 2017, accounts.eur * 1.3, accounts.eur)
    ends = np.where(accounts.years > 2017, accounts.households * 1.3, accounts.households)
    other = score_spending(
        replace(panel, households=households),
        replace(accounts, eur=eur, households=ends),
        [2019],
        DEPARTMENTS,
    )
    before = {(row.department, row.method): row.forecast for row in rows if row.year == 2019}
    for row in other:
        if row.method != "last_year":
            assert row.forecast == pytest.approx(before[row.department, row.method]), row.method
            assert row.observed == pytest.approx(
                1.3 * accounts.of(2019)[accounts.departments.index(row.department)]
            )


def test_scores_by_hand(rows: list[SpendingRow]) -> None:
    single = SpendingRow("80", 2018, "planner", 90.0, None, 100.0)
    assert (single.error_percent, single.crps_percent) == (-10.0, 10.0)
    assert single.is_covered is None
    model = next(row for row in rows if row.method == MODEL)
    ends = model.interval
    assert ends is not None
    assert ends[0] < model.forecast < ends[1]
    assert model.crps_percent > 0.0
    for one in spending_summary(rows):
        chosen = [r for r in rows if (r.year, r.method) == (one["year"], one["method"])]
        mean = sum(abs(row.error_percent) for row in chosen) / len(chosen)
        assert one["mape"] == pytest.approx(mean, abs=1e-4)
        assert one["departments"] == len(DEPARTMENTS)


def test_the_page_is_up_to_date(rows: list[SpendingRow]) -> None:
    """Two departments are scored again; the rest of the page comes from the same program."""
    shown = PAGE.splitlines()
    for line in department_table(rows).splitlines()[2:]:
        name, year, *cells = (cell.strip() for cell in line.strip("| ").split("|"))
        (before,) = [one for one in shown if one.startswith(f"| {name} | {year} |")]
        for now, then in zip(cells, before.strip("| ").split("|")[2:], strict=True):
            numbers = [float(text) for text in re.findall(r"[+-]?\d+\.\d+", now)]
            # Another machine's arithmetic may round a last digit the other way.
            assert [float(text) for text in re.findall(r"[+-]?\d+\.\d+", then)] == pytest.approx(
                numbers, abs=0.101
            )
    told = re.search(r"on (\d{4}-\d{2}-\d{2});", PAGE)
    count = re.search(r"two pieces of evidence, not (\d+)", PAGE)
    assert told is not None
    assert count is not None
    assert OPENING.strip().format(today=told[1], count=count[1]) in PAGE
    assert all(f"`{method}`" in PAGE for method in METHODS)
