"""A faulty scenario is refused at the door: file, field, what was found, what is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty_scenarios import CHANGE, FAULTY, GOOD, STAFF

from sim.errors import Fault, InputError
from sim.policy import load_scenario


def faults_of(path: Path | str) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    message = str(caught.value)
    assert len(message.splitlines()) <= 25, "more than a screen"
    assert max(map(len, message.splitlines())) < 700
    return caught.value.faults


def faults_in(text: str, folder: Path) -> tuple[Fault, ...]:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    faults = faults_of(path)
    assert all(fault.file == str(path) for fault in faults)
    return faults


def test_the_good_file_is_good(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CHANGE % f"{STAFF}.additional_fte: 3", encoding="utf-8")
    assert load_scenario(path).name == "mine"


@pytest.mark.parametrize(
    ("text", "field", "found", "accepted"),
    FAULTY,
)
def test_one_fault(text: str, field: str, found: str, accepted: str, tmp_path: Path) -> None:
    faults = faults_in(text, tmp_path)
    assert any(
        fault.field.startswith(field) and found in fault.found and accepted in fault.accepted
        for fault in faults
    ), faults


def test_what_has_no_file_or_no_field_is_told_without_it() -> None:
    for file, field, where in (("a", "b", "a: b"), ("", "b", "b"), ("a", "", "a")):
        assert str(Fault(file, field, "0", "1")) == f"{where}: found 0; accepted: 1"
    with pytest.raises(InputError, match=r"\n  share: found 0; accepted: a number above 0"):
        load_scenario("somme_reference").scaled(0)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("months: 36", "months: 0").replace("name: mine", "name: M") + "monts: 1\n"
    assert {fault.field for fault in faults_in(text, tmp_path)} == {"months", "name", "monts"}
    wrong = f"{STAFF}.fte: -1, {STAFF}.portfolio_cap: 0, no.such_path: 1"
    fields = {fault.field for fault in faults_in(CHANGE % wrong, tmp_path)}
    assert fields == {
        f"changes[0].set.{STAFF}.fte",
        f"changes[0].set.{STAFF}.portfolio_cap",
        "changes[0].set.no.such_path",
    }


def test_a_rule_between_values_is_checked_on_its_day(tmp_path: Path) -> None:
    own = "territories.coquelicot.pathways.*.contact"
    (fault, *_) = faults_in(CHANGE % f"{own}_interval_days: 1", tmp_path)
    assert fault.field.startswith("2023-04-01: territories.coquelicot")
    assert "contact_interval_days" in fault.accepted


def test_two_values_for_one_path_are_refused(tmp_path: Path) -> None:
    both = "territories.*.staff.social_worker.fte: 1, territories.coquelicot.staff.*.fte: 2"
    assert any("two values" in fault.found for fault in faults_in(CHANGE % both, tmp_path))


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"name: \xff\xfe\x00")
    (fault,) = faults_of(path)
    assert "UTF-8" in fault.accepted


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    (fault,) = faults_of(path)
    assert "200,000,000 bytes" in fault.found
    assert "at most" in fault.accepted


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "file" in faults_of(tmp_path)[0].accepted
    assert "no file" in faults_of(tmp_path / "nothing.yaml")[0].found


def test_an_unknown_name_brings_the_nearest_names() -> None:
    (fault,) = faults_of("somme_experimant")
    assert "perhaps somme_experiment" in fault.accepted
    assert "somme_reference" in fault.accepted


def test_a_circle_is_named(tmp_path: Path) -> None:
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        text = GOOD.replace("name: mine", f"name: {name}") + f"extends: {parent}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (fault,) = faults_of(tmp_path / "a.yaml")
    assert fault.field == "extends"
    assert "a → b → c → a" in fault.found


@pytest.mark.parametrize(
    ("copy", "field", "found"),
    [
        (
            "scenario: somme_plus14, from_territory: coquelicot, to_territory: moon",
            "copy_of.to_territory",
            "'moon'",
        ),
        (
            "scenario: somme_plus14, from_territory: rest, to_territory: amiens_nord",
            "copy_of.scenario",
            "changes nothing in rest",
        ),
        (
            "scenario: somme_experiment_amiens_nord, from_territory: rest, to_territory: rest",
            "copy_of.scenario",
            "a copy of a copy",
        ),
        (
            "scenario: somme_plus15, from_territory: coquelicot, to_territory: rest",
            "copy_of.scenario",
            "'somme_plus15'",
        ),
    ],
)
def test_a_faulty_copy_is_refused(copy: str, field: str, found: str, tmp_path: Path) -> None:
    change = f"changes:\n  - {{date: 2023-04-01, label: x, copy_of: {{{copy}}}}}\n"
    (fault,) = faults_in(GOOD + change, tmp_path)
    assert fault.field == f"changes[0].{field}"
    assert found in fault.found
