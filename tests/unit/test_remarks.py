"""What is accepted but unusual or without effect is told, and stays on the result."""

from __future__ import annotations

import pytest

from sim.parameters.plausible import plausible
from sim.policy import load_scenario, remarks, shipped_scenarios
from sim.policy.facts import departments_with_facts, page_of
from sim.policy.remarks import passed_over
from ui.reports.remarks import remark_text

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
COACHING = "territories.meuse.pathways.referent_coaching.coverage_share"
ALL_OF_THE_MEUSE = "meuse_scheme_100"
"""The one shipped scenario whose first pathway takes everybody, as its title says."""


PUBLISHED = "scheme_published"
"""The remark that points from a scheme to what was published of it."""


def test_only_the_scenario_that_means_it_has_a_remark() -> None:
    found = {name: remarks(load_scenario(name)) for name in shipped_scenarios()}
    told = {name for name, said in found.items() if {one.key for one in said} - {PUBLISHED}}
    assert told == {ALL_OF_THE_MEUSE}


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
    assert bounds.smallest_households == 2120.0
    assert not bounds.is_far_spending(95e6, 110e6)
    assert bounds.is_far_spending(95e6, 95e3)
    assert bounds.is_adults(1.17)
    assert not bounds.is_adults(1.01)
