"""Batches whose runs share people and luck, and batches whose runs do not: what is said of each."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from scipy import stats
from typer.testing import CliRunner

from sim.batch.holdings import whole_holding
from sim.batch.reading import read_batch_plan
from sim.batch.store import Store
from sim.batch.summary import meaning, summarise
from sim.batch.variance import split_of_variance
from sim.errors import InputError
from sim.experiments.variance import split_variance
from sim.outcomes.table import ALL
from sim.parameters.draws import Draws
from sim.search import find_outcome, make_study
from tests.small_batches import finished, plan_file, plan_of, rows_of
from ui.cli.app import app
from ui.reports.batch_export import METADATA_KEY, Export, export

HOUSEHOLDS = "caseload_households"
KEEP = {"outcomes": [HOUSEHOLDS, "exits_work"], "pathways": False, "detail": "whole"}
SMALL = {"factors": {}, "months": 1, "keep": KEEP}


def two_draws(_department: str) -> Draws:
    path = "job_finding.decline_after_30"
    return Draws("somme", (path,), np.array([[0.05], [0.2]]), "fit", {path: "assumption"})


def store_of(folder: Path, *, paired: bool, draws: int) -> tuple[Store, str]:
    """A small finished experiment, and its label."""
    file = plan_file(folder, **SMALL, paired=paired, draws=draws, seeds={"n": 4, "first": 7})
    plan = read_batch_plan(file, two_draws)
    finished(plan, folder / "store")
    return Store(folder / "store"), plan.label


@pytest.fixture(scope="module")
def paired(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    return store_of(tmp_path_factory.mktemp("paired"), paired=True, draws=2)


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    return store_of(tmp_path_factory.mktemp("apart"), paired=False, draws=2)


@pytest.fixture(scope="module")
def apart_without_draws(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    return store_of(tmp_path_factory.mktemp("plain"), paired=False, draws=0)


def caseload(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def households(store: Store) -> pd.DataFrame:
    """The caseload at the end of every run, by scenario, draw and replication."""
    rows = rows_of(store.root)
    return rows[(rows["outcome"] == HOUSEHOLDS) & (rows["territory"] == ALL)]


@pytest.mark.slow
def test_every_run_of_a_plan_without_pairing_has_a_seed_of_its_own(
    apart: tuple[Store, str], paired: tuple[Store, str]
) -> None:
    runs = households(apart[0])
    assert runs["seed"].nunique() == len(runs) == 16
    runs = households(paired[0])
    assert runs["seed"].nunique() == 4


@pytest.mark.parametrize("kind", ["paired", "apart"])
def test_the_design_of_the_split_is_read_from_the_seeds(
    kind: str, request: pytest.FixtureRequest
) -> None:
    store, label = request.getfixturevalue(kind)
    rows = split_of_variance(store, label, [HOUSEHOLDS])
    begun = split_of_variance(str(store.root), label.rpartition("-")[0], HOUSEHOLDS)
    assert begun == split_of_variance(store.root, None, [HOUSEHOLDS]) == rows
    runs = households(store)
    tables = {
        name: group.pivot(index="draw", columns="replication", values="value").to_numpy()
        for name, group in runs.groupby("scenario")
    }
    design = "crossed" if kind == "paired" else "nested"
    for row in rows[:2]:
        assert row.split == split_variance(tables[row.scenario], design)  # type: ignore[arg-type]
    assert [row.is_difference for row in rows] == [False, False, *[True] * (kind == "paired")]


def test_a_split_needs_draws_and_seeds(apart_without_draws: tuple[Store, str]) -> None:
    store, label = apart_without_draws
    with pytest.raises(InputError, match="draws"):
        split_of_variance(store, label)
    assert caseload("variance", "--store", store.root).exit_code == 2


@pytest.mark.slow
def test_without_an_interval_draws_are_counted_and_not_runs(
    paired: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    store, label = paired
    # Two draws under four seeds each; in one month the scenarios do not differ.
    words = ("results", label, "--store", store.root, "--outcome", HOUSEHOLDS)
    assert "the same in all 2 draws" in caseload("--lang", "en", *words).stdout
    assert "identique dans les 2 tirages" in caseload("--lang", "fr", *words).stdout


@pytest.mark.slow
def test_values_of_factors_are_written_as_the_language_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    factors = {
        "lost": {"path": "effects.displacement_share", "range": {"low": 0.1, "high": 0.9}},
        "delay": {"path": "staffing.recruitment_delay_days", "values": [45]},
    }
    sample = {"method": "sobol", "size": 2}
    plan = plan_of(tmp_path, **{**SMALL, "factors": factors, "sample": sample, "seeds": {"n": 1}})
    finished(plan, tmp_path / "store")
    words = ("results", plan.label, "--store", tmp_path / "store", "--outcome", HOUSEHOLDS)
    for language, point in (("en", "."), ("fr", ",")):
        done = caseload("--lang", language, *words)
        assert done.exit_code == 0, done.output
        lines = done.stdout.splitlines()
        told = [line.split()[2] for line in lines if "lost" in line]
        assert told == [f"{setting['lost']:.6g}".replace(".", point) for setting in plan.settings]
        assert {line.split()[2] for line in lines if "delay" in line} == {"45"}


@pytest.mark.slow
def test_the_command_tells_the_split(paired: tuple[Store, str]) -> None:
    store, label = paired
    done = caseload("variance", "--store", store.root, "--outcome", HOUSEHOLDS, "--json")
    record = json.loads(done.stdout)
    assert record["experiment"] == label
    assert record["rows"][0]["split"]["design"] == "crossed"
    assert 0.0 <= record["rows"][0]["share_of_parameters"] <= 1.0
    done = caseload("variance", "--store", store.root)
    assert done.exit_code == 0, done.stderr
    assert "Parameters" in done.stdout


def test_independent_samples_have_the_interval_of_welch(
    apart_without_draws: tuple[Store, str],
) -> None:
    store, label = apart_without_draws
    runs = households(store)
    before, after = (
        runs[runs["scenario"] == name]["value"].to_numpy()
        for name in ("somme_reference", "somme_plus14")
    )
    expected = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.90)
    (row,) = (
        row
        for row in summarise(whole_holding(store, label), [HOUSEHOLDS])
        if row.scenario == "somme_plus14"
    )
    assert row.difference == pytest.approx(after.mean() - before.mean())
    assert (row.difference_low, row.difference_high) == pytest.approx((expected.low, expected.high))


def test_draws_of_independent_runs_are_compared_by_their_means(apart: tuple[Store, str]) -> None:
    store, label = apart
    means = households(store).groupby(["scenario", "draw"])["value"].mean()
    gaps = means["somme_plus14"] - means["somme_reference"]
    row = summarise(whole_holding(store, label), [HOUSEHOLDS])[1]
    assert row.difference == pytest.approx(gaps.mean())
    assert (row.difference_low, row.difference_high) == pytest.approx(
        tuple(np.quantile(gaps, [0.05, 0.95]))
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["apart", "apart_without_draws"])
def test_what_is_not_paired_is_never_called_so(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    store, label = request.getfixturevalue(kind)
    assert meaning(whole_holding(store, label)).key.endswith("_apart")
    assert "of its own" in caseload("results", label, "--store", store.root).stdout.replace(
        "\n", " "
    )
    export(store, Export(label, "parquet", tmp_path / "a.parquet", is_total=True))
    metadata = pq.read_schema(tmp_path / "a.parquet").metadata[METADATA_KEY]
    assert json.loads(metadata)["design"].startswith("independent samples")
    export(store, Export(label, "xlsx", tmp_path / "a.xlsx", is_total=True, is_french=True))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    about = dict(book["Provenance"].iter_rows(values_only=True))  # type: ignore[arg-type]
    assert str(about["plan"]).startswith("échantillons indépendants")
    export(store, Export(label, "csv", tmp_path / "a.csv", is_total=True))
    assert (pd.read_csv(tmp_path / "a.csv")["design"].str.contains("of its own")).all()


@pytest.mark.slow
def test_a_half_done_experiment_says_how_much_of_it_is_there(tmp_path: Path) -> None:
    store, label = store_of(tmp_path, paired=True, draws=0)
    chunk = store.chunk_names(label)[-1]
    store.record_path(label, chunk).unlink()
    holding = whole_holding(store, label)
    assert (holding.runs_done, holding.runs) == (6, 8)
    assert "6 of 8 runs" in caseload("results", label, "--store", store.root).stdout
    done = caseload("query", "from totals", "--csv", "--store", store.root)
    assert "6 of 8 runs" in done.stderr
    assert "6 of 8 runs" not in done.stdout
    for kind in ("csv", "xlsx"):
        path = tmp_path / f"a.{kind}"
        done = caseload(
            "export", "--totals", "--out", path, "--format", kind, "--store", store.root
        )
        assert "6 of 8 runs" in done.stdout
    rows = pd.read_csv(tmp_path / "a.csv")
    assert set(rows["runs_done"]) == {"6 of 8 runs"}
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    about = dict(book["Provenance"].iter_rows(values_only=True))  # type: ignore[arg-type]
    assert about["runs_done"] == "6 of 8 runs"
    assert about["runs"] == 8


def test_a_precision_needs_pairing(tmp_path: Path) -> None:
    seeds = {"n": 9, "precision": f"{HOUSEHOLDS}=5"}
    with pytest.raises(InputError, match="paired: false"):
        plan_of(tmp_path, **SMALL, paired=False, seeds=seeds)


def test_a_study_needs_pairing_and_says_what_has_no_range(tmp_path: Path) -> None:
    path = "staffing.recruitment_delay_days"
    (tmp_path / "points.csv").write_text("lost\n0.1\n0.2\n", encoding="utf-8")
    plan = plan_of(
        tmp_path,
        factors={
            "lost": {"path": "effects.displacement_share"},
            "delay": {"path": path, "range": {"low": 0, "high": 90}},
        },
        points="points.csv",
        sample={"method": "sobol", "size": 2},
        scenarios=["somme_reference"],
        paired=False,
    )
    outcome = find_outcome(HOUSEHOLDS, plan.experiment.reference.base)
    with pytest.raises(InputError, match=r"points of a file: lost(.|\n)*paired: true"):
        make_study(plan, outcome, ALL, "morris", 4)
