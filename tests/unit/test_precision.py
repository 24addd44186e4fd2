"""How many replications: the rule of Hoad, Robinson and Davies."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.batch.reading import read_batch_plan
from sim.errors import InputError
from sim.experiments.experiment import Experiment
from sim.experiments.intervals import FEWEST, half_width
from sim.parameters import Parameters
from sim.policy import load_scenario
from sim.search.planned import with_enough_seeds
from sim.search.precision import (
    Precision,
    look_ahead,
    read_precision,
    replications_needed,
    run_to_precision,
)
from ui.reports.search.precision_words import stop_text


def narrow(limit: float) -> object:
    return lambda values: half_width(values, FEWEST) <= limit


def test_the_half_width_is_students_or_a_little_more() -> None:
    values = np.random.default_rng(1).normal(10.0, 3.0, 60)
    low, high = stats.t.interval(0.9, 59, loc=values.mean(), scale=stats.sem(values))
    assert 1.0 <= half_width(values, FEWEST) / ((high - low) / 2.0) < 1.2


def test_replications_stop_where_the_width_is_small_and_stays_so() -> None:
    values = np.random.default_rng(3).normal(0.0, 1.0, 400)
    limit = 0.3
    count = replications_needed(values, narrow(limit))  # type: ignore[arg-type]
    assert count is not None
    widths = [half_width(values[:n], FEWEST) for n in range(3, count + 6)]
    assert all(width <= limit for width in widths[count - 3 :])
    assert widths[count - 4] > limit
    # With one replication less of the look-ahead, nothing is decided yet.
    ahead = count + look_ahead(count)
    assert replications_needed(values[: ahead - 1], narrow(limit)) is None  # type: ignore[arg-type]
    assert replications_needed(values[:ahead], narrow(limit)) == count  # type: ignore[arg-type]


def test_a_width_that_is_small_by_chance_does_not_stop() -> None:
    values = np.array([5.0, 5.0, 5.0, 9.0, 1.0, 9.0, 1.0, 5.0, 5.0])
    assert replications_needed(values, narrow(0.5)) is None  # type: ignore[arg-type]


def test_the_look_ahead_grows_above_a_hundred() -> None:
    assert [look_ahead(count) for count in (3, 100, 101, 200)] == [5, 5, 6, 10]


def test_a_precision_is_read_in_the_unit_of_the_outcome(somme: Parameters) -> None:
    days = read_precision("wait_for_orientation_mean[coquelicot]=1,5", somme)
    assert days.outcome.definition.name == "wait_for_orientation_days_mean"
    assert (days.outcome.territory, days.half_width, days.is_relative) == ("coquelicot", 1.5, False)
    part = read_precision("caseload_households = 0.5%", somme)
    assert (part.half_width, part.is_relative) == (0.005, True)
    points = read_precision("job_rate_6m=2pt", somme)
    assert (points.half_width, points.is_relative) == (0.02, False)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("caseload_households", "a half-width"),
        ("caseload_hoseholds=5", "caseload_households"),
        ("caseload_households=2pt", "a number in households"),
        ("caseload_households=0", "above zero"),
        ("caseload_households[paris]=5", "coquelicot"),
    ],
)
def test_a_bad_precision_is_refused_with_what_is_accepted(
    somme: Parameters, text: str, hint: str
) -> None:
    with pytest.raises(InputError, match=r"--precision|outcome") as refused:
        read_precision(text, somme)
    assert hint in str(refused.value)


def test_replications_without_a_value_do_not_count(somme: Parameters) -> None:
    precision = read_precision("caseload_households=5%", somme)
    assert not precision.is_met(np.array([np.nan, 10.0, 10.0]))
    assert precision.is_met(np.array([np.nan, 10.0, 9.95, 10.1]))


def test_an_outcome_is_not_precise_before_it_has_as_many_replications_as_it_declares(
    somme: Parameters,
) -> None:
    precision = read_precision("wait_for_orientation_mean=5", somme)
    fewest = precision.outcome.definition.fewest_replications
    values = np.random.default_rng(1).normal(60.0, 1.0, fewest)
    assert fewest == 20
    assert replications_needed(values[:-1], precision.is_met) is None
    assert precision.is_met(values)
    assert not precision.is_met(values[:-1])


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    names = ("meuse_reference", "meuse_scheme")
    scenarios = (load_scenario(name).scaled(0.04).with_months(12) for name in names)
    return Experiment(tuple(scenarios), 1, 14)


@pytest.mark.slow
def test_the_stop_does_not_depend_on_the_number_of_threads(experiment: Experiment) -> None:
    base = experiment.reference.base
    precision = read_precision("contacts_held=30%", base)
    assert precision == Precision(precision.outcome, 0.3, True)
    ends = []
    for workers in (1, 2):
        results, stop = run_to_precision(experiment, precision, workers=workers)
        assert stop.enough is not None
        assert not results.is_cancelled
        assert len(results.replications) == stop.enough + look_ahead(stop.enough)
        assert len(results.replications) == results.experiment.replications < 14
        ends.append((stop, [one.outcomes[1].one("contacts_held") for one in results.replications]))
    assert ends[0] == ends[1]
    assert "from" in stop_text(ends[0][0])


PLAN = """
schema_version: 1
name: enough
scenarios: [meuse_reference, meuse_scheme]
share: 0.04
months: 12
seeds: {{n: 14, precision: "{precision}"}}
"""


@pytest.mark.slow
def test_a_plan_takes_as_many_seeds_as_its_precision_needs(
    experiment: Experiment, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.format(precision="contacts_held=30%"))
    plan = read_batch_plan(file)
    found, stop = with_enough_seeds(plan, workers=1)
    precision = read_precision("contacts_held=30%", experiment.reference.base)
    results, _ = run_to_precision(experiment, precision, workers=1)
    assert stop is not None
    assert found.experiment.replications == len(results.replications) < 14
    assert found.experiment.seeds == results.seeds


def test_a_plan_with_a_wrong_precision_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.format(precision="contacts_hold=10%"))
    with pytest.raises(InputError, match="contacts_held") as refused:
        with_enough_seeds(read_batch_plan(file))
    assert refused.value.faults[0].field == "seeds.precision"


def test_what_is_never_precise_runs_to_the_limit(experiment: Experiment) -> None:
    small = Experiment(experiment.scenarios[:1], 1, 4)
    precision = read_precision("caseload_households=0.0001", small.reference.base)
    results, stop = run_to_precision(small, precision, workers=1)
    assert stop.enough is None
    assert len(results.replications) == 4
    assert "not reached" in stop_text(stop)


def test_a_cancelled_run_stays_cancelled(experiment: Experiment) -> None:
    cancel = threading.Event()
    precision = read_precision("caseload_households=0.0001", experiment.reference.base)
    results, stop = run_to_precision(
        experiment, precision, workers=1, on_finished=lambda _: cancel.set(), cancel=cancel
    )
    assert results.is_cancelled
    assert stop.enough is None
