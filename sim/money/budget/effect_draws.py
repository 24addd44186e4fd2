"""Parameters drawn for a budget: those of the fit, else sizes of effects from their ranges.

What support does is not identified by department data. A budget that shows one size of effect
would hide that: each replication takes its own point of the ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from sim.parameters import Parameters
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.entry import Entry
from sim.parameters.ranges import in_range

GROUP = "effects."
NOT_A_HAZARD = "effects.displacement_share"
"""Shown beside gross results; the engine does not read it."""


@dataclass(frozen=True)
class ParameterDraws:
    """One set of parameter values for each replication; ``is_fitted``: of the shipped fit."""

    values: tuple[Mapping[str, float], ...]
    is_fitted: bool


def parameter_draws(parameters: Parameters, count: int) -> ParameterDraws:
    """The fit's draws of the department, spread over all of them; else sizes of effects alone."""
    shipped = department_draws(parameters.department)
    if shipped is None or not len(shipped):
        return ParameterDraws(effect_draws(parameters, count), False)
    chosen = (number * len(shipped) // count % len(shipped) for number in range(count))
    return ParameterDraws(tuple(shipped.values_of(number) for number in chosen), True)


def effect_paths(parameters: Parameters) -> tuple[str, ...]:
    """Paths of the sizes of effects that have a range, in alphabetical order."""
    return tuple(
        path
        for path in parameters.paths()
        if path.startswith(GROUP)
        and path != NOT_A_HAZARD
        and parameters.entry(path).uncertainty.interval is not None
    )


def effect_draws(parameters: Parameters, count: int) -> tuple[dict[str, float], ...]:
    """``count`` sets of sizes of effects, evenly spread over their ranges.

    Each is a normal with two half widths that holds the interval of the table, cut at the bounds
    of the parameter; sizes are independent. The same count gives the same draws.
    """
    paths = effect_paths(parameters)
    from scipy.stats import qmc  # slow to import, and only draws need it

    uniform = qmc.Sobol(d=len(paths), scramble=True, rng=0).random_base2(
        max(count - 1, 1).bit_length()
    )[:count]
    return tuple(
        {
            path: _quantile(parameters.entry(path), float(share))
            for path, share in zip(paths, row, strict=True)
        }
        for row in uniform
    )


def _quantile(entry: Entry, share: float) -> float:
    score = float(special.ndtri(min(max(share, 1e-6), 1.0 - 1e-6)))
    return float(in_range(entry, np.array([score]))[0])
