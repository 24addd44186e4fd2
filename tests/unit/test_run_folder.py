"""The folder of a run: whole files under final names, and nothing of other people's."""

from __future__ import annotations

import json
import platform
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim.parameters
from sim.errors import InputError
from sim.events import EventLog
from sim.experiments.comparison import meaning
from sim.experiments.event_file import EventFile
from sim.experiments.event_page import COLUMNS
from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.run_folder import (
    DEPARTMENT,
    PARAMETERS,
    SCENARIO,
    Said,
    check_folder,
    scenarios_in,
    write_run_folder,
)
from sim.experiments.runner import Replication, Results
from sim.experiments.spell_codebook import RUN_COLUMNS
from sim.files import sha256_of, write_atomically
from sim.ledger import LedgerShape, empty_ledger
from sim.outcomes.table import outcomes_of
from sim.policy import load_scenario, scenario_text
from sim.units import month_number
from sim.version import commit
from sim.vocabulary import Record, Stock
from ui.reports.remarks import remark_text

OUTCOME_COLUMNS = [
    "scenario", "replication", "draw", "seed", "month", "date",
    "territory", "pathway", "outcome", "value", "unit",
]  # fmt: skip
"""Of the table of outcomes, as it is returned and as it is kept."""


def results(*names: str, is_cancelled: bool = False) -> Results:
    """Finished replications with a made-up caseload, without a simulation."""
    scenarios = tuple(load_scenario(name).with_months(8) for name in names)
    experiment = Experiment(scenarios, seed=5, replications=3)
    base = experiment.reference.base
    shape = LedgerShape(
        month_number(experiment.reference.start),
        8,
        len(base.labels("territories")),
        len(base.labels("pathways")),
        len(base.labels("job_types")),
    )
    replications = []
    for number in range(2):
        found = []
        for position, scenario in enumerate(scenarios):
            ledger = empty_ledger(shape)
            ledger.stocks[Stock.HOUSEHOLDS, :, :, 0] = 100 + 10 * number + (1 + number) * position
            found.append(outcomes_of(ledger, timeline_of(scenario)))
        seed = experiment.seeds[number]
        replications.append(Replication(number, seed, tuple(found), (), 0.1))
    return Results(experiment, tuple(replications), is_cancelled, 1.0)


def test_a_folder_holds_everything_to_read_it_later(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "run"
    write_run_folder(folder, results("somme_reference"), "caseload run x", {"a": b"png"}, "<p>")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["status"] == "complete"
    assert manifest["replay"] == "caseload run x"
    assert manifest["seeds"] == [5, 1_000_008]
    assert {"python", "numpy", "engine"} <= set(manifest["versions"])
    assert manifest["commit"] == commit()
    assert manifest["platform"] == platform.platform()
    assert "scenarios/somme_reference.yaml" in manifest["inputs"]
    assert all(len(digest) == 64 for digest in manifest["inputs"].values())
    written = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert written == {"manifest.json", *manifest["files"]}
    assert "figures/a.png" in written
    table = pd.read_parquet(folder / "outcomes.parquet")
    assert list(table.columns) == OUTCOME_COLUMNS
    assert not table["value"].isna().any()
    parameters = json.loads((folder / "parameters.json").read_text())["parameters"]
    assert all({"path", "value", "unit", "kind", "source"} <= set(entry) for entry in parameters)


def test_the_commit_is_that_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.version.__file__", str(tmp_path / "sim" / "version.py"))
    ask = commit.__wrapped__
    assert ask() is None, "an installed package has no commit"
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    assert ask() is None, "nothing was committed"
    (git / "packed-refs").write_text("# pack-refs\nabc refs/heads/mainly\ndef refs/heads/main\n")
    assert ask() == "def"
    (git / "refs" / "heads" / "main").write_text("123\n")
    assert ask() == "123"
    (git / "HEAD").write_text("456\n")
    assert ask() == "456"


def test_logs_stand_in_the_order_of_replications(tmp_path: Path) -> None:
    """Whichever thread is faster."""
    found = results("somme_reference")
    row = [[0, 1, int(Record.EXIT), 0, -1, 1, 0, 0]]
    files = []
    for order in ((0, 1), (1, 0)):
        file = EventFile(tmp_path / str(order[0]), found.experiment)
        for number in order:
            log = EventLog(np.array(row, dtype=np.int64))
            file.add(replace(found.replications[number], logs=(log,)))
        files.append(file.close())
    first, second = files
    assert first is not None
    assert second is not None
    assert first.read_bytes() == second.read_bytes()
    assert pd.read_parquet(first)["replication"].tolist() == [0, 1]
    schema = pq.read_schema(first)
    assert b"first_entry" in schema.metadata[b"records"]
    assert schema.names == [*RUN_COLUMNS, *COLUMNS]
    assert schema.field("origin").metadata[b"meaning"].decode() == COLUMNS["origin"]


def test_the_stored_scenario_runs_alike(tmp_path: Path) -> None:
    found = results("somme_experiment")
    write_run_folder(tmp_path, found, "", {}, "")
    stored = load_scenario(tmp_path / "scenario.yaml")
    assert stored.fingerprint() == found.experiment.reference.fingerprint()


def test_a_folder_says_whose_run_it_holds(tmp_path: Path) -> None:
    assert scenarios_in(tmp_path) == ()
    names = ("somme_reference", "somme_plus14")
    write_run_folder(tmp_path, results(*names), "", {}, "")
    assert scenarios_in(tmp_path) == names
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    assert scenarios_in(tmp_path) == ()


def test_files_that_people_name_alike_are_no_run_without_its_parameters(tmp_path: Path) -> None:
    for name in (SCENARIO, DEPARTMENT):
        mine = tmp_path / name.removesuffix(".yaml")
        mine.mkdir()
        (mine / name).write_text("mine", encoding="utf-8")
        with pytest.raises(InputError, match=name):
            check_folder(mine)
        (mine / PARAMETERS).write_text("{}", encoding="utf-8")
        check_folder(mine)


def test_a_department_of_ones_own_lies_in_the_folder_and_its_place_nowhere(tmp_path: Path) -> None:
    shipped = Path(sim.parameters.__file__).parent / "departments" / "somme.yaml"
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(shipped, own / "mine.yaml")
    text = scenario_text(load_scenario("somme_reference"))
    text = text.replace("department: somme\n", "department: mine.yaml\n")
    (own / "scenario.yaml").write_text(text, encoding="utf-8")
    found = results(str(own / "scenario.yaml"))
    # An edit while the run goes on is not what was simulated.
    (own / "mine.yaml").write_text("edited: 1\n", encoding="utf-8")
    folder = tmp_path / "run"
    write_run_folder(folder, found, "", {}, "")
    digests = json.loads((folder / "manifest.json").read_text())["inputs"]
    assert digests["departments/mine.yaml"] == sha256_of(shipped)
    assert (folder / DEPARTMENT).read_bytes() == shipped.read_bytes()
    assert json.loads((folder / "parameters.json").read_text())["department"] == "mine.yaml"
    assert not any(str(own).encode() in file.read_bytes() for file in folder.iterdir())
    shutil.rmtree(own)
    check_folder(folder)
    stored = load_scenario(folder / "scenario.yaml")
    assert stored.fingerprint() == found.experiment.reference.fingerprint()


def test_a_comparison_stores_every_scenario_and_paired_differences(tmp_path: Path) -> None:
    compared = results("somme_reference", "somme_plus14")
    said = Said(interval=remark_text(meaning(compared.experiment), "en"))
    write_run_folder(tmp_path, compared, "", {}, "", said=said)
    assert (tmp_path / "scenarios" / "somme_plus14" / "parameters.json").is_file()
    summary = json.loads((tmp_path / "summary.json").read_text())
    row = next(
        row
        for row in summary["rows"]
        if row["outcome"] == "caseload_households" and row["territory"] == "all"
    )
    # Three territories, differences of 1 and 2 in each: 3 and 6, mean 4.5, in two replications.
    assert row["difference"] == 4.5
    assert (row["low"], row["high"], row["replications"]) == (None, None, 2)
    assert row["needed"] > 2
    assert "parameters" in summary["interval"]["meaning"]


def test_a_second_run_replaces_the_first_whole(tmp_path: Path) -> None:
    compared = results("somme_reference", "somme_plus14")
    write_run_folder(tmp_path, compared, "", {"a": b"1", "b": b"2"}, "")
    check_folder(tmp_path)
    write_run_folder(tmp_path, results("somme_reference", is_cancelled=True), "", {"a": b"3"}, "")
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["a.png"]
    assert not (tmp_path / "scenarios").exists()
    assert json.loads((tmp_path / "manifest.json").read_text())["status"] == "cancelled"


def test_the_log_of_an_earlier_run_is_not_of_this_one(tmp_path: Path) -> None:
    log = tmp_path / ".events.part"
    log.write_bytes(b"a log")
    folder = tmp_path / "run"
    write_run_folder(folder, results("somme_reference"), "", {}, "", log)
    assert (folder / "events.parquet").read_bytes() == b"a log"
    assert "events.parquet" in json.loads((folder / "manifest.json").read_text())["files"]
    check_folder(folder)
    write_run_folder(folder, results("somme_reference"), "", {}, "")
    assert not (folder / "events.parquet").exists()
    assert "events.parquet" not in json.loads((folder / "manifest.json").read_text())["files"]


def test_the_manifest_gives_the_digest_of_every_file(tmp_path: Path) -> None:
    write_run_folder(tmp_path, results("somme_reference", "somme_plus14"), "", {"a": b"1"}, "<p>")
    named = json.loads((tmp_path / "manifest.json").read_text())["files"]
    found = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.name != "manifest.json"
    ]
    assert named == {path.relative_to(tmp_path).as_posix(): sha256_of(path) for path in found}


@pytest.mark.parametrize("name", ["figures/mine.png", "scenarios/notes.txt", "outcomes.xlsx"])
def test_a_strangers_file_is_refused_wherever_it_lies(tmp_path: Path, name: str) -> None:
    write_run_folder(tmp_path, results("somme_reference"), "", {"a": b"1"}, "")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"years of work")
    with pytest.raises(InputError, match=Path(name).stem):
        check_folder(tmp_path)
    # It came after the check: it is neither taken away nor signed.
    write_run_folder(tmp_path, results("somme_reference"), "", {}, "")
    assert (tmp_path / name).read_bytes() == b"years of work"
    assert name not in json.loads((tmp_path / "manifest.json").read_text())["files"]


def test_a_manifest_cannot_have_files_elsewhere_removed(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    folder = tmp_path / "run"
    write_run_folder(folder, results("somme_reference"), "", {}, "")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["../thesis.docx"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    write_run_folder(folder, results("somme_reference"), "", {}, "")
    assert (tmp_path / "thesis.docx").exists()


def test_what_an_interrupted_run_left_is_replaced(tmp_path: Path) -> None:
    write_run_folder(tmp_path, results("somme_reference", "somme_plus14"), "", {"a": b"1"}, "")
    (tmp_path / "manifest.json").unlink()
    check_folder(tmp_path)
    write_run_folder(tmp_path, results("somme_reference"), "", {}, "")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {
        "manifest.json", "outcomes.parquet", "parameters.json", "report.html", "scenario.yaml",
        "summary.json",
    }  # fmt: skip


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(InputError, match=r"thesis\.docx"):
        check_folder(tmp_path)
    with pytest.raises(InputError, match="the file"):
        check_folder(tmp_path / "thesis.docx")


def test_a_failed_write_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(tmp_path / "summary.json", b"{}")
    assert not list(tmp_path.iterdir())


def test_numbers_that_do_not_exist_are_null(tmp_path: Path) -> None:
    found = results("somme_reference", "somme_plus14")
    single = Results(found.experiment, found.replications[:1], True, 1.0)
    write_run_folder(tmp_path, single, "", {}, "")
    rows = json.loads((tmp_path / "summary.json").read_text())["rows"]
    assert rows
    assert all(row["low"] is None and row["high"] is None for row in rows)
    assert np.isfinite([row["difference"] for row in rows]).all()
