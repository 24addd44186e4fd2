"""The fields of the scenario page: levers of a department, and the value that each has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import InputError
from sim.parameters import Parameters
from sim.parameters.in_use import pathways_in_use, roles_in_use
from sim.policy import Lever, Scenario
from ui.study.allowed import known_levers
from ui.study.draft import Draft
from ui.study.references import day_of, origin_of, scenario_of

EVERYWHERE = "*"
OWN = "own"
"""The kind of a value that a visitor's own figures state."""
BLOCKS = ("means", "organisation", "context")
UNITS_OF_SIZE = ("fte", "places", "desks", "count")
"""What belongs to one place: not offered for all territories at once."""
FIRST: Mapping[str, tuple[str, ...]] = {
    "means": ("additional_fte", "recruitment_delay", "learning_time"),
    "organisation": (
        "portfolio_cap",
        "notification_days",
        "intake_desks",
        "contact_interval",
        "appointment_interval",
    ),
    "context": ("inflow", "labour_market", "uprating"),
}
"""Levers shown at once; the others of the block can be added."""
OF_FOCUS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "recruit": ("additional_fte",),
    "portfolios": ("portfolio_cap",),
    "delays": ("notification_days", "intake_desks", "intake_minutes"),
}
"""Levers that answer a question of the first page."""


@dataclass(frozen=True)
class Field:
    """One lever as the page shows it. ``path`` may have ``*`` for every territory."""

    lever: Lever
    path: str
    reference: object
    """The value in the reference tables."""
    start: object
    """The value in the scenario that the draft starts from, on the day of effect."""
    value: object
    """The value in the draft."""
    kind: str
    source: tuple[str, ...]
    possible: tuple[float | None, float | None]

    @property
    def is_number(self) -> bool:
        """Whether one number answers the field."""
        return isinstance(self.start, (int, float)) and not isinstance(self.start, bool)


def territories_of(draft: Draft) -> tuple[str, ...]:
    """Territories of the draft's department, those that its origin changes first."""
    origin = origin_of(draft)
    labels = origin.base.labels("territories")
    changed = {
        path.split(".")[1]
        for change in origin.timeline
        for path in change.changes
        if path.startswith("territories.")
    }
    return tuple(sorted(labels, key=lambda label: (label not in changed, labels.index(label))))


def fields_of(draft: Draft, block: str, territory: str) -> tuple[Field, ...]:
    """The fields of a block for one territory (or all: ``EVERYWHERE``), the first ones first."""
    origin = origin_of(draft)
    in_force = origin.parameters_on(day_of(draft))
    present = territories_of(draft)[0] if territory == EVERYWHERE else territory
    found = [
        _field(lever, draft, origin, in_force, territory)
        for lever in known_levers(origin.base)
        if lever.block == block
        and lever.territory in (None, present)
        and not (territory == EVERYWHERE and lever.territory and lever.unit in UNITS_OF_SIZE)
    ]
    own = _own_parameters(draft, origin)
    found = [one for one in found if one.path in draft.values or is_in_use(one.lever, own, present)]
    first = (*OF_FOCUS[draft.focus], *FIRST[block])
    return tuple(sorted(found, key=lambda field: _rank(field, first)))


def is_in_use(lever: Lever, parameters: Parameters, territory: str) -> bool:
    """Whether the role or the pathway of a lever has something to do in a territory.

    The lever that offers a pathway to its public always is in use.
    """
    parts = lever.path.split(".")
    if parts[-1] == "coverage_share":
        return True
    roles = {one for one in parts if one in parameters.labels("roles")}
    pathways = {one for one in parts if one in parameters.labels("pathways")}
    return roles <= set(roles_in_use(parameters, territory)) and pathways <= set(
        pathways_in_use(parameters, territory)
    )


def _own_parameters(draft: Draft, origin: Scenario) -> Parameters:
    """What is in force in the end of a draft; of its origin while its values do not fit."""
    try:
        made = scenario_of(draft, origin.months)
    except InputError:
        made = origin
    return made.parameters_on(made.end)


def is_shown_at_once(field: Field, draft: Draft, block: str) -> bool:
    """Whether a field is among the first of its block, or was changed."""
    first = (*OF_FOCUS[draft.focus], *FIRST[block])
    return field.lever.key in first or field.path in draft.values


def _rank(field: Field, first: tuple[str, ...]) -> int:
    return first.index(field.lever.key) if field.lever.key in first else len(first)


def _field(
    lever: Lever, draft: Draft, origin: Scenario, in_force: Parameters, territory: str
) -> Field:
    path = lever.path
    if territory == EVERYWHERE and lever.territory:
        path = path.replace(f"territories.{lever.territory}.", f"territories.{EVERYWHERE}.", 1)
    entry = origin.base.entry(lever.path)
    start = in_force.value(lever.path)
    return Field(
        lever=lever,
        path=path,
        reference=entry.value,
        start=start,
        value=draft.values.get(path, start),
        kind=OWN if draft.own is not None and lever.path in draft.own.values else entry.kind,
        source=entry.source,
        possible=entry.bounds,
    )
