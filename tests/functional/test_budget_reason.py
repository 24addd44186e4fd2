"""A budget carries the reason of a comparison, read in the runs that it prices."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.experiments.why import Need
from sim.language import Language
from sim.money.budget.table import budget_of
from sim.money.priced_runs import PricedRuns, priced_runs
from sim.policy import Scenario, load_scenario
from ui.cli.app import app
from ui.cli.budget_answer import BudgetAnswer, budget_record
from ui.reports.budget.workbook import Reasons, workbook_bytes
from ui.reports.why_words import explained, reason_text, shown_reasons

pytestmark = pytest.mark.slow

PILOT = "coquelicot"
POSTS = f"territories.{PILOT}.staff.job_counsellor.fte"
DRAWN = ({POSTS: 1.0}, {POSTS: 3.0})


def scenario(name: str) -> Scenario:
    return load_scenario(name).scaled(0.1).with_months(24)


@cache
def experiment() -> Experiment:
    both = (scenario("somme_reference"), scenario("somme_portfolios50"))
    return Experiment(both, seed=3, replications=2)


@cache
def runs() -> PricedRuns:
    return priced_runs(experiment(), workers=1)


def answer(of: PricedRuns) -> BudgetAnswer:
    return BudgetAnswer(budget_of(of), [], [], ())


def need(found: PricedRuns, position: int) -> Need:
    one = shown_reasons(found)[position]
    return next(
        each for each in one.needs if (each.limit, each.role) == ("places", "job_counsellor")
    )


def test_the_reason_is_that_of_the_comparison_with_the_same_seeds() -> None:
    compared = shown_reasons(run_experiment(experiment(), workers=1))
    assert [(one.position, one.territory) for one in compared] == [(0, PILOT), (1, PILOT)]
    assert answer(runs()).reasons == compared
    record = budget_record(answer(runs()), "", None)
    assert record["why"] == [one.record() for one in compared]


@pytest.mark.parametrize(
    ("language", "title", "reference", "part"),
    [
        ("fr", "Pourquoi : capacités", "Référence : ", "10,0 % du département"),
        ("en", "Why: capacity", "Reference: ", "10.0 % of the department"),
    ],
)
def test_before_and_after_are_told_in_the_words_of_the_comparison(
    language: Language, title: str, reference: str, part: str
) -> None:
    view = answer(runs()).shown(language)[-1]
    assert view.title.startswith(title)
    assert part in view.note
    before, after = view.rows
    assert before[0].startswith(reference)
    assert not after[0].startswith(reference)
    for row, one in zip(view.rows, answer(runs()).reasons, strict=True):
        told = reason_text(one, experiment().scenarios[one.position], language)
        assert row[-1].lower() == told.lower()
        assert row[-1][0].isupper()


def test_the_workbook_computes_every_limit() -> None:
    found = answer(runs())
    content = workbook_bytes(found.paper(""), (), Reasons(found.budget, found.reasons))
    sheets = [
        load_workbook(BytesIO(content), data_only=is_read)["Pourquoi"] for is_read in (False, True)
    ]
    formulas, values = (list(sheet.iter_rows(values_only=True)) for sheet in sheets)
    ratios = [row[8] for row in formulas if str(row[8]).startswith("=")]
    needs = [each for one in found.reasons for each in one.needs]
    assert len(ratios) == len(needs) > 4
    known = [row[8] for row in values if isinstance(row[8], float)]
    assert known == pytest.approx([each.ratio for each in needs], abs=1e-4)


def test_a_scenario_against_itself_says_nothing() -> None:
    small = scenario("somme_portfolios50")
    twice = Experiment((small, small), seed=3, replications=1)
    found = answer(priced_runs(twice, workers=1))
    assert found.reasons == ()
    assert not [view for view in found.shown() if view.title.startswith("Pourquoi")]
    assert shown_reasons(run_experiment(twice, workers=1)) == ()


def test_beside_another_scenario_only_the_twin_of_the_reference_is_left_out() -> None:
    reference, small = experiment().scenarios
    three = Experiment((reference, reference, small), seed=3, replications=1)
    found = shown_reasons(priced_runs(three, workers=1))
    assert [one.position for one in found] == [0, 2]
    assert explained(found, three) == found


def test_with_draws_posts_are_those_of_the_worlds_lived() -> None:
    """Draws are at the size of the whole department, of which a tenth is run."""
    drawn = priced_runs(experiment(), draws=DRAWN, workers=1)
    places = need(drawn, 0)
    assert places.units == pytest.approx(0.1 * (1.0 + 3.0) / 2)
    assert places.there == pytest.approx(places.units * places.each)
    assert need(runs(), 0).units == pytest.approx(0.22)


@pytest.mark.slow
def test_both_commands_give_the_same_object() -> None:
    common = ("--seed", "3", "--replications", "2", "--share", "0.1", "--workers", "1", "--json")
    both = ("somme_reference", "somme_portfolios50")
    asked = (
        ("budget", *both, *common, "--years", "2", "--no-draws"),
        ("compare", *both, *common, "--months", "24"),
    )
    priced, compared = (CliRunner().invoke(app, list(words)) for words in asked)
    assert priced.exit_code == compared.exit_code == 0
    reasons = [json.loads(one.output.strip().splitlines()[-1])["why"] for one in (priced, compared)]
    assert reasons[0] == reasons[1] != []
