"""What is accepted but unusual or without effect is told, and stays on the result."""

from __future__ import annotations

from datetime import date

import pytest

from sim.language import Language
from sim.parameters.plausible import plausible
from sim.policy import Scenario, load_scenario, remarks, shipped_scenarios
from sim.policy.calling import calling
from sim.policy.facts import departments_with_facts, page_of
from sim.policy.remarks import passed_over
from ui.ages import day_text
from ui.reports.remarks import remark_text

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
COACHING = "territories.meuse.pathways.referent_coaching.coverage_share"
PILOT = "coquelicot"
PACE = f"territories.{PILOT}.convocation.calls_per_month"
WAVE = f"territories.{PILOT}.reassignment_wave"
CALLS_STOP = "calls_stop"
ALL_OF_THE_MEUSE = "meuse_scheme_100"
"""The one shipped scenario whose first pathway takes everybody, as its title says."""


PUBLISHED = "scheme_published"
"""The remark that points from a scheme to what was published of it."""


def test_only_the_scenario_that_means_it_has_a_remark() -> None:
    found = {name: remarks(load_scenario(name)) for name in shipped_scenarios()}
    told = {name for name, said in found.items() if {one.key for one in said} - {PUBLISHED}}
    other_unemployment = {name for name in found if load_scenario(name).unemployment_path}
    assert told == {ALL_OF_THE_MEUSE, *other_unemployment}


def test_schemes_and_what_extends_them_point_to_what_was_published() -> None:
    found = {name: remarks(load_scenario(name)) for name in shipped_scenarios()}
    told = {name for name, said in found.items() if PUBLISHED in {one.key for one in said}}
    schemes = {page_of(department).scenario for department in departments_with_facts()}
    assert schemes < told
    assert "somme_experiment_60" in told
    assert not told & {"somme_reference", "somme_plus14", "mayenne_reference"}


def test_a_value_outside_the_usual_range_is_accepted_with_a_remark() -> None:
    scenario = load_scenario("somme_reference").with_changes({POSTS: 80.0})
    (remark,) = remarks(scenario)
    assert POSTS in remark_text(remark, "en")
    assert "from 0 to 60 fte" in remark_text(remark, "en")
    assert "de 0 à 60 ETP" in remark_text(remark, "fr")


def test_sessions_that_receive_nobody_in_too_small_a_part_of_a_department_are_told() -> None:
    reference = load_scenario("somme_reference")
    assert not remarks(reference.scaled(0.05))
    pilot, other = remarks(reference.scaled(0.02))
    assert "Coquelicot–Haute-Somme" in remark_text(pilot, "fr")
    assert "45 minutes d’un entretien, mais 31" in remark_text(pilot, "fr")
    assert "sessions receive nobody" in remark_text(other, "en")


def test_a_change_after_the_end_is_told() -> None:
    scenario = load_scenario("somme_plus14")
    assert not remarks(scenario)
    short = scenario.with_months(1)
    assert any("never acts" in remark_text(one, "en") for one in remarks(short))


@pytest.mark.parametrize(("coverage", "is_starved"), [(0.99, False), (1.0, True)])
def test_a_pathway_behind_a_full_one_is_told(coverage: float, is_starved: bool) -> None:
    scenario = load_scenario("meuse_reference").with_changes({COACHING: coverage})
    parameters = scenario.parameters_on(scenario.start)
    expected = [("socio_professional", "referent_coaching")] if is_starved else []
    assert passed_over(parameters, "meuse") == expected
    assert bool(remarks(scenario)) == is_starved


def test_a_pathway_in_the_middle_gets_only_who_is_beyond_the_coverage_before_it() -> None:
    places = "territories.besancon.pathways"
    scenario = load_scenario("doubs_reference").with_changes(
        {
            f"{places}.competences_self_employed.coverage_share": 1.0,
            f"{places}.objectif_competences.coverage_share": 0.4,
        }
    )
    assert passed_over(scenario.parameters_on(scenario.start), "besancon") == []


def stopped(scenario: Scenario) -> date | None:
    """The day from which the pilot area calls nobody any more."""
    return next((one.stopped for one in calling(scenario) if one.territory == PILOT), None)


def paces(*steps: tuple[date, float]) -> Scenario:
    """The experiment, which calls people in from April 2023 on, with later paces."""
    scenario = load_scenario("somme_experiment")
    for day, pace in steps:
        scenario = scenario.with_changes({PACE: pace}, day)
    return scenario


AUTUMN, WINTER, SPRING = date(2023, 10, 2), date(2024, 1, 8), date(2024, 4, 1)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), None),
        (((AUTUMN, 60.0),), None),
        (((AUTUMN, 0.0),), AUTUMN),
        (((AUTUMN, 0.0), (WINTER, 0.0)), AUTUMN),
        (((AUTUMN, 0.0), (WINTER, 30.0)), None),
        (((AUTUMN, 0.0), (WINTER, 30.0), (SPRING, 0.0)), SPRING),
        (((date(2023, 4, 7), 0.0), (AUTUMN, 0.0)), None),
        (((date(2030, 1, 1), 0.0),), None),
    ],
    ids=["kept", "faster", "stopped", "restated", "resumed", "again", "no-wave", "too-late"],
)
def test_calls_that_stop_are_told_once(
    steps: tuple[tuple[date, float], ...], expected: date | None
) -> None:
    scenario = paces(*steps)
    assert stopped(scenario) == expected
    said = [one for one in remarks(scenario) if one.key == CALLS_STOP]
    assert len(said) == (expected is not None)


def test_calls_that_stop_name_the_place_the_day_and_what_to_do() -> None:
    (said,) = [one for one in remarks(paces((AUTUMN, 0.0))) if one.key == CALLS_STOP]
    base = load_scenario("somme_experiment").base
    advised: dict[Language, str] = {"en": "keep a pace until", "fr": "maintenez un rythme jusqu’à"}
    for language, advice in advised.items():
        written = remark_text(said, language)
        place = base.label_text("territories", PILOT, language)
        day = day_text(AUTUMN, language) if language == "fr" else str(AUTUMN)
        assert all(part in written for part in (day, place, advice, PACE))


def test_another_wave_without_a_pace_does_not_help_who_was_not_called() -> None:
    scenario = paces((AUTUMN, 0.0)).with_changes({WAVE: 2}, WINTER)
    assert stopped(scenario) == AUTUMN


def test_a_pace_without_a_wave_calls_nobody() -> None:
    scenario = load_scenario("somme_reference").with_changes({PACE: 30.0}, AUTUMN)
    assert stopped(scenario.with_changes({PACE: 0.0}, WINTER)) is None


def test_the_same_remark_on_two_scenarios_is_said_once() -> None:
    one = load_scenario("somme_reference").with_changes({POSTS: 80.0})
    assert remarks(one, one) == remarks(one)


@pytest.mark.parametrize(
    ("before", "after", "is_far"),
    [
        (19_730.0, 1_973.0, True),
        (1_973.0, 19_730.0, True),
        (19_730.0, 20_600.0, False),
        (16_000.0, 0.0, True),
        (0.0, 0.0, False),
        (10_000.0, 4_000.0, True),
        (60.0, 45.0, False),
    ],
)
def test_a_change_is_far_beyond_twice_the_largest_on_record(
    before: float, after: float, is_far: bool
) -> None:
    assert plausible().is_far_change(before, after) is is_far


def test_the_bounds_are_those_of_the_shipped_figures() -> None:
    bounds = plausible()
    assert bounds.monthly_change == pytest.approx(0.0465, abs=1e-4)
    assert bounds.smallest_households == 1180.0
    assert not bounds.is_far_spending(95e6, 110e6)
    assert bounds.is_far_spending(95e6, 95e3)
    assert bounds.is_adults(1.17)
    assert not bounds.is_adults(1.01)
