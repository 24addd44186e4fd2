"""Results and comparisons as tables: dates are dates, draw and seed are columns; short texts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.events import EventLog
from sim.experiments.comparison import compare
from sim.experiments.event_file import EventFile
from sim.experiments.event_page import COLUMNS
from sim.experiments.run_folder import write_run_folder
from sim.experiments.runner import Results
from sim.experiments.spell_codebook import RUN_COLUMNS
from sim.parameters.derivation.drawn import department_draws
from sim.vocabulary import Record
from tests.unit.test_run_folder import OUTCOME_COLUMNS, results


@pytest.fixture(scope="module")
def compared() -> Results:
    return results("somme_reference", "somme_plus14")


def test_outcomes_have_date_draw_and_seed(compared: Results) -> None:
    table = sim.outcome_table(compared)
    assert list(table.columns) == OUTCOME_COLUMNS
    assert table["date"].dtype.kind == "M"
    assert (table["date"].dt.strftime("%Y-%m") == table["month"].astype(str)).all()
    assert dict(zip(table["replication"], table["seed"], strict=True)) == {0: 5, 1: 1_000_008}
    assert table["draw"].isna().all()


def test_with_draws_each_row_has_its_own(compared: Results) -> None:
    experiment = dataclasses.replace(compared.experiment, draws=department_draws("somme"))
    table = sim.outcome_table(dataclasses.replace(compared, experiment=experiment))
    assert dict(zip(table["replication"], table["draw"], strict=True)) == {0: 0, 1: 1}


@pytest.mark.parametrize("is_drawn", [False, True])
def test_columns_of_a_run_are_of_one_kind_in_every_table(
    compared: Results, is_drawn: bool, tmp_path: Path
) -> None:
    draws = department_draws("somme") if is_drawn else None
    experiment = dataclasses.replace(compared.experiment, draws=draws)
    found = dataclasses.replace(compared, experiment=experiment)
    log = EventLog(np.array([[0, 1, int(Record.EXIT), 0, -1, 1, 0, 0]], dtype=np.int64))
    logged = dataclasses.replace(found.replications[1], logs=(log, log))
    file = EventFile(tmp_path, experiment)
    file.add(logged)
    events = file.close()
    assert events is not None
    write_run_folder(tmp_path / "run", found, "", {}, "", events)
    tables = {
        "outcomes": sim.outcome_table(found),
        "spells": sim.spell_table(experiment, logged),
        "kept outcomes": pd.read_parquet(tmp_path / "run" / "outcomes.parquet"),
        "kept events": pd.read_parquet(tmp_path / "run" / "events.parquet"),
    }
    for name, table in tables.items():
        kinds = [str(table[column].dtype) for column in ("replication", "draw", "seed")]
        assert kinds == ["int32", "Int32", "int64"], name
    kept = tables["kept events"]
    assert list(kept.columns) == [*RUN_COLUMNS, *COLUMNS]
    assert set(kept["replication"]) == {1}
    assert set(kept["seed"]) == {1_000_008}
    assert set(kept["draw"].dropna()) == ({1} if is_drawn else set())


def test_dates_are_datetimes_in_every_table(compared: Results, tmp_path: Path) -> None:
    """A kept file has days, which R reads as dates; the guide says how pandas does."""
    write_run_folder(tmp_path, compared, "", {}, "")
    kept = pd.read_parquet(tmp_path / "outcomes.parquet").astype({"date": "datetime64[ms]"})
    log = EventLog(np.array([[0, 1, int(Record.EXIT), 0, -1, 1, 0, 0]], dtype=np.int64))
    events = sim.event_table(log, compared.experiment.reference.base)
    assert sim.outcome_table(compared)["date"].equals(kept["date"])
    assert events["date"].dtype == kept["date"].dtype
    assert sim.comparison_table(compared)["date"].dtype == kept["date"].dtype
    assert events["date"][0] == pd.Timestamp("1960-01-01")


def test_a_comparison_is_a_table_of_its_rows(compared: Results) -> None:
    rows, table = compare(compared), sim.comparison_table(compared)
    assert len(table) == len(rows) > 0
    assert table["difference"].tolist() == [row.difference for row in rows]
    whole = table["month"] == "all"
    assert table.loc[whole, "date"].isna().all()
    assert table.loc[~whole, "date"].min() == pd.Timestamp("2022-12-01")
    alone = sim.comparison_table(results("somme_reference"))
    assert list(alone.columns) == list(table.columns)
    assert alone.empty


def test_texts_of_large_objects_are_short(compared: Results) -> None:
    scenario = compared.experiment.reference.scaled(0.5)
    assert repr(scenario) == (
        "Scenario(somme_reference: somme, 8 months from 2023-01-01, dated changes: 0, share 0.5)"
    )
    assert repr(compared) == (
        "Results(Experiment(somme_reference, somme_plus14; 2023-01 to 2023-08, seed 5): "
        "2 of 3 replications, 1.0 s)"
    )
    assert repr(compared.replications[1]) == "Replication(1, seed 1000008, 2 runs)"
    outcomes = compared.replications[1].outcomes[0]
    assert repr(outcomes) == f"Outcomes({len(outcomes.axes.outcomes)} outcomes, 2022-12 to 2023-08)"
    assert repr(scenario.base).startswith("Parameters(somme: ")
    assert repr(department_draws("somme")).startswith("Draws(somme: ")
