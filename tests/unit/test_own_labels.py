"""A department file may add its own roles and pathways and name national ones anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from faulty_files import Raw, entry, faults_of, faults_of_department, shipped_file, written

from sim.engine.packed import pack
from sim.parameters import Parameters, load_department, shipped_departments
from sim.vocabulary import MAXIMUM_PATHWAYS

COACH = {"en": "Coach", "fr": "Coach"}
COACHED = {"en": "Coached", "fr": "Avec coach"}


@pytest.fixture
def raw() -> Raw:
    """The Somme with a coach and the coach's pathway, open to half of a band."""
    tree = shipped_file()
    tree["roles"] = {"coach": {"label": COACH, "employer": entry("france_travail")}}
    tree["pathways"] = {
        "coached": {"label": COACHED, "roles": entry(["coach"]), "rule": entry("low")},
        "social": {"label": {"en": "Remobilisation", "fr": "Remobilisation"}},
    }
    tree["territory_defaults"] = {
        "staff": {"coach": {"fte": entry(2.0), "portfolio_cap": entry(50.0)}},
        "pathways": {
            "coached": {"coverage_share": entry(0.5), "activity_places": entry(100)},
            "each_pathway": {"contract_due_days": entry(31)},
        },
    }
    return tree


def test_added_labels_come_first(raw: Raw, tmp_path: Path) -> None:
    somme, mine = load_department("somme"), load_department(written(raw, tmp_path))
    assert mine.labels("roles") == ("coach", *somme.labels("roles"))
    assert mine.labels("pathways") == ("coached", *somme.labels("pathways"))
    assert mine.label_text("roles", "coach", "fr") == "Coach"
    assert mine.label_text("pathways", "coached", "fr") == "Avec coach"


def test_a_national_label_keeps_its_place_under_another_text(raw: Raw, tmp_path: Path) -> None:
    mine = load_department(written(raw, tmp_path))
    assert mine.label_text("pathways", "social", "fr") == "Remobilisation"
    assert load_department("somme").label_text("pathways", "social", "fr") == "Parcours social"
    assert mine.labels("pathways")[1:] == load_department("somme").labels("pathways")


def test_what_is_added_has_the_forms_and_values_of_its_group(raw: Raw, tmp_path: Path) -> None:
    somme, mine = load_department("somme"), load_department(written(raw, tmp_path))
    for territory in mine.labels("territories"):
        own = f"territories.{territory}"
        assert mine.number(f"{own}.staff.coach.fte") == 2.0
        assert mine.number(f"{own}.staff.coach.additional_fte") == 0.0
        assert mine.number(f"{own}.pathways.coached.coverage_share") == 0.5
        assert mine.number(f"{own}.pathways.social.coverage_share") == 1.0
        assert mine.whole(f"{own}.pathways.coached.contract_due_days") == 31
        path = f"{own}.pathways.coached.appointment_minutes"
        assert mine.value(path) == somme.value(path.replace("coached", "social"))
    assert mine.word("roles.coach.employer") == "france_travail"
    assert mine.word("pathways.coached.public") == "everyone"
    assert "coach" in mine.entry("pathways.employment.roles").form.choices
    assert mine.entry("pathways.coached.roles").origin == "mine.yaml"


def test_a_file_without_own_labels_is_as_before() -> None:
    labels = {group: load_department("somme").labels(group) for group in ("roles", "pathways")}
    assert labels["roles"] == ("social_worker", "job_counsellor")
    assert labels["pathways"] == ("social", "socio_professional", "employment")


def test_a_role_that_nothing_names_is_refused(raw: Raw, tmp_path: Path) -> None:
    raw["roles"]["idle"] = {"label": COACH}
    raw["territory_defaults"]["staff"]["idle"] = {"fte": entry(1.0)}
    (fault,) = faults_of_department(raw, tmp_path)
    assert (fault.field, fault.found) == ("roles.idle", "a role that serves nothing")


@pytest.mark.parametrize("place", ["attending_roles", "call_roles", "limit_roles"])
def test_a_role_may_serve_the_intake_alone(place: str, raw: Raw, tmp_path: Path) -> None:
    raw["roles"]["clerk"] = {"label": COACH}
    raw["territory_defaults"]["staff"]["clerk"] = {"fte": entry(1.0)}
    raw["territory_defaults"]["intake"] = {place: entry(["clerk"])}
    assert "clerk" in load_department(written(raw, tmp_path)).labels("roles")


def test_a_role_may_wait_for_a_scenario(raw: Raw, tmp_path: Path) -> None:
    raw["roles"]["operator"] = {"label": COACH, "scenario_only": entry(True)}
    raw["territory_defaults"]["staff"]["operator"] = {"fte": entry(0.0)}
    assert "operator" in load_department(written(raw, tmp_path)).labels("roles")


@pytest.mark.parametrize("roles", [None, []])
def test_a_pathway_that_no_role_serves_is_refused(
    roles: list[str] | None, raw: Raw, tmp_path: Path
) -> None:
    if roles is None:
        del raw["pathways"]["coached"]["roles"]
    else:
        raw["pathways"]["coached"]["roles"]["value"] = roles
    faults = faults_of_department(raw, tmp_path)
    assert "pathways.coached.roles" in {fault.field for fault in faults}


def test_more_than_a_pair_is_refused(raw: Raw, tmp_path: Path) -> None:
    everyone = ["coach", "social_worker", "job_counsellor"]
    raw["pathways"]["coached"]["roles"] = entry(everyone)
    (fault,) = faults_of_department(raw, tmp_path)
    assert (fault.field, fault.found) == ("pathways.coached.roles", "3 roles")


def test_more_pathways_than_the_records_hold_are_refused(raw: Raw, tmp_path: Path) -> None:
    one = raw["pathways"]["coached"]
    raw["pathways"] |= {f"coached_{number}": one for number in range(MAXIMUM_PATHWAYS)}
    fields = {fault.field for fault in faults_of_department(raw, tmp_path)}
    assert "pathways" in fields


def test_departments_share_the_form_of_the_packed_records() -> None:
    """Another form would make every department compile the kernels for itself."""
    forms = set()
    for name in shipped_departments():
        packed = pack(load_department(name), date(2023, 1, 1), seed=1)
        tables = (packed.national, packed.territories, packed.organisation)
        forms.add(tuple(str(table.dtype) for table in tables))
    assert len(forms) == 1


def test_a_band_without_an_ordinary_pathway_is_refused(raw: Raw, tmp_path: Path) -> None:
    raw["pathways"]["employment"] = {"public": entry("self_employed")}
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == "pathways.*.rule"
    assert "low" in fault.found


def test_a_key_without_a_label_may_be_a_slip_of_the_pen(raw: Raw, tmp_path: Path) -> None:
    raw["pathways"]["socail"] = {"rule": entry("high")}
    faults = faults_of_department(raw, tmp_path)
    (fault,) = [fault for fault in faults if fault.field == "pathways.socail.label"]
    assert "social" in fault.accepted


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Coach", "1st", "each_other", "a coach"])
def test_a_name_that_paths_cannot_hold_is_refused(name: str, raw: Raw, tmp_path: Path) -> None:
    raw["roles"][name] = {"label": COACH}
    assert name in " ".join(fault.field for fault in faults_of_department(raw, tmp_path))


def test_an_added_label_needs_both_languages(raw: Raw, tmp_path: Path) -> None:
    raw["roles"]["coach"]["label"] = {"en": "Coach"}
    raw["pathways"]["social"]["label"] = "Social"
    fields = {fault.field for fault in faults_of_department(raw, tmp_path)}
    assert fields == {"roles.coach.label", "pathways.social.label"}


def test_bad_roles_pathways_territories_sources_and_dates_are_told_together(
    raw: Raw, tmp_path: Path
) -> None:
    raw["roles"]["idle"] = {"label": COACH}
    raw["territory_defaults"]["staff"]["idle"] = {"fte": entry(1.0)}
    del raw["pathways"]["coached"]["roles"]
    name = next(iter(raw["territories"]))
    stock = raw["territories"][name]["stock_value"]
    stock |= {"value": 1_000_000, "uncertainty": {"none": "a test"}}
    del stock["source"]
    dates = {"2025-03-01": 4, "1960-01-01": 3}
    legal = {key: value for key, value in entry(0).items() if key != "value"}
    raw["benefit"] = {"declaration_lag_months": {**legal, "dated": dates}}
    assert {fault.field for fault in faults_of_department(raw, tmp_path)} == {
        "roles.idle",
        "roles.coach",
        "pathways.coached.roles",
        "territories.*.stock_value",
        f"territories.{name}.stock_value.source",
        "benefit.declaration_lag_months.dated",
    }


def test_a_refused_value_is_not_judged_by_other_rules(raw: Raw, tmp_path: Path) -> None:
    own = raw["territory_defaults"].setdefault("assessment", {})
    own["employment_at_most"] = entry("many")
    own["social_at_least"] = entry(1)
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == "territory_defaults.assessment.employment_at_most"


def test_parameters_with_own_labels_can_be_changed(raw: Raw, tmp_path: Path) -> None:
    mine = load_department(written(raw, tmp_path))
    name = mine.labels("territories")[0]
    path = f"territories.{name}.pathways.coached.coverage_share"
    assert mine.patched({path: 1.0}, "test").number(path) == 1.0
    only = {"pathways.employment.public": "self_employed"}
    assert faults_of(lambda: mine.patched(only, "test"))[0].field == "pathways.*.rule"
    assert isinstance(mine.patched({}, "test"), Parameters)
