"""People are conserved: every change of a stock is its entries less its exits, to the unit.

The balances are those of `benchmarks.validation`, which holds extreme conditions to them.
"""

from __future__ import annotations

import numpy as np
import pytest
import touched_lives
from numpy.typing import NDArray

from benchmarks.validation.balances import (
    PLACES,
    change,
    lost_households,
    lost_in_orientation,
    lost_in_queues,
    nowhere,
    number,
)
from sim import DepartmentModel
from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario
from sim.population.layout import POST_DTYPE
from sim.units import MINUTES_PER_DAY, months_by_day
from sim.vocabulary import Benefit, Record, Stock, Support

SEED = 4
SHARE = 0.06
MONTHS = 20
MOVES = {"benefit.internal_move_share": 0.5, "benefit.move_hazard": 0.02}
RESTLESS = {"staffing.turnover_hazard": 0.1, "staffing.replacement_delay_days": 20}
SUPPORTS = (Support.SUPPORTED, Support.IN_JOB_FOLLOW_UP)
TOUCHED = pytest.param("touched", marks=pytest.mark.slow)


@pytest.fixture(scope="module")
def reference() -> RunResult:
    scenario = load_scenario("somme_reference").scaled(SHARE).with_months(MONTHS)
    return run_plan(run_plan_of(scenario), SEED)


@pytest.fixture(scope="module")
def experiment() -> RunResult:
    """Two pilot territories, staff that comes and goes: every way into and out of support."""
    scenario = load_scenario("somme_experiment_amiens_nord").with_variant(RESTLESS)
    return run_plan(run_plan_of(scenario.scaled(SHARE).with_months(MONTHS)), SEED)


@pytest.fixture(scope="module")
def moving() -> RunResult:
    """Half of the moves lead to another territory of the department."""
    scenario = load_scenario("somme_experiment").with_variant(MOVES)
    plan = run_plan_of(scenario.scaled(SHARE).with_months(MONTHS))
    return run_plan(plan, SEED, is_logging=True)


@pytest.fixture(scope="module")
def touched() -> RunResult:
    """A Python function acts on lives and queues between two days, in every way that it can."""
    scenario = load_scenario("somme_experiment").scaled(SHARE).with_months(8)
    model = DepartmentModel(scenario, seed=SEED)
    done = touched_lives.live(model, model.beneficiaries)
    assert set(done) == set(touched_lives.ACTS)
    plan, ledger = model.department.plan, model.department.ledger
    return RunResult(plan, SEED, ledger, None, model.last_state(), 0.0, 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["reference", "experiment", "touched"])
def test_households(name: str, request: pytest.FixtureRequest) -> None:
    """Every month, in every territory: change = first entries + returns - exits."""
    ledger = request.getfixturevalue(name).ledger
    assert not number(ledger, [Record.TERRITORY_CHANGED]).any()
    assert number(ledger, [Record.EXIT]).sum() > 100
    assert not lost_households(ledger).any()


def test_households_of_a_department_with_moves_inside(moving: RunResult) -> None:
    """What a territory loses are those on the RSA who move to another, as many as the hazard says.

    Four standard deviations of a count on either side.
    """
    came, left = moves_on_rsa(moving)
    assert np.array_equal(lost_households(moving.ledger), came - left)
    stock = moving.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
    months_at_risk = (stock[1:] + stock[:-1]).sum() / 2
    expected = months_at_risk * np.prod(list(MOVES.values()))
    assert abs(left.sum() - expected) < 4.0 * np.sqrt(expected)


def moves_on_rsa(run: RunResult) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Households that moved inside while on the RSA: arrivals and departures, as balances go."""
    before = starting_population(run.plan, SEED).households
    on_rsa = set(before["id"][before["benefit"] == Benefit.PAID].tolist())
    came, left = np.zeros((2, *lost_households(run.ledger).shape), dtype=np.int64)
    month_of = months_by_day()
    assert run.log is not None
    # Of one household the log is in the order of its life.
    for time, who, kind, territory, _, detail, *_ in run.log.rows.tolist():
        if kind in (Record.FIRST_ENTRY, Record.REENTRY):
            on_rsa.add(who)
        elif kind == Record.EXIT:
            on_rsa.discard(who)
        elif kind == Record.TERRITORY_CHANGED and who in on_rsa:
            month = month_of[time // MINUTES_PER_DAY] - run.ledger.shape.first_month
            left[month, territory] += 1
            came[month, detail] += 1
    return came, left


@pytest.mark.parametrize("name", ["reference", "experiment", "moving", TOUCHED])
def test_queue_of_orientation(name: str, request: pytest.FixtureRequest) -> None:
    ledger = request.getfixturevalue(name).ledger
    assert number(ledger, [Record.WAIT_FOR_ORIENTATION_STARTED]).sum() > 100
    assert not lost_in_orientation(ledger).any()


@pytest.mark.parametrize("name", ["reference", "experiment", "moving", TOUCHED])
def test_queue_of_each_pathway(name: str, request: pytest.FixtureRequest) -> None:
    ledger = request.getfixturevalue(name).ledger
    joined = number(ledger, [Record.WAIT_FOR_CASEWORKER_STARTED])
    assert np.count_nonzero(joined[..., 1:].sum(axis=(0, 1)) > 10) >= 2
    assert not lost_in_queues(ledger).any()


@pytest.mark.parametrize("name", ["reference", "experiment"])
def test_those_kept_until_called(name: str, request: pytest.FixtureRequest) -> None:
    """All of the wave less those called; who leaves the RSA meanwhile is told by its exit."""
    run: RunResult = request.getfixturevalue(name)
    kept = number(run.ledger, [Record.TO_BE_CALLED_AGAIN]).sum(axis=0)
    called = number(run.ledger, [Record.CALLED_AGAIN]).sum(axis=0)
    stock = run.ledger.stocks[Stock.KEPT_UNTIL_CALLED, -1]
    assert (stock <= kept - called).all()
    assert (kept.sum() > 100) == (stock.sum() > 0) == (name == "experiment")


def test_supported_of_each_pathway(reference: RunResult) -> None:
    """Without follow-up in the job nobody off the RSA is in a portfolio."""
    joined = number(reference.ledger, [Record.SUPPORT_STARTED])
    left = number(reference.ledger, [Record.SUPPORT_ENDED])
    assert np.count_nonzero(joined[..., 1:].sum(axis=(0, 1)) > 10) >= 2
    assert np.array_equal(change(reference.ledger, [Stock.SUPPORTED]), joined - left)


@pytest.mark.parametrize("name", ["reference", "experiment", "moving", TOUCHED])
def test_everyone_with_duties_is_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    """Waiting for orientation or a caseworker, kept until called, supported, followed in a job."""
    ledger = request.getfixturevalue(name).ledger
    assert not nowhere(ledger).any()
    stocks = ledger.stocks.sum(axis=-1)
    assert np.array_equal(stocks[Stock.ORIENTED], stocks[list(PLACES)].sum(axis=0))


@pytest.mark.parametrize("name", ["reference", "experiment", "moving", TOUCHED])
def test_supported_people_of_the_last_day(name: str, request: pytest.FixtureRequest) -> None:
    """Portfolios at the start + started - ended, those followed off the RSA included."""
    run: RunResult = request.getfixturevalue(name)
    before = starting_population(run.plan, SEED)
    started = number(run.ledger, [Record.SUPPORT_STARTED]).sum()
    ended = number(run.ledger, [Record.SUPPORT_ENDED]).sum()
    assert in_portfolios(run.last).sum() == in_portfolios(before).sum() + started - ended


def in_portfolios(state: State) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.isin(state.people["support"], SUPPORTS)
    return found


@pytest.mark.parametrize("name", ["reference", "experiment", "moving", TOUCHED])
def test_portfolios_hold_the_people_who_name_them(
    name: str, request: pytest.FixtureRequest
) -> None:
    """The load of every post is the weight of the people whose caseworker it is."""
    run: RunResult = request.getfixturevalue(name)
    people = run.last.people
    homes = run.last.households[people["household"]]
    weights = np.where(people["support"] == Support.IN_JOB_FOLLOW_UP, 50, 100)
    loads = np.zeros(len(run.last.posts), dtype=np.int64)
    for position in range(run.last.caseworkers.shape[1]):
        post = run.last.caseworkers[:, position]
        has_post = in_portfolios(run.last) & (post >= 0)
        np.add.at(loads, post[has_post], weights[has_post])
        territories = [run.last.posts[row].territory for row in post[has_post]]
        assert np.array_equal(homes["territory"][has_post], territories)
    assert POST_DTYPE["load"] == loads.dtype
    assert loads.sum() > 0
    assert np.array_equal(loads, run.last.post_loads)
    is_outside = ~in_portfolios(run.last)
    assert np.all(run.last.caseworkers[is_outside] == -1)


def test_nobody_off_the_rsa_waits_or_is_supported(experiment: RunResult) -> None:
    """Except those followed in the job that took them off it."""
    people = experiment.last.people
    is_paid = experiment.last.households["benefit"][people["household"]] == Benefit.PAID
    supports = set(np.unique(people["support"][~is_paid]).tolist())
    assert supports == {Support.NONE, Support.IN_JOB_FOLLOW_UP}
    is_followed = people["support"] == Support.IN_JOB_FOLLOW_UP
    assert np.all(people["job"][is_followed] >= 0)
