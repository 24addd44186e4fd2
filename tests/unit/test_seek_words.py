"""The sentences of a goal-seek agree with its table."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.policy import load_scenario
from sim.search.question import ask
from sim.search.seeking import Point, RangeEffect, SeekAnswer, Threshold
from ui.reports.search.curve import curve_table
from ui.reports.search.seek_words import told

LIMIT = 15.0
LEVER, TARGET = "additional_fte[coquelicot]", f"wait_for_caseworker_days_mean <= {LIMIT:g}"


def answered(reached: float, missed: float) -> SeekAnswer:
    """Reached in all simulations at one value, now and then at the other, which stays open."""
    asked = ask(load_scenario("somme_reference"), LEVER, TARGET)
    sure = Point(reached, np.full(20, LIMIT - 5.0), 20, 1)
    unsure = Point(missed, np.array([LIMIT - 1.0] * 15 + [LIMIT + 1.0] * 5), 15, 0)
    points = tuple(sorted((sure, unsure), key=lambda point: point.value))
    return SeekAnswer(
        asked.demand,
        (Threshold(None, reached),),
        points,
        sure,
        RangeEffect(-1.0, -2.0, -0.5, 10, 10, math.nan),
        False,
    )


@pytest.mark.parametrize(
    ("missed", "french", "english"), [(0.0, "en deçà", "below"), (5.0, "au-delà", "above")]
)
def test_the_side_that_stays_open_is_named(missed: float, french: str, english: str) -> None:
    question = ask(load_scenario("somme_reference"), LEVER, TARGET)
    answer = answered(2.0, missed)
    if missed > 2.0:
        # More of the lever leads away from the target: the best value is the lowest one.
        answer = replace(answer, best=replace(answer.best, value=1.0))
    assert f" ; {french}, les simulations" in " ".join(told(question, answer, "fr").findings)
    assert f"; {english}, the simulations" in " ".join(told(question, answer, "en").findings)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_of_the_curve_has_a_head(language: str) -> None:
    question = ask(load_scenario("somme_reference"), LEVER, TARGET)
    heads, *rows = curve_table(question, answered(2.0, 0.0), language)  # type: ignore[arg-type]
    assert all(heads)
    assert len(set(heads)) == len(heads)
    assert {len(row) for row in rows} == {len(heads)}
    assert not any("%" in head for head in heads), "intervals are told in simulations"
