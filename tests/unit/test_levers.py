"""The catalogue of levers fits the tables, and says when a value leaves the usual range."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.parameters import Value, load_department, shipped_departments
from sim.policy import lever_catalogue, levers

NEEDED = (
    "additional_fte", "staff_fte", "recruitment_delay", "portfolio_cap", "contact_interval",
    "contact_minutes", "appointment_interval", "appointment_minutes", "intake_days",
    "intake_desks", "joint_intake", "invitation_channel", "telephone_roles", "workshop_places",
    "activity_hours", "activity_ramp", "action_places", "follow_up", "follow_up_interval",
    "low_band", "high_band", "review", "target_age_low", "target_age_high", "ladder",
    "job_places", "events", "coverage", "reassignment", "inflow", "labour_market",
    "market_season", "uprating",
)  # fmt: skip
"""What any department may move; volunteering is a place of an action."""


def numbers_of(value: Value) -> list[float]:
    """The numbers of one value, of a list, of dated values."""
    items = value if isinstance(value, tuple) else (value,)
    return [float(item[1] if isinstance(item, tuple) else item) for item in items]


@pytest.mark.parametrize("department", shipped_departments())
def test_levers_exist_with_their_unit_and_in_both_languages(department: str) -> None:
    base = load_department(department)
    found = levers(base)
    assert {lever.key for lever in found} == set(lever_catalogue())
    for lever in found:
        entry, listed = base.entry(lever.path), lever_catalogue()[lever.key]
        assert entry.unit == lever.unit, lever.path
        assert (entry.form.is_dated, entry.form.length is not None) == (
            listed.shape == "dated",
            listed.shape == "list",
        ), lever.path
        assert "{" not in lever.label["en"] + lever.label["fr"]
        assert not lever.has_price or base.number(lever.cost) > 0, lever.path
        if lever.choices:
            assert len(lever.choices) > 1, lever.path
            continue
        values = numbers_of(base.value(lever.path))
        assert all(lever.low <= value <= lever.high for value in values), lever.path
        assert lever.low < lever.high
        accepted_low, accepted_high = entry.bounds
        assert accepted_low is None or accepted_low <= lever.low, lever.path
        assert accepted_high is None or lever.high <= accepted_high, lever.path


def test_the_catalogue_has_every_lever_of_a_scheme() -> None:
    assert set(NEEDED) <= set(lever_catalogue())


def test_a_post_has_the_price_of_its_role() -> None:
    base = load_department("somme")
    for lever in levers(base):
        if lever.key in ("additional_fte", "staff_fte"):
            role = lever.path.split(".")[3]
            assert lever.cost == f"roles.{role}.loaded_cost_eur_per_year"


def test_a_faulty_catalogue_tells_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "levers.yaml"
    text = "schema_version: 1\nlevers:\n  a: {path: x.y, unit: days, kind: whim}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        lever_catalogue(file)
    fields = {fault.field for fault in caught.value.faults}
    assert fields == {"levers.a.kind", "levers.a.block", "levers.a.cost", "levers.a.label"}


def test_a_number_needs_a_range_and_words_have_none(tmp_path: Path) -> None:
    file = tmp_path / "levers.yaml"
    rest = "kind: choice, block: means, cost: none, label: {en: a, fr: a}"
    usual = "range: {low: 0, high: 1, step: 1}"
    text = (
        "schema_version: 1\nlevers:\n"
        f"  a: {{path: x.y, unit: days, {rest}}}\n"
        f"  b: {{path: x.z, unit: word, {usual}, {rest}}}\n"
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        lever_catalogue(file)
    assert {fault.field for fault in caught.value.faults} == {"levers.a", "levers.b"}
