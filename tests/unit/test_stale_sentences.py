"""No shipped sentence denies a figure that the shipped tables hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from sim.parameters import known_departments, load_department
from sim.parameters.derivation.statistics import latest_stock
from sim.policy import load_scenario, shipped_scenarios

DENIALS = re.compile(r"no newer|nothing newer|aucun chiffre plus récent|rien de plus récent", re.I)
ROOT = Path(sim.__file__).parents[1]


def test_no_text_says_that_nothing_newer_is_published() -> None:
    texts = [*(ROOT / "ui" / "texts").glob("*.yaml"), *(ROOT / "scenarios").glob("*.yaml"),
             *(ROOT / "sim").rglob("*.yaml")]  # fmt: skip
    assert len(texts) > 50
    denying = [file.name for file in texts if DENIALS.search(file.read_text(encoding="utf-8"))]
    assert denying == []


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_scenario_that_names_its_stock_names_a_day_that_is_past(name: str) -> None:
    scenario = load_scenario(name)
    day = scenario.stock_as_of
    assert day is None or day < scenario.start


def test_every_stock_in_a_file_has_the_day_that_it_describes() -> None:
    for code, name in known_departments().items():
        entry = load_department(name).entry("department.stock_households")
        assert entry.as_of is not None, name
        assert entry.as_of <= latest_stock(code).as_of
