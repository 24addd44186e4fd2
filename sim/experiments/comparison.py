"""Differences between scenarios that share their luck, with their Monte-Carlo interval.

Within one replication two scenarios have the same seed, so their difference is taken inside the
replication and then averaged. The interval is that of this average under repeated seeds: it says
how well the mean difference *of the model* is known, and nothing about its parameters, unless
replications also play in different draws of them. `sim.experiments.intervals` says when there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.drawn import drawn
from sim.experiments.experiment import Experiment
from sim.experiments.intervals import Ends, mean_interval
from sim.experiments.runner import Results
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL
from sim.remarks import Remark, remarked

NET = "_net"
"""Ending of the name of an outcome net of displacement."""


@dataclass(frozen=True)
class Row:
    """One difference, and its interval or what it lacks (`sim.experiments.intervals`).

    ``period`` is what the numbers cover: the month, or for "all" as `Outcomes.period` says it.
    ``low`` and ``high`` are NaN where there is no interval, ``needed`` is then about how many
    replications give one; ``differing`` of ``replications`` do not have the same difference.
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
    replications: int
    differing: int
    needed: float

    @property
    def ends(self) -> Ends:
        """The interval as it is told."""
        return Ends(self.low, self.high, self.replications, self.differing, self.needed)


@dataclass(frozen=True)
class Estimate:
    """Means over replications of the reference, the value and their paired difference.

    The other fields are those of `sim.experiments.intervals.MeanInterval`.
    """

    reference: NDArray[np.float64]
    value: NDArray[np.float64]
    difference: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    replications: NDArray[np.int64]
    differing: NDArray[np.int64]
    needed: NDArray[np.float64]


def meaning(experiment: Experiment) -> Remark:
    """What the interval of a difference holds."""
    over = "seeds" if experiment.draws is None else "seeds_and_draws"
    return remarked(f"interval_over_{over}", drawn=(drawn(experiment),))


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
    fewest = np.array([one.fewest_replications for one in definitions])[:, None, None]
    kept = 1.0 - experiment.reference.base.number("effects.displacement_share")
    before = _stacked(results, 0)
    rows: list[Row] = []
    for position, name in enumerate(experiment.names[1:], start=1):
        found = estimate(before, _stacked(results, position), fewest)
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
                replications=int(found.replications[cell]),
                differing=int(found.differing[cell]),
                needed=float(found.needed[cell]),
            )
            rows.append(gross)
            if definition.is_displaced:
                rows.append(_net(gross, kept))
    return rows


def estimate(
    before: NDArray[np.float64], after: NDArray[np.float64], fewest: int | NDArray[np.int64]
) -> Estimate:
    """Paired estimates over the first axis (replications), which must be the same in both.

    Replications in which one of the two has no value are left out of that cell; fewer than
    ``fewest`` give it no interval (`sim.experiments.intervals.mean_interval`).
    """
    found = mean_interval(after - before, fewest)
    is_known = ~(np.isnan(before) | np.isnan(after))
    with np.errstate(divide="ignore", invalid="ignore"):
        reference = np.where(is_known, before, 0.0).sum(axis=0) / found.replications
        value = np.where(is_known, after, 0.0).sum(axis=0) / found.replications
    return Estimate(reference, value, *found)


def _net(gross: Row, kept: float) -> Row:
    """The same row with only the part of the difference that displacement leaves."""
    return replace(
        gross,
        outcome=gross.outcome + NET,
        value=gross.reference + kept * gross.difference,
        difference=kept * gross.difference,
        low=kept * gross.low,
        high=kept * gross.high,
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
