"""Packed parameters as rules read them here: attributes of Python numbers and nested tuples.

The names are those of the packed records (``sim.engine.packed_layout``). NumPy's narrow or
single-precision numbers never reach a rule, so that sums do not overflow and every product is
that of two 64-bit floats.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Rules(SimpleNamespace):
    """One record of parameters; each of its fields is an attribute."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the packed parameters have no field {name!r}")


def rules_of(record: NDArray[np.void]) -> Rules:
    """The record ``record`` (one row of a packed table) with Python numbers."""
    names = record.dtype.names or ()
    return Rules(**{name: _as_tuples(record[name].tolist()) for name in names})


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list) else value
