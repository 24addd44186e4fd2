"""The year that is shown week by week is that of the replication: its books say the same."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.experiments.weeks import (
    IN_WORK,
    OFF_RSA,
    QUEUED,
    STANDINGS,
    SUPPORTED,
    WAITING,
    WEEKS_SHOWN,
    YearOfWeeks,
    first_year,
)
from sim.outcomes.table import ALL, Outcomes
from sim.policy import load_scenario

PILOT = "coquelicot"
OUTCOMES = {
    WAITING: "waiting_for_orientation",
    QUEUED: "waiting_for_caseworker",
    SUPPORTED: "supported",
}
MONTHS = 16


@cache
def lived() -> tuple[tuple[YearOfWeeks, ...], tuple[Outcomes, ...]]:
    """The year and the books of the same replication."""
    names = ("somme_reference", "somme_plus14")
    scenarios = tuple(load_scenario(one).scaled(0.05).with_months(MONTHS) for one in names)
    experiment = Experiment(scenarios, seed=3, replications=1)
    return first_year(experiment), run_experiment(experiment).replications[0].outcomes


def test_a_week_that_ends_with_a_month_says_what_the_books_say() -> None:
    years, outcomes = lived()
    day = date(2023, 4, 1)
    assert years[0].days[0] == day, "the eve of the change is a Friday and the end of a month"
    for year, books in zip(years, outcomes, strict=True):
        month = books.axes.months.index("2023-03")
        for standing, outcome in OUTCOMES.items():
            for column, place in enumerate((ALL, PILOT)):
                row, _, where = books.axes.place(outcome, place)
                counted = year.of(place)[0, standing].sum()
                assert counted == books.values[row, month, where, 0], (STANDINGS[standing], column)


def test_both_sides_begin_alike_and_part_later() -> None:
    (before, after), _ = lived()
    assert before.days == after.days
    assert len(before.days) == WEEKS_SHOWN + 1
    assert np.array_equal(before.counts[0], after.counts[0])
    queue = [year.of(PILOT)[:, QUEUED].sum(axis=1) for year in (before, after)]
    assert queue[1][-1] < queue[0][-1], "fourteen posts leave a shorter queue"


def test_nobody_is_lost_on_the_way() -> None:
    for year in lived()[0]:
        shown = year.counts[:, :, 0].sum(axis=(1, 2))
        assert (np.diff(shown) >= 0).all(), "who was on RSA once stays in the picture"
        left = year.counts[:, [IN_WORK, OFF_RSA], 0].sum(axis=(1, 2))
        assert left[-1] > left[0]
        assert np.array_equal(year.counts[:, :, 1:].sum(axis=2), year.counts[:, :, 0])
