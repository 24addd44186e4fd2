"""Goal-seek, the best of several and sensitivity as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.experiments import jobs
from ui.cli.app import app

pytestmark = pytest.mark.slow

WAIT = "wait_for_caseworker_days_mean"
QUEUE = "waiting_for_caseworker"
SEEK = (
    "seek", "somme_reference", "--lever", "staff.fte[coquelicot]", "--target", f"{QUEUE} <= 2",
    "--by", "2023-04", "--share", "0.03", "--simulations", "10", "--between", "2:20",
    "--probability", "0.5", "--no-draws",
)  # fmt: skip


def caseload(*words: str) -> Any:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def sought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One search and what it printed."""
    folder = tmp_path_factory.mktemp("seek") / "here"
    done = caseload(*SEEK, "--out", str(folder))
    assert done.exit_code == 0, done.output
    return folder, done.stdout


def test_seek_answers_with_a_range_its_cost_and_its_basis(sought: tuple[Path, str]) -> None:
    folder, printed = sought
    record = json.loads((folder / "answer.json").read_text())
    assert record["status"] in ("found", "undecided")
    (threshold,) = record["thresholds"]
    assert threshold["not_reached_at"] < (threshold["reached_from"] or 20.0)
    assert record["target"]["outcome"] == QUEUE
    assert record["target"]["territory"] == "coquelicot"
    assert record["lever"]["present"] == pytest.approx(9.1)
    assert sum(record["lever"]["shares"]) == pytest.approx(1.0)
    assert "--share 0.03" in record["replay"]
    assert "of 10 simulations" in printed


def test_the_same_search_is_read_from_kept_runs(
    sought: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_plan", None)
    again = caseload(*SEEK, "--json")
    assert again.exit_code == 0, again.output
    assert (
        json.loads(again.stdout)["rows"]
        == json.loads((sought[0] / "answer.json").read_text())["rows"]
    )


def test_the_curve_holds_every_value_with_its_cost(sought: tuple[Path, str]) -> None:
    folder, _ = sought
    table = pd.read_csv(folder / "values.csv")
    assert len(table) > 3
    assert table["lever_value"].is_monotonic_increasing
    price = 52_000.0
    expected = (table["lever_value"] - 9.1) * price
    assert table["cost_eur_per_year"].to_numpy() == pytest.approx(expected.to_numpy())
    assert (table["reached_share_low"] <= table["reached_share"]).all()
    # More posts never make more simulations miss: the luck is shared.
    assert table["reached_share"].iloc[0] < table["reached_share"].iloc[-1]


def test_the_page_is_french_and_says_what_it_counts(sought: tuple[Path, str]) -> None:
    page = (sought[0] / "answer.html").read_text()
    for text in (
        "PROJECTION SOUS HYPOTHÈSES",
        "simulation",
        "Unité",
        "Point de départ (T0)",
        "Sans toucher au levier",
        "incertitude",
        "caseload seek",
    ):
        assert text in page
    assert (sought[0] / "figure.png").read_bytes().startswith(b"\x89PNG")


def test_not_reachable_is_an_answer_whatever_the_number_of_threads() -> None:
    words = [word.replace("<= 2", "<= -1") for word in SEEK]
    records = []
    for workers in ("1", "2"):
        done = caseload(*words, "--json", "--workers", workers)
        assert done.exit_code == 0, done.output
        records.append(json.loads(done.stdout))
    assert records[0] == records[1]
    assert records[0]["status"] == "nowhere"
    assert "cannot be reached" in records[0]["findings"][0]


def test_best_names_the_scenario_with_more_posts(tmp_path: Path) -> None:
    done = caseload(
        "best", "somme_reference", "somme_plus14", "--outcome", f"{QUEUE}[coquelicot]",
        "--share", "0.03", "--by", "2023-08", "--simulations", "80", "--no-draws",
        "--out", str(tmp_path / "b"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    record = json.loads((tmp_path / "b" / "answer.json").read_text())
    assert record["decided"]
    assert record["best"] == "somme_plus14"
    page = (tmp_path / "b" / "answer.html").read_text()
    assert "Probabilité de choisir juste" in page
    values = pd.read_csv(tmp_path / "b" / "values.csv")
    assert set(values["scenario"]) == {"somme_reference", "somme_plus14"}


def test_best_needs_a_side_where_the_outcome_has_none() -> None:
    words = ("best", "somme_reference", "somme_plus14", "--outcome", "caseload_households")
    done = caseload(*words)
    assert done.exit_code == 2
    assert "--prefer" in done.stderr


def test_sensitivity_puts_what_matters_first(tmp_path: Path) -> None:
    done = caseload(
        "sensitivity", "somme_reference", "--outcome", QUEUE,
        "--factor", "staff_fte[rest, social_worker]=10:80",
        "--factor", "intake.recall_days[rest]=1:2", "--size", "2", "--simulations", "2",
        "--share", "0.03", "--by", "2023-03", "--out", str(tmp_path / "s"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    record = json.loads((tmp_path / "s" / "answer.json").read_text())
    assert [row["paths"].split(".")[-1] for row in record["rows"]] == ["fte", "recall_days"]
    assert record["rows"][0]["mean_effect"] < 0.0
    assert record["points"] == 6
    assert "Morris" in (tmp_path / "s" / "answer.html").read_text()


PLAN = """
schema_version: 1
name: what_matters
scenarios: [somme_reference, somme_plus14]
share: 0.03
months: 5
factors:
  cap: {path: "territories.*.staff.*.portfolio_cap", range: {low: 50, high: 200}}
  delay: {path: staffing.recruitment_delay_days, range: {low: 0, high: 60}, since: always}
sample: {method: sobol, size: 4}
seeds: {n: 2}
"""


def test_a_plan_of_two_scenarios_explains_their_difference(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    words = ("sensitivity", str(plan), "--outcome", "staff_utilisation", "--json")
    size = json.loads(caseload(*words, "--method", "sobol", "--size", "2", "--check").stdout)
    assert size["runs"] == 2 * 2 * (2 + 2) * 2
    assert "--by" in caseload(*words, "--by", "2030-01").stderr
    done = caseload(*words, "--size", "2")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["scenarios"] == ["somme_reference", "somme_plus14"]
    assert {row["factor"] for row in record["rows"]} == {"cap", "delay"}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("seek", "somme_refrence", *SEEK[2:]), "somme_reference"),
        ((*SEEK[:3], "staf.fte[coquelicot]", *SEEK[4:]), "staff_fte"),
        ((*SEEK, "--since", "2022-01-01"), "--since"),
        ((*SEEK, "--by", "2022-12"), "--by"),
        ((*SEEK, "--probability", "0.8"), "at least 17 for a probability of 0.8"),
        (("best", "somme_reference", "--outcome", WAIT), "at least two"),
        (("best", "somme_reference", "mayenne_reference", "--outcome", WAIT), "territories"),
        (("sensitivity", "somme_reference", "--outcome", WAIT), "--factor"),
        (
            ("sensitivity", "somme_reference", "--outcome", WAIT, "--factor", "effects.nothing"),
            "effects.",
        ),
        (
            ("sensitivity", "somme_reference", "--outcome", WAIT, "--factor", "staff_fte",
             "--size", "100000"),
            "runs",
        ),
        (("run", "somme_reference", "--precision", "jobs_startd=3"), "jobs_started"),
        (("run", "somme_reference", "--precision", "jobs_started=3", "--events"), "--events"),
    ],
)  # fmt: skip
def test_bad_words_are_refused_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = caseload(*words)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = caseload(*SEEK, "--out", str(tmp_path))
    assert done.exit_code == 2
    assert "thesis.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
