"""A forecast put together: the level, the effects of scenarios, and their sums, month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, month_of, month_text
from forecast.level import VERIFIED_MONTHS, Level
from forecast.simulated import Comparison, Simulated
from forecast.variance import (
    Variance,
    standard_error_of_shares,
    variance_of_level,
    variance_of_runs,
)
from sim.errors import Fault, InputError
from sim.policy import Scenario
from sim.remarks import Remark, remarked

FANS = (50, 80, 90)
"""Central intervals that are shown, percent."""
QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
LEVEL, SCENARIO, DIFFERENCE = "level", "scenario", "difference"
PARTS = ("seeds", "data", "literature", "discrepancy")


@dataclass(frozen=True)
class Path:
    """One quantity by month ahead.

    ``kind`` is the level without change, a scenario's level, or its difference to the reference;
    ``points`` are equally likely values, in the last axis.
    """

    kind: str
    scenario: Scenario | None
    points: Floats
    variance: Variance

    @property
    def quantiles(self) -> Floats:
        """By (quantile of `QUANTILES`, month)."""
        found: Floats = np.quantile(self.points, QUANTILES, axis=-1, method="hazen")
        return found

    @property
    def name(self) -> str:
        """The scenario, or ``level``."""
        return LEVEL if self.scenario is None else self.scenario.name


@dataclass(frozen=True)
class Outlook:
    """The whole forecast: its paths, and what is to be said about them."""

    level: Level
    simulated: Simulated | None
    paths: tuple[Path, ...]
    share_errors: dict[str, Floats]
    notes: tuple[Remark, ...]

    @property
    def months(self) -> tuple[str, ...]:
        """The months ahead, as ``2021-04``."""
        return tuple(
            month_text(self.level.first_month + ahead) for ahead in range(self.level.months)
        )

    def chosen(self, kind: str) -> tuple[Path, ...]:
        """The paths of one kind."""
        return tuple(path for path in self.paths if path.kind == kind)


def outlook_of(level: Level, simulated: Simulated | None, begins: int | None = None) -> Outlook:
    """Add the simulated differences to the level.

    The error of the level and the doubt of a difference are taken as independent. The first change
    falls into the month ``begins`` (default: its own month when the forecast reaches it, else the
    first one that is not over). Raises `InputError` when that is not a month of the forecast.
    """
    said = list(level.notes)
    if simulated is None:
        none = np.zeros(level.months)
        path = Path(LEVEL, None, level.forecast.points, variance_of_level(level.variance, none))
        return Outlook(level, None, (path,), {}, tuple(said))
    chance = simulated.seed_variance_of_level(level.months)
    of_level = variance_of_level(level.variance, chance * level.forecast.central**2)
    paths = [Path(LEVEL, None, level.forecast.points, of_level)]
    skipped, note = beginning(level, simulated.comparison, begins)
    changed = simulated.differences(level.months - skipped)
    gaps = np.zeros((*changed.shape[:-1], level.months))
    gaps[..., skipped:] = changed
    errors: dict[str, Floats] = {}
    for position, scenario in enumerate(simulated.comparison.scenarios):
        values = gaps[:, :, position]
        variance = variance_of_runs(changed[:, :, position]).after(skipped)
        errors |= {
            f"{scenario.name}:{part}": error
            for part, error in standard_error_of_shares(values).items()
        }
        points = values.reshape(-1, level.months).T
        sums = level.forecast.points[:, :, None] + points[:, None, :]
        paths.append(Path(DIFFERENCE, scenario, points, variance))
        sums = sums.reshape(level.months, -1)
        paths.append(Path(SCENARIO, scenario, sums, of_level + variance))
    return Outlook(level, simulated, tuple(paths), errors, (*said, *note, *_doubts(simulated)))


def records(outlook: Outlook) -> list[dict[str, object]]:
    """One row per path and month: quantiles, mean, standard deviation, shares of the variance."""
    rows: list[dict[str, object]] = []
    for path in outlook.paths:
        shares = path.variance.shares()
        total = path.variance.total
        for ahead, month in enumerate(outlook.months):
            points = path.points[ahead]
            rows.append(
                {
                    "path": path.kind,
                    "scenario": None if path.scenario is None else path.scenario.name,
                    "month": month,
                    "months_ahead": ahead + 1,
                    "is_over_not_observed_here": ahead < outlook.level.months_over,
                    "is_verified_on_the_past": path.kind == LEVEL and ahead < VERIFIED_MONTHS,
                    "unit": "households",
                    "mean": round(float(points.mean()), 2),
                    "sd": round(float(np.sqrt(total[ahead])), 2),
                    **{
                        f"q{round(100 * level):02d}": round(float(value), 2)
                        for level, value in zip(QUANTILES, path.quantiles[:, ahead], strict=True)
                    },
                    **{f"share_{part}": round(float(shares[part][ahead]), 4) for part in PARTS},
                }
            )
    return rows


def beginning(level: Level, comparison: Comparison, begins: int | None) -> tuple[int, list[Remark]]:
    """Months ahead before the first change, and what is to be said when it was moved."""
    label = comparison.change_label
    dated = month_of(label)
    first, last = level.first_month, level.first_month + level.months - 1
    if begins is None:
        begins = dated if first <= dated <= last else min(first + level.months_over, last)
    if not first <= begins <= last:
        accepted = f"a month from {month_text(first)} to {month_text(last)}"
        raise InputError([Fault("command line", "--begins", month_text(begins), accepted)])
    if begins == dated:
        return begins - first, []
    return begins - first, [remarked("shown_from", label=label, shown=month_text(begins))]


def _doubts(simulated: Simulated) -> list[Remark]:
    found = [simulated.draws.origin, Remark("level_parts"), Remark("structure_unknown")]
    if not simulated.draws.has_data:
        found.append(Remark("no_fit"))
    if simulated.share != 1.0:
        found.append(remarked("part_simulated", share=f"{100 * simulated.share:g}"))
    return found
