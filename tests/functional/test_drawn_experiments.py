"""Experiments in draws of parameters: one draw for each replication, the same in every scenario."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.errors import InputError
from sim.experiments import Experiment, run_experiment
from sim.parameters.draws import Draws, shipped_draws
from sim.policy import Scenario, load_scenario

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


def command(*words: str) -> dict[str, object]:
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def test_a_comparison_in_draws_says_so_and_can_be_replayed(tmp_path: Path) -> None:
    words = "compare somme_reference somme_experiment --seed 3 --replications 2 --months 8"
    out = tmp_path / "first"
    with_draws = command(*words.split(), "--share", "0.02", "--draws", "--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["draws"]["identity"] == draws().identity
    assert manifest["draws"]["of_replications"] == [0, 1]
    report = (out / "report.html").read_text()
    assert "tirage des paramètres" in report
    assert "L'incertitude des paramètres n'y est pas" not in report
    assert "draws of parameters" in str(with_draws["interval"])
    replayed = shlex.split(manifest["replay"])[1:]
    assert replayed[-2:] == ["--out", str(out)]
    again = command(*replayed[:-2])
    assert again["rows"] == with_draws["rows"]
    central = command(*words.split(), "--share", "0.02")
    assert central["draws"] is None
    assert central["rows"] != with_draws["rows"]
