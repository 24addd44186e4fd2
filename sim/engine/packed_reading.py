"""Reading several parameters at once for the packed records."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.parameters import Parameters


def column(parameters: Parameters, group: str, field: str) -> list[float]:
    """Numbers of one field of a table, in the order of its labels."""
    return [parameters.number(f"{group}.{label}.{field}") for label in parameters.labels(group)]


def number_on(parameters: Parameters, path: str, when: date) -> float:
    """A number in force on a date; raises TypeError for anything else."""
    value = parameters.value(path)
    if isinstance(value, tuple):
        value = parameters.value_on(path, when)
    if not isinstance(value, int | float):
        raise TypeError(f"{path} is not a number: {value!r}")
    return float(value)


def cumulative(shares: list[float]) -> NDArray[np.float64]:
    """Upper edges of shares, the last exactly 1."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    edges[-1] = 1.0
    return edges
