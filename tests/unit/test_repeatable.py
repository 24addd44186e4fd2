"""Commands that are written down: they hold in every folder, and keep the part that was run."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import pytest

from sim.batch.catalogue import write_catalogue
from sim.batch.manifest import read_manifest
from sim.batch.store import Store
from tests.small_batches import plan_of
from ui.cli.breaking_even import BreakEvenRequest
from ui.cli.forecasting import ForecastRequest
from ui.cli.repeatable import anywhere


def test_files_are_named_by_their_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").mkdir()
    assert anywhere("run") == "run"
    (tmp_path / "run" / "manifest.json").touch()
    assert anywhere("run") == str(tmp_path / "run")
    assert anywhere("somme_reference") == "somme_reference"
    mine = str(tmp_path / "mine.yaml")
    paying = BreakEvenRequest("mine.yaml", 2, 1, None, 0.5, None).replay()
    assert {mine, "--share", "0.5"} <= set(shlex.split(paying))
    ahead = ForecastRequest(
        "29", Path("mine.csv"), None, ("mine.yaml",), False, None, None, 1, 0.1, None, None,
        date.today(),
    )  # fmt: skip
    assert {mine, str(tmp_path / "mine.csv"), "29", "0.1"} <= set(shlex.split(ahead.replay()))


def test_the_manifest_of_a_batch_has_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = plan_of(Path("plans"))
    write_catalogue(plan, Store("store"))
    manifest = read_manifest(Store("store"), plan.label)
    assert manifest is not None
    assert shlex.split(str(manifest["replay"])) == [
        "caseload", "batch", str(tmp_path / "plans" / "plan.yaml"),
        "--store", str(tmp_path / "store"),
    ]  # fmt: skip
