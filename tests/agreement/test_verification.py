"""``verify`` finds compiled code and its text alike, and names the first difference."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.experiments import verification
from sim.experiments.experiment import run_plan_of
from sim.experiments.verification import verify
from sim.policy import Scenario, load_scenario

HOUSEHOLDS = 200
MONTHS = 15
"""Past April 2023 and March 2024, when the shipped scenarios change something."""
SHORT_PAST = {"history.years": 8, "history.warm_up_months": 4}
SEED = 20
SOURCE = Path(__file__).resolve().parents[2]


def small(name: str) -> Scenario:
    scenario = load_scenario(name)
    share = HOUSEHOLDS / scenario.base.number("department.stock_households")
    return scenario.scaled(share).with_variant(SHORT_PAST).with_months(MONTHS)


def small_year() -> Scenario:
    scenario = load_scenario("somme_experiment").scaled(0.008).with_variant(SHORT_PAST)
    return scenario.with_months(12)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["somme_experiment", "doubs_scheme", "meuse_today"])
def test_compiled_code_lives_as_its_text_says(name: str) -> None:
    found = verify(small(name), SEED)
    assert found.is_identical, found.difference
    assert found.records > 2_000


@pytest.mark.slow
def test_the_first_record_that_differs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_another_seed(plan: RunPlan, seed: int, start: State) -> RunResult:
        return run_plan(plan, seed + 1, is_logging=True, start=start)

    monkeypatch.setattr(verification, "plain_run", of_another_seed)
    found = verify(small("somme_reference").with_months(3), SEED)
    assert not found.is_identical
    assert "compiled code has" in found.difference
    assert "plain Python has" in found.difference


def test_the_number_of_threads_changes_nothing() -> None:
    plan = run_plan_of(small("somme_experiment").with_months(6))
    start = build_population(plan, SEED)

    def log_of(_: int) -> bytes:
        run = run_plan(plan, SEED, is_logging=True, start=start)
        assert run.log is not None
        return run.log.rows.tobytes()

    alone = log_of(0)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(log_of, range(2))) == [alone, alone]
