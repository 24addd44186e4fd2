"""A faulty scenario is refused at the door: file, field, what was found, what is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import Fault, InputError
from sim.policy import load_scenario

GOOD = """\
schema_version: 1
name: mine
title: {en: Mine, fr: La mienne}
description: {en: A test., fr: Un essai.}
department: somme
reference: somme_reference
start: 2023-01-01
months: 36
"""
CHANGE = GOOD + "changes:\n  - {date: 2023-04-01, label: x, set: {%s}}\n"
STAFF = "territories.coquelicot.staff.social_worker"


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
    [
        (GOOD + "monts: 3\n", "monts", "unknown key", "perhaps months"),
        (GOOD.replace("months: 36", "months: 0"), "months", "number 0", "from 1 to 240"),
        (GOOD.replace("months: 36", "months: 241"), "months", "241", "from 1 to 240"),
        (GOOD.replace("months: 36", "months: 36.5"), "months", "36.5", "whole number"),
        (GOOD.replace("months: 36", "months: three"), "months", "'three'", "whole number"),
        (GOOD.replace("months: 36", "months: true"), "months", "true", "whole number"),
        (GOOD.replace("months: 36\n", ""), "months", "nothing", "from 1 to 240"),
        (GOOD.replace("2023-01-01", "soon"), "start", "'soon'", "2023-01-01"),
        (GOOD.replace("2023-01-01", "1999-01-01"), "start", "1999-01-01", "from 2010"),
        (GOOD.replace("2023-01-01", "2023-01-17"), "start", "2023-01-17", "first day of a month"),
        (GOOD.replace("2023-01-01", "2023-02-30"), "start", "2023-02-30", "date"),
        (GOOD.replace("somme\n", "atlantis\n"), "department", "atlantis", "somme"),
        (GOOD.replace("department: somme", "department: 80"), "department", "80", "in quotes"),
        (GOOD.replace("department: somme", "department: 01"), "department", "01", "quotes"),
        (GOOD.replace("department: somme\n", ""), "department", "nothing", "department file"),
        (GOOD.replace("schema_version: 1", "schema_version: 2"), "schema_version", "2", "1"),
        (GOOD.replace("name: mine", "name: My Own"), "name", "My Own", "small letters"),
        (
            GOOD.replace("title: {en: Mine, fr: La mienne}", "title: {en: Mine}"),
            "title.fr",
            "nothing",
            "French",
        ),
        (
            GOOD + "extends: [somme_refrence]\n",
            "extends",
            "somme_refrence",
            "perhaps somme_reference",
        ),
        (
            GOOD + "changes:\n  - {date: 2022-04-01, label: x, set: {a.b: 1}}\n",
            "changes[0].date",
            "2022-04-01",
            "2023-01-01",
        ),
        (
            GOOD + "changes:\n  - {date: 2026-01-01, label: x, set: {a.b: 1}}\n",
            "changes[0].date",
            "2026-01-01",
            "2026-01-01",
        ),
        (
            GOOD + "changes:\n  - {date: 2023-04-01 10:00:00, label: x, set: {a.b: 1}}\n",
            "changes[0].date",
            "10:00",
            "without a time",
        ),
        (
            GOOD + "changes:\n  - {date: 2023-04-01, label: x}\n",
            "changes[0].set",
            "nothing",
            "parameter path",
        ),
        (GOOD + "changes: {date: 2023-04-01}\n", "changes", "a block of keys", "list"),
        (CHANGE % "Bad Path: 1", "changes[0].set.Bad Path", "'Bad Path'", "parameter path"),
        (
            CHANGE % f"{STAFF}.additional_ftee: 1",
            f"changes[0].set.{STAFF}.additional_ftee",
            "not a parameter",
            "additional_fte",
        ),
        (
            CHANGE % "territories.*.staff.*.x: 1",
            "changes[0].set.territories.*.staff.*.x",
            "not a parameter",
            "",
        ),
        (
            CHANGE % f"{STAFF}.portfolio_cap: 0",
            f"changes[0].set.{STAFF}.portfolio_cap",
            "0",
            "from",
        ),
        (CHANGE % f"{STAFF}.fte: -1", f"changes[0].set.{STAFF}.fte", "-1", "from 0"),
        (CHANGE % f"{STAFF}.fte: 2 ETP", f"changes[0].set.{STAFF}.fte", "2 ETP", "number in fte"),
        (CHANGE % f"{STAFF}.fte: '2'", f"changes[0].set.{STAFF}.fte", "'2'", "number in fte"),
        (CHANGE % f"{STAFF}.fte: no", f"changes[0].set.{STAFF}.fte", "false", "number in fte"),
        (
            CHANGE % f"{STAFF}.fte: .inf",
            f"changes[0].set.{STAFF}.fte",
            "too large",
            "number in fte",
        ),
        (CHANGE % f"{STAFF}.fte: [a: 1]", f"changes[0].set.{STAFF}.fte", "a list", "a number"),
        (CHANGE % f"{STAFF}.fte: ", f"changes[0].set.{STAFF}.fte", "nothing", "number"),
        (
            GOOD + "variant: {territories.coquelicot.stock_unit: cats}\n",
            "variant.territories.coquelicot.stock_unit",
            "cats",
            "persons",
        ),
        (GOOD + "months: 12\n", "months", "twice", "once"),
        (GOOD + "extra: !!python/object/apply:os.system ['true']\n", "line 9", "tag", "plain"),
        (GOOD + "extra: !thing {a: 1}\n", "line 9", "tag", "plain"),
        (GOOD + "a: &x [1]\nb: *x\n", "line 10", "alias", "in full"),
        ("a: [1\n", "line", "", "valid YAML"),
        ("- 1\n", "", "no keys", "keys and values"),
        ("80: 1\n", "line 1", "80", "quotes"),
        ("", "", "an empty file", "keys and values"),
        ("# only a comment\n", "", "an empty file", "keys and values"),
        ("[" * 500, "", "", ""),
    ],
)
def test_one_fault(text: str, field: str, found: str, accepted: str, tmp_path: Path) -> None:
    faults = faults_in(text, tmp_path)
    assert any(
        fault.field.startswith(field) and found in fault.found and accepted in fault.accepted
        for fault in faults
    ), faults


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
