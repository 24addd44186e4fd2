"""Questions to a store, its exports, and the commands that a user types."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

import sim
from sim.batch.holdings import whole_holding
from sim.batch.query import IncompleteStoreWarning, query
from sim.batch.store import Store
from sim.batch.summary import label_of, summarise
from sim.batch.views import VIEWS
from sim.errors import InputError
from sim.experiments.comparison import compare
from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from tests.small_batches import finished, plan_file, plan_of, rows_of
from ui.cli.app import app
from ui.reports.batch_export import METADATA_KEY, Export, export, format_of

KEPT = ("caseload_households", "exits_work")
WAIT = "wait_for_orientation_days_mean_of_oriented"
"""It declares more replications than the plan has."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("questions")
    finished(plan_of(folder), folder / "store")
    return Store(folder / "store")


def caseload(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.slow
def test_a_quantile_by_month_and_scenario_is_that_of_the_rows(store: Store) -> None:
    asked = (
        "select scenario, month, quantile_cont(value, 0.9) as q from outcomes where setting = 1 "
        "and outcome = 'caseload_households' and territory = 'all' and pathway = 'all' "
        "group by scenario, month"
    )
    found = sim.query(asked, store.root).set_index(["scenario", "month"])["q"]
    rows = rows_of(store.root)
    rows = rows[(rows["setting"] == 1) & (rows["outcome"] == "caseload_households")]
    rows = rows[(rows["territory"] == ALL) & (rows["pathway"] == ALL) & (rows["month"] != ALL)]
    expected = rows.groupby(["scenario", "month"])["value"].quantile(0.9)
    assert len(found) == len(expected) == 6
    for place, value in expected.items():
        assert found[place] == pytest.approx(value)


def test_every_table_can_be_asked(store: Store) -> None:
    for view in VIEWS:
        found = query(f"from {view} limit 5", store.root)
        assert len(found.columns) >= 4
        assert len(found) or view == "draws"
    settings = query("select factor, number from settings where setting = 3", store.root)
    assert dict(settings.values.tolist()) == {"posts": 100, "delay": 45}
    assert query("select runs, runs_done from experiments", store.root).values.tolist() == [
        [24, 24]
    ]


def test_an_answer_on_the_terminal_has_plain_values_under_names_of_their_own(store: Store) -> None:
    asked = "select sum(setting) as a, 1.5 as a, 'nan'::double as b, make_date(2023, 4, 1) as c"
    folder = ("--store", str(store.root))
    done = caseload("query", f"{asked} from settings", "--json", *folder)
    (row,) = json.loads(done.stdout)["rows"]
    assert row == {"a": 12, "a_1": 1.5, "b": None, "c": "2023-04-01"}
    done = caseload("query", f"{asked} from settings", "--csv", *folder)
    assert done.stdout == "a,a_1,b,c\n12,1.5,,2023-04-01\n"
    zoned = "select timestamptz '2023-04-01 12:00:00+00' at time zone 'UTC' as t, now() as n"
    done = caseload("query", zoned, "--json", *folder)
    assert json.loads(done.stdout)["rows"][0]["t"] == "2023-04-01 12:00:00"
    done = caseload("query", "select 1 where error('no such thing')", *folder)
    assert done.exit_code == 2


@pytest.mark.slow
def test_an_answer_waits_for_no_library_of_tables(store: Store) -> None:
    program = (
        "import sys\nfrom ui.cli.app import app\n"
        f"words = ['query', 'from totals limit 1', '--store', {str(store.root)!r}]\n"
        "app(words, standalone_mode=False)\n"
        "print({'numba', 'pandas', 'pyarrow', 'scipy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "set()"


@pytest.mark.parametrize(
    "text",
    [
        "drop view outcomes",
        "select 1; select 2",
        "copy (select 1) to 'x.csv'",
        "selec 1",
        "",
        "from x",
    ],
)
def test_what_is_no_question_is_refused(
    store: Store, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="query"):
        query(text, store.root)
    assert not list(tmp_path.iterdir())


def test_rows_cut_short_are_left_out_of_answers(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    finished(plan, tmp_path / "store")
    store = Store(tmp_path / "store")
    victim = next(store.root.glob("outcomes/*/*.parquet"))
    os.truncate(victim, victim.stat().st_size // 2)
    (victim.parent / "stray.parquet").write_bytes(b"PAR1")
    with pytest.warns(IncompleteStoreWarning, match=rf"{victim.name}.*--resume"):
        known = query("select runs, runs_done, damages from experiments", store.root)
    assert known.values.tolist() == [[6, 4, 1]]
    with pytest.warns(IncompleteStoreWarning, match="4 of 6 runs"):
        assert query("select distinct replication from totals", store.root).shape == (2, 1)


@pytest.mark.slow
def test_the_summary_is_the_comparison_of_an_experiment(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    finished(plan, tmp_path / "store")
    store = Store(tmp_path / "store")
    rows = {
        (row.outcome, row.scenario): row
        for row in summarise(whole_holding(store, plan.label), (*KEPT, WAIT))
    }
    scenarios = tuple(plan.scenario(position, {}, None) for position in range(2))
    for one in compare(run_experiment(Experiment(scenarios, 7, 3))):
        if one.month != ALL or one.territory != ALL or one.outcome not in (*KEPT, WAIT):
            continue
        row = rows[one.outcome, one.scenario]
        assert row.mean == pytest.approx(one.value)
        assert row.period == one.period
        found = (row.difference, row.difference_low, row.difference_high)
        assert found == pytest.approx((one.difference, one.low, one.high), nan_ok=True)
        assert row.ends == pytest.approx(one.ends, nan_ok=True)
        assert np.isnan(rows[one.outcome, plan.names[0]].difference)
    assert rows[WAIT, plan.names[1]].needed >= outcome_definition(WAIT).fewest_replications > 3


def test_an_experiment_is_named_by_its_beginning(store: Store) -> None:
    (label,) = store.labels()
    assert label_of(store, None) == label_of(store, "small") == label
    with pytest.raises(InputError, match="fits 0 experiments"):
        label_of(store, "large")


def test_an_export_carries_what_is_needed_to_read_it(store: Store, tmp_path: Path) -> None:
    (label,) = store.labels()
    path = tmp_path / "rows.csv"
    count = export(store, Export(label, "csv", path, KEPT))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    first = rows[0]
    definition = outcome_definition(first["outcome"])
    assert first["unit"] == definition.unit
    assert not {"definition", "start", "label"} & set(first), "they are said once"
    with (tmp_path / "rows.codebook.csv").open(encoding="utf-8", newline="") as file:
        told = {row["outcome"]: row for row in csv.DictReader(file)}
    assert set(told) == set(KEPT)
    assert told[first["outcome"]]["definition"] == definition.definition.en
    assert told[first["outcome"]]["start"] == definition.start.en
    design = {(row["setting"], row["draw"], row["replication"], row["seed"]) for row in rows}
    assert len(design) == 12
    assert {(row["posts"], row["delay"]) for row in rows} == {
        (posts, delay) for posts in ("0.0", "100.0") for delay in ("0.0", "45.0")
    }
    packed = tmp_path / "packed.csv.gz"
    export(store, Export(label, "csv", packed, KEPT))
    assert gzip.decompress(packed.read_bytes()) == path.read_bytes()
    assert (tmp_path / "packed.codebook.csv").is_file()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("rows.XLSX", "xlsx"),
        ("rows.csv.parquet", "parquet"),
        ("rows.parquet.csv", "csv"),
        ("rows.CSV.GZ", "csv"),
        ("rows.xlsx.gz", "xlsx"),
        ("rows.json", None),
        ("rows", None),
        ("rows.gz", None),
    ],
)
def test_the_last_ending_of_a_name_says_the_format(name: str, form: str | None) -> None:
    assert format_of(Path(name)) == form
    packed = Export("label", "csv", Path("Rows.CSV.GZ"))
    assert packed.is_packed
    assert packed.codebook == Path("Rows.codebook.csv")


def test_a_french_export_opens_in_a_french_spreadsheet(store: Store, tmp_path: Path) -> None:
    (label,) = store.labels()
    path = tmp_path / "rows.csv"
    export(store, Export(label, "csv", path, ("oriented_share",), (ALL,), is_french=True))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with (tmp_path / "rows.codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (told,) = csv.DictReader(file, delimiter=";")
    assert told["libellé"] == outcome_definition("oriented_share").label.fr
    assert rows[0]["unité"] == "part, de 0 à 1"
    values = [row["valeur"] for row in rows]
    assert any("," in value for value in values)
    assert not any("." in value for value in values)


def test_a_csv_that_goes_alone_says_what_its_outcomes_are(store: Store, tmp_path: Path) -> None:
    (label,) = store.labels()
    path = tmp_path / "rows.csv"
    export(store, Export(label, "csv", path, ("oriented_share",), is_alone=True))
    assert [one.name for one in tmp_path.iterdir()] == ["rows.csv"]
    with path.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first["definition"] == outcome_definition("oriented_share").definition.en


def test_parquet_keeps_the_codebook_and_the_manifest(store: Store, tmp_path: Path) -> None:
    (label,) = store.labels()
    path = tmp_path / "rows.parquet"
    count = export(store, Export(label, "parquet", path, is_total=True))
    table = pq.read_table(path)
    assert table.num_rows == count
    about = json.loads(table.schema.metadata[METADATA_KEY])
    assert about["manifest"]["experiment"] == label
    assert {"definition", "start", "unit"} <= set(about["codebook"]["outcomes"][0])


def test_a_workbook_has_values_as_numbers_and_no_formula(store: Store, tmp_path: Path) -> None:
    (label,) = store.labels()
    path = tmp_path / "rows.xlsx"
    count = export(store, Export(label, "xlsx", path, KEPT, is_total=True))
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheets/sheet" in name]
        names = book.read("xl/workbook.xml").decode()
    assert sheets[0].count("<row ") == count + 1
    assert not any("<f>" in sheet for sheet in sheets)
    assert "Definitions" in names
    assert "Provenance" in names


def test_an_export_without_rows_or_too_long_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (label,) = store.labels()
    with pytest.raises(InputError, match="no row"):
        export(store, Export(label, "csv", tmp_path / "a.csv", territories=("nowhere",)))
    monkeypatch.setattr("ui.reports.batch_export.MOST_ROWS", 10)
    with pytest.raises(InputError, match="csv or parquet"):
        export(store, Export(label, "xlsx", tmp_path / "a.xlsx"))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_commands_from_plan_to_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan_file(tmp_path, factors={})
    done = caseload("batch", "plan.yaml", "--check", "--json")
    assert json.loads(done.stdout)["runs"] == 6
    assert not (tmp_path / "runs").exists()
    done = caseload("batch", "plan.yaml", "--json")
    assert done.exit_code == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    assert record["tasks_done"] == record["tasks"] == 3
    again = json.loads(caseload("batch", "plan.yaml", "--json").stdout)
    assert again["tasks_found"] == again["tasks"] == 3
    former = caseload("batch", "plan.yaml", "--resume", "--out", "runs/experiments")
    assert former.exit_code == 0
    assert "--store" in former.stderr
    assert caseload("batch", "plan.yaml", "--store", "a", "--out", "b").exit_code == 2
    done = caseload("query", "select count(*) as n from totals", "--json")
    assert json.loads(done.stdout)["rows"][0]["n"] > 0
    done = caseload("results", "small", "--outcome", "exits_work")
    assert "somme_plus14" in done.stdout
    assert "from 2023-01 on" in done.stdout
    done = caseload("export", "--totals", "--out", "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").num_rows > 0
    done = caseload("export", "--format", "xlsx", "--totals", "--french")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / f"{record['experiment']}.xlsx").stat().st_size > 1000
    assert caseload("export", "--format", "ods").exit_code == 2
    packed = caseload("export", "--out", str(tmp_path / "rows.xlsx.gz"))
    assert packed.exit_code == 2
    assert "a name without .gz" in packed.stderr
    for name in ("rows.json", "rows"):
        unknown = caseload("export", "--out", str(tmp_path / name))
        assert unknown.exit_code == 2
        assert ".csv, .xlsx, .parquet, .csv.gz" in unknown.stderr
        assert not (tmp_path / name).exists()
    assert caseload("export", "--format", "csv", "--out", str(tmp_path / "rows.txt")).exit_code == 0
    named = caseload("export", "--totals", "--out", str(tmp_path / "rows.csv.gz"))
    assert named.exit_code == 0, "the codebook of rows.txt is the same"
    french = ("export", "--french", "--out", str(tmp_path / "rows.csv"))
    assert "codebook" in caseload(*french).stderr
    again = ("export", "--format", "xlsx", "--totals", "--french")
    refused = caseload(*again)
    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    assert caseload(*again, "--overwrite").exit_code == 0
    assert "caseload_households" in caseload("data", "describe").stdout


def test_a_bad_plan_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan_file(tmp_path, seeds={"n": 0}, monts=2)
    done = caseload("batch", "plan.yaml", "--json")
    assert done.exit_code == 2
    assert len(json.loads(done.stdout)["faults"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_the_whole_name_of_a_plan_goes_before_longer_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    labels = ["posts-96eeb9649a", "posts_and_delays-8d7a861cfe"]
    monkeypatch.setattr("sim.batch.summary.labels_of", lambda _: labels)
    store = Store(tmp_path)
    assert [label_of(store, name) for name in ("posts", "posts_", labels[0])] == [
        labels[0], labels[1], labels[0],
    ]  # fmt: skip
    with pytest.raises(InputError, match="fits 2 experiments"):
        label_of(store, "post")
