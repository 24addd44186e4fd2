"""The Somme as it was, before any fitting, against published figures.

One full-size reference over 24 months; the operators of `sim.observation` read its last state.
``F`` rows are those of the shipped table of published figures, with their sources.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import observation
from sim import parameters as parameters_package
from sim.engine.run import RunResult, run_plan
from sim.engine.stock_targets import stock_targets
from sim.experiments.experiment import run_plan_of
from sim.observation import Memory
from sim.parameters import Parameters
from sim.policy import load_scenario
from sim.vocabulary import Record, Stock

pytestmark = pytest.mark.slow

SEED = 1
MONTHS = 24
SOMME = "80"
PUBLISHED = Path(parameters_package.__file__).parent / "published"


@pytest.fixture(scope="module")
def run() -> RunResult:
    return run_plan(run_plan_of(load_scenario("somme_reference").with_months(MONTHS)), SEED)


@pytest.fixture(scope="module")
def memory(run: RunResult) -> Memory:
    return Memory.of(run.last, flags(run.parameters, "is_job"))


def flags(parameters: Parameters, name: str) -> NDArray[np.bool_]:
    labels = parameters.labels("job_types")
    return np.array([parameters.flag(f"job_types.{label}.{name}") for label in labels])


def households(run: RunResult) -> NDArray[np.int64]:
    """Households on RSA at the end of each month, the eve of the first one included."""
    stock: NDArray[np.int64] = run.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
    return stock


def published_rows(file: str) -> list[dict[str, str]]:
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def published_figure(row: str) -> float:
    (found,) = [line for line in published_rows("published_figures.csv") if line["id"] == row]
    return float(found["value"])


def published_of_the_somme(indicator: str, year: int) -> float:
    wanted = (SOMME, indicator, str(year))
    (found,) = [
        line
        for line in published_rows("oarsa_departments.csv")
        if (line["department"], line["indicator"], line["year"]) == wanted
    ]
    return float(found["value"])


def assert_plausible(share: float, low: float, high: float, row: str) -> None:
    """A share in its range, which holds the published figure."""
    print(f"{row}: {100 * share:.1f} %, published {published_figure(row):g} %")
    assert low <= published_figure(row) / 100 <= high
    assert low <= share <= high, f"{share:.3f}, published {published_figure(row):g} % ({row})"


def test_annual_exit_rate(memory: Memory) -> None:
    assert_plausible(observation.annual_exit_rate(memory), 0.20, 0.30, "F0172")


def test_annual_entry_rate(memory: Memory) -> None:
    assert_plausible(observation.annual_entry_rate(memory), 0.20, 0.32, "F0192")


def test_paid_in_all_twelve_months(memory: Memory) -> None:
    assert_plausible(observation.paid_every_month(memory), 0.58, 0.72, "F0228")


def test_worked_in_the_next_year(memory: Memory) -> None:
    assert_plausible(observation.worked_in_the_next_year(memory), 0.33, 0.46, "F0205")


def test_salaried_a_year_later_among_those_without_contract(run: RunResult, memory: Memory) -> None:
    share = observation.salaried_a_year_later(memory, flags(run.parameters, "is_salaried"))
    assert_plausible(share, 0.10, 0.18, "F0216")


def test_tenure_with_short_gaps_ignored(memory: Memory) -> None:
    """Gaps of up to six months do not end a stay; published: Haute-Vienne, end of 2015."""
    months = observation.tenure_months(memory, 6)
    assert_plausible(float((months < 12).mean()), 0.17, 0.28, "F0200")
    assert_plausible(float((months > 48).mean()), 0.33, 0.48, "F0199")


def test_delay_of_orientation_is_that_of_the_department(run: RunResult) -> None:
    """OARSA survey of 2017: days from the opening of rights to the orientation."""
    published = published_of_the_somme("orientation_delay_days", 2017)
    oriented = run.ledger.flows[Record.ORIENTED]
    days = oriented[..., 1].sum() / oriented[..., 0].sum()
    print(f"{days:.0f} days to the orientation, published {published:g}")
    assert published / 1.5 <= days <= published * 1.5


def test_stock_stays_within_five_percent_without_reform(run: RunResult) -> None:
    stock = households(run)
    print(f"households every half year: {stock[::6].tolist()}")
    assert np.abs(stock / stock[0] - 1).max() <= 0.05


def test_starting_stock_is_the_published_number(run: RunResult) -> None:
    """To the unit by territory, one couple more or less where persons are counted."""
    for territory, target in enumerate(stock_targets(run.parameters)):
        unit = Stock.PERSONS if target.counts_persons else Stock.HOUSEHOLDS
        stock = int(run.ledger.stocks[unit, 0, territory].sum())
        assert target.number - int(target.counts_persons) <= stock <= target.number


def test_starting_stock_of_the_department_is_the_published_number(run: RunResult) -> None:
    """Half a percent for the pilot areas, published in persons: 1.149 adults per household."""
    published = run.parameters.number("department.stock_households")
    assert households(run)[0] == pytest.approx(published, rel=0.005)


def test_adults_per_household_are_the_published_ones(run: RunResult) -> None:
    """21,257 adults in 18,499 households of the Somme at the end of 2019."""
    persons = run.ledger.stocks[Stock.PERSONS, 0].sum()
    published = run.parameters.number("population.adults_per_household")
    assert persons / households(run)[0] == pytest.approx(published, abs=0.01)
