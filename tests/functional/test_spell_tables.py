"""Spells of a log: their survival is what the run publishes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import sim
from sim.errors import InputError
from sim.events import EventLog
from sim.experiments.event_page import EXAMPLE
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Replication, run_experiment
from sim.experiments.spell_codebook import COLUMNS, SPELLS
from sim.experiments.spell_table import spells_of
from sim.outcomes.table import Outcomes
from sim.policy import load_scenario
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

MONTHS = 20
EXACT = 1e-12


@pytest.fixture(scope="module")
def logged() -> tuple[Experiment, Replication]:
    """A run of a twentieth of the Somme with its log."""
    scenario = load_scenario("somme_reference").scaled(0.05).with_months(MONTHS)
    experiment = Experiment((scenario,), seed=3, replications=1)
    found: list[Replication] = []
    run_experiment(experiment, workers=1, is_logging=True, on_finished=found.append)
    return experiment, found[0]


@pytest.fixture(scope="module")
def spells(logged: tuple[Experiment, Replication]) -> pd.DataFrame:
    return sim.spell_table(*logged)


@pytest.fixture(scope="module")
def outcomes(logged: tuple[Experiment, Replication]) -> Outcomes:
    return logged[1].outcomes[0]


def of_cohorts(spells: pd.DataFrame, spell: str, outcomes: Outcomes, outcome: str) -> pd.DataFrame:
    """The spells of the cohorts that an outcome counts over the whole period."""
    first, last = outcomes.period(outcome).split(" to ")
    month = spells["start"].dt.strftime("%Y-%m")
    rows: pd.DataFrame = spells[(spells["spell"] == spell) & month.between(first, last)]
    return rows


def survival(rows: pd.DataFrame) -> np.ndarray:
    return sim.kaplan_meier(rows["days"], rows["censored"])


def incidence(rows: pd.DataFrame, reason: str) -> np.ndarray:
    return sim.cumulative_incidence(rows["days"], rows["censored"], rows["reason"], reason)


def test_dates_are_dates_and_each_row_knows_its_run(
    logged: tuple[Experiment, Replication], spells: pd.DataFrame
) -> None:
    assert list(spells.columns) == list(COLUMNS)
    assert spells["start"].dtype.kind == spells["end"].dtype.kind == "M"
    assert set(spells["seed"]) == {3}
    assert spells["draw"].isna().all()
    assert set(spells["spell"]) == set(SPELLS)
    assert ((spells["end"] - spells["start"]).dt.days == spells["days"]).all()
    assert (spells["reason"].isna() == spells["censored"]).all()
    assert spells["start"].min() >= pd.Timestamp(logged[0].reference.start)
    assert spells["end"].max() == pd.Timestamp(logged[0].reference.end)
    table = sim.arrow_spells(*logged, "rsa")
    assert table.schema.field("start").type == pa.date32()
    assert table.schema.field("end").metadata[b"meaning"].decode() == COLUMNS["end"]
    assert table.num_rows == (spells["spell"] == "rsa").sum()


@pytest.mark.parametrize(
    ("spell", "outcome", "days"),
    [
        ("first_job", "job_rate_3m", 91),
        ("first_job", "job_rate_6m", 182),
        ("first_job", "job_rate_12m", 365),
        ("first_durable_job", "durable_job_rate_6m", 182),
        ("first_durable_job", "durable_job_rate_12m", 365),
    ],
)
def test_kaplan_meier_of_first_jobs_is_the_published_rate(
    spells: pd.DataFrame, outcomes: Outcomes, spell: str, outcome: str, days: int
) -> None:
    rows = of_cohorts(spells, spell, outcomes, outcome)
    assert len(rows) > 100
    assert abs(1.0 - survival(rows)[days] - outcomes.one(outcome)) < EXACT


@pytest.mark.parametrize(
    ("spell", "reason", "outcome", "days"),
    [
        ("wait_for_orientation", "oriented", "oriented_within_15_days_share", 15),
        ("wait_for_orientation", "oriented", "oriented_within_42_days_share", 42),
        ("wait_for_caseworker", "support_started", "support_started_within_15_days_share", 15),
        ("wait_for_caseworker", "support_started", "support_started_within_42_days_share", 42),
        ("job", "contract_rupture", "ruptures_within_3m_share", 91),
        ("job", "contract_rupture", "ruptures_within_12m_share", 365),
    ],
)
def test_cumulative_incidence_is_the_published_share(
    spells: pd.DataFrame, outcomes: Outcomes, spell: str, reason: str, outcome: str, days: int
) -> None:
    rows = of_cohorts(spells, spell, outcomes, outcome)
    assert len(rows) > 100
    assert abs(incidence(rows, reason)[days] - outcomes.one(outcome)) < EXACT


@pytest.mark.parametrize("wait", ["wait_for_orientation", "wait_for_caseworker"])
def test_the_area_below_kaplan_meier_is_the_published_mean_wait(
    spells: pd.DataFrame, outcomes: Outcomes, wait: str
) -> None:
    rows = of_cohorts(spells, wait, outcomes, f"{wait}_days_mean")
    curve = survival(rows)
    curve = np.concatenate([curve, np.full(max(180 - len(curve), 0), curve[-1])])[:180]
    assert abs(curve.sum() - outcomes.one(f"{wait}_days_mean")) < 1e-9


def test_exits_of_spells_and_their_incidence_add_up(
    logged: tuple[Experiment, Replication], spells: pd.DataFrame, outcomes: Outcomes
) -> None:
    rows = spells[spells["spell"] == "rsa"]
    assert len(rows) == outcomes.one("first_entries") + outcomes.one("reentries")
    reasons = set(rows["reason"].dropna())
    assert len(reasons) > 3
    experiment, replication = logged
    events = sim.event_table(replication.logs[0], experiment.reference.base)
    exits = events[(events["record"] == "exit")]
    begun_before = exits[exits["origin"] < day_number(experiment.reference.start)]
    for reason in set(exits["detail_name"]):
        of_spells = (rows["reason"] == reason).sum()
        of_others = (begun_before["detail_name"] == reason).sum()
        assert of_spells + of_others == outcomes.one(f"exits_{reason}")
    total = sum(incidence(rows, reason) for reason in reasons) + survival(rows)
    assert np.abs(total - 1.0).max() < EXACT


def test_curves_of_a_worked_example() -> None:
    """Five spells: ends on days 1 (a), 2 (b), 2 (a); one censored on day 2, one on day 3."""
    days, censored = [1, 2, 2, 2, 3], [False, False, False, True, True]
    reasons = ["a", "b", "a", None, None]
    assert np.allclose(sim.kaplan_meier(days, censored), [1.0, 0.8, 0.4, 0.4])
    of_a = sim.cumulative_incidence(days, censored, reasons, "a")
    assert np.allclose(of_a, [0.0, 0.2, 0.4, 0.4])
    with pytest.raises(ValueError, match="no spell"):
        sim.kaplan_meier([], [])


@pytest.mark.parametrize(
    ("days", "censored", "said"),
    [
        ([1.9, 2.0], [False, False], "not 1.9"),
        ([1, -2], [False, False], "not -2"),
        ([1, float("nan")], [False, False], "not nan"),
        ([1, 2, 3], [False, True], "censored has 2 values for 3 days"),
    ],
)
def test_what_are_no_days_of_spells_is_refused(
    days: list[float], censored: list[bool], said: str
) -> None:
    reasons = ["a"] * len(days)
    with pytest.raises(ValueError, match=said):
        sim.kaplan_meier(days, censored)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=said):
        sim.cumulative_incidence(days, censored, reasons, "a")  # type: ignore[arg-type]


def test_a_reason_that_no_spell_can_have_is_refused() -> None:
    days, censored = [1.0, 2.0], [False, True]
    with pytest.raises(ValueError, match="'wrok'; reasons are work"):
        sim.cumulative_incidence(days, censored, ["work", None], "wrok")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="reasons has 1 values for 2 days"):
        sim.cumulative_incidence(days, censored, ["work"], "work")  # type: ignore[arg-type]
    # None ended for it, but some could have: nothing is a result.
    column = pd.Series(pd.Categorical(["work", None], categories=["work", "moved_away"]))
    assert not sim.cumulative_incidence(days, censored, column, "moved_away").any()  # type: ignore[arg-type]


def test_what_is_not_there_is_refused(logged: tuple[Experiment, Replication]) -> None:
    experiment, replication = logged
    with pytest.raises(InputError, match="wait_for_caseworker"):
        sim.spell_table(experiment, replication, "waiting")
    bare = Replication(0, 3, replication.outcomes, (), 0.0)
    with pytest.raises(InputError, match="is_logging"):
        sim.spell_table(experiment, bare)


def test_a_cohort_is_followed_until_its_person_queues_again(
    logged: tuple[Experiment, Replication],
) -> None:
    scenario = logged[0].reference
    first = day_number(scenario.start)
    written = [(Record.COHORT_ENTERED, 3, 7), (Record.COHORT_ENTERED, 3, 9)]
    written += [(Record.REASSIGNED, 40, 9), (Record.FIRST_JOB_SINCE_SUPPORT, 50, 7)]
    rows = [
        [(first + day) * MINUTES_PER_DAY, who, int(record), 0, 0, 0, day - 3, first + 3]
        for record, day, who in written
    ]
    table = spells_of(EventLog(np.array(rows)), scenario, ("first_job",)).to_pandas()
    assert table["person"].tolist() == [7, 9]
    assert table["days"].tolist() == [47, 37]
    assert table["censored"].tolist() == [False, True]
    nobody = spells_of(EventLog(np.empty((0, 8), np.int64)), scenario, tuple(SPELLS))
    assert nobody.num_rows == 0


def test_the_page_runs_as_it_stands() -> None:
    names: dict[str, np.ndarray] = {}
    exec(EXAMPLE, names)
    curve = names["without_job"]
    assert curve[0] <= 1.0
    assert (np.diff(curve) <= 0.0).all()
