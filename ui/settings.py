"""What the visitor chose, checked, and the scenario that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from sim.errors import InputError
from sim.policy import Lever, Scenario, levers, load_scenario, shipped_scenarios
from ui.numbers import day_text, plain_number
from ui.texts import text

DEPARTMENT = "somme"
REFERENCE = "somme_reference"
USUAL_DAY = date(2023, 4, 1)
"""The day on which changes act when the scenario itself changes nothing: that of the pilot."""
POSTS, CAP = "additional_fte", "portfolio_cap"


@dataclass(frozen=True)
class Field:
    """One number that the visitor may change: a lever, its present and reference values."""

    lever: Lever
    role: str
    value: float
    reference: float

    @property
    def name(self) -> str:
        """How messages call it."""
        key = "error.posts" if self.lever.key == POSTS else "error.portfolio"
        return text(key, role=self.role)


@dataclass(frozen=True)
class Checked:
    """A scenario ready to run, or what has to be corrected; remarks never stop a run."""

    scenario: Scenario | None
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def scenario_names() -> tuple[str, ...]:
    """Scenarios that share the world of the reference: same department, same first day."""
    reference = scenario(REFERENCE)
    others = (
        name
        for name in shipped_scenarios()
        if name != REFERENCE
        and scenario(name).reference == REFERENCE
        and scenario(name).base == reference.base
    )
    return (*others, REFERENCE)


@cache
def scenario(name: str) -> Scenario:
    """A shipped scenario, read once."""
    return load_scenario(name)


def territories_of(chosen: Scenario) -> tuple[str, ...]:
    """All territories, those that the scenario changes first."""
    labels = chosen.base.labels("territories")
    changed = {
        path.split(".")[1]
        for change in chosen.timeline
        for path in change.changes
        if path.startswith("territories.")
    }
    return tuple(sorted(labels, key=lambda label: (label not in changed, labels.index(label))))


def day_of_effect(chosen: Scenario, territory: str) -> date:
    """The first day on which the scenario changes that territory."""
    prefix = f"territories.{territory}."
    days = [
        change.day
        for change in chosen.timeline
        if any(path.startswith(prefix) for path in change.changes)
    ]
    return min(days, default=USUAL_DAY)


def fields_of(chosen: Scenario, territory: str, key: str) -> tuple[Field, ...]:
    """The fields of one lever in one territory, a role each."""
    base = chosen.base
    in_force = chosen.parameters_on(day_of_effect(chosen, territory))
    roles = {
        f"territories.{territory}.staff.{role}.{key}": base.label_text("roles", role, "fr")
        for role in base.labels("roles")
    }
    return tuple(
        Field(lever, roles[lever.path], in_force.number(lever.path), base.number(lever.path))
        for lever in levers(base)
        if lever.key == key and lever.path in roles
    )


def checked(
    chosen: Scenario,
    territory: str,
    months: int,
    fields: tuple[Field, ...],
    values: Mapping[str, float | None],
) -> Checked:
    """The scenario with the values of the fields; what stays as it was is not touched."""
    faults = [message for field in fields if (message := _fault(field, values[field.lever.path]))]
    if faults:
        return Checked(None, tuple(faults), ())
    changes = {
        field.lever.path: value
        for field in fields
        if (value := values[field.lever.path]) is not None and value != field.value
    }
    remarks = tuple(
        _remark(field, float(changes[field.lever.path]))
        for field in fields
        if field.lever.path in changes and not _is_usual(field, float(changes[field.lever.path]))
    )
    try:
        changed = chosen.with_months(months)
        if changes:
            changed = changed.with_changes(changes, day_of_effect(chosen, territory))
    except InputError as error:
        messages = (text("error.engine", field=fault.field) for fault in error.faults)
        return Checked(None, tuple(messages), ())
    return Checked(changed, (), remarks)


def settings_text(made: Scenario, territory: str) -> str:
    """What was simulated, in one sentence."""
    day = day_of_effect(made, territory)
    in_force = made.parameters_on(day)
    parts = [
        text(
            f"result.{name}", role=field.role, value=plain_number(in_force.number(field.lever.path))
        )
        for key, name in ((POSTS, "setting_posts"), (CAP, "setting_cap"))
        for field in fields_of(made, territory, key)
    ]
    return text("result.settings", settings=" ; ".join(parts), day=day_text(day))


def _fault(field: Field, value: float | None) -> str | None:
    low, high = _possible(field)
    words = {
        "field": field.name,
        "low": plain_number(low),
        "high": plain_number(high),
        "reference": plain_number(field.reference),
    }
    if value is None:
        return text("error.missing", **words)
    if not low <= value <= high:
        return text("error.out_of_range", found=plain_number(value), **words)
    return None


def _possible(field: Field) -> tuple[float, float]:
    """Generous limits: far outside them a value is a slip of the keyboard."""
    if field.lever.key == CAP:
        return 10.0, 1000.0
    return 0.0, 10.0 * field.lever.high


def _is_usual(field: Field, value: float) -> bool:
    return field.lever.low <= value <= field.lever.high


def _remark(field: Field, value: float) -> str:
    return text(
        "error.unusual",
        field=field.name,
        found=plain_number(value),
        low=plain_number(field.lever.low),
        high=plain_number(field.lever.high),
    )
