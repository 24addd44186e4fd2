"""The path that departments share, from month to month or from December to December.

Between two neighbouring dates of a panel the common growth is the weighted mean over the
departments that are known at both. Where none is, the national count speaks for them; where that is
silent too, the path goes on at the next date.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole
from forecast.growth import sums_over
from forecast.panel import Panel


@dataclass(frozen=True)
class CommonPath:
    """The common level at the dates where it is known, percent of the logarithm, first one 0."""

    months: Whole
    levels: Floats

    @property
    def growth(self) -> Floats:
        """From each date to the next."""
        return np.diff(self.levels)

    def sums(self, months: Whole) -> Floats:
        """Rows that add up growth into ``months`` to the growth between the dates."""
        return sums_over(self.months, months)


def common_path(panel: Panel, weights: Floats) -> CommonPath:
    """The path of all dates of a panel; ``weights`` are those of its departments."""
    logs = 100.0 * np.log(panel.households)
    country = np.full(len(panel.months), np.nan) if panel.national is None else panel.national
    national = 100.0 * np.log(country)
    columns, levels = [0], [0.0]
    for column in range(1, len(panel.months)):
        both = np.isfinite(logs[:, column]) & np.isfinite(logs[:, columns[-1]])
        if both.any():
            growth = logs[both, column] - logs[both, columns[-1]]
            step = float(growth @ weights[both] / weights[both].sum())
        else:
            step = float(national[column] - national[columns[-1]])
        if np.isfinite(step):
            columns.append(column)
            levels.append(levels[-1] + step)
    return CommonPath(panel.months[columns], np.array(levels))


def recent_path(panel: Panel, weights: Floats) -> CommonPath:
    """The path from the eve of the monthly series on.

    Earlier years were another regime: a crisis, then the reform of January 2016.
    """
    path = common_path(panel, weights)
    is_recent = path.months >= panel.first_monthly - 1
    return CommonPath(path.months[is_recent], path.levels[is_recent])


def deviations(panel: Panel, path: CommonPath) -> Floats:
    """Level of each department less the common one, by date of the panel; percent, or unknown."""
    common = np.full(len(panel.months), np.nan)
    common[np.searchsorted(panel.months, path.months)] = path.levels
    found: Floats = 100.0 * np.log(panel.households) - common
    return found
