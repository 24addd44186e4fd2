"""Departments of other sizes, as measured: as many places in sessions for each person."""

from __future__ import annotations

import pytest

from benchmarks.cases import REFERENCE, enlarged
from benchmarks.full_model import TIMES
from sim.parameters import Parameters
from sim.policy import load_scenario


def places_a_week(parameters: Parameters, territory: str) -> float:
    """Interviews that the sessions of a week have room for."""
    intake = f"territories.{territory}.intake"
    opening, interview = (
        parameters.number(f"{intake}.{name}_minutes") for name in ("opening", "interview")
    )
    sessions = len(parameters.words(f"{intake}.weekdays"))
    return parameters.number(f"{intake}.desks") * sessions * opening / interview


@pytest.mark.parametrize("households", [166_000, 1_800_000])
def test_a_large_department_receives_as_many_for_each_person(households: int) -> None:
    base, times = load_scenario(REFERENCE).base, TIMES[households]
    large = enlarged(REFERENCE, times).base
    for territory in base.labels("territories"):
        expected = times * places_a_week(base, territory)
        assert places_a_week(large, territory) == pytest.approx(expected, rel=0.02)
