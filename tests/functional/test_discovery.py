"""Results of a batch as the EMA workbench takes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.batch.beside_factors import factor_columns
from sim.batch.holdings import whole_holding
from sim.batch.summary import label_of, summarise
from sim.errors import InputError
from tests.small_batches import finished, plan_of, rows_of

pytestmark = pytest.mark.slow

OUTCOME = "caseload_households"
CONTACTS = "contacts_held"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("discovery")
    finished(plan_of(folder, draws=2), folder / "store")
    return folder / "store"


def test_rows_are_means_over_seeds_of_a_scenario_in_a_world(store: Path) -> None:
    experiments, outcomes = sim.discovery_tables([OUTCOME], store=store)
    assert len(experiments) == len(outcomes[OUTCOME]) == 2 * 4 * 2  # scenarios, settings, draws
    assert {"posts", "delay", "policy", "scenario", "model"} <= set(experiments)
    assert experiments["scenario"].nunique() == 8
    rows = rows_of(store)
    chosen = rows[(rows["outcome"] == OUTCOME) & (rows["month"] == "all")]
    chosen = chosen[(chosen["territory"] == "all") & (chosen["pathway"] == "all")]
    assert np.average(outcomes[OUTCOME]) == pytest.approx(chosen["value"].mean())


def test_a_difference_is_that_of_twins_and_follows_the_lever(store: Path) -> None:
    experiments, outcomes = sim.discovery_tables([OUTCOME], store=store, against="somme_reference")
    assert set(experiments["policy"]) == {"somme_plus14"}
    plain, levels = sim.discovery_tables([OUTCOME], store=store)
    by_row = plain.assign(value=levels[OUTCOME]).set_index(["scenario", "policy"])["value"]
    other = by_row.unstack("policy")
    expected = (other["somme_plus14"] - other["somme_reference"]).to_numpy()
    np.testing.assert_allclose(outcomes[OUTCOME], expected)


@pytest.mark.parametrize(
    ("outcomes", "options", "found"),
    [
        (["contact_held"], {}, "contact_held"),
        ([CONTACTS], {"territory": "atlantis"}, "atlantis"),
        ([CONTACTS], {"against": "somme_plus41"}, "somme_plus41"),
    ],
)
def test_what_is_not_there_is_refused(
    store: Path, outcomes: list[str], options: dict[str, str], found: str
) -> None:
    with pytest.raises(InputError, match=found):
        sim.discovery_tables(outcomes, store=store, **options)


def test_every_run_is_a_row_beside_its_factors_draw_seed_and_date(store: Path) -> None:
    table = sim.batch_table(store=store, outcomes=[CONTACTS])
    assert {"posts", "delay", "draw", "replication", "seed", "month", "date"} <= set(table)
    assert (table["date"].dt.strftime("%Y-%m") == table["month"].astype(str)).all()
    assert sorted(table["draw"].unique()) == [0, 1]
    rows = rows_of(store)
    rows = rows[(rows["outcome"] == CONTACTS) & (rows["month"] != "all")]
    assert len(table) == len(rows)
    assert table["value"].sum() == pytest.approx(rows["value"].sum())
    pd.testing.assert_frame_equal(table, sim.batch_table(store=store, outcomes=CONTACTS))
    alone = sim.batch_table(store=store, outcomes=CONTACTS, territories="coquelicot")
    assert set(alone["territory"]) == {"coquelicot"}
    whole = sim.batch_table(store=store, territories=["all"], is_total=True)
    assert not {"month", "date", "experiment"} & set(whole)
    with pytest.raises(InputError, match="contacts_held"):
        sim.batch_table(store=store, outcomes=["contact_held"])


def test_one_outcome_may_stand_without_a_list(store: Path) -> None:
    listed, alone = (sim.discovery_tables(one, store=store) for one in ([OUTCOME], OUTCOME))
    assert list(alone.outcomes) == [OUTCOME]
    assert (alone.outcomes[OUTCOME] == listed.outcomes[OUTCOME]).all()
    rows = sim.split_of_variance(store, outcomes=OUTCOME)
    assert {row.outcome for row in rows} == {OUTCOME}


def test_a_summary_is_that_of_the_command_beside_its_factors(store: Path) -> None:
    table = sim.batch_summary(store=store, outcomes=[OUTCOME])
    pd.testing.assert_frame_equal(table, sim.batch_summary(store=store, outcomes=OUTCOME))
    kept = sim.Store(store)
    rows = summarise(whole_holding(kept, label_of(kept, None)), [OUTCOME])
    assert table["mean"].tolist() == [row.mean for row in rows]
    assert set(zip(table["posts"], table["delay"], strict=True)) == {
        (posts, delay) for posts in (0, 100) for delay in (0, 45)
    }


def test_words_of_digits_stay_words_beside_a_summary() -> None:
    values = pd.DataFrame(
        {"setting": [0, 1], "factor": "who", "value": ["80", "02"], "number": [np.nan, np.nan]}
    )
    (column,) = factor_columns(pd.Series([1, 0, 1]), values)
    assert column.tolist() == ["02", "80", "02"]


def test_runs_without_twins_have_no_differences(tmp_path: Path) -> None:
    finished(plan_of(tmp_path, paired=False), tmp_path / "store")
    with pytest.raises(InputError, match="paired"):
        sim.discovery_tables([CONTACTS], store=tmp_path / "store", against="somme_reference")
