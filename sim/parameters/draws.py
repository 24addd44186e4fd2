"""Draws of parameters: what the fit to published figures leaves open, one row per draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHARED = "national"
"""Name of the draws for departments without their own."""
BADGES = ("data", "mixed", "literature", "assumption")
"""Where the knowledge of a parameter comes from, best first."""


@dataclass(frozen=True)
class Draws:
    """Equally likely parameter values of one department.

    ``values`` has one row per draw and one column per path. ``identity`` is the hash of engine,
    priors and targets that the fit was made with. ``kinds`` gives the badge of each path.
    ``department`` is `SHARED` for draws that no department's own figures entered.
    """

    department: str
    paths: tuple[str, ...]
    values: NDArray[np.float64]
    identity: str
    kinds: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.paths):
            raise ValueError("draws need one column per path")
        if set(self.kinds) != set(self.paths):
            raise ValueError("draws need one badge per path")

    def __repr__(self) -> str:
        """One line: whose they are, and how many of how many parameters."""
        return f"Draws({self.department}: {len(self)} of {len(self.paths)} parameters)"

    def __len__(self) -> int:
        return len(self.values)

    def values_of(self, number: int) -> dict[str, float]:
        """The values of one draw by path, in the unit of the table."""
        return dict(zip(self.paths, self.values[number].tolist(), strict=True))
