"""What an outcome depends on most: Morris's screening and Sobol's indices (with SALib).

Sources: M. D. Morris, Factorial sampling plans for preliminary computational experiments
(Technometrics 33, 1991); F. Campolongo, J. Cariboni and A. Saltelli, An effective screening design
(Environmental Modelling and Software 22, 2007); A. Saltelli et al., Variance based sensitivity
analysis of model output (Computer Physics Communications 181, 2010).

Every point of a design runs the same simulations, so that differences between points are those of
the factors; what is left of chance is told beside each effect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.experiments.intervals import FEWEST, half_width
from sim.extras import check_extra

EvaluatePoints = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""The outcome by (point, simulation), for points by (point, factor) between 0 and 1."""
Method = Literal["morris", "sobol"]

LEVEL = 0.9
LEVELS_OF_MORRIS = 4
RESAMPLES = 200


@dataclass(frozen=True)
class FactorEffect:
    """What one factor does to the outcome.

    Morris: ``mean`` is the mean effect of going from the low to the high end of the factor,
    ``size`` the mean of its absolute value, ``spread`` its standard deviation over the rest of the
    range (large where the effect bends or depends on other factors); ``low`` and ``high`` bound the
    mean under other simulations. Sobol: ``mean`` is the share of the variance that the factor
    explains alone, ``size`` with all its interactions; ``low`` and ``high`` bound ``size``,
    ``spread`` is NaN.
    """

    mean: float
    size: float
    spread: float
    low: float
    high: float

    @property
    def is_unclear(self) -> bool:
        """Whether chance could have made it: the interval holds zero, or there is none."""
        return not (self.low > 0.0 or self.high < 0.0)

    @property
    def has_interval(self) -> bool:
        """Whether the simulations were enough for one."""
        return math.isfinite(self.high - self.low)

    @property
    def is_untold(self) -> bool:
        """Whether there is an effect and no interval: the simulations are too few to judge it."""
        return self.size != 0.0 and not self.has_interval


@dataclass(frozen=True)
class Sensitivity:
    """The effects in order of the factors, and what the design was."""

    method: Method
    effects: tuple[FactorEffect, ...]
    points: int
    simulations: int
    mean: float
    deviation: float
    """Standard deviation of the outcome over the design, as a mean over simulations."""
    chance: float
    """Standard deviation that chance alone leaves in one simulation of a point."""

    @property
    def order(self) -> list[int]:
        """Positions of the factors, the one that matters most first."""
        return sorted(range(len(self.effects)), key=lambda i: -abs(self.effects[i].size))


def points_of(method: Method, factors: int, size: int) -> int:
    """How many points a design has: ``size`` is trajectories (Morris) or base points (Sobol)."""
    return size * (factors + 1) if method == "morris" else size * (factors + 2)


def check_installed() -> None:
    """Raise `InputError` when the library of the designs is missing."""
    check_extra("calibration", ("SALib",))


def screen(evaluate: EvaluatePoints, factors: int, trajectories: int, seed: int = 1) -> Sensitivity:
    """Morris's elementary effects, scaled to the whole range of each factor."""
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as design

    problem = _problem(factors)
    points = design.sample(problem, trajectories, num_levels=LEVELS_OF_MORRIS, seed=seed)
    values = _whole(evaluate(points), "morris")
    by_simulation = [
        analysis.analyze(problem, points, column, num_levels=LEVELS_OF_MORRIS, seed=seed)["mu"]
        for column in values.T
    ]
    found = analysis.analyze(
        problem, points, values.mean(axis=1), num_levels=LEVELS_OF_MORRIS, seed=seed
    )
    means = np.array(by_simulation)
    effects = []
    for position in range(factors):
        # A mean over points and trajectories, not the difference of two scenarios: what an outcome
        # declares of that one is not known of this one.
        half = half_width(means[:, position], FEWEST, LEVEL)
        mean = float(found["mu"][position])
        effects.append(
            FactorEffect(
                mean,
                float(found["mu_star"][position]),
                float(found["sigma"][position]),
                mean - half,
                mean + half,
            )
        )
    return _described("morris", effects, values)


def decompose(evaluate: EvaluatePoints, factors: int, size: int, seed: int = 1) -> Sensitivity:
    """Sobol's first-order and total indices of the mean over simulations."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as design

    problem = _problem(factors)
    points = design.sample(problem, size, calc_second_order=False, scramble=True, seed=seed)
    values = _whole(evaluate(points), "sobol")
    means = values.mean(axis=1)
    if np.ptp(means) == 0.0:
        flat = [FactorEffect(0.0, 0.0, np.nan, 0.0, 0.0) for _ in range(factors)]
        return _described("sobol", flat, values)
    found = analysis.analyze(
        problem,
        means,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=LEVEL,
        seed=seed,
    )
    effects = []
    for position in range(factors):
        total, half = float(found["ST"][position]), float(found["ST_conf"][position])
        effects.append(
            FactorEffect(float(found["S1"][position]), total, np.nan, total - half, total + half)
        )
    return _described("sobol", effects, values)


def _problem(factors: int) -> dict[str, object]:
    return {
        "num_vars": factors,
        "names": [f"factor_{number}" for number in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
    }


def _whole(values: NDArray[np.float64], method: Method) -> NDArray[np.float64]:
    """The values, all of them known; raises `InputError` where the outcome has none."""
    if np.isnan(values).any():
        missing = int(np.isnan(values).sum())
        found = f"no value in {missing} of {values.size} simulations"
        accepted = f"an outcome that every point of a design has ({method})"
        raise InputError([Fault("command line", "--outcome", found, accepted)])
    return values


def _described(
    method: Method, effects: Sequence[FactorEffect], values: NDArray[np.float64]
) -> Sensitivity:
    count = values.shape[1]
    return Sensitivity(
        method=method,
        effects=tuple(effects),
        points=len(values),
        simulations=count,
        mean=float(values.mean()),
        deviation=float(values.mean(axis=1).std()),
        chance=float(np.sqrt(values.var(axis=1, ddof=1).mean())) if count > 1 else np.nan,
    )
