"""Paired experiments on a small department: same luck, whatever the number of threads."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pandas as pd
import pytest

from sim.errors import InputError
from sim.experiments.comparison import compare
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Results, run_experiment
from sim.experiments.tables import outcome_table
from sim.policy import load_scenario

SHARE = 0.02
MONTHS = 8


def experiment(*names: str, replications: int = 2) -> Experiment:
    scenarios = (load_scenario(name).scaled(SHARE).with_months(MONTHS) for name in names)
    return Experiment(tuple(scenarios), seed=3, replications=replications)


@pytest.fixture(scope="module")
def two_threads() -> Results:
    return run_experiment(
        experiment("somme_reference", "somme_experiment", "somme_reference"), workers=2
    )


@pytest.mark.slow
def test_one_and_two_threads_give_identical_tables(two_threads: Results) -> None:
    one = run_experiment(two_threads.experiment, workers=1)
    pd.testing.assert_frame_equal(outcome_table(one), outcome_table(two_threads))
    assert repr(compare(one)) == repr(compare(two_threads))  # NaN is not equal to itself


@pytest.mark.slow
def test_a_scenario_against_itself_differs_by_exactly_zero(two_threads: Results) -> None:
    same = [row for row in compare(two_threads) if row.scenario == "somme_reference (2)"]
    assert same
    assert all(row.difference == 0.0 for row in same)
    other = [row for row in compare(two_threads) if row.scenario == "somme_experiment"]
    assert any(row.difference != 0.0 for row in other)


def test_households_are_conserved_every_month(two_threads: Results) -> None:
    for replication in two_threads.replications:
        for found in replication.outcomes:
            months = found.axes.months
            for before, month in itertools.pairwise(months):
                change = found.one("caseload_households", month=month)
                change -= found.one("caseload_households", month=before)
                flows = found.one("first_entries", month=month)
                flows += found.one("reentries", month=month) - found.one("exits", month=month)
                assert change == flows, month


def test_finished_replications_stay_after_a_cancel() -> None:
    cancel = threading.Event()
    found = run_experiment(
        experiment("somme_reference", replications=500),
        workers=2,
        cancel=cancel,
        on_finished=lambda _: cancel.set(),
    )
    assert found.is_cancelled
    assert 1 <= len(found.replications) < 500


def test_scenarios_over_other_months_are_not_compared() -> None:
    reference, other = load_scenario("somme_reference"), load_scenario("somme_plus14")
    with pytest.raises(InputError, match="months"):
        Experiment((reference, other.with_months(12)))


def test_scenarios_of_other_shares_are_not_compared() -> None:
    reference, other = load_scenario("somme_reference"), load_scenario("somme_plus14")
    with pytest.raises(InputError) as refused:
        Experiment((reference.scaled(0.02), other.scaled(0.01)))
    told = {fault.field: (fault.found, fault.accepted) for fault in refused.value.faults}
    assert told == {"share": ("0.01 in somme_plus14", "0.02, as in somme_reference")}
    again = other.scaled(0.1).scaled(0.2)
    assert Experiment((reference.scaled(0.02), again)).names == ("somme_reference", "somme_plus14")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"seed": "a"}, "seed: found 'a'; accepted: a whole number from 0 to"),
        ({"seed": 1.0}, "seed: found 1.0; accepted: a whole number"),
        ({"replications": 2.5}, "replications: found 2.5; accepted: a whole number from 1 to"),
        ({"replications": True}, "replications: found True; accepted: a whole number"),
    ],
)
def test_what_is_no_whole_number_is_refused(numbers: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Experiment((load_scenario("somme_reference"),), **numbers)


def test_what_are_no_scenarios_is_refused() -> None:
    scenario: Any = load_scenario("somme_reference")
    for given, said in (
        (scenario, "scenarios: found an object of type Scenario; accepted: scenarios in a list"),
        ((), "scenarios: found no scenario"),
        ("somme_reference", "scenarios: found 'somme_reference'"),
        (["somme_reference"], r"scenarios\[0\]: found 'somme_reference'; .* sim.load_scenario"),
        ([scenario, 3], r"scenarios\[1\]: found an object of type int"),
    ):
        with pytest.raises(InputError, match=said):
            Experiment(given)


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_a_number_of_replications_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(InputError, match="replications"):
        Experiment((load_scenario("somme_reference"),), replications=number)
