"""The catalogue of levers fits the tables, and says when a value leaves the usual range."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.parameters import load_department
from sim.policy import lever_catalogue, levers, load_scenario, remarks, shipped_scenarios


def test_levers_exist_with_their_unit_and_in_both_languages() -> None:
    base = load_department("somme")
    found = levers(base)
    assert {lever.key for lever in found} == set(lever_catalogue())
    for lever in found:
        entry = base.entry(lever.path)
        assert entry.unit == lever.unit, lever.path
        assert lever.low <= base.number(lever.path) <= lever.high, lever.path
        assert lever.low < lever.high
        accepted_low, accepted_high = entry.bounds
        assert accepted_low is None or accepted_low <= lever.low, lever.path
        assert accepted_high is None or lever.high <= accepted_high, lever.path
        assert "{" not in lever.label["en"] + lever.label["fr"]


def test_shipped_scenarios_stay_in_the_usual_ranges() -> None:
    assert [remark for name in shipped_scenarios() for remark in remarks(load_scenario(name))] == []


def test_a_value_outside_the_usual_range_is_accepted_with_a_remark() -> None:
    path = "territories.coquelicot.staff.social_worker.additional_fte"
    scenario = load_scenario("somme_reference").with_changes({path: 80.0})
    (remark,) = remarks(scenario)
    assert path in remark
    assert "from 0 to 60 fte" in remark


def test_a_faulty_catalogue_tells_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "levers.yaml"
    text = "schema_version: 1\nlevers:\n  a: {path: x.y, unit: days, kind: whim}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        lever_catalogue(file)
    fields = {fault.field for fault in caught.value.faults}
    assert fields == {"levers.a.kind", "levers.a.range", "levers.a.block", "levers.a.label"}
