"""Studies: what a link, a file or a field turns into, and what is refused."""

from __future__ import annotations

import base64
import json
import math
import zlib
from datetime import date
from pathlib import Path

import pytest
from app_worlds import scheme_study

from sim.errors import InputError
from sim.policy import load_scenario, scenario_text, shipped_scenarios
from ui.study import MOST_DRAFTS, Draft, Study, experiment_of
from ui.study.draft import LONGEST_MONTHS, slug
from ui.study.fields import fields_of
from ui.study.link import packed, unpacked
from ui.study.references import (
    check_in_app,
    day_of,
    origins,
    reference_of,
    references,
    scenario_of,
)
from ui.study.saved import forget, save, saved
from ui.study.yaml_files import scenario_of_text
from ui.work.lives import is_local
from ui.work.places import VARIABLE, new_owner
from ui.work.preview import households_of, small_world

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"


def somme(**values: object) -> Study:
    known = {"key": "mine", "title": "Mon scénario", "origin": "somme_reference", "values": values}
    return scheme_study("somme").with_draft(Draft.model_validate(known))


def token_of(content: object) -> str:
    raw = zlib.compress(json.dumps(content).encode("utf-8"))
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def test_a_link_brings_the_study_back() -> None:
    study = somme(**{POSTS: 14.0}).model_copy(update={"months": 24, "replications": 24})
    token = packed(study)
    assert token is not None
    assert unpacked(token) == study


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "A" * 7000,
        token_of({"department": "somme"}),
        token_of({"department": "../../etc", "reference": "somme_reference"}),
        token_of({"department": "somme", "reference": "doubs_reference"}),
        token_of({"department": "somme", "reference": "somme_reference", "evil": 1}),
        token_of(
            {
                "department": "somme",
                "reference": "somme_reference",
                "drafts": [{"key": "a", "title": "a", "origin": "/etc/passwd"}],
            }
        ),
        token_of(
            {
                "department": "somme",
                "reference": "somme_reference",
                "drafts": [
                    {
                        "key": "a",
                        "title": "a",
                        "origin": "somme_reference",
                        "values": {"no.such.path": 1},
                    }
                ],
            }
        ),
        token_of({"department": "x" * 2_000_000, "reference": "somme_reference"}),
    ],
)
def test_a_link_that_is_none_opens_nothing(token: str) -> None:
    with pytest.raises(InputError):
        unpacked(token)


STOCK = "department.stock_households"
INTERVAL = "territories.coquelicot.intake.notification_days"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({STOCK: 20_000}, STOCK),
        ({POSTS: 100_000.0}, POSTS),
        ({POSTS: -1.0}, POSTS),
        ({POSTS: {"no day": 1}}, POSTS),
        ({INTERVAL: 99_999}, INTERVAL),
        ({"calendar.refresh_days": 1}, "calendar.refresh_days"),
    ],
)
def test_a_link_sets_levers_within_their_bounds_only(values: dict[str, object], field: str) -> None:
    content = scheme_study("somme").model_dump(mode="json")
    known = {"key": "mine", "title": "Mien", "origin": "somme_reference", "values": values}
    token = token_of({**content, "drafts": [known]})
    with pytest.raises(InputError) as refused:
        unpacked(token)
    assert any(field in fault.field for fault in refused.value.faults), refused.value


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e308])
def test_a_link_sets_no_number_that_is_none(value: float) -> None:
    content = scheme_study("somme").model_dump(mode="json")
    known = {"key": "a", "title": "a", "origin": "somme_reference", "values": {POSTS: value}}
    with pytest.raises(InputError):
        unpacked(token_of({**content, "drafts": [known]}))


def test_a_file_in_a_link_sets_levers_only() -> None:
    made = load_scenario("somme_reference").with_variant({STOCK: 20_000})
    draft = Draft.model_validate(
        {"key": "a", "title": "a", "origin": "somme_reference", "document": scenario_text(made)}
    )
    token = packed(scheme_study("somme").with_draft(draft))
    assert token is not None
    with pytest.raises(InputError) as refused:
        unpacked(token)
    assert STOCK in [fault.field for fault in refused.value.faults]


@pytest.mark.parametrize("name", shipped_scenarios())
def test_whatever_ships_may_travel(name: str) -> None:
    check_in_app(load_scenario(name))
    check_in_app(scenario_of_text(scenario_text(load_scenario(name))))


def test_a_link_cannot_hold_more_than_a_page_sets() -> None:
    content = scheme_study("somme").model_dump(mode="json")
    with pytest.raises(InputError):
        unpacked(token_of({**content, "months": LONGEST_MONTHS + 1}))
    with pytest.raises(InputError):
        unpacked(token_of({**content, "replications": 51}))
    nested = '{"department":' + "[" * 3_000
    with pytest.raises(InputError):
        unpacked(base64.urlsafe_b64encode(zlib.compress(nested.encode())).decode())


def test_a_title_is_one_line_of_what_is_written() -> None:
    draft = Draft.model_validate(
        {"key": "a", "title": " a\x1b[31m\n\u202eb ", "origin": "somme_reference"}
    )
    assert draft.title == "a[31m b"


def test_a_draft_changes_what_it_says_from_its_day_on() -> None:
    draft = somme(**{POSTS: 14.0}).drafts[0]
    scenario = scenario_of(draft, 36)
    assert day_of(draft) == date(2023, 4, 1)
    assert scenario.parameters_on(date(2023, 3, 31)).number(POSTS) == 0.0
    assert scenario.parameters_on(date(2023, 4, 1)).number(POSTS) == 14.0


def test_a_setting_for_all_territories_reaches_each() -> None:
    path = "territories.*.staff.social_worker.portfolio_cap"
    scenario = scenario_of(somme(**{path: 60}).drafts[0], 12)
    rules = scenario.parameters_on(scenario.end)
    for place in rules.labels("territories"):
        assert rules.number(path.replace("*", place)) == 60


def test_an_exported_file_is_the_same_scenario_again() -> None:
    draft = Draft.model_validate(
        {"key": "mine", "title": "Mien", "origin": "somme_experiment", "values": {POSTS: 20.0}}
    )
    made = scenario_of(draft, 24)
    again = scenario_of_text(scenario_text(made))
    assert again.fingerprint() == made.fingerprint()


def test_an_imported_file_can_be_compared_and_changed() -> None:
    content = scenario_text(load_scenario("somme_experiment"))
    draft = Draft.model_validate(
        {
            "key": "imported",
            "title": "Importé",
            "origin": "somme_reference",
            "document": content,
            "values": {POSTS: 3.0},
        }
    )
    study = scheme_study("somme").with_draft(draft)
    experiment = experiment_of(study)
    assert experiment.is_paired
    made = scenario_of(study.drafts[0], 36)
    assert made.parameters_on(made.end).number(POSTS) == 3.0


@pytest.mark.parametrize(
    "line",
    [
        "extends: /etc/passwd",
        "extends: [../secret.yaml]",
        "department: ../../somme.yaml",
        "changes: [{date: 2023-05-01, label: x, copy_of: {scenario: ../x.yaml, "
        "from_territory: a, to_territory: b}}]",
    ],
)
def test_an_imported_file_never_opens_another_one(line: str) -> None:
    head = "schema_version: 1\nname: bad\ntitle: {en: a, fr: a}\ndescription: {en: a, fr: a}\n"
    with pytest.raises(InputError, match="the name of a shipped scenario"):
        scenario_of_text(f"{head}{line}\n")


def test_four_scenarios_fit_and_a_fifth_does_not() -> None:
    study = scheme_study("somme")
    for number in range(MOST_DRAFTS):
        assert not study.is_full
        known = {"key": f"d{number}", "title": "x", "origin": "somme_reference"}
        study = study.with_draft(Draft.model_validate(known))
    assert study.is_full


def test_saved_scenarios_belong_to_their_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    mine, other = new_owner(), new_owner()
    study = somme(**{POSTS: 14.0})
    save(mine, study, study.drafts[0])
    assert not saved(other)
    (kept,) = saved(mine)
    assert kept.draft == study.drafts[0]
    forget(mine, kept.name)
    assert not saved(mine)


def test_a_name_becomes_a_free_slug() -> None:
    assert slug("Recruter 14 postes : été") == "recruter_14_postes_ete"
    assert slug("../../etc") == "etc"
    assert slug("***", frozenset({"scenario"})) == "scenario_2"


def test_every_department_has_a_reference_with_scenarios_or_itself() -> None:
    for department in ("somme", "doubs", "deux_sevres", "finistere"):
        for reference in references(department):
            assert origins(reference)[-1] == reference
    assert references("somme")[:2] == ("somme_today", "somme_reference")
    assert references("finistere") == ("finistere_today",)


def test_a_territory_is_previewed_alone() -> None:
    reference = reference_of(somme(**{POSTS: 14.0}))
    world = small_world(reference, ("coquelicot",))
    small = world.of(reference)
    assert small.months <= 18
    assert households_of(small, world.kept) <= 1000
    assert small_world(reference).kept == reference.base.labels("territories")


def test_a_life_is_lived_where_the_change_is() -> None:
    assert is_local(experiment_of(somme(**{POSTS: 14.0})))
    assert not is_local(experiment_of(somme(**{"staffing.learning_months": 3})))


def test_roles_and_pathways_without_work_are_not_offered() -> None:
    """The roles of the Doubs' scheme have nobody to follow under the law before it."""
    before = Draft.model_validate({"key": "a", "title": "A", "origin": "doubs_reference"})
    scheme = before.model_copy(update={"origin": "doubs_scheme"})
    found = {
        draft.origin: {
            one.path.split(".")[3]
            for one in fields_of(draft, "means", "besancon")
            if one.lever.key == "additional_fte"
        }
        for draft in (before, scheme)
    }
    assert found["doubs_reference"] == {"social_worker", "job_counsellor"}
    assert {"coach_filiere", "cip"} <= found["doubs_scheme"]
    offered = "territories.besancon.pathways.objectif_emploi.coverage_share"
    opened = before.model_copy(update={"values": {offered: 0.2}})
    roles = {
        one.path.split(".")[3]
        for one in fields_of(opened, "means", "besancon")
        if one.lever.key == "additional_fte"
    }
    assert "coach_filiere" in roles
    assert "cip" not in roles
    assert offered in {one.path for one in fields_of(before, "organisation", "besancon")}
