"""The bottleneck is computed: what is asked of places, time and sessions, and what is there."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Literal

import pytest

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Results, run_experiment
from sim.experiments.why import Need, Why, why
from sim.policy import load_scenario
from ui.reports.why_words import why_sentences

pytestmark = pytest.mark.slow

PILOT = "coquelicot"
OWN = f"territories.{PILOT}"
AMPLE = {
    f"{OWN}.intake.desks": 12,
    f"{OWN}.staff.job_counsellor.fte": 30.0,
    f"{OWN}.staff.social_worker.fte": 30.0,
}


@cache
def results() -> Results:
    """Smaller portfolios, the same with ample staff and desks from the start, and the reference."""
    small = load_scenario("somme_portfolios50").with_months(18)
    reference = load_scenario("somme_reference").with_months(18)
    return run_experiment(Experiment((reference, small), 3, 2))


def found(position: int) -> Why:
    return why(results(), (PILOT,))[position]


def need(one: Why, limit: str, role: str = "") -> Need:
    return next(need for need in one.needs if (need.limit, need.role) == (limit, role))


@pytest.mark.slow
def test_places_are_posts_times_portfolio_and_smaller_portfolios_make_them_the_bottleneck() -> None:
    small = found(1)
    places = need(small, "places", "job_counsellor")
    assert places.units == pytest.approx(2.2)
    assert places.each == 50.0
    assert places.there == pytest.approx(110.0)
    assert places.asked > 2 * places.there
    assert small.bottleneck == places
    assert small.needs == tuple(sorted(small.needs, key=lambda one: -one.ratio))


def test_who_asks_is_who_is_supported_or_waits() -> None:
    outcomes = [one.outcomes[1] for one in results().replications]
    months = outcomes[0].axes.months[-12:]
    asked = sum(
        float(run.values[run.axes.place(name, PILOT, month)[:3]][run.axes.pathways.index(way)])
        for run in outcomes
        for month in months
        for name in ("supported", "waiting_for_caseworker")
        for way in ("employment",)
    ) / (len(outcomes) * len(months))
    assert need(found(1), "places", "job_counsellor").asked == pytest.approx(asked)


@pytest.mark.slow
def test_nothing_is_short_where_everything_is_ample() -> None:
    ample = load_scenario("somme_reference").with_variant(AMPLE).with_months(18)
    made = run_experiment(Experiment((ample,), 3, 1))
    (one,) = why(made, (PILOT,))
    assert one.bottleneck is None
    assert all(need.ratio < 1.0 for need in one.needs)
    (sentence,) = why_sentences((one,), made.experiment, "fr")
    assert "aucune capacité ne manque" in sentence


def test_the_reason_is_a_sentence_in_both_languages() -> None:
    (french,) = why_sentences((found(1),), results().experiment, "fr")
    assert "2,2 postes × 50 = 110 places pour" in french
    (english,) = why_sentences((found(1),), results().experiment, "en")
    assert "2.2 posts × 50 = 110 places for" in english


@pytest.mark.parametrize(
    ("units", "french", "english"),
    [(1.0, "1,0 poste ×", "1.0 post ×"), (1.5, "1,5 poste ×", "1.5 posts ×")],
)
def test_the_noun_follows_its_number(units: float, french: str, english: str) -> None:
    places = need(found(1), "places", "job_counsellor")
    few = replace(found(1), needs=(replace(places, units=units),))
    assert french in why_sentences((few,), results().experiment, "fr")[0]
    assert english in why_sentences((few,), results().experiment, "en")[0]


@pytest.mark.parametrize(("limit", "unit"), [("time", "minutes par mois"), ("sessions", "bureau")])
def test_every_limit_has_its_sentence(limit: Literal["time", "sessions"], unit: str) -> None:
    role = "job_counsellor" if limit == "time" else ""
    short = Need(limit, PILOT, role, ("employment",) if role else (), 300.0, 120.0, 1.0, 120.0)
    (sentence,) = why_sentences((replace(found(1), needs=(short,)),), results().experiment, "fr")
    assert unit in sentence
    assert "300" in sentence
    assert "120" in sentence


def test_reasons_are_written_and_read_back() -> None:
    record = json.loads(json.dumps(found(1).record()))
    assert Why.of(record) == found(1)
    assert record["bottleneck"] == "places"


@pytest.mark.slow
def test_a_role_that_is_asked_for_and_has_no_post_is_the_bottleneck() -> None:
    nobody = {f"{OWN}.staff.job_counsellor.fte": 0.0, f"{OWN}.intake.desks": 12}
    bare = load_scenario("somme_reference").with_variant(nobody).with_months(12)
    made = run_experiment(Experiment((bare,), 3, 1))
    (one,) = why(made, (PILOT,))
    assert one.bottleneck is not None
    assert (one.bottleneck.limit, one.bottleneck.role) == ("places", "job_counsellor")
    assert one.bottleneck.there == 0.0


@pytest.mark.slow
def test_those_supported_ask_where_nobody_new_is_oriented() -> None:
    closed = load_scenario("somme_reference").with_variant({f"{OWN}.intake.desks": 0})
    (one,) = why(run_experiment(Experiment((closed.with_months(3),), 3, 1)), (PILOT,))
    limits = {(need.limit, need.role) for need in one.needs}
    assert {("places", "social_worker"), ("time", "social_worker")} <= limits
    assert need(one, "places", "social_worker").asked > 100.0
