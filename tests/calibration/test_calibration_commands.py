"""`caseload calibrate` and `caseload card` as a user meets them, on the toy problem."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from calibration_toys import caseload_problem
from typer.testing import CliRunner

from calibration import artefacts, departments, runs
from sim.parameters import load_department
from sim.parameters.draw_files import read_draws
from ui.cli.app import app
from ui.cli.calibrating import time_left
from ui.cli.ending import BAD_INPUT, CANCELLED

pytestmark = pytest.mark.slow

TRUTH = np.array([0.5, -1.0, 0.3, 0.2, 0.0])
SMALL = ("calibrate", "toy", "--members", "60", "--passes", "2", "--workers", "2")


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    problem, tables = caseload_problem(TRUTH), load_department("somme")
    monkeypatch.setattr(departments, "problem_of", lambda name: problem)
    monkeypatch.setattr(departments, "tables_of", lambda of: tables)
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
def test_a_fit_leaves_a_folder_that_the_card_shows(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [*SMALL, "--out", "fit", "--json"])
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["card"]["summary"]["fit"] == 5
    assert date.fromisoformat(record["card"]["date"]) <= date.today()
    assert len(read_draws(tmp_path / "fit" / artefacts.DRAWS)) == 60
    names = {"draws.parquet", "posterior.nc", "calibration_card.json", "report.html"}
    assert names <= {file.name for file in (tmp_path / "fit").iterdir()}
    shown = CliRunner().invoke(app, ["card", "fit"])
    assert shown.exit_code == 0
    for text in ("stock 24", "holdout", "job finding", "literature", "5 figures fitted"):
        assert text in shown.stdout


@pytest.mark.slow
def test_a_stopped_fit_goes_on_and_gives_the_same_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = CliRunner().invoke(app, [*SMALL, "--out", "whole"])
    assert whole.exit_code == 0, whole.output
    tell = runs.Watch.ran

    def stop_after_some(watch: runs.Watch, stage: str) -> None:
        tell(watch, stage)
        if stage == "pass-1":
            raise runs.Interrupted(stage)

    with monkeypatch.context() as patch:
        patch.setattr(runs.Watch, "ran", stop_after_some)
        stopped = CliRunner().invoke(app, [*SMALL, "--out", "cut"])
    assert stopped.exit_code == CANCELLED
    assert not (tmp_path / "cut" / artefacts.CARD).exists()
    again = CliRunner().invoke(app, [*SMALL, "--out", "cut"])
    assert again.exit_code == 0, again.output
    one, other = (read_draws(tmp_path / name / artefacts.DRAWS) for name in ("whole", "cut"))
    np.testing.assert_array_equal(one.values, other.values)


def test_other_settings_in_the_same_folder_are_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, [*SMALL, "--out", "fit"]).exit_code == 0
    before = (tmp_path / "fit" / artefacts.DRAWS).read_bytes()
    other = CliRunner().invoke(app, [*SMALL, "--seed", "9", "--out", "fit"])
    assert other.exit_code == BAD_INPUT
    assert (tmp_path / "fit" / artefacts.DRAWS).read_bytes() == before


def test_a_card_that_is_not_there_is_told() -> None:
    done = CliRunner().invoke(app, ["card", "atlantis", "--json"])
    assert done.exit_code == BAD_INPUT
    assert json.loads(done.stdout)["faults"][0]["found"] == "'atlantis'"


@pytest.mark.parametrize(
    ("seconds", "text"), [(20.0, "20 s"), (89.0, "89 s"), (430.0, "7 min"), (7500.0, "2 h 05 min")]
)
def test_time_left_in_words(seconds: float, text: str) -> None:
    assert time_left(seconds) == text
