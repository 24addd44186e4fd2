"""Where the spread of runs comes from: the parameters, or the luck of one run.

Runs stand in a table of draws (of the parameters) by seeds (luck). Where every draw plays with the
same seeds the two are *crossed*, value = mean + draw + seed + both, and a seed that is lucky is so
under all draws. Where every run has a seed of its own, seeds are *nested* in draws. The components
are those of the analysis of variance with random effects; their intervals are those of N. Ting,
R. K. Burdick, F. A. Graybill, S. Jeyaratnam and T.-F. C. Lu, Confidence intervals on linear
combinations of variance components that are unrestricted in sign, Journal of Statistical
Computation and Simulation 35, 1990, which hold for normal effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL = 0.90
Design = Literal["crossed", "nested"]


@dataclass(frozen=True)
class Component:
    """A variance with the ends of its interval, in squares of the unit of the values.

    ``estimate`` is below 0 where the values spread less than luck alone lets expect: the variance
    is then 0 as far as these runs can tell, and at most ``high``. The ends are never below 0.
    """

    estimate: float
    low: float
    high: float

    @property
    def variance(self) -> float:
        """The estimate, which a variance does not let fall below 0."""
        return max(self.estimate, 0.0)


@dataclass(frozen=True)
class Split:
    """The variance of one run, in parts that add up."""

    design: Design
    draws: int
    seeds: int
    """In each draw."""
    parameters: Component
    luck: Component
    """Crossed: what a seed does under every draw. Nested: all luck."""
    both: Component | None
    """Crossed: what a seed does under one draw and not under another. Part of luck if nested."""

    @property
    def share_of_parameters(self) -> float:
        """The part of the whole variance that the parameters have; NaN when all is 0."""
        parts = [one.variance for one in (self.parameters, self.luck, self.both) if one]
        return self.parameters.variance / sum(parts) if sum(parts) else float("nan")


def split_variance(values: NDArray[np.float64], design: Design, level: float = LEVEL) -> Split:
    """The split of a table of values by draw (rows) and seed (columns), none of them missing.

    Raises ValueError with fewer than two draws or seeds.
    """
    draws, seeds = values.shape
    if draws < 2 or seeds < 2:
        raise ValueError(f"{draws} × {seeds} values cannot be split")
    by_draw, by_seed = values.mean(axis=1), values.mean(axis=0)
    between_draws = _Square(seeds * float(by_draw.var(ddof=1)), draws - 1)
    if design == "nested":
        within = _Square(float(values.var(axis=1, ddof=1).mean()), draws * (seeds - 1))
        parameters = _difference(between_draws, within, seeds, level)
        return Split(design, draws, seeds, parameters, _alone(within, level), None)
    between_seeds = _Square(draws * float(by_seed.var(ddof=1)), seeds - 1)
    rest = values - by_draw[:, None] - by_seed[None, :] + values.mean()
    freedom = (draws - 1) * (seeds - 1)
    residual = _Square(float(np.square(rest).sum()) / freedom, freedom)
    return Split(
        design,
        draws,
        seeds,
        parameters=_difference(between_draws, residual, seeds, level),
        luck=_difference(between_seeds, residual, draws, level),
        both=_alone(residual, level),
    )


def complete(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The table without the draws and seeds that lack most values, until none is missing."""
    while np.isnan(values).any():
        missing = np.isnan(values)
        by_draw, by_seed = missing.mean(axis=1), missing.mean(axis=0)
        if by_draw.max() >= by_seed.max():
            values = np.delete(values, by_draw.argmax(), axis=0)
        else:
            values = np.delete(values, by_seed.argmax(), axis=1)
    return values


@dataclass(frozen=True)
class _Square:
    """A mean square with its degrees of freedom."""

    mean: float
    freedom: int

    def over(self, part: float) -> float:
        """The quantile above which ``part`` of the mean squares of variance 1 lie."""
        return float(special.chdtri(self.freedom, part)) / self.freedom


def _alone(square: _Square, level: float) -> Component:
    """A variance that is estimated by one mean square."""
    tail = (1.0 - level) / 2.0
    low, high = square.mean / square.over(tail), square.mean / square.over(1.0 - tail)
    return Component(square.mean, low, high)


def _difference(larger: _Square, smaller: _Square, count: int, level: float) -> Component:
    """A variance that is estimated by (larger − smaller) / count."""
    tail = (1.0 - level) / 2.0
    first, second = larger.mean, smaller.mean
    freedoms = larger.freedom, smaller.freedom

    ratio = float(special.fdtri(*freedoms, 1.0 - tail))
    own, other = 1.0 - 1.0 / larger.over(tail), 1.0 / smaller.over(1.0 - tail) - 1.0
    cross = ((ratio - 1.0) ** 2 - (own * ratio) ** 2 - other**2) / ratio
    below = (own * first) ** 2 + (other * second) ** 2 + cross * first * second

    ratio = float(special.fdtri(*freedoms, tail))
    own, other = 1.0 / larger.over(1.0 - tail) - 1.0, 1.0 - 1.0 / smaller.over(tail)
    cross = ((1.0 - ratio) ** 2 - (own * ratio) ** 2 - other**2) / ratio
    above = (own * first) ** 2 + (other * second) ** 2 + cross * first * second

    gap = first - second
    low, high = gap - max(below, 0.0) ** 0.5, gap + max(above, 0.0) ** 0.5
    return Component(gap / count, max(low, 0.0) / count, max(high, 0.0) / count)
