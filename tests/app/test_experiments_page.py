"""The experiments of the command line on the page Explore: list, months, files, empty state."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from app_worlds import page, scheme_study, shown

from sim.batch.manifest import read_manifest
from sim.batch.monthly import quantiles_by_month
from sim.batch.store import Store
from sim.errors import InputError
from tests.small_batches import rows_of, small_store
from ui.pages import explore_batches
from ui.spoken import text
from ui.work.batches import VARIABLE, batches, file_of, monthly, settings_of, store

pytestmark = pytest.mark.slow

HOUSEHOLDS = "caseload_households"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("experiments"))


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    explore_batches._batches.clear()


@pytest.fixture
def stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def test_an_empty_store_says_how_an_experiment_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    made = page("explore", scheme_study("somme"))
    assert not made.exception
    assert escape(text("batches.none")) in shown(made).replace("\u00a0", " ")
    assert explore_batches.COMMAND in [one.value for one in made.code]


@pytest.mark.slow
@pytest.mark.usefixtures("stored")
def test_an_experiment_says_what_it_was() -> None:
    (one,) = batches(store())
    assert one.title == "Des postes en plus"
    assert one.scenarios == ("somme_reference", "somme_plus14")
    assert one.factors == (("posts", "fte"), ("delay", "days"))
    assert (one.settings, one.seeds, one.runs, one.runs_done) == (4, 3, 24, 24)
    assert one.status == "complete"
    assert one.when is not None
    assert settings_of(one)[3] == (("delay", "45", "days"), ("posts", "100", "fte"))


def test_one_store_is_not_remembered_for_another(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    assert "batch" not in [one.key for one in page("explore", scheme_study("somme")).selectbox]
    monkeypatch.setenv(VARIABLE, str(folder))
    assert "batch" in [one.key for one in page("explore", scheme_study("somme")).selectbox]


def test_months_are_those_of_the_rows(stored: Path) -> None:
    (one,) = batches(store())
    found = monthly(one, HOUSEHOLDS, "all", 2)
    assert [line.scenario for line in found] == ["somme_reference", "somme_plus14"]
    rows = rows_of(stored)
    for line in found:
        for month, runs, mean, low, high in zip(
            line.months, line.runs, line.mean, line.low, line.high, strict=True
        ):
            values = rows[
                (rows["scenario"] == line.scenario)
                & (rows["setting"] == 2)
                & (rows["outcome"] == HOUSEHOLDS)
                & (rows["territory"] == "all")
                & (rows["pathway"] == "all")
                & (rows["month"] == month)
            ]["value"]
            assert runs == len(values) == 3
            expected = (values.mean(), *np.quantile(values, (0.1, 0.9)))
            assert (mean, low, high) == pytest.approx(expected)


def test_an_outcome_that_was_not_kept_is_refused(stored: Path) -> None:
    (one,) = batches(store())
    with pytest.raises(InputError, match="no month"):
        quantiles_by_month(Store(stored), one.label, "no_such_outcome")


@pytest.mark.usefixtures("stored")
def test_the_page_shows_the_list_the_months_and_the_files() -> None:
    made = page("explore", scheme_study("somme"))
    assert not made.exception
    said = shown(made)
    assert "Des postes en plus" in said
    assert text("batches.status_complete") in said
    assert "3 simulations par scénario" in said
    assert made.get("plotly_chart")[-1].proto.alt
    labels = [one.proto.label for one in made.get("download_button")]
    assert text("batches.csv") in labels
    assert text("batches.excel") in labels


@pytest.mark.slow
@pytest.mark.usefixtures("stored")
def test_files_hold_one_outcome_with_units_and_seeds() -> None:
    (one,) = batches(store())
    lines = file_of(one, "csv", HOUSEHOLDS, is_french=True).decode("utf-8-sig").splitlines()
    assert "graine" in lines[0].split(";")
    assert all(HOUSEHOLDS in line for line in lines[1:])
    book = openpyxl.load_workbook(io.BytesIO(file_of(one, "xlsx", HOUSEHOLDS, is_french=True)))
    assert book["Résultats"].max_row == len(lines)
    assert "Provenance" in book.sheetnames


@pytest.mark.slow
def test_a_damaged_experiment_is_named_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_store(tmp_path / "mine", seeds={"n": 1})
    victim = next(folder.glob("outcomes/*/*.parquet"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    monkeypatch.setenv(VARIABLE, str(folder))
    (one,) = batches(store())
    assert (one.status, one.damages) == ("damaged", (victim.name,))
    made = page("explore", scheme_study("somme"))
    assert not made.exception
    (told,) = (error.value for error in made.error)
    assert victim.name in told.replace("\\", "")
    assert "--resume" in told


@pytest.mark.slow
def test_an_unreadable_or_unfinished_experiment_does_not_hide_the_others(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stored
    folder = small_store(tmp_path / "mine", seeds={"n": 1})
    (label,) = Store(folder).labels()
    broken = Store(folder).folder("broken-0000000000")
    broken.mkdir()
    (broken / "manifest.json").write_text("{ not json", encoding="utf-8")
    for path in (Store(folder).folder(label) / "records").glob("*.json"):
        path.unlink()
    monkeypatch.setenv(VARIABLE, str(folder))
    assert read_manifest(Store(folder), "broken-0000000000") is None
    (one,) = batches(store())
    assert (one.label, one.status, one.runs_done) == (label, "partial", 0)
    made = page("explore", scheme_study("somme"))
    assert not made.exception
    assert text("batches.no_months") in [info.value for info in made.info]
    assert any("broken" in warning.value for warning in made.warning)
