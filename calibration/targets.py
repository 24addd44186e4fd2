"""Targets: published figures that simulated ones are held against, with their errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

USES = ("fit", "holdout", "check")


@dataclass(frozen=True)
class Target:
    """One published figure, what it counts, and how far a true model may lie from it.

    ``row`` names the figure in the shipped tables. ``operator`` is the observation operator that
    reads the same quantity, in the same unit, from a simulated population. The three errors are
    standard deviations in that unit: sampling of the source, its definition against the
    operator's, and the model's own discrepancy. Targets of one ``correlation_group`` share
    their definition error. Only ``fit`` targets are learned from; ``holdout`` ones judge the
    fit; ``check`` ones are shown beside it.
    """

    id: str
    row: str
    value: float
    unit: str
    source: str
    population: str
    period: str
    exposure: str
    operator: str
    sampling_sd: float
    definition_sd: float
    discrepancy_sd: float
    correlation_group: str
    use: str
    note: str

    @property
    def sd(self) -> float:
        """All errors of the comparison together, without the noise of simulation."""
        return math.hypot(self.sampling_sd, self.definition_sd, self.discrepancy_sd)
