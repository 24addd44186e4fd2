"""A department's file is a difference: what it does not say is derived from public statistics."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from faulty_files import Raw, entry, faults_of_department, shipped_file, written

from sim.parameters import Parameters, load_department, shipped_departments
from sim.parameters.department import rests_on_statistics

STATED_AND_DERIVED = {
    "bouches_du_rhone": "84aa6b1e098cb4088e766c512ad36652e81c4ea5f9349e6dff1fd2e3990ed13a",
    "deux_sevres": "b2c6aabdf38096b9cb83e4840f44f72950a47a577899e886114ea24b931b98ca",
    "doubs": "3c5153833798c350ddcbed6a0ee10eec6a16610b2cca32b8bb33dbe6df3a52bc",
    "mayenne": "2551bb341eb88f5afda1c8dd489676e87bf39d8a92d8dfd866162e51faed4b53",
    "meuse": "cec754bafa750212d92869090161e38f04ff17bc905534d28487aa71c45b8bf6",
    "somme": "ef687b711567b2a063338254a807b529fa082ed4a28dcbd871f0a74183be15a2",
}
"""SHA-256 of the values of a department that its file states or the rules derive beneath it, as
they were when the files stated all of them. A change of the published tables or of the rules that
moves one of them moves the model."""
DERIVED = "derivation"
SMALL: Raw = {
    "schema_version": 1,
    "extends": DERIVED,
    "department": {"code": "29", "label": {"en": "My Finistère", "fr": "Mon Finistère"}},
}


def of_its_own(parameters: Parameters) -> list[str]:
    """Paths of the values that are not those of the national tables."""
    origins = (DERIVED, f"{parameters.department}.yaml")
    return [path for path in parameters.paths() if parameters.entry(path).origin in origins]


def digest(parameters: Parameters) -> str:
    values = {path: parameters.entry(path).record()["value"] for path in of_its_own(parameters)}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def test_the_values_are_those_of_the_whole_files() -> None:
    found = {name: digest(load_department(name)) for name in shipped_departments()}
    assert found == STATED_AND_DERIVED


@pytest.mark.parametrize("name", shipped_departments())
def test_each_shipped_file_is_a_difference_that_names_its_sources(name: str) -> None:
    assert shipped_file(name)["extends"] == DERIVED
    parameters = load_department(name)
    assert rests_on_statistics(parameters)
    derived = [path for path in of_its_own(parameters) if origin(parameters, path) == DERIVED]
    assert len(derived) >= 15
    for path in of_its_own(parameters):
        one = parameters.entry(path)
        assert one.source, path
        assert one.note, path
        assert one.uncertainty.interval is not None or one.uncertainty.none_because, path


def origin(parameters: Parameters, path: str) -> str:
    return parameters.entry(path).origin


@pytest.mark.parametrize("name", shipped_departments())
def test_a_shipped_file_states_nothing_that_is_derived_alike(name: str, tmp_path: Path) -> None:
    """Without its statements on offices and places the file gives other values at each of them."""
    parameters = load_department(name)
    tree = shipped_file(name)
    for block in tree["territories"].values():
        for group in ("places", "action_places"):
            block.pop(group, None)
        for role in ("social_worker", "job_counsellor"):
            block.get("staff", {}).pop(role, None)
    without = load_department(written(tree, tmp_path, name))
    for path in set(of_its_own(parameters)) & set(of_its_own(without)):
        mine, derived = parameters.entry(path), without.entry(path)
        if (mine.origin, derived.origin) == (f"{name}.yaml", DERIVED):
            said, rule = ((one.value, one.kind, one.source) for one in (mine, derived))
            assert said != rule, path


def test_a_file_that_says_nothing_is_the_derived_department(tmp_path: Path) -> None:
    mine, derived = load_department(written(SMALL, tmp_path)), load_department("29")
    assert mine == derived
    assert mine.label == "Mon Finistère"
    for path in of_its_own(derived):
        assert mine.entry(path) == derived.entry(path)


def test_a_file_says_what_differs_and_the_rules_go_on_from_it(tmp_path: Path) -> None:
    tree = SMALL | {
        "department": SMALL["department"] | {"stock_households": entry(15000)},
        "territories": {
            "brest": territory("Brest", 6000, "households"),
            "rest": territory("Rest", 0, "remainder"),
        },
    }
    mine = load_department(written(tree, tmp_path))
    adults = mine.number("population.adults_per_household")
    training = [mine.whole(f"territories.{one}.places.training") for one in ("brest", "rest")]
    assert training == [round(0.03 * 6000 * adults), round(0.03 * 9000 * adults)]
    tree["territory_defaults"] = {"places": {"training": entry(7)}}
    tree["territories"]["rest"]["places"] = {"training": entry(8)}
    other = load_department(written(tree, tmp_path))
    training = [other.whole(f"territories.{one}.places.training") for one in ("brest", "rest")]
    assert training == [7, 8]
    assert origin(other, "territories.brest.places.training") == "mine.yaml"
    assert origin(other, "territories.brest.places.pec") == DERIVED


def territory(name: str, count: int, unit: str) -> Raw:
    return {
        "label": {"en": name, "fr": name},
        "stock_value": entry(count),
        "stock_unit": entry(unit),
    }


def test_the_rule_of_the_assessment_is_derived_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    limits = {"employment_at_most": entry(1)}
    tree = SMALL | {"territory_defaults": {"assessment": limits}}
    mine = load_department(written(tree, tmp_path))
    ruled = [
        path for path in of_its_own(mine) if "assessment" in path or path.startswith("barriers.")
    ]
    assert ruled == ["territories.finistere.assessment.employment_at_most"]


def test_faults_name_the_file_and_the_field(tmp_path: Path) -> None:
    tree = SMALL | {
        "extends": "derivaton",
        "department": SMALL["department"] | {"code": "99"},
        "territories": {
            "brest": territory("Brest", 6000, "households"),
            "rest": {"label": {"en": "Rest", "fr": "Reste"}, "places": {"training": 3}},
        },
    }
    faults = {fault.field: fault for fault in faults_of_department(tree, tmp_path)}
    assert "extends" in faults
    assert "derivation" in faults["extends"].accepted or "derived" in faults["extends"].accepted
    assert set(faults) - {"extends"} == {
        "territories.rest.stock_value",
        "territories.rest.stock_unit",
        "territories.rest.places.training",
    }
