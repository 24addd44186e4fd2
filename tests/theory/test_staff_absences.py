"""Time away of caseworkers: shares of days sick and vacant against their closed forms.

Posts are independent, so the mean over posts and days has the variance of one alternating
renewal process divided by the number of posts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from sim.engine.calendar import OfficeCalendar
from sim.engine.open_days import working_days
from sim.engine.post_luck import leave_mondays
from sim.engine.staffing import Post
from sim.parameters import Parameters, load_department
from sim.units import DAYS_PER_MONTH, day_number

SEED = 7
YEARS, POSTS = 12, 300
BEGINS, FIRST, ENDS = date(2010, 1, 4), date(2013, 1, 1), date(2025, 1, 1)
"""After three years the experienced, healthy staff of the first day is forgotten."""
STEADY: Mapping[str, float] = {
    "staffing.sickness_hazard": 0.0,
    "staffing.leave_weeks": 0,
    "staffing.turnover_hazard": 0.0,
}
STANDARD_ERRORS = 4.5
"""Tolerance of a mean, in its own standard errors: exceeded about 7 times in a million."""


@pytest.fixture(scope="module")
def reference() -> Parameters:
    return load_department("somme")


def absent_share(reference: Parameters, changes: Mapping[str, float]) -> float:
    """Share of post-days without minutes."""
    territory, role = reference.labels("territories")[0], reference.labels("roles")[0]
    crowd = {**STEADY, **changes, f"territories.{territory}.staff.{role}.fte": POSTS}
    parameters = reference.patched(crowd, "test")
    office = OfficeCalendar(SEED, BEGINS, ENDS, [(BEGINS, parameters)])
    rows = [row for row, post in enumerate(office.posts) if (post.territory, post.role) == (0, 0)]
    return float(np.mean([(plan.minutes[rows] == 0).mean() for plan in office.days(FIRST)]))


def tolerance(mean_on: float, sd_on: float, mean_off: float, sd_off: float) -> float:
    """For the share of time off of POSTS alternating renewal processes watched for YEARS."""
    variance = (sd_off**2 * mean_on**2 + sd_on**2 * mean_off**2) / (mean_on + mean_off) ** 3
    return STANDARD_ERRORS * math.sqrt(variance / (POSTS * YEARS * 365.25))


def test_share_of_days_sick_is_the_closed_form(reference: Parameters) -> None:
    changes = {"staffing.sickness_hazard": 0.2, "staffing.sickness_mean_days": 12}
    between = DAYS_PER_MONTH / 0.2
    expected = pytest.approx(12 / (between + 12), abs=tolerance(between, between, 12, 12))
    assert absent_share(reference, changes) == expected


def test_share_of_days_vacant_is_the_closed_form(reference: Parameters) -> None:
    changes = {
        "staffing.turnover_hazard": 0.05,
        "staffing.replacement_delay_days": 75,
        "staffing.learning_start_share": 1.0,
    }
    between = DAYS_PER_MONTH / 0.05
    expected = pytest.approx(75 / (between + 75), abs=tolerance(between, between, 75, 0))
    assert absent_share(reference, changes) == expected


def leave_by_day(weeks: int) -> np.ndarray:
    """Whether each post is on leave on each calendar day of the run."""
    days = range(day_number(BEGINS), day_number(ENDS))
    leave = np.zeros((len(days) + 7, POSTS), dtype=np.bool_)
    for number in range(POSTS):
        key = Post(False, 0, 0, number).key(SEED)
        for year in range(BEGINS.year, ENDS.year):
            for monday in leave_mondays(key, year, weeks):
                leave[monday - days[0] : monday - days[0] + 7, number] = True
    return leave[: len(days)]


@pytest.mark.slow
def test_sickness_begins_only_in_presence(reference: Parameters) -> None:
    """The chance of being sick, given each post's leaves, follows from one linear equation."""
    hazard, mean_days, weeks = 0.2, 12.0, 12
    begins, ends = hazard / DAYS_PER_MONTH, 1.0 / mean_days
    steady = begins / (begins + ends)

    def half_a_day_later(sick: np.ndarray, on_leave: np.ndarray) -> np.ndarray:
        present = steady + (sick - steady) * math.exp(-(begins + ends) / 2)
        return np.where(on_leave, sick * math.exp(-ends / 2), present)

    sick, away = np.zeros(POSTS), []
    opened = set(working_days(FIRST, ENDS, reference.code))
    for day, on_leave in enumerate(leave_by_day(weeks), start=day_number(BEGINS)):
        sick = half_a_day_later(sick, on_leave)
        if day in opened:
            away.append(np.where(on_leave, 1.0, sick).mean())
        sick = half_a_day_later(sick, on_leave)
    changes = {
        "staffing.sickness_hazard": hazard,
        "staffing.sickness_mean_days": mean_days,
        "staffing.leave_weeks": weeks,
    }
    allowed = tolerance(1 / begins, 1 / begins, mean_days, mean_days)
    assert absent_share(reference, changes) == pytest.approx(float(np.mean(away)), abs=allowed)
