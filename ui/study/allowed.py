"""What a link or a file of the app may set: levers within their bounds, and nothing else.

Whatever a shipped scenario of the same department sets may be set too, in any territory: it is
what an exported file says in full.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.entry import plain
from sim.parameters.values import Value, shown
from sim.policy import Lever, Scenario, levers

TIMES_THE_USUAL = 10.0
"""A size (posts, places, desks) may go so far beyond the usual range of its lever."""
SIZES = ("fte", "places", "desks", "count")
MOST_DATES = 60
KNOWN_TABLES = 16
ACCEPTED = "a lever of the scenario page, or a value of a shipped scenario of this department"


@lru_cache(maxsize=KNOWN_TABLES)
def known_levers(parameters: Parameters) -> tuple[Lever, ...]:
    """The levers of a department, spelt out once."""
    return levers(parameters)


def check_allowed(scenario: Scenario, shipped: Iterable[Scenario]) -> None:
    """Refuse values that the app does not set; raises `InputError` with all of them.

    ``shipped`` are the shipped scenarios of the department.
    """
    by_path = {lever.path: lever for lever in known_levers(scenario.base)}
    known = {one for other in shipped for one in _values(other)}
    faults = []
    for path, value in _settings(scenario):
        lever = by_path.get(path)
        if _known_as(scenario, path, value) in known:
            continue
        if lever is None or path in scenario.variant:
            faults.append(Fault("scenario", path, shown(plain(value)), ACCEPTED))
            continue
        low, high = bounds_of(lever, scenario.base)
        if not _is_within(value, low, high):
            accepted = f"a number from {low:g} to {high:g} ({lever.unit})"
            faults.append(Fault("scenario", path, shown(plain(value)), accepted))
    if faults:
        raise InputError(faults)


def _settings(scenario: Scenario) -> list[tuple[str, Value]]:
    changed = (item for change in scenario.timeline for item in change.changes.items())
    return [*scenario.variant.items(), *changed]


def _values(scenario: Scenario) -> set[tuple[str, str]]:
    return {_known_as(scenario, path, value) for path, value in _settings(scenario)}


def _known_as(scenario: Scenario, path: str, value: Value) -> tuple[str, str]:
    """A setting without its territory."""
    places = scenario.base.labels("territories")
    parts = ["*" if part in places else part for part in path.split(".")]
    return ".".join(parts), repr(plain(value))


def bounds_of(lever: Lever, parameters: Parameters) -> tuple[float, float]:
    """The least and the most that the app sets a lever to."""
    low, high = parameters.entry(lever.path).bounds
    top = math.inf if high is None else float(high)
    if lever.unit in SIZES:
        top = min(top, TIMES_THE_USUAL * lever.high)
    return (-math.inf if low is None else float(low)), top


def _is_within(value: Value, low: float, high: float) -> bool:
    items = plain(value)
    if isinstance(items, Mapping):
        items = list(items.values())
    listed = items if isinstance(items, list) else [items]
    numbers = [one for one in listed if isinstance(one, int | float) and not isinstance(one, bool)]
    return len(listed) <= MOST_DATES and all(low <= number <= high for number in numbers)
