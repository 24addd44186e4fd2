"""What a budget may be asked for: the folder of a run, a department, scenarios; which years."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import write_run_folder
from sim.experiments.runner import run_experiment
from sim.money.budget.inputs import Asked, asked_of, reference_for
from sim.policy import load_scenario


def ask(*names: str, **given: Any) -> Asked:
    options: dict[str, Any] = {
        "years": None,
        "first_year": None,
        "first_paid": None,
        "last_paid": None,
        "seed": None,
        "replications": None,
        "share": 1.0,
    }
    return asked_of(names, **{**options, **given})


def test_a_department_has_its_latest_reference_and_whole_years() -> None:
    for name in ("somme", "80"):
        asked = ask(name)
        assert asked.experiment.names == ("somme_today",)
        assert asked.years == (2025, 2026, 2027)
        assert asked.experiment.reference.end == date(2028, 1, 1)


@pytest.mark.slow
def test_months_paid_choose_the_reference_and_the_first_year() -> None:
    asked = ask("somme", first_paid=date(2024, 1, 1), last_paid=date(2024, 5, 1), years=2)
    assert asked.experiment.names == ("somme_reference",)
    assert asked.years == (2024, 2025)
    with pytest.raises(InputError) as caught:
        reference_for("somme", date(2015, 1, 1))
    assert "2015-01" in str(caught.value)


def test_a_scenario_comes_beside_its_reference() -> None:
    assert ask("somme_plus14").experiment.names == ("somme_reference", "somme_plus14")
    both = ask("somme_plus14", "somme_experiment")
    assert both.experiment.names == ("somme_plus14", "somme_experiment")


def test_a_year_before_the_first_whole_one_is_named() -> None:
    with pytest.raises(InputError) as caught:
        ask("somme_plus14", first_year=2020)
    (fault,) = caught.value.faults
    assert (fault.field, fault.found) == ("year", "2020, outside the run")


@pytest.mark.slow
def test_the_folder_of_a_run_gives_its_scenarios_months_and_seed(tmp_path: Path) -> None:
    scenarios = tuple(
        load_scenario(name).scaled(0.01).with_months(13)
        for name in ("somme_reference", "somme_plus14")
    )
    results = run_experiment(Experiment(scenarios, seed=7, replications=1), workers=1)
    write_run_folder(tmp_path, results, "replay", {}, "")
    asked = ask(str(tmp_path))
    assert asked.is_run
    assert asked.years is None
    experiment = asked.experiment
    assert (experiment.seed, experiment.replications) == (7, 1)
    assert experiment.names == ("somme_reference", "somme_plus14")
    assert [one.fingerprint() for one in experiment.scenarios] == [
        one.fingerprint() for one in scenarios
    ]
    assert json.loads((tmp_path / "manifest.json").read_text())["months"] == 13
    assert ask(str(tmp_path), years=2).years == (2023, 2024)
