"""Scenarios share their luck: nothing differs where nothing was changed, exactly.

Two runs are compared record for record: the whole log, the whole ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray
from small_worlds import PILOT_ROW

from benchmarks.worlds import PILOT
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS, first_difference
from sim.experiments.experiment import run_plan_of
from sim.policy import Scenario, load_scenario
from sim.vocabulary import MEMBER_BITS, Record

SEED = 5
SMALL = 0.03
LARGER = 0.08
WHO, KIND, TERRITORY = (COLUMNS.index(name) for name in ("who", "kind", "territory"))
STAFF = f"territories.{PILOT}.staff.social_worker"
MIDWAY = date(2023, 6, 14)


def run(plan: RunPlan, seed: int = SEED) -> RunResult:
    return run_plan(plan, seed, is_logging=True)


def rows(result: RunResult) -> NDArray[np.int64]:
    assert result.log is not None
    return result.log.rows


def assert_identical(one: RunResult, other: RunResult) -> None:
    assert one.log is not None
    assert other.log is not None
    assert len(one.log) > 1000
    assert first_difference(one.log, other.log) is None
    assert np.array_equal(one.ledger.flows, other.ledger.flows)
    assert np.array_equal(one.ledger.durations, other.ledger.durations)
    assert np.array_equal(one.ledger.stocks, other.ledger.stocks)
    for field in ("id", "benefit", "clock", "paid_mask", "settled"):
        assert np.array_equal(one.last.households[field], other.last.households[field])
    for field in ("clock", "contact_level", "due", "worked_mask", "attempts"):
        assert np.array_equal(one.last.people[field], other.last.people[field])


def small(name: str = "somme_experiment", months: int = 12) -> Scenario:
    return load_scenario(name).scaled(SMALL).with_months(months)


@pytest.fixture(scope="module")
def reference() -> RunResult:
    return run(run_plan_of(small("somme_reference")))


@pytest.fixture(scope="module")
def experiment() -> RunResult:
    return run(run_plan_of(small()))


def test_the_experiment_does_differ(reference: RunResult, experiment: RunResult) -> None:
    assert not np.array_equal(rows(reference), rows(experiment))
    assert not np.array_equal(reference.ledger.stocks, experiment.ledger.stocks)


def test_a_scenario_against_itself(experiment: RunResult) -> None:
    assert_identical(experiment, run(run_plan_of(small())))


@pytest.mark.parametrize("days_after_the_end", [0, 1, 400])
def test_a_post_dated_after_the_end(reference: RunResult, days_after_the_end: int) -> None:
    scenario = small("somme_reference")
    later = scenario.end + timedelta(days=days_after_the_end)
    change = {f"{STAFF}.additional_fte": 5.0}
    assert_identical(reference, run(run_plan_of(scenario.with_changes(change, later))))
    direct = replace(
        run_plan_of(scenario), changes=((later, scenario.base.patched(change, "test")),)
    )
    assert_identical(reference, run(direct))


def test_posts_that_arrive_after_the_end(reference: RunResult) -> None:
    """The 14 posts of April 2023 in a run that stops before."""
    shorter = small("somme_reference", months=3)
    with_posts = small("somme_plus14", months=3)
    assert_identical(run(run_plan_of(shorter)), run(run_plan_of(with_posts)))


@pytest.mark.parametrize("day", [date(2023, 1, 1), MIDWAY, date(2023, 7, 14)])
def test_no_fte_more(reference: RunResult, day: date) -> None:
    """Plus zero posts from the first day, from a working day or from a public holiday on."""
    scenario = small("somme_reference")
    fte = scenario.base.number(f"{STAFF}.fte")
    zero = {f"{STAFF}.additional_fte": 0.0, f"{STAFF}.fte": fte + 0.0}
    assert_identical(reference, run(run_plan_of(scenario.with_changes(zero, day))))
    direct = replace(run_plan_of(scenario), changes=((day, scenario.base.patched(zero, "test")),))
    assert_identical(reference, run(direct))


def test_values_restated_in_the_middle_of_a_run(experiment: RunResult) -> None:
    """Every value that the experiment changed is said again two months later."""
    scenario = small()
    said = {path: value for change in scenario.timeline for path, value in change.changes.items()}
    assert len(said) > 20
    restated = scenario.with_changes(said, MIDWAY, "said again")
    assert restated.days_of_change[-1] == MIDWAY
    assert_identical(experiment, run(run_plan_of(restated)))


def test_keys_in_another_order(experiment: RunResult, tmp_path: Path) -> None:
    """The same scenario written with every mapping turned around."""
    scenario = load_scenario("somme_experiment")
    document = {**scenario.document(), "name": "turned", "reference": None}
    path = tmp_path / "turned.yaml"
    path.write_text(yaml.safe_dump(turned(document), sort_keys=False), encoding="utf-8")
    found = load_scenario(path)
    first = next(iter(found.timeline[0].changes))
    assert first != next(iter(scenario.timeline[0].changes))
    assert_identical(experiment, run(run_plan_of(found.scaled(SMALL).with_months(12))))


def turned(node: object) -> object:
    """Mappings in reverse order; lists, whose order has a meaning, as they are."""
    if isinstance(node, Mapping):
        return {key: turned(node[key]) for key in reversed(list(node))}
    if isinstance(node, (list, tuple)):
        return [turned(item) for item in node]
    return node


@pytest.fixture(scope="module")
def pair() -> tuple[RunResult, RunResult]:
    """The Somme at 8 %, two years, without and with the 14 posts."""
    plans = (
        run_plan_of(load_scenario(name).scaled(LARGER).with_months(24))
        for name in ("somme_reference", "somme_plus14")
    )
    without, with_posts = (run(plan) for plan in plans)
    return without, with_posts


def of_the_pilot(log: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Records of households that ever lived in the pilot territory, and of its offices."""
    household = log[:, WHO] >> MEMBER_BITS
    is_there = log[:, TERRITORY] == PILOT_ROW
    # A move names where it leads in its detail; in the Somme nobody moves within the department.
    assert not np.any(log[:, KIND] == Record.TERRITORY_CHANGED)
    concerned = np.unique(household[is_there & (log[:, WHO] >= 0)])
    lived_there: NDArray[np.bool_] = (log[:, WHO] >= 0) & np.isin(household, concerned)
    concerns: NDArray[np.bool_] = is_there | lived_there
    return concerns


@pytest.mark.slow
def test_who_shares_nothing_with_the_pilot_lives_the_identical_log(
    pair: tuple[RunResult, RunResult],
) -> None:
    without, with_posts = (rows(result) for result in pair)
    untouched, also_untouched = (log[~of_the_pilot(log)] for log in (without, with_posts))
    people = np.unique(untouched[:, WHO])
    assert len(people) > 1000
    assert len(untouched) > 20_000
    assert np.array_equal(untouched, also_untouched)
    other = [row for row in range(3) if row != PILOT_ROW]
    for ledgers in ("flows", "durations", "stocks"):
        one, two = (getattr(result.ledger, ledgers)[:, :, other] for result in pair)
        assert np.array_equal(one, two)


def test_the_pilot_itself_differs(pair: tuple[RunResult, RunResult]) -> None:
    without, with_posts = (rows(result) for result in pair)
    mine, other = (log[of_the_pilot(log)] for log in (without, with_posts))
    assert len(mine) > 1000
    assert not np.array_equal(mine, other)


def test_the_starting_population_is_shared(pair: tuple[RunResult, RunResult]) -> None:
    """Until the day of the posts both pilots live the same days as well."""
    day_of_posts = min(load_scenario("somme_plus14").days_of_change)
    until = (day_of_posts - date(1960, 1, 1)).days * 24 * 60
    one, other = (log[log[:, 0] < until] for log in (rows(result) for result in pair))
    assert len(one) > 1000
    assert np.array_equal(one, other)
