"""One level of spending: the forecast, the budget and its landing give the same euro."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from forecast.spending.ahead import PATHS
from forecast.spending.budget_level import budget_level, has_level, spending_outlook
from sim.experiments.experiment import Experiment
from sim.money.budget.landing import landings, overruns
from sim.money.budget.quantiles import allowance_quantiles
from sim.money.budget.table import Budget, Cell, budget_of, cells, on_level
from sim.money.costs.causes import difference_by_cause
from sim.money.costs.entered import PaidMonth
from sim.money.costs.spending import ALLOWANCE
from sim.money.priced_runs import PricedRuns, priced_runs
from sim.policy import load_scenario
from ui.cli.app import app

pytestmark = pytest.mark.slow

CODE, YEAR, MONTHS, SHARE = "55", 2026, 36, 0.05
STRICT = {
    "sanctions.application_share": 1.0,
    "sanctions.breach_threshold": 1,
    "sanctions.deregistration_share": 1.0,
}


@pytest.fixture(scope="module")
def runs() -> PricedRuns:
    reference = load_scenario("meuse_today").scaled(SHARE).with_months(MONTHS)
    strict = reference.with_changes(STRICT)
    return priced_runs(Experiment((reference, strict), seed=3, replications=3), workers=1)


def on_forecast(runs: PricedRuns, paid: tuple[PaidMonth, ...] = ()) -> Budget:
    level = budget_level(runs.experiment.reference, paid)
    assert level is not None
    return budget_of(on_level(runs, level), paid=paid, level=level)


def allowance(budget: Budget, year: int) -> list[Cell]:
    return [one for one in cells(budget) if (one.row, one.year) == (ALLOWANCE, year)]


def test_forecast_and_budget_give_the_same_euro(runs: PricedRuns) -> None:
    budget, outlook = on_forecast(runs), spending_outlook(CODE)
    for year in budget.years:
        reference, _ = allowance(budget, year)
        assert reference.value == pytest.approx(outlook.expected(year), abs=0.5)
        ends = np.quantile(outlook.points(year), [0.05, 0.95], method="inverted_cdf")
        assert (reference.low, reference.high) == pytest.approx(tuple(ends), abs=0.5)
    over, other = overruns(budget, outlook.appropriation(YEAR, 0.2), YEAR)
    assert over.probability == pytest.approx(0.2, abs=1.5 / PATHS)
    told = allowance_quantiles(budget, (over, other))
    for one in told[: len(budget.years)]:
        assert one.quantiles_eur == pytest.approx(tuple(outlook.quantiles(one.year)), abs=0.5)
        is_stated = one.year == YEAR
        assert one.probability == (over.probability if is_stated else None)


def test_the_command_line_gives_it_too(tmp_path: Path) -> None:
    words = ["budget", CODE, "--years", "1", "--first-year", str(YEAR), "--share", "0.05"]
    found = CliRunner().invoke(app, [*words, "--replications", "2", "--json"])
    assert found.exit_code == 0, found.output
    rows = json.loads(found.stdout)["rows"]
    (told,) = [one["value"] for one in rows if one["row"] == ALLOWANCE]
    assert told == pytest.approx(spending_outlook(CODE).expected(YEAR), abs=0.5)


def test_a_scenario_keeps_its_difference_in_proportion(runs: PricedRuns) -> None:
    simulated = [float(one.difference / one.value) for one in allowance(budget_of(runs), YEAR)]
    on = [float(one.difference / one.value) for one in allowance(on_forecast(runs), YEAR)]
    assert simulated[0] == on[0] == 0.0
    assert on[1] == pytest.approx(simulated[1], rel=0.02)
    level = budget_level(runs.experiment.reference)
    moved = on_level(runs, level).runs
    for before, after in zip(*moved, strict=True):
        total = sum(each.sum() for each in difference_by_cause(before.flows, after.flows).values())
        gap = after.flows.entitled_eur - before.flows.entitled_eur
        assert total == pytest.approx(gap.sum())


def test_months_paid_set_the_level_and_missing_ones_stand_apart(runs: PricedRuns) -> None:
    paid = tuple(PaidMonth(f"2026-{month:02d}", 3_300.0, 1.9e6) for month in range(3, 10))
    budget = on_forecast(runs, paid)
    landing, other = landings(budget)
    assert landing.missing == ("2026-01", "2026-02")
    assert landing.paid_eur == other.paid_eur == pytest.approx(7 * 1.9e6)
    parts = landing.paid_eur + landing.missing_eur + landing.to_pay_eur
    assert landing.landing_eur == pytest.approx(parts)
    assert landing.landing_eur == pytest.approx(spending_outlook(CODE, paid).expected(YEAR), abs=1)
    assert landing.to_pay_eur == pytest.approx(3 * 1.9e6, rel=0.05)
    assert landing.low_eur <= landing.landing_eur <= landing.high_eur


def test_a_central_value_lies_in_its_own_interval(runs: PricedRuns) -> None:
    for budget in (budget_of(runs), on_forecast(runs)):
        for cell in cells(budget):
            assert cell.low <= cell.value <= cell.high
            assert cell.difference_low <= cell.difference <= cell.difference_high


def test_fewer_replications_widen_the_interval(runs: PricedRuns) -> None:
    """The first two of three spread by Student's law of one degree of freedom."""
    two = priced_runs(Experiment(runs.experiment.scenarios, seed=3, replications=2), workers=1)
    one = budget_of(two).eur[1]
    raw = np.stack([run.spending.eur for run in two.runs[1]])
    assert one.mean(axis=0) == pytest.approx(raw.mean(axis=0))
    assert np.ptp(one, axis=0).sum() > 3.0 * np.ptp(raw, axis=0).sum()


def test_a_stated_uprating_moves_the_level_of_the_years_after_it(runs: PricedRuns) -> None:
    reference = runs.experiment.reference
    drawn, stated = budget_level(reference), budget_level(reference, (), 0.05)
    assert drawn is not None
    assert stated is not None
    assert (drawn.has_drawn_upratings, stated.has_drawn_upratings) == (True, False)
    assert 1.02 < stated.expected[-1] / drawn.expected[-1] < 1.05


def test_a_past_that_is_simulated_has_no_forecast() -> None:
    assert not has_level(load_scenario("somme_reference"))
    assert budget_level(load_scenario("somme_reference")) is None
    assert has_level(load_scenario("29_reference"))
