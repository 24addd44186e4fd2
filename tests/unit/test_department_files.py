"""A faulty department file or table is refused once, with all its faults."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from faulty_files import (
    Raw,
    dumped,
    faults_of,
    faults_of_department,
    first_territory,
    whole_file,
)

from sim.parameters import load_department
from sim.parameters.national import load_tables
from sim.parameters.sources import TABLES
from ui.cli.departments import show_department


@pytest.fixture
def raw() -> Raw:
    return whole_file()


def test_all_faults_are_reported_at_once(raw: Raw, tmp_path: Path) -> None:
    name, territory = first_territory(raw)
    own = f"territories.{name}"
    role = next(iter(territory["staff"]))
    raw["department"]["code"] = 80
    raw["popluation"] = {}
    territory["staff"][role]["fte"]["value"] = -2
    territory["stock_value"]["value"] = "1500 persons"
    territory["intake"]["desks"]["unit"] = "days"
    territory["intake"]["desk"] = 3
    del territory["stock_unit"]
    fields = {fault.field for fault in faults_of_department(raw, tmp_path)}
    assert fields == {
        "department.code",
        "popluation",
        f"{own}.staff.{role}.fte",
        f"{own}.stock_value",
        f"{own}.stock_unit",
        f"{own}.intake.desks.unit",
        f"{own}.intake.desk",
    }


def test_an_unknown_key_gets_the_nearest_name(raw: Raw, tmp_path: Path) -> None:
    name, territory = first_territory(raw)
    territory["intake"]["notification_day"] = territory["intake"]["desks"]
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == f"territories.{name}.intake.notification_day"
    assert "did you mean" in fault.accepted
    assert "notification_days" in fault.accepted


def test_a_bare_number_without_its_source_is_refused(raw: Raw, tmp_path: Path) -> None:
    name, territory = first_territory(raw)
    territory["intake"]["desks"] = 3
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == f"territories.{name}.intake.desks"
    assert "source" in fault.accepted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "guessed"),
        ("kind", None),
        ("source", "nowhere"),
        ("source", "F9999"),
        ("source", None),
        ("note", " "),
        ("uncertainty", None),
        ("uncertainty", {"none": ""}),
        ("uncertainty", {"low": 5, "high": 1, "interval": 0.9}),
        ("uncertainty", {"low": 1e6, "high": 1e7, "interval": 0.9}),
        ("uncertainty", {"low": 0, "high": 1e7, "interval": 90}),
        ("unit", "weeks"),
        ("bounds", [0, 1]),
        ("vague", True),
    ],
)
def test_faulty_provenance_is_refused(key: str, value: object, raw: Raw, tmp_path: Path) -> None:
    name, territory = first_territory(raw)
    entry = territory["intake"]["desks"]
    assert entry["kind"] == "assumed", "the note is needed for this kind"
    entry[key] = value
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field.startswith(f"territories.{name}.intake.desks.{key}")


def test_a_value_that_every_file_must_state_is_demanded(raw: Raw, tmp_path: Path) -> None:
    name, territory = first_territory(raw)
    place = next(iter(territory["places"]))
    del territory["places"][place]
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == f"territories.{name}.places.{place}"


def test_territories_must_fit_into_the_department(raw: Raw, tmp_path: Path) -> None:
    _, territory = first_territory(raw)
    territory["stock_value"] |= {"value": 1_000_000, "uncertainty": {"none": "a test"}}
    (fault,) = faults_of_department(raw, tmp_path)
    assert fault.field == "territories.*.stock_value"
    assert "fewer than" in fault.accepted


def test_territories_without_remainder_must_make_the_whole(raw: Raw, tmp_path: Path) -> None:
    for territory in raw["territories"].values():
        territory["stock_unit"]["value"] = "persons"
    (fault,) = faults_of_department(raw, tmp_path)
    assert "remainder" in fault.accepted


def test_shares_must_sum_to_one_in_a_department(raw: Raw, tmp_path: Path) -> None:
    share = next(iter(raw["household_types"].values()))["share"]
    share |= {"value": share["value"] + 1e-6, "uncertainty": {"none": "a test"}}
    faults = faults_of_department(raw, tmp_path)
    assert any(fault.field == "household_types.*.share" for fault in faults)


def test_a_department_default_holds_in_every_territory(raw: Raw, tmp_path: Path) -> None:
    entry = {"value": 11, "kind": "assumed", "source": "assumption", "note": "A test."}
    entry["uncertainty"] = {"none": "a test"}
    raw["territory_defaults"] = {"pathways": {"each_pathway": {"contract_due_days": entry}}}
    name, territory = first_territory(raw)
    pathway = load_department("somme").labels("pathways")[0]
    own = territory["pathways"].setdefault(pathway, {})
    own["contract_due_days"] = {**entry, "value": 12}
    file = tmp_path / "mine.yaml"
    file.write_text(dumped(raw), encoding="utf-8")
    mine = load_department(file)
    for territory_name in mine.labels("territories"):
        for other in mine.labels("pathways"):
            path = f"territories.{territory_name}.pathways.{other}.contract_due_days"
            expected = 12 if (territory_name, other) == (name, pathway) else 11
            assert mine.value(path) == expected
            assert mine.entry(path).origin == "mine.yaml"


def test_faults_of_the_national_tables_are_all_reported(tmp_path: Path) -> None:
    for file in TABLES.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    bad = {
        "mine": {
            "one": {"value": 1, "unit": "parsecs"},
            "two": {"value": "2 days", "unit": "days", "kind": "derived", "source": "nowhere"},
            "three": 3,
        },
        "job_finding": {"base_hazard": {"value": 1}},
    }
    (tmp_path / "zz.yaml").write_text(yaml.safe_dump(bad), encoding="utf-8")
    (tmp_path / "zzz.yaml").write_text("a: *b", encoding="utf-8")
    faults = faults_of(lambda: load_tables(tmp_path))
    assert {(fault.file, fault.field) for fault in faults} == {
        ("national tables", "mine.one.unit"),
        ("national tables", "mine.two"),
        ("national tables", "mine.two.note"),
        ("national tables", "mine.two.source"),
        ("national tables", "mine.two.uncertainty"),
        ("national tables", "mine.three"),
        ("zz.yaml", "job_finding.base_hazard"),
        ("zzz.yaml", "line 1"),
    }


def test_the_fingerprint_is_stable_across_loads_and_orders(raw: Raw, tmp_path: Path) -> None:
    raw["household_types"] = dict(reversed(raw["household_types"].items()))
    file = tmp_path / "somme.yaml"
    file.write_text(dumped(raw), encoding="utf-8")
    assert load_department(file).fingerprint() == load_department("somme").fingerprint()
    assert len(load_department("somme").fingerprint()) == 64


def test_a_note_does_not_change_the_fingerprint(raw: Raw, tmp_path: Path) -> None:
    raw["department"]["stock_households"]["note"] = "Another note."
    file = tmp_path / "somme.yaml"
    file.write_text(dumped(raw), encoding="utf-8")
    assert load_department(file) == load_department("somme")


@pytest.mark.slow
def test_thousands_of_unknown_keys_are_refused_at_once(raw: Raw, tmp_path: Path) -> None:
    raw |= {f"territories_{number}": {"value": 1} for number in range(20_000)}
    start = time.perf_counter()
    faults = faults_of_department(raw, tmp_path)
    reading = time.perf_counter() - start
    assert len(faults) == 20_000
    assert reading < 30.0


@pytest.mark.parametrize(("code", "scenarios"), [("80", ["somme_today"]), ("99", [])])
def test_a_file_of_one_s_own_is_described_with_the_scenarios_that_there_are(
    raw: Raw, code: str, scenarios: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw["department"]["code"] = code
    file = tmp_path / "mine.yaml"
    file.write_text(dumped(raw), encoding="utf-8")
    show_department(str(file), is_json=False)
    told = capsys.readouterr().out
    assert f"({code})" in told
    assert [name for name in ("mine_today", "somme_today") if name in told] == scenarios
