"""Outcomes that declare the fewest replications of an interval, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.experiments.comparison import compare
from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL
from sim.policy import load_scenario
from tests.app_worlds import small_study
from ui.cli.app import app
from ui.options_words import options_text
from ui.work.options import options_of, too_few
from ui.work.results import FullRun
from ui.work.run_files import RunState

pytestmark = pytest.mark.slow

NAMES = ("somme_reference", "somme_experiment")
SHARE, MONTHS, COUNT = 0.05, 11, 4
COMPARE = (
    "compare", *NAMES, "--share", str(SHARE), "--months", str(MONTHS), "--replications", str(COUNT),
)  # fmt: skip
DECLARED = {
    name: one.fewest_replications
    for name, one in outcome_definitions().items()
    if one.fewest_replications > COUNT
}
WAIT, CONTACTS = "wait_for_orientation_days_mean", "contacts_held_per_person"


def caseload(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), catch_exceptions=False, env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(caseload(*COMPARE, "--json"))["rows"]
    return found


def test_waits_and_broken_contracts_declare_a_number() -> None:
    waits = {name for name in outcome_definitions() if name.startswith("wait_for_")}
    ruptures = {name for name in outcome_definitions() if name.startswith("ruptures_within_")}
    assert waits | ruptures <= set(DECLARED)


def test_a_comparison_gives_them_no_interval_and_says_how_many_are_needed(
    rows: list[dict[str, Any]],
) -> None:
    declared = [row for row in rows if row["outcome"].removesuffix("_net") in DECLARED]
    assert {row["month"] == "all" for row in declared} == {True, False}
    for row in declared:
        assert row["low"] is row["high"] is None
        assert row["needed"] >= DECLARED[row["outcome"].removesuffix("_net")]
    whole = {(row["outcome"], row["territory"]): row for row in rows if row["month"] == "all"}
    wait, contacts = whole[WAIT, "coquelicot"], whole[CONTACTS, "coquelicot"]
    assert wait["differing"] == COUNT
    assert (wait["replications"], wait["needed"]) == (COUNT, 20)
    assert contacts["low"] <= contacts["difference"] <= contacts["high"]


@pytest.mark.slow
def test_the_table_and_the_report_say_so_in_words(tmp_path: Path) -> None:
    french = "trop peu de simulations : environ 20 nécessaires"
    for language, sentence in (
        ("en", "too few replications: about 20 needed"),
        ("fr", french),
    ):
        folder = tmp_path / language
        printed = caseload("--lang", language, *COMPARE, "--out", str(folder))
        assert sentence in " ".join(printed.split())
        report = (folder / "report.html").read_text(encoding="utf-8")
        assert french in " ".join(report.split())


def test_the_app_says_what_the_command_line_says() -> None:
    scenarios = tuple(load_scenario(name).scaled(SHARE).with_months(MONTHS) for name in NAMES)
    results = run_experiment(Experiment(scenarios, 1, COUNT))
    shown = FullRun(small_study(), results, RunState("complete"), {}, {})
    told = {(one.outcome, one.territory): one for one in compare(results) if one.month == ALL}
    options = options_of(shown, "coquelicot")
    few = {line.key for line in too_few(shown, options)}
    for line in options.lines:
        row = told.get((line.key, "coquelicot"))
        if row is not None and line.key in DECLARED:
            assert not row.ends.is_known
            assert line.key in few or line.cells[0].verdict in ("same", "none")
    assert WAIT in few
    (note,) = [one for one in options_text(shown, options).notes if "approximatifs" in one]
    assert f"({DECLARED[WAIT]})" in note
