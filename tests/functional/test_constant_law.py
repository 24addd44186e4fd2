"""An uprating alone moves nobody: pay follows the base amount, and the caseload stays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim import Beneficiary, DepartmentModel
from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.policy import load_scenario

SHARES = {
    "somme_reference": 1.0,
    "mayenne_reference": 1.0,
    "doubs_reference": 1.0,
    "meuse_reference": 1.0,
    "bouches_du_rhone_reference": 0.25,
    "deux_sevres_reference": 1.0,
}
MOST_DRIFT_PER_YEAR = 0.003
STANDARD_ERRORS = 2.0
EVE = date(2023, 3, 31)
"""The last working day before the uprating of April 2023."""


def test_pay_moves_as_the_base_amount_does() -> None:
    tables = load_scenario("somme_reference").base
    amounts = dict(tables.dated("allowance.base_eur"))
    for when, index in tables.dated("wages.index"):
        expected = amounts[when] / amounts[date(2022, 7, 1)]  # type: ignore[operator]
        assert index == pytest.approx(expected, abs=5e-6)


def test_an_uprating_raises_the_pay_of_who_works() -> None:
    model = DepartmentModel("somme_reference", seed=3, share=0.02)
    model.run_until(EVE)
    people = model.agents_by_type[Beneficiary]
    before = {one.unique_id: (one.job, one.income_cents) for one in people if one.income_cents > 0}
    model.step()
    ratios = [
        one.income_cents / before[one.unique_id][1]
        for one in model.agents_by_type[Beneficiary]
        if one.unique_id in before and one.job == before[one.unique_id][0]
    ]
    assert len(ratios) > 20
    assert ratios == pytest.approx([1.01539] * len(ratios), abs=2e-4)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHARES)
def test_a_reference_at_constant_law_does_not_drift(name: str) -> None:
    """Households of the fifth year against the first: under 0.3 % a year, within chance."""
    lag = "benefit.declaration_lag_months"
    base = load_scenario(name)
    scenario = base.scaled(SHARES[name]).with_variant(
        {lag: {"1960-01-01": base.base.value_on(lag, base.start)}}
    )
    made = run_experiment(Experiment((scenario.with_months(60),), 5, 4))
    growth = []
    for one in made.replications:
        row, _, place = one.outcomes[0].axes.place("caseload_households", "all")
        by_year = one.outcomes[0].values[row, :60, place, 0].reshape(5, 12).mean(axis=1)
        growth.append((by_year[-1] / by_year[0]) ** 0.25 - 1.0)
    doubt = STANDARD_ERRORS * np.std(growth, ddof=1) / np.sqrt(len(growth))
    print(f"{name}: {100 * np.mean(growth):+.2f} % a year, +- {100 * doubt:.2f}")
    assert abs(np.mean(growth)) < MOST_DRIFT_PER_YEAR + doubt
