"""Differences between scenarios that share their luck, with their Monte-Carlo interval.

Within one replication two scenarios have the same seed, so their difference is taken inside the
replication and then averaged. The interval is that of this average under repeated seeds: it says
how well the mean difference *of the model* is known, and nothing about its parameters, unless
replications also play in different draws of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.drawn import drawn_text
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Results
from sim.outcomes import ALL, outcome_definitions

LEVEL = 0.90
INTERVAL = "90 % interval of the mean paired difference"
NET = "_net"
"""Ending of the name of an outcome net of displacement."""


@dataclass(frozen=True)
class Row:
    """One difference; ``low`` and ``high`` are NaN with fewer than two replications.

    ``period`` is what the numbers cover: the month, or for "all" as `Outcomes.period` says it.
    """

    scenario: str
    outcome: str
    month: str
    period: str
    territory: str
    reference: float
    value: float
    difference: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Estimate:
    """Means over replications of the reference, the value and their paired difference."""

    reference: NDArray[np.float64]
    value: NDArray[np.float64]
    difference: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def meaning(experiment: Experiment) -> str:
    """What the interval of a difference holds."""
    over = "seeds" if experiment.draws is None else "seeds and draws of parameters"
    return f"{INTERVAL} over {over} (Student). {drawn_text(experiment)}"


def compare(results: Results) -> list[Row]:
    """Every difference to the first scenario, by month and over the whole period ("all").

    Outcomes that others may pay for have a second row whose difference (and so value) is net of
    displacement: only the part of the gain that ``effects.displacement_share`` leaves.
    """
    experiment = results.experiment
    if not results.replications:
        return []
    axes = results.replications[0].outcomes[0].axes
    months = (*axes.months, ALL)
    definitions = list(outcome_definitions().values())
    kept = 1.0 - experiment.reference.base.number("effects.displacement_share")
    before = _stacked(results, 0)
    rows: list[Row] = []
    for position, name in enumerate(experiment.names[1:], start=1):
        found = estimate(before, _stacked(results, position))
        for row, month, place in np.argwhere(~np.isnan(found.difference)):
            definition = definitions[row]
            cell = (row, month, place)
            gross = Row(
                scenario=name,
                outcome=definition.name,
                month=months[month],
                period=results.period(definition.name, months[month]),
                territory=axes.territories[place],
                reference=float(found.reference[cell]),
                value=float(found.value[cell]),
                difference=float(found.difference[cell]),
                low=float(found.low[cell]),
                high=float(found.high[cell]),
                unit=definition.unit,
            )
            rows.append(gross)
            if definition.is_displaced:
                rows.append(_net(gross, kept))
    return rows


def estimate(before: NDArray[np.float64], after: NDArray[np.float64]) -> Estimate:
    """Paired estimates over the first axis (replications), which must be the same in both.

    Replications in which one of the two has no value are left out of that cell.
    """
    is_known = ~(np.isnan(before) | np.isnan(after))
    count = is_known.sum(axis=0)
    difference = np.where(is_known, after - before, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = difference.sum(axis=0) / count
        squares = np.where(is_known, np.square(difference - mean), 0.0).sum(axis=0)
        error = np.sqrt(squares / (count - 1) / count)
        half = stats.t.ppf(0.5 + LEVEL / 2.0, count - 1) * error
        half = np.where(count >= 2, half, np.nan)
        reference = np.where(is_known, before, 0.0).sum(axis=0) / count
        value = np.where(is_known, after, 0.0).sum(axis=0) / count
    return Estimate(reference, value, mean, mean - half, mean + half)


def _net(gross: Row, kept: float) -> Row:
    """The same row with only the part of the difference that displacement leaves."""
    return Row(
        scenario=gross.scenario,
        outcome=gross.outcome + NET,
        month=gross.month,
        period=gross.period,
        territory=gross.territory,
        reference=gross.reference,
        value=gross.reference + kept * gross.difference,
        difference=kept * gross.difference,
        low=kept * gross.low,
        high=kept * gross.high,
        unit=gross.unit,
    )


def _stacked(results: Results, scenario: int) -> NDArray[np.float64]:
    """(replication, outcome, month then whole period, territory) of one scenario."""
    return np.stack(
        [
            np.concatenate(
                [
                    replication.outcomes[scenario].values[..., 0],
                    replication.outcomes[scenario].whole[:, None, :, 0],
                ],
                axis=1,
            )
            for replication in results.replications
        ]
    )
