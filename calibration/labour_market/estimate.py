"""Least squares with effects of departments and of periods, errors clustered by both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
INTERVAL = 0.90


@dataclass(frozen=True)
class Estimate:
    """Coefficients with their covariance; ``clusters`` is the smaller number of clusters."""

    values: Floats
    covariance: Floats
    rows: int
    clusters: int

    def cumulated(self) -> Estimate:
        """Each coefficient with all before it."""
        sums: Floats = np.tril(np.ones((len(self.values), len(self.values))))
        return Estimate(
            sums @ self.values, sums @ self.covariance @ sums.T, self.rows, self.clusters
        )

    @property
    def errors(self) -> Floats:
        """Standard errors."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)

    @property
    def reach(self) -> float:
        """Standard errors to either side of a 90 % interval: Student, as clusters are few."""
        return float(stats.t.ppf(0.5 + INTERVAL / 2.0, self.clusters - 1))

    def interval(self, place: int) -> tuple[float, float]:
        """The 90 % interval of a coefficient."""
        half = self.reach * float(self.errors[place])
        return float(self.values[place]) - half, float(self.values[place]) + half


def estimated(
    growth: Floats,
    causes: Floats,
    departments: NDArray[np.str_],
    periods: NDArray[np.int64],
    has_trends: bool = True,
    has_periods: bool = True,
) -> Estimate:
    """Growth on ``causes`` (a column each), a constant, periods, and a trend of each department.

    The covariance is the larger one, by trace, of that clustered both ways and that clustered by
    department: with few periods the first can be too small.
    """
    columns = [causes]
    columns.append(_indicators(periods) if has_periods else np.ones((len(growth), 1)))
    if has_trends:
        columns.append(_indicators(departments)[:, 1:])
    design = np.hstack(columns)
    solution, *_ = np.linalg.lstsq(design, growth, rcond=None)
    left = design * (growth - design @ solution)[:, None]
    bread = np.linalg.pinv(design.T @ design)
    count = causes.shape[1]

    def covariance(*groups: NDArray[np.str_] | NDArray[np.int64]) -> Floats:
        meat = np.zeros_like(bread)
        for group in groups:
            sums = _indicators(group).T @ left
            meat += sums.T @ sums
        if len(groups) > 1:
            meat -= left.T @ left
        found: Floats = (bread @ meat @ bread)[:count, :count]
        return found

    by_department, both = covariance(departments), covariance(departments, periods)
    chosen = both if np.trace(both) > np.trace(by_department) else by_department
    clusters = min(len(np.unique(departments)), len(np.unique(periods)))
    found: Floats = np.asarray(solution[:count], dtype=np.float64)
    return Estimate(found, chosen, len(growth), clusters)


def _indicators(groups: NDArray[np.str_] | NDArray[np.int64]) -> Floats:
    found: Floats = (groups[:, None] == np.unique(groups)[None, :]).astype(np.float64)
    return found
