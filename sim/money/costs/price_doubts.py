"""How far the euro of a line may be off: the error of the level, and the doubt of unit costs.

The doubts are taken at fixed points that fill the space evenly (no draw, so the same budget is
the same to the cent). Each family of lines has one doubt: costs of the same kind err together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.money.costs.posted_costs import ACTIONS, COLLECTIVE, CONTRACTS, STAFF, WORKSHOPS
from sim.money.costs.spending import ALLOWANCE, OVERPAYMENTS, REPAID, WRITE_OFFS, group_of
from sim.parameters import Parameters

Floats = NDArray[np.float64]
POINTS = 64
LEVEL_ERROR = "costs.level_error_12_months"
MONTHS_PER_YEAR = 12
FAMILIES = ("level", OVERPAYMENTS, WRITE_OFFS, STAFF, ACTIONS, CONTRACTS, "sessions")
PATH_OF_LINE: Mapping[str, str] = {
    OVERPAYMENTS: "costs.overpayment_claimed_share",
    WRITE_OFFS: "costs.overpayment_written_off_share",
    WORKSHOPS: "costs.workshop_session_eur",
    COLLECTIVE: "costs.collective_session_eur",
}
PATTERN_OF_GROUP: Mapping[str, str] = {
    STAFF: "roles.{}.loaded_cost_eur_per_year",
    ACTIONS: "actions.{}.cost_eur",
    CONTRACTS: "job_types.{}.public_cost_eur",
}
FAMILY_OF_LINE: Mapping[str, str] = {WORKSHOPS: "sessions", COLLECTIVE: "sessions"}


@cache
def _scores(points: int) -> Floats:
    """Standard normal scores, (points, families)."""
    from scipy.stats import qmc  # slow to import, and only draws need it

    sampler = qmc.Halton(d=len(FAMILIES), scramble=False)
    # The first point of the sequence is 0 in every dimension.
    uniform = sampler.random(points + 1)[1:]
    scores: Floats = special.ndtri(uniform)
    return scores


@dataclass(frozen=True, eq=False)
class Doubts:
    """Factors of the euro of each line, (points, lines): 1 is the value of the tables."""

    lines: tuple[str, ...]
    unit_costs: Floats
    level_scores: Floats
    follows_level: NDArray[np.bool_]
    yearly_error: float

    def level_factors(self, months_ahead: Sequence[float]) -> Floats:
        """(points, horizons): the error of a level that nothing else tells."""
        years = np.maximum(np.asarray(months_ahead, dtype=np.float64), 0.0) / MONTHS_PER_YEAR
        factors: Floats = np.exp(np.outer(self.level_scores, self.yearly_error * np.sqrt(years)))
        return factors


def doubts_of(parameters: Parameters, lines: Sequence[str], points: int = POINTS) -> Doubts:
    """The doubts of the lines under the ranges of the tables, at so many points."""
    scores = _scores(points)
    unit_costs = np.ones((points, len(lines)))
    for column, line in enumerate(lines):
        path = path_of(line)
        if path is not None:
            family = FAMILIES.index(FAMILY_OF_LINE.get(line, group_of(line)))
            unit_costs[:, column] = _relative(parameters, path, scores[:, family])
    # Write-offs are a part of what is claimed: they carry both doubts.
    if WRITE_OFFS in lines and OVERPAYMENTS in lines:
        unit_costs[:, lines.index(WRITE_OFFS)] *= unit_costs[:, lines.index(OVERPAYMENTS)]
    allowance = (ALLOWANCE, REPAID, OVERPAYMENTS, WRITE_OFFS)
    return Doubts(
        lines=tuple(lines),
        unit_costs=unit_costs,
        level_scores=scores[:, 0],
        follows_level=np.array([line in allowance for line in lines]),
        yearly_error=parameters.number(LEVEL_ERROR),
    )


def path_of(line: str) -> str | None:
    """The parameter that holds the unit cost of a line; None for what the law pays."""
    group, _, name = line.partition(".")
    if group in PATTERN_OF_GROUP and name:
        return PATTERN_OF_GROUP[group].format(name)
    return PATH_OF_LINE.get(line)


def _relative(parameters: Parameters, path: str, scores: Floats) -> Floats:
    """A value with its range as factors of itself: a normal with two half widths."""
    entry = parameters.entry(path)
    known = entry.uncertainty
    value = parameters.dated(path)[-1][1] if entry.form.is_dated else parameters.number(path)
    if known.low is None or known.high is None or known.interval is None or not value:
        return np.ones(len(scores))
    assert isinstance(value, int | float), path
    reach = special.ndtri(0.5 + known.interval / 2.0)
    up, down = (known.high / value - 1.0) / reach, (1.0 - known.low / value) / reach
    factors: Floats = np.maximum(1.0 + scores * np.where(scores > 0.0, up, down), 0.0)
    return factors
