"""The grid on which slow factors are refreshed is a numerical step: its length does not matter.

The same people, with the same luck, are lived on three grids. The differences of paired worlds
give the tolerance; they are small, so that the test sees errors of a few percent.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import STANDARD_ERRORS

from benchmarks.worlds import pilot_alone
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import starting_population
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario
from sim.vocabulary import Record, Stock

SEEDS = tuple(range(1, 9))
MONTHS = 24
GRIDS = {"days": 1, "weeks": 7, "as shipped": 28}
"""Days between refreshes."""
Numbers = NDArray[np.float64]


def step_error(plan: RunPlan) -> float:
    """How far the hazard of the middle of a step may be from its mean, relative.

    A level that halves in a number of days is, over a step, above its middle by the square of half
    the step's logarithm over six. Of a level L the share of the full effect moves by that times
    L / k exp(-L / k), at most 1 / e, and a hazard by at most the size of the effect times it.
    """
    number = plan.base.number
    step, half_life = GRIDS["as shipped"], number("effects.contact_half_life_days")
    curvature = (math.log(2.0) * step / half_life / 2.0) ** 2 / 6.0
    return abs(number("effects.contact_size")) * curvature / math.e


def on_grid(plan: RunPlan, days: int) -> RunPlan:
    grid = {"calendar.refresh_days": days}
    return RunPlan(plan.name, plan.start, plan.months, plan.base.patched(grid, "test"))


@pytest.fixture(scope="module")
def plan() -> RunPlan:
    """The pilot territory over two years."""
    return run_plan_of(pilot_alone(load_scenario("somme_reference"), MONTHS))


@pytest.fixture(scope="module")
def numbers(plan: RunPlan) -> dict[str, Numbers]:
    """By grid: jobs found and household-months on the RSA, by seed."""
    assert plan.base.whole("calendar.refresh_days") == GRIDS["as shipped"]

    def one(seed: int) -> list[list[float]]:
        start = starting_population(plan, seed)
        found = []
        for days in GRIDS.values():
            ledger = run_plan(on_grid(plan, days), seed, start=start).ledger
            jobs = float(ledger.flows[Record.JOB_STARTED, ..., 0].sum())
            found.append([jobs, float(ledger.stocks[Stock.HOUSEHOLDS].sum())])
        return found

    with ThreadPoolExecutor(2) as pool:
        table = np.array(list(pool.map(one, SEEDS)))
    return {name: table[:, row] for row, name in enumerate(GRIDS)}


@pytest.mark.slow
@pytest.mark.parametrize("grid", ["days", "weeks"])
@pytest.mark.parametrize(("column", "finest"), [(0, 0.02), (1, 0.005)], ids=["jobs", "caseload"])
def test_grids_agree(
    plan: RunPlan, numbers: dict[str, Numbers], grid: str, column: int, finest: float
) -> None:
    shipped = numbers["as shipped"][:, column]
    difference = (numbers[grid][:, column] - shipped) / shipped.mean()
    allowed = STANDARD_ERRORS * float(difference.std(ddof=1)) / math.sqrt(len(SEEDS))
    print(f"{grid}: {100 * difference.mean():+.2f} % +- {100 * allowed:.2f}")
    assert allowed < finest
    assert step_error(plan) < finest / 4
    assert abs(difference.mean()) <= allowed + step_error(plan)
