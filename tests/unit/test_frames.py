"""Results and comparisons as tables: dates are dates, draw and seed are columns; short texts."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

import sim
from sim.experiments.comparison import compare
from sim.experiments.runner import Results
from sim.parameters.derivation.drawn import department_draws
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
