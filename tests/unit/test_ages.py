"""A figure of more than six months carries its age wherever it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Results
from sim.language import Language
from sim.policy import load_scenario, remarks
from sim.remarks import remarked
from ui.ages import STOCK, age_text, aged_text, months_old, start_day, start_text, untold_start
from ui.reports.remarks import remark_text
from ui.reports.summary import _frame

TODAY = date(2026, 11, 30)
DAY = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "told"),
    [
        (date(2024, 12, 31), 23, "il y a 23 mois"),
        (date(2026, 5, 31), 6, ""),
        (date(2026, 5, 30), 6, ""),
        (date(2026, 4, 30), 7, "il y a 7 mois"),
        (date(2027, 1, 1), 0, ""),
    ],
)
def test_an_age_is_told_after_six_months(day: date, months: int, told: str) -> None:
    assert months_old(day, TODAY) == months
    assert age_text(day, "fr", TODAY) == told


def test_a_month_is_over_on_its_last_day() -> None:
    assert months_old(DAY, date(2026, 11, 29)) == 22
    assert months_old(DAY, date(2026, 11, 30)) == 23


def test_the_start_of_a_run_is_told_with_its_age() -> None:
    scenario = load_scenario("29_reference")
    assert scenario.stock_as_of == DAY == start_day(scenario)
    assert start_text(scenario, "fr", TODAY) == (
        "Foyers au départ : ceux du 31 décembre 2024 (il y a 23 mois)."
    )
    assert start_text(scenario, "en", date(2025, 2, 1)) == (
        "Households at the start: those of 31 December 2024."
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_remark_on_the_start_carries_the_age(language: Language) -> None:
    (one,) = (one for one in remarks(load_scenario("29_reference")) if one.key == "stock_as_of")
    assert aged_text(DAY, language) in remark_text(one, language)
    recent = remarked("stock_as_of", figure_day=str(date.today()))
    assert "(" not in remark_text(recent, language)


def test_the_line_is_said_once() -> None:
    """Where a remark tells the day, the source line below an answer does not."""
    assert untold_start(load_scenario("29_reference"), "fr", TODAY) == ""
    historical = load_scenario("meuse_reference")
    day = historical.base.entry(STOCK).as_of
    assert day is not None
    assert aged_text(day, "fr", TODAY) in untold_start(historical, "fr", TODAY)
    assert untold_start(historical, "fr", day) == ""


def test_the_report_says_it_in_its_first_line() -> None:
    experiment = Experiment((load_scenario("meuse_reference"),), 1, 1)
    frame = _frame(Results(experiment, (), is_cancelled=False, seconds=0.0))
    assert start_text(experiment.reference, "fr") in frame
