"""Turns the changes of scenario files into values of parameter paths, day by day.

A path may use ``*`` for any one name; a path without it has the last word over one with it,
whatever the order of the keys. A change may copy what another scenario does in one territory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.parameters.values import NotAcceptedError, Value
from sim.policy.form import Copy, DatedValue
from sim.policy.plan import PlannedChange, read_plan

ANY = "*"
SIGNS = re.compile(r"[*?\[\]]")
"""What a pattern may hold beside the letters of names."""
TERRITORIES = "territories"


@dataclass(frozen=True)
class DatedChange:
    """Values that hold from the start of ``day`` on."""

    day: date
    label: str
    changes: Mapping[str, Value]
    source: tuple[str, ...] = field(default=())


def values_of(
    written: Mapping[str, object], parameters: Parameters, file: str, where: str
) -> dict[str, Value]:
    """Written paths and values with every ``*`` spelt out; raises `InputError`."""
    faults: list[Fault] = []
    values: dict[str, Value] = {}
    said_by: dict[str, str] = {}
    for pattern in sorted(written, key=lambda path: -path.count(ANY)):
        try:
            found = _accepted(pattern, written[pattern], parameters, Fault(file, where, "", ""))
        except InputError as error:
            faults += error.faults
            continue
        for path, value in found.items():
            other = said_by.get(path, "")
            if other.count(ANY) == pattern.count(ANY) and values.get(path, value) != value:
                both = f"two values for {path} (also from {other})"
                faults.append(Fault(file, f"{where}.{pattern}", both, "one value"))
            values[path] = value
            said_by[path] = pattern
    if faults:
        raise InputError(faults)
    return values


def _accepted(
    pattern: str, written: object, parameters: Parameters, place: Fault
) -> dict[str, Value]:
    """The value of every path that a pattern stands for; a fault at ``place`` if refused."""
    paths = matching_paths(pattern, parameters)
    place = replace(place, field=f"{place.field}.{pattern}")
    if not paths:
        accepted = nearest(pattern, parameters.paths())
        raise InputError(
            [replace(place, found="a path that is not a parameter", accepted=accepted)]
        )
    value = dict(written.dated) if isinstance(written, DatedValue) else written
    try:
        return {path: parameters.entry(path).form.accept(value) for path in paths}
    except NotAcceptedError as refusal:
        fault = replace(place, found=refusal.found, accepted=refusal.accepted)
        raise InputError([fault]) from None


def matching_paths(pattern: str, parameters: Parameters) -> tuple[str, ...]:
    """The parameter paths that a pattern stands for, name by name."""
    if ANY not in pattern:
        return (pattern,) if pattern in parameters.paths() else ()
    names = pattern.split(".")
    # What stands before the first sign and after the last one leaves few paths to look at.
    begin, end = SIGNS.split(pattern)[0], SIGNS.split(pattern)[-1]
    return tuple(
        path
        for path in parameters.paths()
        if path.startswith(begin)
        and path.endswith(end)
        and len(parts := path.split(".")) == len(names)
        and all(map(fnmatchcase, parts, names))
    )


def dated_changes(changes: Sequence[PlannedChange], base: Parameters) -> list[DatedChange]:
    """The planned changes with their values, by day; raises `InputError` with all faults."""
    faults: list[Fault] = []
    resolved: list[DatedChange] = []
    for planned in changes:
        try:
            resolved += _resolved(planned, base)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return last_words(resolved)


def _resolved(planned: PlannedChange, base: Parameters) -> list[DatedChange]:
    change, file = planned.change, str(planned.path)
    own = values_of(change.set, base, file, f"{planned.field}.set")
    own_change = DatedChange(change.date, change.label, own, tuple(change.source))
    if change.copy_of is None:
        if not own:
            fault = Fault(file, f"{planned.field}.set", "nothing", "at least one parameter path")
            raise InputError([fault])
        return [own_change]
    copied = _copied(planned, change.copy_of, base)
    return [*copied, own_change] if own else copied


def _copied(planned: PlannedChange, copy: Copy, base: Parameters) -> list[DatedChange]:
    """What a scenario does in one territory, moved to another one and to the day of the change."""
    file, where = str(planned.path), f"{planned.field}.copy_of"
    territories = base.labels(TERRITORIES)
    faults = [
        Fault(
            file,
            f"{where}.{name}",
            f"the unknown territory {territory!r}",
            f"one of {', '.join(territories)}",
        )
        for name, territory in (
            ("from_territory", copy.from_territory),
            ("to_territory", copy.to_territory),
        )
        if territory not in territories
    ]
    if faults:
        raise InputError(faults)
    plan = read_plan(copy.scenario, planned.path, f"{where}.scenario")
    if plan.outside:
        raise InputError(plan.outside)
    if any(other.change.copy_of for other in plan.changes):
        accepted = "a scenario whose own changes are not copies"
        raise InputError([Fault(file, f"{where}.scenario", "a copy of a copy", accepted)])
    here = f"{TERRITORIES}.{copy.from_territory}."
    there = f"{TERRITORIES}.{copy.to_territory}."
    moved = [
        replace(
            change,
            changes={
                there + path.removeprefix(here): value
                for path, value in change.changes.items()
                if path.startswith(here)
            },
        )
        for change in dated_changes(plan.changes, base)
    ]
    moved = [change for change in moved if change.changes]
    if not moved:
        found = f"a scenario that changes nothing in {copy.from_territory}"
        accepted = "a scenario that changes something there"
        raise InputError([Fault(file, f"{where}.scenario", found, accepted)])
    shift = planned.change.date - moved[0].day
    return [
        replace(
            change,
            day=change.day + shift,
            label=f"{planned.change.label}: {change.label}",
            source=tuple(dict.fromkeys([*planned.change.source, *change.source])),
        )
        for change in moved
    ]


def last_words(changes: Sequence[DatedChange]) -> list[DatedChange]:
    """The changes by day; on one day only the last value of a path stays."""
    last = {(change.day, path): i for i, change in enumerate(changes) for path in change.changes}
    kept = [
        replace(
            change,
            changes={p: v for p, v in change.changes.items() if last[change.day, p] == i},
        )
        for i, change in enumerate(changes)
    ]
    return sorted((change for change in kept if change.changes), key=lambda change: change.day)
