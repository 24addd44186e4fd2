"""Own series by month: whole sums only, weights or their absence, months that jump, zeros."""

from __future__ import annotations

import math

import numpy as np
import pytest
from app_worlds import page, shown, small_study

from ui.look import unbroken
from ui.numbers import counted, number, signed
from ui.own_data.monthly import Row, beside_the_model, by_month, mean_gap
from ui.own_data.store import keep_series
from ui.pages import own_data_beside
from ui.spoken import text
from ui.visitor import KEY


def rows(*cells: tuple[str, str, float], column: str = "households") -> list[Row]:
    return [{"month": month, "territory": place, column: value} for month, place, value in cells]


def said_of(found: list[Row], column: str) -> dict[str, tuple[str, ...]]:
    return {one.name: one.months for one in by_month(found, column).said}


def test_a_month_without_a_territory_is_left_out_and_named() -> None:
    found = rows(("2025-10", "Nord", 4000), ("2025-10", "Sud", 6000), ("2025-11", "nord", 4000))
    monthly = by_month(found, "households")
    assert monthly.months == ("2025-10", "2025-11")
    assert monthly.values[0] == 10_000
    assert math.isnan(monthly.values[1])
    assert said_of(found, "households") == {"partial": ("2025-11",)}


def test_a_withheld_value_leaves_its_month_out() -> None:
    found = rows(("2025-10", "Nord", 4000), ("2025-10", "Sud", 6000), ("2025-11", "Nord", 4000))
    found.append({"month": "2025-11", "territory": "Sud"})
    assert said_of(found, "households") == {"partial": ("2025-11",)}


def test_a_month_missing_in_the_middle_is_named() -> None:
    found = rows(("2025-10", "", 4000), ("2026-01", "", 4010))
    monthly = by_month(found, "households")
    assert len(monthly.months) == 4
    assert said_of(found, "households") == {"missing": ("2025-11", "2025-12")}


@pytest.mark.parametrize(("after", "is_said"), [(1600.0, True), (0.0, True), (15_700.0, False)])
def test_a_month_far_from_every_change_is_said(after: float, is_said: bool) -> None:
    found = rows(("2025-10", "", 16_000), ("2025-11", "", after))
    assert ("jump" in said_of(found, "households")) == is_said


def test_delays_are_weighted_by_persons_or_said_not_to_be() -> None:
    plain = rows(("2025-10", "Nord", 10.0), ("2025-10", "Sud", 40.0), column="caseworker_days")
    assert by_month(plain, "caseworker_days").values[0] == 25.0
    assert said_of(plain, "caseworker_days") == {"unweighted": ()}
    weighted = [{**row, "persons": count} for row, count in zip(plain, (300.0, 100.0), strict=True)]
    assert by_month(weighted, "caseworker_days").values[0] == 17.5
    assert said_of(weighted, "caseworker_days") == {"weighted": ()}
    assert not said_of(plain[:1], "caseworker_days")


def test_the_gap_is_over_months_above_zero() -> None:
    own, model = np.array([0.0, 16_000.0, np.nan]), np.array([16_000.0, 16_800.0, 16_000.0])
    assert mean_gap(own, model) == pytest.approx((0.05, 1))
    share, count = mean_gap(own[:1], model[:1])
    assert (number(share), count) == ("–", 0)


def test_persons_and_other_units_are_asked_about() -> None:
    model = np.array([16_000.0, 16_100.0])
    assert [one.name for one in beside_the_model("households", 1.17 * model, model)] == [
        "maybe_adults"
    ]
    assert [one.name for one in beside_the_model("allowance", model / 1000.0, model)] == ["level"]
    assert beside_the_model("households", 1.01 * model, model) == []
    assert beside_the_model("households", np.zeros(2), model) == []


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_no_infinite_number_is_written(value: float) -> None:
    assert number(value) == "–"
    assert signed(value) == "–"


def test_what_is_said_stands_with_the_series_before_any_run() -> None:
    made = page("own_data", small_study())
    found = rows(("2025-10", "Nord", 4000), ("2025-10", "Sud", 6000), ("2025-11", "Nord", 4000))
    keep_series(str(made.session_state[KEY]), "caseload", "somme", "Deux mois", found)
    made.run()
    assert not made.exception
    said = text("own.said_partial", months="novembre 2025", more="")
    assert unbroken(said) in shown(made)


def test_a_month_of_zero_beside_the_model_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[list[str]] = []
    monkeypatch.setattr(own_data_beside, "show", lambda *_: None)
    monkeypatch.setattr(
        own_data_beside, "table", lambda _heads, lines, *_words, **_how: drawn.extend(lines)
    )
    own = by_month(rows(("2023-02", "", 0.0), ("2023-03", "", 16_000.0)), "households")
    model = np.array([[16_000.0, 16_800.0], [16_000.0, 16_800.0]])
    one = own_data_beside.OwnSeries("a", "caseload", "somme", "a", 0.0, ())
    own_data_beside._chart(one, own_data_beside.Pairing("households", "Foyers", own, model))
    assert [line[-1] for line in drawn] == ["–", "+5,0"]


@pytest.mark.parametrize(("months", "noun"), [(1, "mois commun."), (2, "mois communs.")])
def test_a_gap_over_one_month_stands_in_the_singular(months: int, noun: str) -> None:
    assert counted("own.gap", months, label="Foyers", percent="2,0").endswith(f"{months} {noun}")
