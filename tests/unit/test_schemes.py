"""Each scheme has the posts, the dates and the rhythm that its department's page gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sim.parameters import Parameters, published_figures
from sim.policy import Scenario, load_scenario, shipped_scenarios

REFERENCES = [name for name in shipped_scenarios() if name.endswith("_reference")]


def figure(row: str) -> float:
    return float(published_figures()[row].value)


def on(scenario: Scenario, day: date) -> Parameters:
    return scenario.parameters_on(day)


def posts(scenario: Scenario, day: date, role: str) -> dict[str, float]:
    """Additional posts by territory, once those decided until the day have been recruited."""
    base = scenario.base
    decided = day - timedelta(days=base.whole("staffing.recruitment_delay_days"))
    return {
        territory: found
        for territory in base.labels("territories")
        if (
            found := on(scenario, decided).number(
                f"territories.{territory}.staff.{role}.additional_fte"
            )
        )
    }


@pytest.mark.parametrize("name", REFERENCES)
def test_nothing_of_a_scheme_is_in_its_reference(name: str) -> None:
    base = load_scenario(name).base
    for territory in base.labels("territories"):
        for role in base.labels("roles"):
            assert base.number(f"territories.{territory}.staff.{role}.additional_fte") == 0
        assert base.words(f"territories.{territory}.intake.call_roles") == ()
        assert base.words(f"territories.{territory}.workshop.weekdays") == ()
        for pathway in base.labels("pathways"):
            own = f"territories.{territory}.pathways.{pathway}"
            is_offered = base.number(f"{own}.coverage_share") > 0
            assert not (is_offered and base.number(f"{own}.follow_up_months"))


@pytest.mark.parametrize(
    ("day", "role", "expected"),
    [
        (date(2022, 4, 30), "coach_filiere", {}),
        (date(2022, 5, 1), "coach_filiere", {"montbeliard": "F0001"}),
        (
            date(2024, 1, 1),
            "coach_filiere",
            {"besancon": "F0004", "montbeliard": "F0005", "haut_doubs": "F0006"},
        ),
        (date(2023, 10, 1), "cip", {"besancon": "F0011"}),
        (date(2023, 10, 1), "cip_self_employed", {"besancon": "F0012"}),
    ],
)
def test_the_doubs_has_its_coaches_and_advisers(
    day: date, role: str, expected: dict[str, str]
) -> None:
    found = posts(load_scenario("doubs_scheme"), day, role)
    assert found == {territory: figure(row) for territory, row in expected.items()}


def test_objectif_emploi_has_two_to_three_exchanges_a_month_and_six_months_of_follow_up() -> None:
    now = on(load_scenario("doubs_scheme"), date(2024, 1, 1))
    own = "territories.montbeliard.pathways.objectif_emploi"
    days = [now.number(f"{own}.{kind}_interval_days") for kind in ("contact", "appointment")]
    limits = published_figures()["F0007"]
    assert float(limits.low) <= sum(365.25 / 12 / interval for interval in days)
    assert sum(365.25 / 12 / interval for interval in days) <= float(limits.high) + 0.1
    assert now.number(f"{own}.follow_up_months") == figure("F0008")
    assert now.number("territories.montbeliard.priority.age_low") == 25
    assert now.number("territories.montbeliard.priority.age_high") == 39


def test_the_mayenne_follows_its_page_from_17_april_2023() -> None:
    scenario = load_scenario("mayenne_scheme")
    assert scenario.days_of_change == (date(2023, 4, 17),)
    now, own = on(scenario, date(2023, 4, 17)), "territories.laval_ouest"
    assert len(now.words(f"{own}.intake.weekdays")) == figure("F0056")
    assert set(now.words(f"{own}.intake.attending_roles")) == {"social_worker", "job_counsellor"}
    assert now.number(f"{own}.workshop.after_days") == figure("F0057")
    assert now.words(f"{own}.workshop.weekdays")
    hours = {"social": "F0059", "socio_professional": "F0060", "employment": "F0061"}
    for pathway, row in hours.items():
        weekly = figure(row) * 12 / 52 if pathway == "social" else figure(row)
        assert now.number(f"{own}.pathways.{pathway}.activity_hours") >= weekly
        assert now.number(f"{own}.pathways.{pathway}.appointment_interval_days") == figure("F0058")
        assert now.number(f"{own}.pathways.{pathway}.follow_up_months") > 0
    assert now.number(f"{own}.stock_value") == figure("F0098")


def test_the_whole_mayenne_has_the_rules_of_laval_ouest() -> None:
    now = on(load_scenario("mayenne_scheme_whole_department"), date(2023, 4, 17))
    for path in now.paths():
        is_size = path.endswith(("fte", "_places", "desks", "stock_value", "stock_unit"))
        is_own = any(part in path for part in (".places.", ".action_places.", "workshop.weekdays"))
        if path.startswith("territories.laval_ouest.") and not (is_size or is_own):
            other = path.replace("laval_ouest", "rest")
            assert now.value(path) == now.value(other) or path.endswith("opening_minutes")


def test_the_meuse_has_two_operators_and_a_follow_up_every_three_weeks() -> None:
    scenario = load_scenario("meuse_scheme")
    assert posts(scenario, date(2021, 6, 1), "telephone_operator") == {"meuse": figure("F0065")}
    now, own = on(scenario, date(2021, 11, 1)), "territories.meuse"
    assert now.words(f"{own}.intake.call_roles") == ("telephone_operator",)
    coached = f"{own}.pathways.referent_coaching"
    assert now.number(f"{coached}.appointment_interval_days") == figure("F0066")
    assert now.number(f"{coached}.coverage_share") == figure("F0067") / 100
    assert now.number(f"{coached}.follow_up_months") > 1
    places = f"{own}.action_places.volunteering"
    assert on(scenario, date(2021, 10, 31)).number(places) == 0
    assert now.number(places) > 0
    whole = on(load_scenario("meuse_scheme_100"), date(2021, 11, 1))
    assert whole.number(f"{coached}.coverage_share") == 1.0


def test_marseille_takes_everyone_in_within_two_weeks_and_rises_to_15_to_20_hours() -> None:
    scenario = load_scenario("bouches_du_rhone_scheme")
    (day,) = scenario.days_of_change
    assert date(2023, 1, 1) <= day <= date(2023, 3, 31)
    now, own = on(scenario, day), "territories.marseille_5_7"
    assert now.number(f"{own}.intake.notification_days") < figure("F0075")
    assert now.number(f"{own}.reassignment_wave") == 1
    hours = published_figures()["F0074"]
    for pathway in now.labels("pathways"):
        given = now.number(f"{own}.pathways.{pathway}.activity_hours")
        assert float(hours.low) <= given <= float(hours.high)
        assert now.number(f"{own}.pathways.{pathway}.activity_ramp_days") > 0
    changed = {path for change in scenario.timeline for path in change.changes}
    assert not any(path.startswith(("sanctions.", "ladders.")) for path in changed)
    assert all(path.startswith(own) for path in changed)


def test_the_two_published_portfolios_of_the_somme_are_both_there() -> None:
    cap = "territories.coquelicot.staff.social_worker.portfolio_cap"
    day = date(2023, 4, 1)
    for name, row in (
        ("somme_portfolios50", "F0040"),
        ("somme_portfolios60", "F0039"),
        ("somme_experiment", "F0040"),
        ("somme_experiment_60", "F0039"),
    ):
        assert on(load_scenario(name), day).number(cap) == figure(row)
