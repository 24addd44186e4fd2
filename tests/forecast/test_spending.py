"""Yearly spending: nothing known later enters a forecast; rules by hand; the page as scored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import forecast.spending.passage as passage_module
from forecast import family_funds
from forecast.panel import Panel, shipped_panel
from forecast.spending import country_replay, landing_replay, scored
from forecast.spending.accounts import Accounts, shipped_accounts
from forecast.spending.base_amounts import mean_base, upratings, yearly_upratings
from forecast.spending.country_replay import replayed_decembers
from forecast.spending.landing_replay import foreseen, landed
from forecast.spending.passage import passage
from forecast.spending.scored import (
    METHODS,
    MODEL,
    YEARS,
    SpendingRow,
    planner_rule,
    score_spending,
)
from ui.reports.forecast.spending_board import OPENING, department_table, spending_summary
from ui.reports.forecast.spending_replays import replay_parts, replays

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


@pytest.mark.parametrize("year", [2019, 2025])
def test_nothing_known_later_enters_a_forecast(
    rows: list[SpendingRow], year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Households, Decembers and months after July, accounts after two years before: anything."""
    panel, accounts = shipped_panel(), shipped_accounts()
    origin, books = 12 * (year - 1) + 6, year - 2
    households = np.where(panel.months > origin, panel.households * 1.3, panel.households)
    eur = np.where(accounts.years > books, accounts.eur * 1.3, accounts.eur)
    ends = np.where(accounts.years > books, accounts.households * 1.3, accounts.households)
    change_later(monkeypatch, origin)
    other = score_spending(
        replace(panel, households=households),
        replace(accounts, eur=eur, households=ends),
        [year],
        DEPARTMENTS,
    )
    before = {(row.department, row.method): row.forecast for row in rows if row.year == year}
    assert {row.method for row in other} == set(METHODS)
    for row in other:
        if row.method != "last_year":
            assert row.forecast == pytest.approx(before[row.department, row.method]), row.method
            assert row.observed == pytest.approx(
                1.3 * accounts.of(year)[accounts.departments.index(row.department)]
            )


def change_later(monkeypatch: pytest.MonkeyPatch, origin: int) -> None:
    """Mean amounts after a month a third higher: the country's Decembers, La Réunion's months."""
    for module, name in (
        (scored, "december_amounts"),
        (country_replay, "december_amounts"),
        (passage_module, "la_reunion_amounts"),
        (landing_replay, "la_reunion_amounts"),
    ):
        months, amounts = getattr(family_funds, name)()
        changed = (months, np.where(months > origin, amounts * 1.3, amounts))
        monkeypatch.setattr(module, name, lambda changed=changed: changed)
    passage.cache_clear()


@pytest.fixture(autouse=True)
def passages_of_their_own() -> Iterator[None]:
    """No passage that was learnt from changed months is kept."""
    yield
    passage.cache_clear()


def test_nothing_known_later_enters_a_december(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts, origin = shipped_accounts(), 12 * 2022 + 11
    (before,) = replayed_decembers(accounts, [2023])
    eur = np.where(accounts.years > 2021, accounts.eur * 1.3, accounts.eur)
    change_later(monkeypatch, origin)
    (after,) = replayed_decembers(replace(accounts, eur=eur), [2023])
    assert (after.forecast, after.low, after.high) == pytest.approx(
        (before.forecast, before.low, before.high)
    )
    assert after.came == pytest.approx(1.3 * before.came)
    assert after.unchanged == before.unchanged


def test_nothing_known_later_enters_a_landing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months after September, households of others and accounts are changed: the same landing."""
    panel, accounts, origin = shipped_panel(), shipped_accounts(), 12 * 2019 + 8
    before = landed(panel, accounts, 2019, 9)
    change_later(monkeypatch, origin)
    series = family_funds.la_reunion()
    counts = np.where(series.months > origin, series.households * 1.2, series.households)
    monkeypatch.setattr(landing_replay, "la_reunion", lambda: replace(series, households=counts))
    households = np.where(panel.months > origin, panel.households * 1.3, panel.households)
    eur = np.where(accounts.years > 2017, accounts.eur * 1.3, accounts.eur)
    later = landed(replace(panel, households=households), replace(accounts, eur=eur), 2019, 9)
    assert (later.landing, later.low, later.high) == pytest.approx(
        (before.landing, before.low, before.high)
    )
    assert later.came > 1.1 * before.came


def test_the_rules_of_the_replays_by_hand() -> None:
    """9 months known, and none of the year: the rules are sums of the published months."""
    panel, accounts = shipped_panel(), shipped_accounts()
    months, amounts = family_funds.la_reunion_amounts()
    eur = dict(zip(months.tolist(), family_funds.la_reunion().households * amounts, strict=True))

    def spent(first: int, last: int) -> float:
        return float(sum(eur[month] for month in range(first, last + 1)))

    landing = landed(panel, accounts, 2019, 9)
    year, before = 12 * 2019, 12 * 2018
    growth = spent(year, year + 8) / spent(before, before + 8)
    rule = spent(year, year + 8) + growth * spent(before + 9, before + 11)
    assert landing.rule == pytest.approx(rule)
    assert landing.came == pytest.approx(spent(year, year + 11))
    (ahead,) = foreseen(panel, accounts, [2019])
    last, earlier = spent(before - 3, before + 8), spent(before - 15, before - 4)
    assert ahead.rule == pytest.approx(last * last / earlier)
    assert ahead.came == landing.came
    assert ahead.low < landing.low < landing.high < ahead.high


def test_other_trends_of_the_planners_rule_are_as_told() -> None:
    """The page compares the trend of the known months with two others, for 2018."""
    panel, accounts = shipped_panel(), shipped_accounts()
    past, books = panel.until(12 * 2017 + 6, 7), accounts.until(2016)
    still = planner_rule(past, books, 2018, date(2017, 10, 31), has_trend=False)
    came = dict(zip(accounts.departments, accounts.of(2018), strict=True))
    latest = past.households[:, -1]
    ends = [past.households[:, past.months.tolist().index(12 * year + 11)] for year in (2015, 2016)]
    months_to_the_middle = 12 * 2018 + 5.5 - past.last_month
    for change, told in (((ends[1] - ends[0]) / 12, "4.82 %"), ((latest - ends[1]) / 7, "3.21 %")):
        factor = dict(
            zip(past.departments, 1.0 + months_to_the_middle * change / latest, strict=True)
        )
        codes = [code for code in still if np.isfinite(came[code])]
        errors = [abs(still[code] * factor[code] / came[code] - 1.0) for code in codes]
        assert f"{100 * np.mean(errors):.2f} %" == told
        assert told in OPENING
    assert f"| `planner` | {re.search(r'([0-9.]+) % against', OPENING)[1]} |" in PAGE  # type: ignore[index]


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
        assert chosen
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
    count = re.search(r"pieces of evidence, not (\d+)", PAGE)
    assert told is not None
    assert count is not None
    opening = OPENING.strip().format(today=told[1], count=count[1], years=len(YEARS))
    assert opening in PAGE
    assert all(f"`{method}`" in PAGE for method in METHODS)
    for year in YEARS:
        assert f"## {year}, forecast on 31 October {year - 1}" in PAGE


def test_the_replays_on_the_page_are_up_to_date() -> None:
    """Every section that replays is written again and compared number by number."""
    numbers = re.compile(r"[+-]?\d+\.?\d*")
    found = replays(shipped_panel(), shipped_accounts())
    for part in replay_parts(found):
        for line in part.strip().splitlines():
            shape = numbers.sub("#", line)
            same = [one for one in PAGE.splitlines() if numbers.sub("#", one) == shape]
            values = [float(text) for text in numbers.findall(line)]
            # Another machine's arithmetic may round a last digit the other way.
            assert any(
                [float(text) for text in numbers.findall(one)] == pytest.approx(values, abs=0.101)
                for one in same
            ), line
    landing = next(one for one in found.summary() if one["replayed"] == "landing_9_months")
    assert 2.0 * float(str(landing["mape"])) <= float(str(landing["rule_mape"]))
    assert 0.85 <= int(str(landing["inside_90"])) / int(str(landing["years"])) <= 0.95
