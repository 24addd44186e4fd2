"""A department without a fit is drawn around its derived tables, with the country beside it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parameters import load_department
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.draw_files import shipped_draws
from sim.parameters.draws import SHARED
from sim.policy import load_scenario

INFLOW = "territories.finistere.inflow_multiplier"
STAFF = "territories.finistere.staff.social_worker.fte"
NOTIFICATION = "territories.finistere.intake.notification_days"


def test_the_countrys_draws_stand_beside_the_places_own_doubts() -> None:
    found, shared = department_draws("finistere"), shipped_draws(SHARED)
    assert found is not None
    assert shared is not None
    assert found.department == SHARED
    count = len(shared.paths)
    assert found.paths[:count] == shared.paths
    assert np.array_equal(found.values[:, :count], shared.values)
    assert found.kinds[INFLOW] == "assumption"


def test_doubts_are_factors_on_the_derived_values() -> None:
    found = department_draws("finistere")
    assert found is not None
    tables = load_department("finistere")
    for path, sd, centre in ((STAFF, 0.2, 1.0), (INFLOW, 0.65, 0.8)):
        drawn = found.values[:, found.paths.index(path)] / tables.number(path) / centre
        error = 4.0 * sd / np.sqrt(len(found))
        assert np.median(drawn) == pytest.approx(1.0, abs=1.25 * error)
    inflow = found.values[:, found.paths.index(INFLOW)]
    assert inflow.min() >= 0.0
    assert inflow.max() <= 0.8 * 2.3 + 1e-9
    days = found.values[:, found.paths.index(NOTIFICATION)]
    assert np.array_equal(days, np.rint(days))


def test_the_same_draw_has_the_same_luck_everywhere() -> None:
    here, there = department_draws("finistere"), department_draws("gard")
    assert here is not None
    assert there is not None
    other = INFLOW.replace("finistere", "gard")
    assert np.array_equal(
        here.values[:, here.paths.index(INFLOW)], there.values[:, there.paths.index(other)]
    )


def test_a_department_with_a_fit_keeps_its_own() -> None:
    own = department_draws("somme")
    assert own is not None
    assert own.department == "somme"


@pytest.mark.parametrize("name", ["29_reference", "974_reference", "48_reference"])
def test_the_reference_of_today_accepts_every_draw(name: str) -> None:
    scenario = load_scenario(name)
    draws = department_draws(scenario.department)
    assert draws is not None
    for number in range(0, len(draws), 25):
        assert scenario.with_draw(draws.values_of(number), f"draw {number}")
    extreme = np.argsort(draws.values[:, draws.paths.index(INFLOW.replace(
        "finistere", scenario.department))])[-3:]  # fmt: skip
    for number in map(int, extreme):
        assert scenario.with_draw(draws.values_of(number), f"draw {number}")
