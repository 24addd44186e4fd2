"""A department at a smaller (or larger) scale, for tests, demonstrations and quick looks.

Stocks, staff and limited places follow the scale; caps, delays and rates stay. Staff keeps its
exact fraction; stocks are rounded, places and desks rounded up to whole ones, so a very small
department is slightly better equipped than the real one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.errors import Fault, InputError
from sim.parameters.parameters import Parameters
from sim.parameters.values import Value

EXACT = (".fte", ".additional_fte", ".calls_per_month")
STOCKS = (".stock_value", ".stock_households")
PLACES = (".desks", ".activity_places", ".workshop.places")
PLACE_GROUPS = (".places.", ".action_places.")


def scale_department(parameters: Parameters, share: float) -> Parameters:
    """The department with its stock, staff and limited places times ``share`` (above 0)."""
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share < math.inf:
        raise InputError([Fault("", "share", str(share), "a number above 0, 1 for full size")])
    if share == 1:
        return parameters
    values = {path: parameters.value(path) for path in parameters.paths()}
    return parameters.patched(scale_changes(values, share), f"scale {share:g}")


def scale_changes(changes: Mapping[str, Value], share: float) -> dict[str, Value]:
    """Changes of parameters as they must be stated for a department scaled by ``share``.

    Paths that do not follow the scale keep their value.
    """
    return {path: scaled(path, value, share) for path, value in changes.items()}


def scaled(path: str, value: Value, share: float) -> Value:
    """One value at another scale."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if path.endswith(EXACT):
        return value * share
    if path.endswith(STOCKS):
        return max(1, round(value * share)) if value else value
    if path.endswith(PLACES) or any(group in path for group in PLACE_GROUPS):
        return math.ceil(value * share - 1e-9)
    return value
