"""What a scenario changes, in the words of the scenario page instead of parameter paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sim.parameters import Parameters
from sim.policy import Scenario
from sim.policy.changes import matching_paths
from ui.numbers import day_text
from ui.outcome_words import value_text
from ui.setting_words import setting_name
from ui.spoken import language, text


@dataclass
class _Told:
    """Changes that read alike: their places and the values that they had."""

    name: str
    value: str
    day: date
    places: list[str] = field(default_factory=list)
    before: set[str] = field(default_factory=set)


def changes_told(scenario: Scenario, own: Iterable[str]) -> list[str]:
    """Every change: what, where, the value, that of the tables, from which day on.

    Changes of the visitor's own (``own``: paths, ``*`` for any label) come first; those that
    differ by their territory alone are one line.
    """
    base = scenario.base
    first = {path for pattern in own for path in matching_paths(pattern, base)}
    changes = [
        (path, value, change.day)
        for change in scenario.timeline
        if change.day < scenario.end
        for path, value in change.changes.items()
    ]
    told: dict[tuple[str, str, date], _Told] = {}
    for path, value, day in sorted(changes, key=lambda one: one[0] not in first):
        name = setting_name(path, base)
        unit = base.entry(path).unit
        written = value_text(value, unit, base)
        one = told.setdefault((name, written, day), _Told(name, written, day))
        parts = path.split(".")
        if parts[0] == "territories":
            one.places.append(parts[1])
        one.before.add(value_text(base.value(path), unit, base))
    return [_line(one, base) for one in told.values() if one.before != {one.value}]


def _line(one: _Told, base: Parameters) -> str:
    places = base.labels("territories")
    where = ""
    if set(places) == set(one.places) and len(places) > 1:
        where = f" ({text('scenario.everywhere').lower()})"
    elif one.places:
        names = (base.label_text("territories", place, language()) for place in one.places)
        where = f" ({', '.join(names)})"
    before = next(iter(one.before)) if len(one.before) == 1 else text("note.several")
    return text(
        "note.setting",
        path=f"{one.name}{where}",
        value=one.value,
        before=before,
        day=day_text(one.day),
    )
