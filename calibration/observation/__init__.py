"""Observation operators: published figures read from a simulated population as their source does.

Every operator takes an `ObservedYear` and gives one number: a share between 0 and 1, a number of
months or of years, or euro.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType

from calibration.observation import offices, stays, work
from calibration.observation.year import ObservedYear

__all__ = ["OPERATORS", "ObservedYear", "Operator"]

Operator = Callable[[ObservedYear], float]


def _operators(*rooms: ModuleType) -> Mapping[str, Operator]:
    """The public functions of an observed year that rooms define, by name."""
    return {
        name: function
        for room in rooms
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__
        and not name.startswith("_")
        and list(inspect.signature(function).parameters) == ["year"]
        and inspect.signature(function).return_annotation == "float"
    }


OPERATORS: Mapping[str, Operator] = _operators(offices, stays, work)
