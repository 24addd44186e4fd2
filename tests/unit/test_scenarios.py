"""The shipped scenarios say what their departments published, and nothing else changes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import product

import jsonschema
import pytest
import yaml

from sim.parameters import Parameters, load_department
from sim.parameters.sources import TABLES, read_sources
from sim.policy import (
    Scenario,
    load_scenario,
    scenario_folder,
    shipped_scenarios,
)
from sim.policy.form import CONSTANT
from sim.policy.schema import SCHEMA_FILE, schema_text
from sim.policy.today import today_names

PILOT_START = date(2023, 4, 1)
CALLS_START = date(2023, 4, 7)
EXTENSION_START = date(2024, 3, 1)
SCENARIOS = shipped_scenarios()
PILOT = "territories.coquelicot."
EXTENSION = "territories.amiens_nord."


def differences(left: Parameters, right: Parameters) -> dict[str, tuple[object, object]]:
    return {
        path: (left.value(path), right.value(path))
        for path in left.paths()
        if left.value(path) != right.value(path)
    }


def changed_on(scenario: Scenario, day: date) -> dict[str, object]:
    before = scenario.parameters_on(date(2023, 1, 1))
    return {p: new for p, (_, new) in differences(before, scenario.parameters_on(day)).items()}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_loads_and_is_named_after_its_file(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert (scenario.start.month, scenario.start.day) == (1, 1)
    assert scenario.months in (36, 48)
    assert scenario.title.en
    assert scenario.title.fr
    assert scenario.reference is None or scenario.reference in {*SCENARIOS, *today_names()}
    assert all(change.day < scenario.end for change in scenario.timeline)
    assert load_scenario(scenario_folder() / f"{name}.yaml") == scenario


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_source_is_known(name: str) -> None:
    known = set(read_sources(TABLES))
    scenario = load_scenario(name)
    cited = {key for change in scenario.timeline for key in change.source}
    assert cited <= known
    assert scenario.reference is None or cited or scenario.unemployment != CONSTANT


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_can_be_scaled(name: str) -> None:
    scenario = load_scenario(name)
    part = scenario.scaled(0.02)
    stock = "department.stock_households"
    assert part.base.number(stock) == round(0.02 * scenario.base.number(stock))
    assert part.days_of_change == scenario.days_of_change


@pytest.mark.parametrize("name", today_names())
def test_the_reference_of_today_lives_under_the_rules_of_today(name: str) -> None:
    scenario = load_scenario(name)
    base, day = scenario.base, scenario.end - timedelta(days=1)
    assert scenario.start >= date(2025, 1, 1)
    assert base.value_on("law.orientation_limit_days", day) == 42
    assert base.value_on("law.activity_waivers", day) is True
    assert base.value_on("sanctions.ladder", day) == "decree_2025"
    for territory, pathway in product(base.labels("territories"), base.labels("pathways")):
        own = f"territories.{territory}.pathways.{pathway}"
        assert base.number(f"{own}.contract_due_days") <= 31
        assert base.number(f"{own}.review_months") <= 6
        assert base.number(f"{own}.activity_hours") >= 15


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_file_follows_the_schema(name: str) -> None:
    folder = scenario_folder()
    document = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    schema = json.loads((folder / SCHEMA_FILE).read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(document, default=str)), schema)


def test_the_schema_file_is_up_to_date() -> None:
    assert (scenario_folder() / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    schema = json.loads(schema_text())
    for wrong in (
        {"monts": 3},
        {"months": 0},
        {"department": 80},
        {"changes": [{"date": "2023-04-01"}]},
        {"changes": [{"date": "2023-04-01", "label": "x", "set": {"Not A Path": 1}}]},
        {"changes": [{"date": "2023-04-01", "label": "x", "set": {"sanctions.x": None}}]},
    ):
        document = {
            "schema_version": 1,
            "name": "x",
            "title": {"en": "x", "fr": "x"},
            "description": {"en": "x", "fr": "x"},
        } | wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, schema)


def test_the_reference_changes_nothing() -> None:
    reference = load_scenario("somme_reference")
    assert reference.reference is None
    assert reference.timeline == ()
    assert reference.base == load_department("somme")


def test_fourteen_posts_and_nothing_else() -> None:
    """F0042: 14 additional posts; the split between the services is assumed."""
    scenario = load_scenario("somme_plus14")
    assert changed_on(scenario, date(2023, 3, 31)) == {}
    changed = changed_on(scenario, PILOT_START)
    assert set(changed) == {
        PILOT + "staff.social_worker.additional_fte",
        PILOT + "staff.job_counsellor.additional_fte",
    }
    assert sum(float(str(value)) for value in changed.values()) == 14


@pytest.mark.parametrize(
    ("name", "social_workers", "counsellors"),
    [("somme_plus14_2_12", 2, 12), ("somme_plus14", 4, 10), ("somme_plus14_7_7", 7, 7)],
)
def test_the_fourteen_posts_are_split_as_the_title_says(
    name: str, social_workers: int, counsellors: int
) -> None:
    """The split is not published: two others beside the one that the experiment takes."""
    scenario = load_scenario(name)
    assert changed_on(scenario, PILOT_START) == {
        PILOT + "staff.social_worker.additional_fte": social_workers,
        PILOT + "staff.job_counsellor.additional_fte": counsellors,
    }
    assert social_workers + counsellors == 14
    (change,) = scenario.timeline
    assert f"{social_workers} social workers and {counsellors} counsellors" in change.label
    if name != "somme_plus14":
        assert f"{social_workers} travailleurs sociaux et {counsellors}" in scenario.title.fr
    assert scenario.reference == "somme_reference"


def test_portfolios_of_50_and_nothing_else() -> None:
    """F0040: 50 persons at most for each professional."""
    assert changed_on(load_scenario("somme_portfolios50"), PILOT_START) == {
        PILOT + "staff.social_worker.portfolio_cap": 50,
        PILOT + "staff.job_counsellor.portfolio_cap": 50,
    }


def test_the_experiment_is_as_published_and_only_in_its_territory() -> None:
    scenario = load_scenario("somme_experiment")
    changed = changed_on(scenario, PILOT_START)
    assert all(path.startswith(PILOT) for path in changed)
    for part in ("somme_plus14", "somme_portfolios50"):
        assert changed_on(load_scenario(part), PILOT_START).items() <= changed.items()
    now = scenario.parameters_on(CALLS_START)
    assert all(path.startswith(PILOT) for path in changed_on(scenario, CALLS_START))
    assert now.value(PILOT + "intake.notification_days") <= 7  # F0036
    assert set(now.words(PILOT + "intake.attending_roles")) == set(now.labels("roles"))
    for pathway in now.labels("pathways"):
        own = f"{PILOT}pathways.{pathway}."
        assert now.value(own + "contact_interval_days") == 7  # F0037
        assert now.value(own + "appointment_interval_days") == 30  # F0038
        assert 15 <= now.number(own + "activity_hours") <= 20  # F0041
        assert now.value(own + "follow_up_months") == 6
    assert scenario.parameters_on(EXTENSION_START) == now


def test_without_follow_up_differs_only_in_follow_up() -> None:
    experiment = load_scenario("somme_experiment").parameters_on(PILOT_START)
    without = load_scenario("somme_no_follow_up").parameters_on(PILOT_START)
    assert differences(experiment, without) == {
        f"{PILOT}pathways.{pathway}.follow_up_months": (6, 0)
        for pathway in experiment.labels("pathways")
    }


def test_the_extension_copies_the_rules_and_not_the_posts() -> None:
    """F0035: Amiens-Nord joins in March 2024; its posts are assumed in proportion to persons."""
    scenario = load_scenario("somme_experiment_amiens_nord")
    before = scenario.parameters_on(date(2024, 2, 29))
    assert before == load_scenario("somme_experiment").parameters_on(date(2024, 2, 29))
    after = scenario.parameters_on(EXTENSION_START)
    changed = {path: new for path, (_, new) in differences(before, after).items()}
    assert changed
    assert all(path.startswith(EXTENSION) for path in changed)
    pilot, added = (
        {
            role: after.number(f"{where}staff.{role}.additional_fte")
            for role in after.labels("roles")
        }
        for where in (PILOT, EXTENSION)
    )
    persons = [after.number(f"{where}stock_value") for where in (PILOT, EXTENSION)]
    for role, posts in pilot.items():
        assert added[role] / persons[1] == pytest.approx(posts / persons[0])
    own = {path.removeprefix(PILOT): after.value(path) for path in scenario.base.paths()}
    for path, value in changed.items():
        name = path.removeprefix(EXTENSION)
        if not name.endswith("additional_fte"):
            assert value == own[name]


def test_households_instead_of_persons_are_another_reference() -> None:
    persons, households = (
        load_scenario("somme_reference"),
        load_scenario("somme_reference_households"),
    )
    assert households.base.value(PILOT + "stock_unit") == "households"
    assert persons.base.value(PILOT + "stock_unit") == "persons"
    assert persons.base.fingerprint() != households.base.fingerprint()
    experiment = load_scenario("somme_experiment_households")
    assert experiment.reference == "somme_reference_households"
    assert experiment.base == households.base
    assert changed_on(experiment, PILOT_START) == changed_on(
        load_scenario("somme_experiment"), PILOT_START
    )
