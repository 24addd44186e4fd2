"""The page of the shipped fits: what is written stands in the cards, and says what is not met."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from calibration.artefacts import shipped_card
from sim.parameters import load_department
from sim.parameters.draw_files import shipped_draws
from sim.parameters.draws import SHARED, Draws
from ui.reports.calibration.fits_page import page, shipped_cards

PAGE = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"
DEPARTMENTS = ("somme", "doubs", "mayenne", "meuse", "bouches_du_rhone")


def test_the_page_is_the_one_of_the_shipped_cards() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(shipped_cards())


def test_every_figure_that_is_not_met_is_explained() -> None:
    for name, card in shipped_cards().items():
        for target in card["targets"]:
            assert target["is_inside"] or target["note"], f"{name}: {target['id']}"


def test_the_country_meets_the_thirty_figures() -> None:
    """As well as the study that the structure comes from: a sum of squares of 28 at most."""
    card = shipped_cards()[SHARED]
    assert card["summary"]["fit"] == 30
    assert card["at_posterior_mean"]["chi_square"] <= 28.0


@pytest.fixture(params=DEPARTMENTS)
def draws(request: pytest.FixtureRequest) -> Draws:
    found = shipped_draws(request.param)
    assert found is not None
    assert found.department == request.param
    return found


@pytest.mark.slow
def test_each_department_has_draws_that_its_tables_accept(draws: Draws) -> None:
    tables = load_department(draws.department)
    assert len(draws) >= 50
    assert np.isfinite(draws.values).all()
    for number in range(len(draws)):
        tables.patched(draws.values_of(number), "a shipped draw")


def test_draws_carry_the_shared_dynamics_and_what_no_figure_teaches(draws: Draws) -> None:
    shared = shipped_draws(SHARED)
    assert shared is not None
    assert set(shared.paths) <= set(draws.paths)
    assert draws.kinds["effects.contact_size"] == "literature"
    assert draws.kinds["effects.displacement_share"] == "literature"
    assert draws.values[:, draws.paths.index("effects.contact_size")].std() > 0.1
    assert shipped_card(draws.department).exists()
