"""What a rule between several values is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

from sim.errors import Fault
from sim.parameters.values import Value

Values = Mapping[str, Value]
SUM_TOLERANCE = 1e-9
"""How far shares that sum to 1 may be off it, by rounding."""


class Rule(Protocol):
    """A condition over several values."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths the rule reads."""
        ...

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the values break the rule."""
        ...


def number(values: Values, path: str) -> float:
    """A value known to be one number."""
    value = values[path]
    return float(value) if isinstance(value, (int, float)) else math.nan
