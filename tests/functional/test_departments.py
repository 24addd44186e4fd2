"""The reference of every department: its published stock, its delay, a steady state."""

from __future__ import annotations

import csv
from statistics import mean

import numpy as np
import pytest

from sim.engine.run import RunResult, run_plan
from sim.engine.stock_targets import stock_targets
from sim.experiments.experiment import run_plan_of
from sim.parameters import shipped_departments
from sim.parameters.sources import PUBLISHED
from sim.policy import Scenario, load_scenario
from sim.vocabulary import Record, Stock

SEED = 1
MONTHS = 24
SMALL_HOUSEHOLDS = 400
FULL_HOUSEHOLDS = 17_000
"""Larger departments are simulated in part: delays hardly depend on it, the tests stay short."""
FACTOR = 1.5
SHORT_PAST = {"history.years": 8, "history.warm_up_months": 4}


def part(department: str, households: int) -> Scenario:
    """The reference of a department, of so many households at most."""
    scenario = load_scenario(f"{department}_reference")
    share = households / scenario.base.number("department.stock_households")
    return scenario.scaled(min(1.0, share)).with_months(MONTHS)


def published_delay(code: str) -> float:
    """Mean days to the orientation in 2017; of all who answered, where the department did not."""
    with (PUBLISHED / "oarsa_departments.csv").open(encoding="utf-8", newline="") as table:
        days = {
            row["department"]: float(row["value"])
            for row in csv.DictReader(table)
            if row["indicator"] == "orientation_delay_days" and row["year"] == "2017"
        }
    return days.get(code, mean(days.values()))


def assert_starting_stock(run: RunResult) -> None:
    """To the unit by territory, one couple more or less where persons are counted."""
    for territory, target in enumerate(stock_targets(run.parameters)):
        unit = Stock.PERSONS if target.counts_persons else Stock.HOUSEHOLDS
        stock = int(run.ledger.stocks[unit, 0, territory].sum())
        assert target.number - int(target.counts_persons) <= stock <= target.number


@pytest.mark.parametrize("department", shipped_departments())
def test_a_small_part_of_the_reference_runs_from_its_published_stock(department: str) -> None:
    scenario = part(department, SMALL_HOUSEHOLDS).with_variant(SHORT_PAST).with_months(6)
    run = run_plan(run_plan_of(scenario), SEED)
    assert_starting_stock(run)
    assert run.ledger.flows[Record.ORIENTED, ..., 0].sum() > 0
    assert run.ledger.flows[Record.CONTACT_HELD, ..., 0].sum() > 0


@pytest.mark.slow
@pytest.mark.parametrize("department", shipped_departments())
def test_the_reference_is_steady_and_has_the_delay_of_the_department(department: str) -> None:
    run = run_plan(run_plan_of(part(department, FULL_HOUSEHOLDS)), SEED)
    assert_starting_stock(run)
    households = run.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
    assert np.abs(households / households[0] - 1).max() <= 0.05
    oriented = run.ledger.flows[Record.ORIENTED]
    days = oriented[..., 1].sum() / oriented[..., 0].sum()
    published = published_delay(run.parameters.code)
    print(f"{department}: {days:.0f} days to the orientation, published {published:.0f}")
    assert published / FACTOR <= days <= published * FACTOR


@pytest.mark.slow
@pytest.mark.parametrize("department", shipped_departments())
def test_adults_per_household_are_the_published_ones(department: str) -> None:
    scenario = part(department, FULL_HOUSEHOLDS).with_months(1)
    run = run_plan(run_plan_of(scenario), SEED)
    households = run.ledger.stocks[Stock.HOUSEHOLDS, 0].sum()
    found = run.ledger.stocks[Stock.PERSONS, 0].sum() / households
    published = run.parameters.number("population.adults_per_household")
    tolerance = 0.005 + 4.5 * np.sqrt((published - 1) * (2 - published) / households)
    assert found == pytest.approx(published, abs=tolerance)
