"""Why a scheme that calls people in may meet those already on RSA less often than posts alone."""

from __future__ import annotations

from datetime import date

import pytest

from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.language import Language
from sim.policy import load_scenario, shipped_scenarios
from sim.policy.calling import calling
from ui.cli.tables import notes
from ui.reports.called_words import called_sentence
from ui.reports.summary_table import results_table

PILOT = "coquelicot"
WAITING = f"territories.{PILOT}.pathways.social.waiting_contact_days"


def test_the_shipped_schemes_that_call_people_in_are_known() -> None:
    found = {name: calling(load_scenario(name)) for name in shipped_scenarios()}
    somme = found["somme_experiment"]
    assert [(one.territory, one.since, one.stopped) for one in somme] == [
        (PILOT, date(2023, 4, 7), None)
    ]
    assert {name.partition("_")[0] for name, callings in found.items() if callings} == {
        "somme",
        "mayenne",
        "bouches",
    }
    for quiet in ("somme_reference", "somme_plus14", "meuse_scheme"):
        assert not found[quiet]


@pytest.mark.parametrize(
    ("language", "until", "than"),
    [
        ("fr", "un contact tous les 120 jours environ", "de simples postes supplémentaires"),
        ("en", "one contact in about 120 days", "with more posts alone"),
    ],
)
def test_the_sentence_names_the_scheme_the_place_and_the_days(
    language: Language, until: str, than: str
) -> None:
    scheme, posts = load_scenario("somme_experiment"), load_scenario("somme_plus14")
    said = called_sentence([posts, scheme], language)
    assert until in said
    assert than in said
    assert getattr(scheme.title, language) in said
    assert getattr(posts.title, language) not in said
    assert scheme.base.label_text("territories", PILOT, language) in said
    assert said.count(".") == 1
    assert called_sentence([scheme], language, PILOT) == said
    assert called_sentence([scheme], language, "rest") == ""
    assert called_sentence([posts], language) == ""


def test_the_days_are_those_in_force_when_the_calls_begin() -> None:
    scheme = load_scenario("somme_experiment")
    rarer = scheme.with_changes({WAITING: 180}, date(2023, 4, 1))
    assert "120 à 180 jours" in called_sentence([rarer], "fr")
    later = scheme.with_changes({WAITING: 180}, date(2023, 9, 1))
    assert "tous les 120 jours" in called_sentence([later], "fr")


@pytest.mark.parametrize(("name", "is_told"), [("somme_experiment", True), ("somme_plus14", False)])
def test_a_comparison_tells_it_beside_the_contacts(name: str, is_told: bool) -> None:
    scenarios = tuple(
        load_scenario(each).scaled(0.01).with_months(6) for each in ("somme_reference", name)
    )
    results = run_experiment(Experiment(scenarios, replications=1), workers=1)
    assert any("called in little by little" in note for note in notes(results)) is is_told
    assert ("convoquées peu à peu" in results_table(results)) is is_told
