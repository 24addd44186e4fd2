"""The command line as a user meets it: exit codes, one object of JSON, files that are whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--share", "0.02", "--months", "7", "--replications", "2")
KEYS = {
    "scenario", "outcome", "month", "period", "territory", "reference", "value", "difference",
    "low", "high", "unit", "replications", "differing", "needed",
}  # fmt: skip


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "ui.cli", *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def caseload(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def one_object(text: str) -> Any:
    assert text.count("\n") == 1
    return json.loads(text)


@pytest.mark.slow
def test_compare_prints_one_object_with_the_promised_rows(tmp_path: Path) -> None:
    done = caseload(tmp_path, "compare", "somme_reference", "somme_plus14", *SMALL, "--json")
    assert done.returncode == 0, done.stderr
    record = one_object(done.stdout)
    assert record["finished"] == 2
    assert all(set(row) == KEYS for row in record["rows"])
    named = {row["outcome"] for row in record["rows"]}
    assert {"wait_for_caseworker_days_mean", "wait_for_orientation_days_mean"} & named
    assert "job_rate_3m_net" in named
    assert {row["scenario"] for row in record["rows"]} == {"somme_plus14"}
    assert record["since"] == "2023-04"
    periods = {row["outcome"]: row["period"] for row in record["rows"] if row["month"] == "all"}
    assert periods["caseload_households"] == "end of 2023-07"
    assert periods["jobs_started"] == "2023-04 to 2023-07"
    assert all(row["period"] == row["month"] for row in record["rows"] if row["month"] != "all")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_period_that_counts_can_be_chosen(tmp_path: Path) -> None:
    """A reference counts the same months alone and beside another scenario."""
    ask = (*SMALL, "--json", "--since", "2023-02")
    alone = caseload(tmp_path, "run", "somme_reference", *ask)
    beside = caseload(tmp_path, "compare", "somme_reference", "somme_plus14", *ask)
    assert alone.returncode == beside.returncode == 0, alone.stderr + beside.stderr
    found = [
        next(
            row
            for row in one_object(done.stdout)["rows"]
            if (row["outcome"], row["month"], row["territory"]) == ("jobs_started", "all", "all")
        )
        for done in (alone, beside)
    ]
    assert {row["period"] for row in found} == {"2023-02 to 2023-07"}
    assert found[0]["value"] == found[1]["reference"] > 0
    assert "--since 2023-02" in one_object(beside.stdout)["replay"]


def test_run_writes_a_folder_that_can_be_read(tmp_path: Path) -> None:
    done = caseload(tmp_path, "run", "somme_plus14", *SMALL, "--out", "here", "--events")
    assert done.returncode == 0, done.stderr
    assert "Coquelicot" in done.stdout
    folder = tmp_path / "here"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["status"] == "complete"
    assert "--share 0.02" in manifest["replay"]
    assert f"--out {folder}" in manifest["replay"], "it holds from another folder"
    events = pd.read_parquet(folder / "events.parquet")
    assert set(events["replication"]) == {0, 1}
    assert (
        events.groupby(["scenario", "replication"], observed=True)["date"]
        .agg(lambda days: days.is_monotonic_increasing)
        .all()
    )
    job = (events["record"] == "job_started") & (events["replication"] == 0)
    entries = events[(events["record"] == "first_entry") & (events["replication"] == 0)]
    table = pd.read_parquet(folder / "outcomes.parquet")
    counted = table[
        (table["outcome"] == "first_entries")
        & (table["territory"] == "all")
        & (table["replication"] == 0)
    ]
    assert len(entries) == counted["value"].sum()
    assert (
        job.sum()
        == table[
            (table["outcome"] == "jobs_started")
            & (table["territory"] == "all")
            & (table["replication"] == 0)
        ]["value"].sum()
    )
    assert "PROJECTION SOUS HYPOTHÈSES" in (folder / "report.html").read_text()
    assert list((folder / "figures").glob("*.png"))
    assert not list(folder.rglob("*.part"))


@pytest.mark.slow
def test_a_scenario_by_its_path_runs_as_by_its_name(tmp_path: Path) -> None:
    path = str(ROOT / "scenarios" / "somme_plus14.yaml")
    texts = [
        caseload(tmp_path, "run", name, *SMALL, "--json", "--workers", workers).stdout
        for name, workers in (("somme_plus14", "1"), (path, "2"))
    ]
    by_name, by_path = (one_object(text) for text in texts)
    assert by_name["rows"] == by_path["rows"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("run", "somme_refrence"),
        ("run", "nowhere/file.yaml"),
        ("run", "somme_reference", "--replications", "0"),
        ("run", "somme_reference", "--months", "0"),
        ("run", "somme_reference", "--months", "many"),
        ("run", "somme_reference", "--workers", "0"),
        ("run", "somme_reference", "--seed", "-1"),
        ("run", "somme_reference", "--since", "2031-01"),
        ("run", "somme_reference", "--since", "spring"),
        ("run", "somme_reference", "--share", "0"),
        ("run", "somme_reference", "--unknown"),
        ("compare", "somme_reference"),
        ("check", "missing.yaml"),
        ("trace", "somme_reference", "--share", "0.02", "--months", "1", "--person", "nobody"),
        ("departments", "atlantis"),
        ("departments", "--facts"),
        ("departments", "deux_sevres", "--facts"),
        ("fly",),
    ],
    ids=" ".join,
)
def test_bad_input_ends_with_2_and_writes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = caseload(tmp_path, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_bad_input_with_json_is_one_object_too(tmp_path: Path) -> None:
    done = caseload(tmp_path, "run", "somme_refrence", "--json")
    assert done.returncode == 2
    fault = one_object(done.stdout)["faults"][0]
    assert set(fault) == {"file", "field", "found", "accepted"}
    assert "somme_reference" in fault["accepted"]


@pytest.mark.slow
def test_a_foreign_folder_is_refused_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear reader")
    done = caseload(tmp_path, "run", "somme_reference", *SMALL, "--out", ".")
    assert done.returncode == 2
    assert "letter.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.slow
def test_a_folder_with_other_scenarios_is_replaced_with_a_remark(tmp_path: Path) -> None:
    tiny = ("--share", "0.01", "--months", "1", "--replications", "2", "--out", "here")
    compared = caseload(tmp_path, "compare", "somme_reference", "somme_plus14", *tiny)
    assert compared.returncode == 0, compared.stderr
    assert "other scenarios" not in compared.stderr
    alone = caseload(tmp_path, "--lang", "en", "run", "somme_reference", *tiny)
    told = " ".join(alone.stderr.split())
    assert "here holds a run of other scenarios (somme_reference, somme_plus14)" in told
    again = caseload(tmp_path, "run", "somme_reference", *tiny, "--seed", "2")
    assert again.returncode == 0
    assert "other scenarios" not in again.stderr


@pytest.mark.slow
def test_check_says_what_a_scenario_changes(tmp_path: Path) -> None:
    done = caseload(tmp_path, "check", "somme_experiment")
    assert done.returncode == 0
    assert "2023-04-01" in done.stdout
    record = one_object(caseload(tmp_path, "check", "somme_experiment", "--json").stdout)
    assert record["valid"] is True


@pytest.mark.slow
def test_trace_tells_a_life_and_finds_it_again_by_its_name(tmp_path: Path) -> None:
    small = ("--share", "0.02", "--months", "12", "--json")
    story = one_object(caseload(tmp_path, "trace", "somme_experiment", *small).stdout)
    again = caseload(tmp_path, "trace", "somme_experiment", "--person", story["person"], *small)
    assert one_object(again.stdout) == story
    assert len(story["lines"]) > 3


@pytest.mark.slow
def test_verify_compares_compiled_code_with_its_text(tmp_path: Path) -> None:
    done = caseload(
        tmp_path, "verify", "somme_plus14", "--share", "0.01", "--months", "3", "--json"
    )
    assert done.returncode == 0, done.stderr
    record = one_object(done.stdout)
    assert record["identical"] is True
    assert record["records"] > 0
    assert record["relived"]["foretold"] is True
    assert record["relived"]["households"] > 100
    assert record["relived"]["rows"] > 1_000
    assert record["first_difference"] is None


@pytest.mark.slow
def test_departments_are_listed_with_stock_territories_and_scenarios(tmp_path: Path) -> None:
    found = one_object(caseload(tmp_path, "departments", "--json").stdout)["departments"]
    by_code = {one["code"]: one for one in found}
    assert {"13", "25", "53", "55", "80"} < set(by_code)
    for one in found:
        assert one["stock"]["households"] > 0
        assert one["stock"]["source"]
        assert one["territories"]
        assert one["scenarios"]
    shown = caseload(tmp_path, "departments").stdout
    assert all(one["name"] in shown for one in found)
    alone = one_object(caseload(tmp_path, "departments", "55", "--json").stdout)["department"]
    assert alone == by_code["55"]
    assert "meuse_scheme" in caseload(tmp_path, "departments", "meuse").stdout


@pytest.mark.slow
def test_a_scheme_is_shown_against_every_fact_of_its_page(tmp_path: Path) -> None:
    small = ("--share", "0.05", "--months", "14", "--replications", "2")
    words = ("departments", "meuse", "--facts", *small)
    done = caseload(tmp_path, *words, "--json")
    assert done.returncode == 0, done.stderr
    record = one_object(done.stdout)
    assert (record["finished"], record["share"], record["months"]) == (2, 0.05, 14)
    facts = record["facts"]
    assert all(
        bool(fact["not_simulated"]) != bool(fact["carried"] or fact["read"]) for fact in facts
    )
    (interval,) = (fact for fact in facts if fact["figures"] == ["F0066"])
    assert interval["promise"]["value"] == 21
    achieved = interval["read"][0]
    assert achieved["is_kept"] is (achieved["mean"] <= 21)
    assert achieved["mean"] == pytest.approx(sum(achieved["values"]) / 2)
    shown = caseload(tmp_path, *words).stdout
    assert "not simulated" in shown
    assert "0.05 of the department, 14 months" in shown


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT between processes there")
def test_an_interrupt_leaves_finished_replications_readable(tmp_path: Path) -> None:
    words = ("run", "somme_reference", "--share", "0.02", "--months", "3", "--replications", "9999")
    process = subprocess.Popen(
        command(*words, "--out", "kept", "--json"),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    cache = Path(os.environ["CASELOAD_CACHE"]) / "populations"
    before = set(cache.glob("*.state"))
    deadline = time.monotonic() + 240.0
    while time.monotonic() < deadline and len(set(cache.glob("*.state")) - before) < 6:
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    text, _ = process.communicate(timeout=120)
    assert process.returncode == 3
    record = one_object(text)
    assert record["cancelled"] is True
    assert 0 < record["finished"] < 9999
    kept = tmp_path / "kept"
    assert json.loads((kept / "manifest.json").read_text())["status"] == "cancelled"
    table = pd.read_parquet(kept / "outcomes.parquet")
    assert table["replication"].nunique() == record["finished"]
    assert not list(kept.rglob("*.part"))
