"""A carried number of households: where it holds, what it says of itself, when nothing tells it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from faulty_files import Raw, entry, faults_of_department, written

from sim.parameters import load_department
from sim.parameters.derivation import carried
from sim.parameters.derivation.carried import carried_stock, starting_households
from sim.parameters.derivation.statistics import latest_stock
from sim.parameters.rules import STOCK
from sim.policy import load_scenario
from sim.policy.remarks import remarks

VOSGES = "88"
EARLY = """schema_version: 1
name: early
title: {en: Early, fr: Avant}
description: {en: Early., fr: Avant.}
extends: vosges_today
reference: vosges_today
start: 2022-01-01
"""
SMALL: Raw = {
    "schema_version": 1,
    "extends": "derivation",
    "department": {"code": "83", "label": {"en": "My Var", "fr": "Mon Var"}},
}
POSTS = "territories.var.staff.job_counsellor.fte"


def test_a_start_before_the_day_it_is_carried_to_takes_the_published_figure(tmp_path: Path) -> None:
    file = tmp_path / "early.yaml"
    file.write_text(EARLY, encoding="utf-8")
    scenario, published = load_scenario(file), latest_stock(VOSGES)
    assert scenario.base.number(STOCK) == published.value
    told = {one.key: dict(one.words) for one in remarks(scenario)}
    assert told["stock_as_of"]["figure_day"] == str(published.as_of)
    assert "stock_carried" not in told
    today = load_scenario("vosges_today")
    assert today.base.number(STOCK) == round(starting_households(VOSGES)) < published.value


def test_too_few_departments_carry_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple([0.9] * (carried.LEAST_DEPARTMENTS - 1))
    monkeypatch.setattr(carried, "_movements", lambda since: few)
    assert carried_stock(VOSGES) is None
    assert starting_households(VOSGES) == latest_stock(VOSGES).value
    enough = (*few, 0.9)
    monkeypatch.setattr(carried, "_movements", lambda since: enough)
    found = carried_stock(VOSGES)
    assert found is not None
    assert found.low <= found.households <= found.high


def test_posts_follow_the_published_share_where_the_file_has_its_own_rule(tmp_path: Path) -> None:
    """The Var sends 3 % to the employment service; only its own rule can send so few."""
    ruled = SMALL | {"territory_defaults": {"assessment": {"employment_at_most": entry(0)}}}
    derived = load_department("83")
    mine = load_department(written(ruled, tmp_path))
    assert "beyond every rule" in derived.entry(POSTS).note
    assert "beyond every rule" not in mine.entry(POSTS).note
    assert mine.number(POSTS) < 0.25 * derived.number(POSTS)


def test_a_faulty_entry_of_a_file_gives_no_fault_of_the_derivation(tmp_path: Path) -> None:
    stock = {key: value for key, value in entry(30000).items() if key != "source"}
    tree = SMALL | {"department": SMALL["department"] | {"stock_households": stock}}
    faults = faults_of_department(tree, tmp_path)
    assert {fault.field for fault in faults} == {f"{STOCK}.source"}
    assert all(fault.file.endswith("mine.yaml") for fault in faults)


def test_a_reference_of_today_starts_on_the_day_after_the_latest_decembers() -> None:
    assert load_scenario("vosges_today").start == date(2025, 1, 1)
