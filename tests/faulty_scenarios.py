"""Scenario files with faults, and where each fault is told."""

from __future__ import annotations

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
FAULTY = [
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
    (GOOD.replace("somme\n", "atlantis\n"), "department", "atlantis", "ain"),
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
]
"""Text, the field of one of its faults, and a part of what is found and of what is accepted."""
