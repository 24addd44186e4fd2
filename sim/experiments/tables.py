"""Results as tidy tables: every replication, and summaries over replications."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiments.runner import Results
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL, tidy

COLUMNS = ("scenario", "replication", "month", "territory", "pathway", "outcome", "value", "unit")
LOW_QUANTILE, HIGH_QUANTILE = 0.05, 0.95


def outcome_table(results: Results) -> pd.DataFrame:
    """One row per scenario, replication, month, territory, pathway and outcome."""
    names = results.experiment.names
    pieces = []
    for replication in results.replications:
        for position, outcomes in enumerate(replication.outcomes):
            piece = tidy(outcomes.axes, outcomes.values)
            same = np.full(len(piece), position)
            piece["scenario"] = pd.Categorical.from_codes(same, categories=pd.Index(names))
            piece["replication"] = replication.number
            pieces.append(piece)
    if not pieces:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(pieces, ignore_index=True)[list(COLUMNS)]


def values_of(results: Results, scenario: int, outcome: str, territory: str) -> NDArray[np.float64]:
    """Values by (replication, month) of one outcome, all pathways together."""
    axes = results.replications[0].outcomes[0].axes
    row, place = axes.outcomes.index(outcome), axes.territories.index(territory)
    return np.stack([r.outcomes[scenario].values[row, :, place, 0] for r in results.replications])


def spread(results: Results) -> list[dict[str, object]]:
    """For every scenario, outcome, month and territory: mean and quantiles over replications."""
    if not results.replications:
        return []
    axes = results.replications[0].outcomes[0].axes
    months = (*axes.months, ALL)
    units = [definition.unit for definition in outcome_definitions().values()]
    rows: list[dict[str, object]] = []
    for position, name in enumerate(results.experiment.names):
        cube = np.stack(
            [
                np.concatenate([o.values[..., 0], o.whole[:, None, :, 0]], axis=1)
                for o in (r.outcomes[position] for r in results.replications)
            ]
        )
        is_known = ~np.isnan(cube).any(axis=0)
        known = np.nan_to_num(cube)
        mean = known.mean(axis=0)
        low, high = np.quantile(known, [LOW_QUANTILE, HIGH_QUANTILE], axis=0)
        for row, month, place in np.argwhere(is_known):
            rows.append(
                {
                    "scenario": name,
                    "outcome": axes.outcomes[row],
                    "month": months[month],
                    "period": results.period(axes.outcomes[row], months[month]),
                    "territory": axes.territories[place],
                    "value": float(mean[row, month, place]),
                    "low": float(low[row, month, place]),
                    "high": float(high[row, month, place]),
                    "unit": units[row],
                }
            )
    return rows
