"""What is read from a run for a page: outcomes over months, and the last day of the offices."""

from __future__ import annotations

import numpy as np
import pytest
from small_worlds import PILOT_ROW

from benchmarks.worlds import PILOT, pilot_alone
from sim.engine.run import RunResult, run_plan
from sim.experiments.experiment import Experiment, run_plan_of, timeline_of
from sim.experiments.page_answers import answer_page
from sim.observation import persons_per_fte, weekly_activity_hours
from sim.outcomes.table import outcome_over, outcomes_of
from sim.policy import Scenario, load_scenario
from sim.policy.facts import page_of
from sim.vocabulary import Support

MONTHS = 12
HOURS = 10.0
ROLE = "job_counsellor"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The pilot territory with hours of activity that nobody waits for, without follow-up."""
    hours = {
        "territories.*.pathways.*.activity_hours": HOURS,
        "territories.*.pathways.*.activity_ramp_days": 0,
    }
    return pilot_alone(load_scenario("somme_reference"), MONTHS).with_changes(hours)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> RunResult:
    return run_plan(run_plan_of(scenario), 1)


def test_an_outcome_over_the_whole_period_is_that_of_the_run(
    scenario: Scenario, result: RunResult
) -> None:
    whole = outcomes_of(result.ledger, timeline_of(scenario), since=3)
    for row, name in enumerate(whole.axes.outcomes):
        found = outcome_over(name, result.ledger, timeline_of(scenario), 3)
        assert np.array_equal(found, whole.whole[row], equal_nan=True), name


def test_months_of_a_flow_add_up_and_a_stock_is_that_of_its_end(
    scenario: Scenario, result: RunResult
) -> None:
    timeline = timeline_of(scenario)
    monthly = outcomes_of(result.ledger, timeline).frame()
    of_the_whole = monthly[(monthly["territory"] == "all") & (monthly["pathway"] == "all")]
    flow = of_the_whole[of_the_whole["outcome"] == "support_entries"]["value"].to_numpy()
    assert outcome_over("support_entries", result.ledger, timeline, 2, 6)[0, 0] == flow[2:6].sum()
    stock = of_the_whole[of_the_whole["outcome"] == "supported"]["value"].to_numpy()
    assert len(stock) == len(flow) + 1
    assert outcome_over("supported", result.ledger, timeline, 2, 6)[0, 0] == stock[6]


def test_portfolios_hold_those_who_have_that_caseworker(
    scenario: Scenario, result: RunResult
) -> None:
    base, people = scenario.base, result.last.people
    role = base.labels("roles").index(ROLE)
    rows = [
        row
        for row, post in enumerate(result.last.posts)
        if (post.territory, post.role) == (PILOT_ROW, role)
    ]
    is_supported = people["support"] == Support.SUPPORTED
    persons = int((np.isin(result.last.caseworkers, rows).any(axis=1) & is_supported).sum())
    fte = base.number(f"territories.{PILOT}.staff.{ROLE}.fte")
    assert persons > 100
    assert persons_per_fte(result.last, base, PILOT, ROLE) == pytest.approx(persons / fte)


def test_hours_of_activity_are_those_of_the_people_with_a_place(
    scenario: Scenario, result: RunResult
) -> None:
    people = result.last.people
    is_supported = people["support"] == Support.SUPPORTED
    share = float((people["activity_since"][is_supported] > 0).mean())
    assert 0.3 < share < 1.0
    in_force = scenario.parameters_on(scenario.end)
    found = weekly_activity_hours(result.last, in_force)
    assert found == pytest.approx(HOURS * share, abs=HOURS / is_supported.sum())
    assert weekly_activity_hours(result.last, in_force, PILOT) == pytest.approx(found, rel=0.01)


def test_a_page_is_read_from_the_part_that_runs_and_shows_the_whole_values() -> None:
    page = page_of("mayenne")
    written = load_scenario(page.scenario)
    experiment = Experiment((written.scaled(0.1).with_months(10),), replications=2)
    found = answer_page(page, experiment, written, workers=2)
    assert (found.finished, found.is_cancelled) == (2, False)
    assert [answer.fact for answer in found.answers] == page.facts
    by_figure = {figure: one for one in found.answers for figure in one.fact.figures}
    assert by_figure["F0054"].carried == ("department.stock_households = 3449",)
    (stock,) = by_figure["F0054"].reads
    assert 200 < stock.mean < 500
    assert stock.period == "end of 2023-10"
    interval = by_figure["F0058"].reads[0]
    assert interval.unit == "days"
    assert interval.period == "from 2023-10 on"
    assert interval.is_kept is (interval.mean <= 15)
