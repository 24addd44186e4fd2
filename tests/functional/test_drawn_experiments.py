"""Experiments in draws of parameters: one draw for each replication, the same in every scenario."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.errors import InputError
from sim.experiments.comparison import compare, meaning
from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import Said, write_run_folder
from sim.experiments.runner import run_experiment
from sim.files import plain_numbers
from sim.parameters.draw_files import shipped_draws
from sim.parameters.draws import Draws
from sim.policy import Scenario, load_scenario
from ui import texts
from ui.cli.app import app
from ui.reports.remarks import remark_text
from ui.reports.summary import report_html

SHARE, MONTHS = 0.02, 8


def scenario(name: str) -> Scenario:
    return load_scenario(name).scaled(SHARE).with_months(MONTHS)


def draws() -> Draws:
    found = shipped_draws("somme")
    assert found is not None
    return found


def few(count: int) -> Draws:
    return replace(draws(), values=draws().values[:count])


def experiment(replications: int, drawn: Draws | None) -> Experiment:
    names = ("somme_reference", "somme_experiment")
    return Experiment(tuple(map(scenario, names)), 3, replications, drawn)


@pytest.mark.slow
def test_each_replication_plays_in_the_world_of_its_draw() -> None:
    found = run_experiment(experiment(3, few(2)), workers=2)
    for number, replication in enumerate(found.replications):
        values = draws().values_of(number % 2)
        alone = Experiment(
            tuple(one.with_draw(values, "draw") for one in found.experiment.scenarios),
            found.experiment.seeds[number],
            1,
        )
        (expected,) = run_experiment(alone, workers=1).replications
        for one, other in zip(replication.outcomes, expected.outcomes, strict=True):
            assert np.array_equal(one.values, other.values, equal_nan=True)
            assert np.array_equal(one.whole, other.whole, equal_nan=True)


def test_a_scenario_against_itself_differs_by_nothing_in_every_draw() -> None:
    reference = scenario("somme_reference")
    found = run_experiment(Experiment((reference, reference), 3, 2, draws()), workers=2)
    for replication in found.replications:
        one, other = replication.outcomes
        assert np.array_equal(one.values, other.values, equal_nan=True)


def test_more_replications_begin_with_the_same_ones() -> None:
    few_runs, more = experiment(2, draws()), experiment(4, draws())
    for number in range(2):
        assert few_runs.draw_of(number) == more.draw_of(number) == number
        one, other = few_runs.scenarios_of(number)[0], more.scenarios_of(number)[0]
        assert one.fingerprint() == other.fingerprint()
    bases = {more.scenarios_of(number)[0].base.fingerprint() for number in range(4)}
    assert len(bases) == 4


def test_draws_of_another_model_are_refused_with_their_faults() -> None:
    paths = (*draws().paths[:-1], "territories.nowhere.market_level")
    kinds = dict.fromkeys(paths, "data")
    with pytest.raises(InputError, match=r"territories\.nowhere\.market_level"):
        experiment(2, replace(draws(), paths=paths, kinds=kinds))
    with pytest.raises(InputError, match="no draw"):
        experiment(2, few(0))


@pytest.mark.slow
def test_a_comparison_in_draws_says_so_wherever_it_is_kept(tmp_path: Path) -> None:
    found = run_experiment(experiment(2, draws()), workers=2)
    said = Said(interval=remark_text(meaning(found.experiment), "en"))
    write_run_folder(tmp_path, found, "replay", {}, report_html(found, {}, "replay"), said=said)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["draws"]["identity"] == draws().identity
    assert manifest["draws"]["of_replications"] == [0, 1]
    report = (tmp_path / "report.html").read_text()
    assert "tirage des paramètres" in report
    assert texts.said("run_report.central", "fr")[-60:] not in report
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert "draws of parameters" in summary["interval"]["meaning"]


@pytest.mark.slow
def test_the_command_line_draws_and_says_how_to_replay() -> None:
    words = "compare somme_reference somme_experiment --seed 3 --replications 2 --months 8"
    asked = [*words.split(), "--share", "0.02", "--draws", "--json"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["draws"]["of_replications"] == [0, 1]
    assert {"--draws", "--seed"} <= set(shlex.split(told["replay"]))
    expected = [asdict(row) for row in compare(run_experiment(experiment(2, draws()), workers=2))]
    assert told["rows"] == plain_numbers(expected)
