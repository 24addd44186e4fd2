"""Levers and targets as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import InputError
from sim.outcomes.definitions import outcome_definition
from sim.parameters import Parameters
from sim.policy import Scenario, load_scenario
from sim.search.factors import plan_of_factors
from sim.search.naming import SoughtLever, find_lever, find_outcome, find_target
from sim.search.precision import read_precision
from sim.search.question import ask
from sim.search.simulations import long_enough

PRESENT = "territories.coquelicot.staff"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("somme_reference")


def lever(scenario: Scenario, text: str, between: str | None = None) -> SoughtLever:
    return find_lever(text, scenario, scenario.base, between)


def test_posts_of_several_roles_are_one_total_divided_as_they_are(scenario: Scenario) -> None:
    found = lever(scenario, "staff.fte[coquelicot]")
    now = [scenario.base.number(path) for path in found.paths]
    assert len(now) == len(scenario.base.labels("roles"))
    assert found.present == pytest.approx(sum(now))
    values = found.values(2.0 * sum(now))
    assert [values[path] for path in found.paths] == pytest.approx([2.0 * one for one in now])
    assert found.territory == "coquelicot"
    assert found.label["fr"] == "Postes en place, tous métiers"


def test_the_price_of_a_divided_lever_is_that_of_its_parts(scenario: Scenario) -> None:
    found = lever(scenario, "staff_fte[coquelicot]")
    roles = scenario.base.labels("roles")
    prices = [scenario.base.number(f"roles.{role}.loaded_cost_eur_per_year") for role in roles]
    assert found.price_eur_per_year == pytest.approx(
        sum(price * share for price, share in zip(prices, found.shares, strict=True))
    )


def test_posts_that_are_not_there_yet_are_divided_equally(scenario: Scenario) -> None:
    found = lever(scenario, "additional_fte[coquelicot]")
    assert len(set(found.shares)) == 1
    assert sum(found.values(7.0).values()) == pytest.approx(7.0)


def test_rules_take_the_same_value_everywhere(scenario: Scenario) -> None:
    found = lever(scenario, "portfolio_cap[coquelicot]")
    assert set(found.values(80.0).values()) == {80.0}
    assert found.present == 115.0 or found.present is None


@pytest.mark.parametrize(
    "text",
    [
        "desks[coquelicot]",
        "intake.desks[ coquelicot ]",
        "intake_desks[coquelicot]",
        "territories.coquelicot.intake.desks",
    ],
)
def test_a_lever_has_several_names(scenario: Scenario, text: str) -> None:
    found = lever(scenario, text)
    assert found.paths == ("territories.coquelicot.intake.desks",)
    assert found.is_whole
    assert found.bounds.step == 1.0
    value = found.values(3.0)[found.paths[0]]
    assert isinstance(value, int)


def test_whole_things_are_divided_without_a_rest(scenario: Scenario) -> None:
    found = lever(scenario, "intake.desks")
    assert found.is_divided
    for total in range(3, 12):
        values = found.values(float(total)).values()
        assert sum(values) == total
        assert all(isinstance(value, int) for value in values)


def test_bounds_may_be_narrowed(scenario: Scenario) -> None:
    bounds = lever(scenario, "staff.fte[coquelicot]", "2:12.5").bounds
    assert (bounds.low, bounds.high) == (2.0, 12.5)
    assert bounds.value(bounds.last) == 12.5


@pytest.mark.parametrize(
    ("text", "between", "hint"),
    [
        ("staff.ftes[coquelicot]", None, "staff_fte"),
        ("staff.fte[coquelico]", None, "coquelicot"),
        ("staff.fte[", None, "labels between brackets"),
        ("uprating", None, "a lever with one value"),
        ("staff.fte[coquelicot]", "9:2", "a lowest and a higher value"),
        ("staff.fte[coquelicot]", "two", "a lowest and a higher value"),
    ],
)
def test_a_wrong_lever_is_refused_with_the_nearest_names(
    scenario: Scenario, text: str, between: str | None, hint: str
) -> None:
    with pytest.raises(InputError) as refused:
        lever(scenario, text, between)
    assert hint in str(refused.value)


def test_an_outcome_may_leave_out_words(somme: Parameters) -> None:
    found = find_outcome("wait_for_orientation_mean[coquelicot]", somme)
    assert found.definition.name == "wait_for_orientation_days_mean"
    assert found.territory == "coquelicot"
    assert find_outcome("job_rate_6m", somme).territory == "all"
    assert find_outcome("job_rate_6m", somme, "rest").territory == "rest"


def test_a_target_has_a_side_and_a_limit(somme: Parameters) -> None:
    outcome, target = find_target("oriented_within_15_days_share ≥ 80 %", somme)
    assert (outcome.definition.unit, target.is_upper, target.limit) == ("share", False, 0.8)
    _, upper = find_target("wait_for_orientation_days_mean<=15,5", somme)
    assert (upper.is_upper, upper.limit) == (True, 15.5)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("wait_for_orientation_days_mean = 15", "<= or >="),
        ("wait_for_orientation_days_mean <= soon", "a number"),
        ("wait_for_orientaton_days_mean <= 15", "wait_for_orientation_days_mean"),
        ("caseload_households <= 5 %", "a number in households"),
        ("oriented_within_15_days_share >= 80", "a percentage"),
        ("job_rate_6m[paris] >= 0.5", "coquelicot"),
    ],
)
def test_a_wrong_target_is_refused_with_what_is_accepted(
    somme: Parameters, text: str, hint: str
) -> None:
    with pytest.raises(InputError) as refused:
        find_target(text, somme)
    assert hint in str(refused.value)


def test_all_faults_of_a_question_are_told_at_once(scenario: Scenario) -> None:
    with pytest.raises(InputError) as refused:
        ask(scenario, "staf.fte", "wait <= x", by="june")
    assert {fault.field for fault in refused.value.faults} == {"--lever", "--target", "--by"}


def test_a_run_is_as_long_as_the_outcome_needs(scenario: Scenario) -> None:
    wait = outcome_definition("wait_for_orientation_days_mean")
    # June 2023 is observed for 180 days after its end: until 28 December.
    assert long_enough(scenario, wait, "2023-06").months == 12
    stock = outcome_definition("caseload_households")
    assert long_enough(scenario, stock, "2023-06").months == 6
    with pytest.raises(InputError, match="--by"):
        long_enough(scenario, wait, "2099-01")


def test_the_scenario_may_not_undo_the_lever() -> None:
    scenario = load_scenario("somme_plus14")
    text = "additional_fte[coquelicot]"
    target = "wait_for_caseworker_days_mean <= 15"
    late = ask(scenario, text, target)
    assert late.since == date(2023, 4, 1)
    assert late.lever.present == 14.0
    with pytest.raises(InputError, match="--since"):
        ask(scenario, text, target, since=date(2023, 1, 1))
    in_force = late.scenario_at(20.0).parameters_on(date(2023, 5, 1))
    posts = [
        in_force.number(f"{PRESENT}.{role}.additional_fte") for role in in_force.labels("roles")
    ]
    assert sum(posts) == pytest.approx(20.0)


@pytest.mark.parametrize("names", [("somme_plus14",), ("somme_reference", "somme_plus14")])
def test_the_scenario_may_not_undo_a_factor_of_a_study(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="before somme_plus14 sets it") as refused:
        plan_of_factors(names, ("additional_fte[coquelicot]=0:30",), seeds=2)
    (fault, other) = refused.value.faults
    assert fault.field.endswith("social_worker__additional_fte.since")
    assert "2023-04-01" in fault.accepted
    assert other.field.endswith("job_counsellor__additional_fte.since")
    plan = plan_of_factors(names, ("staff_fte[coquelicot]",), seeds=2)
    assert len(plan.factors) == 2


@pytest.mark.parametrize("number", ["9" * 400, f"0.{'1' * 400}", "٣", "1e3"])
def test_a_number_that_cannot_be_kept_as_it_is_written_is_refused(
    number: str, scenario: Scenario
) -> None:
    with pytest.raises(InputError):
        find_target(f"wait_for_orientation_days_mean <= {number}", scenario.base)
    with pytest.raises(InputError):
        lever(scenario, "staff.fte[coquelicot]", f"0:{number}")
    with pytest.raises(InputError):
        read_precision(f"caseload_households={number}", scenario.base)
