"""The effect of contacts at which a decision flips."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.worlds import pilot_alone
from calibration import break_even as break_even_module
from calibration.break_even import (
    CLOSER,
    EFFECT,
    break_even,
    closer,
    effects_to_try,
    measured_break_even,
)
from sim.experiments import jobs
from sim.experiments.alone import MOVES_WITHIN, told_alone
from sim.experiments.experiment import Experiment
from sim.experiments.kept_runs import KeptRuns
from sim.parameters.draws import Draws
from sim.policy import load_scenario
from sim.user_cache import PASTS
from ui.cli.app import app
from ui.cli.ending import BAD_INPUT


def test_where_the_gain_crosses_zero() -> None:
    gains = np.array([[-10.0, 5.0, -10.0], [-5.0, 6.0, -9.0], [15.0, 8.0, -8.0]])
    found = break_even((0.0, 0.1, 0.2), gains)
    np.testing.assert_allclose(found.least, [0.125, 0.0, np.inf])
    record = found.record()
    assert record["effect_needed"] == {"low": 0.0, "median": pytest.approx(0.125), "high": None}
    assert record["draws_without_need"] == pytest.approx(1 / 3)
    assert record["draws_where_none_is_enough"] == pytest.approx(1 / 3)


def test_faulty_grids_are_refused() -> None:
    with pytest.raises(ValueError, match="increasing effects"):
        break_even((0.1, 0.1), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="increasing effects"):
        break_even((0.1, 0.2), np.zeros((3, 3)))


@pytest.mark.slow
def test_more_effect_saves_more_and_posts_cost_whatever_they_do() -> None:
    reference, scenario = (
        pilot_alone(load_scenario(name), 18) for name in ("somme_reference", "somme_experiment")
    )
    path = "job_finding.base_hazard"
    value = reference.base.number(path)
    draws = Draws("somme", (path,), np.array([[value], [value]]), "", {path: "data"})
    experiment = Experiment((reference, scenario), replications=2, draws=draws)
    found = measured_break_even(experiment, (0.0, 1.0))
    assert found is not None
    assert (found.gains[0] < 0.0).all(), "posts without an effect only cost"
    assert (found.gains[1] > found.gains[0]).all()


def test_territories_that_differ_tell_all_and_whole_runs_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, scenario = (
        load_scenario(name).scaled(0.05).with_months(9)
        for name in ("somme_reference", "somme_experiment")
    )
    path = "job_finding.base_hazard"
    value = reference.base.number(path)
    draws = Draws("somme", (path,), np.array([[value], [1.2 * value]]), "", {path: "data"})
    experiment = Experiment((reference, scenario), replications=2, draws=draws)
    alone = measured_break_even(experiment, (0.0, 1.0))
    monkeypatch.setattr(break_even_module, "told_alone", lambda *_: None)
    kept = KeptRuns(tmp_path, has_pasts=False)
    whole = measured_break_even(experiment, (0.0, 1.0), kept=kept)
    assert alone is not None
    assert whole is not None
    np.testing.assert_allclose(alone.gains, whole.gains, rtol=0.0, atol=1e-4)
    monkeypatch.setattr(jobs, "run_plan", None)
    again = measured_break_even(experiment, (0.0, 1.0), kept=kept)
    assert again is not None
    assert np.array_equal(again.gains, whole.gains)
    assert not (tmp_path / PASTS).exists()


def test_all_territories_are_run_where_one_does_not_tell_everything() -> None:
    reference, scenario = map(load_scenario, ("somme_reference", "somme_experiment"))
    labels = reference.base.labels("territories")
    assert told_alone(reference, scenario) == (labels.index("coquelicot"),)
    moving = [one.with_variant({MOVES_WITHIN: 0.2}) for one in (reference, scenario)]
    assert told_alone(*moving) is None
    everywhere = {"sanctions.application_share": 1.0}
    assert told_alone(reference, scenario.with_changes(everywhere)) is None
    assert told_alone(reference, scenario.with_variant({"frailty.log_sd": 0.1})) is None
    assert told_alone(reference, reference) is None


def test_the_zero_is_looked_for_where_the_gain_changes_its_sign() -> None:
    asked = []

    def gain(effect: float) -> float:
        asked.append(effect)
        return effect**2 - 0.25

    effects = np.array([0.0, 1.0])
    found = closer(effects, np.array([gain(one) for one in effects]), gain)
    coarse = 0.25
    assert abs(found - 0.5) < abs(coarse - 0.5) / 2.0
    assert len(asked) == 2 + CLOSER
    assert closer(effects, np.array([-2.0, -1.0]), gain) == np.inf
    assert closer(effects, np.array([1.0, 2.0]), gain) == 0.0
    assert len(asked) == 2 + CLOSER


def test_the_effects_tried_hold_none_and_the_range_of_the_tables() -> None:
    parameters = load_scenario("somme_reference").base
    tried = effects_to_try(parameters)
    entry = parameters.entry(EFFECT)
    assert tried[0] == 0.0
    assert parameters.number(EFFECT) in tried
    assert entry.uncertainty is not None
    assert tried[-1] > entry.uncertainty.high


def test_an_experiment_without_draws_is_refused() -> None:
    scenario = load_scenario("somme_reference")
    with pytest.raises(ValueError, match="draws"):
        measured_break_even(Experiment((scenario, scenario), replications=2), (0.0, 1.0))


@pytest.mark.slow
def test_the_command_answers_for_the_whole_department() -> None:
    asked = ["break-even", "somme_experiment", "--draws", "2", "--months", "8", "--json"]
    small, twice = (
        json.loads(CliRunner().invoke(app, [*asked, "--share", share]).stdout)
        for share in ("0.01", "0.02")
    )
    assert next(iter(small["gain_eur_by_effect"])) == "0"
    assert small["draws"] == 2
    assert "--share 0.01" in small["replay"]
    assert small["tables"]["kind"] == "literature"
    posts = [found["gain_eur_by_effect"]["0"]["mean"] for found in (small, twice)]
    assert max(posts) < 0.0, "without an effect posts only cost"
    assert posts[0] == pytest.approx(posts[1], rel=0.5), "both stand for the whole department"


def test_a_scenario_without_a_reference_is_refused() -> None:
    done = CliRunner().invoke(app, ["break-even", "somme_reference", "--json"])
    assert done.exit_code == BAD_INPUT
    assert "names its reference" in done.output
