"""A department's file is a difference: what it does not say is derived from public statistics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from faulty_files import Raw, entry, faults_of_department, shipped_file, written

from sim.parameters import Parameters, load_department, shipped_departments
from sim.parameters.department import rests_on_statistics
from sim.parameters.entry import Entry

KEPT = Path(__file__).with_name("stated_and_derived.json")
"""The values of each department that its file states or the rules derive beneath it, by path. A
change of the published tables or of the rules that moves one of them moves the model. Written again
by ``PYTHONPATH=tests python -m tests.functional.test_department_differences``."""
DERIVED = "derivation"
STOCK, ADULTS = ("department", "stock_households"), ("population", "adults_per_household")
ASSESSMENT = "the rule of the assessment"
OF_PEOPLE = ("label", "stock_value", "stock_unit")
"""What a territory says of its people."""
SMALL: Raw = {
    "schema_version": 1,
    "extends": DERIVED,
    "department": {"code": "29", "label": {"en": "My Finistère", "fr": "Mon Finistère"}},
}


def of_its_own(parameters: Parameters) -> list[str]:
    """Paths of the values that are not those of the national tables."""
    origins = (DERIVED, f"{parameters.department}.yaml")
    return [path for path in parameters.paths() if parameters.entry(path).origin in origins]


def stated_and_derived(name: str) -> Raw:
    parameters = load_department(name)
    return {path: parameters.entry(path).record()["value"] for path in of_its_own(parameters)}


def moved(before: Raw, after: Raw) -> list[str]:
    """What differs, by path, and for a number by how much."""
    lines = []
    for path in sorted(before.keys() | after.keys()):
        was, now = before.get(path, "nothing"), after.get(path, "nothing")
        if was != now:
            is_number = all(isinstance(one, (int, float)) for one in (was, now))
            by = f" ({now - was:+.10g})" if is_number else ""
            lines.append(f"{path}: {was} -> {now}{by}")
    return lines


def test_the_values_are_those_of_the_whole_files() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert tuple(kept) == shipped_departments()
    assert [
        f"{name}: {line}"
        for name, values in kept.items()
        for line in moved(values, stated_and_derived(name))
    ] == []


def test_what_moved_is_named() -> None:
    before, after = {"a": 1.5, "b": "x", "c": [1]}, {"a": 1.0, "c": [1], "d": 2}
    assert moved(before, after) == ["a: 1.5 -> 1.0 (-0.5)", "b: x -> nothing", "d: nothing -> 2"]


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
    """From its people alone another value, range, kind or source follows at all that it states."""
    parameters = load_department(name)
    people = only_people(shipped_file(name))
    differs: dict[str, bool] = {}
    for left_out in ((), STOCK, ADULTS):
        without = load_department(written(without_entry(people, left_out), tmp_path, name))
        for path in [".".join(left_out)] if left_out else of_its_own(without):
            mine, derived = parameters.entry(path), without.entry(path)
            if (mine.origin, derived.origin) == (f"{name}.yaml", DERIVED):
                one = thing(path)
                differs[one] = differs.get(one, False) or said(mine) != said(derived)
    assert [one for one, is_other in differs.items() if not is_other] == []
    assert {".".join(STOCK), ASSESSMENT} <= set(differs)


def said(one: Entry) -> tuple[object, ...]:
    doubt = one.uncertainty
    return one.value, one.kind, one.source, doubt.low, doubt.high


def thing(path: str) -> str:
    """What a path is a part of: the rule of the assessment is one thing, limits and points."""
    return ASSESSMENT if ".assessment." in path or path.startswith("barriers.") else path


def only_people(tree: Raw) -> Raw:
    """What a file says of its people: all that the rules start from."""
    kept = {key: tree[key] for key in ("schema_version", "extends", "department")}
    adults = tree.get("population", {}).get(ADULTS[1])
    if adults:
        kept["population"] = {ADULTS[1]: adults}
    if "territories" in tree:
        kept["territories"] = {
            name: {key: one for key, one in block.items() if key in OF_PEOPLE}
            for name, block in tree["territories"].items()
        }
    return kept


def without_entry(tree: Raw, path: tuple[str, ...]) -> Raw:
    if not path:
        return tree
    group, name = path
    block = {key: one for key, one in tree.get(group, {}).items() if key != name}
    return {key: one for key, one in tree.items() if key != group} | (
        {group: block} if block else {}
    )


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
    ruled = [path for path in of_its_own(mine) if thing(path) == ASSESSMENT]
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


if __name__ == "__main__":
    values = {name: stated_and_derived(name) for name in shipped_departments()}
    KEPT.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
