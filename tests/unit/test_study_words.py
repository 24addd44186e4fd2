"""The sentences of a sensitivity study say no more than its intervals do."""

from __future__ import annotations

import math

import pytest

from sim.outcomes.table import ALL
from sim.search.factors import plan_of_factors
from sim.search.naming import find_outcome
from sim.search.sensitivity import FactorEffect, Sensitivity
from sim.search.study import SensitivityStudy
from ui.reports.search.study_words import study_table, told_study

CLEAR = FactorEffect(2.0, 2.0, 0.1, 1.0, 3.0)
UNSEEN = FactorEffect(0.1, 0.2, 0.1, -1.0, 1.2)
UNTOLD = FactorEffect(2.0, 2.0, 0.1, -math.inf, math.inf)
NOTHING = FactorEffect(0.0, 0.0, 0.0, -math.inf, math.inf)
FACTORS = ("staff_fte[coquelicot, social_worker]", "portfolio_cap[coquelicot, social_worker]")


@pytest.fixture(scope="module")
def study() -> SensitivityStudy:
    plan = plan_of_factors(("somme_reference",), FACTORS, seeds=2)
    outcome = find_outcome("jobs_started", plan.experiment.reference.base)
    return SensitivityStudy(plan, outcome, ALL, "morris", 2)


def findings(study: SensitivityStudy, *effects: FactorEffect) -> tuple[str, str]:
    found = Sensitivity("morris", effects, 6, 2, 10.0, 1.0, 0.5)
    french, english = (told_study(study, found, one) for one in ("fr", "en"))
    return " ".join(french.findings), " ".join(english.findings)


def test_too_few_simulations_are_not_an_absence_of_effect(study: SensitivityStudy) -> None:
    french, english = findings(study, UNTOLD, UNTOLD)
    assert english.startswith("Too few simulations of each combination (2) for an interval")
    assert french.startswith("Trop peu de simulations de chaque combinaison (2)")
    assert "None of these" not in english


def test_factors_without_an_interval_are_named_apart(study: SensitivityStudy) -> None:
    for seen, begun in ((CLEAR, "matters most"), (UNSEEN, "Without an effect that")):
        _, english = findings(study, seen, UNTOLD)
        assert begun in english
        assert "Too few simulations for an interval, so not judged: " in english
        assert "None of these" not in english


@pytest.mark.parametrize("effect", [UNSEEN, NOTHING])
def test_what_has_no_effect_is_said_to_have_none(
    study: SensitivityStudy, effect: FactorEffect
) -> None:
    french, english = findings(study, effect, effect)
    assert english.startswith("None of these factors has an effect")
    assert french.startswith("Aucun de ces facteurs")


def test_without_an_interval_its_cell_is_one_dash(study: SensitivityStudy) -> None:
    found = Sensitivity("morris", (CLEAR, UNTOLD), 6, 2, 10.0, 1.0, 0.5)
    assert [row[3] for row in study_table(study, found, "fr")[1:]] == ["+1 à +3", "–"]
