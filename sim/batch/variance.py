"""Where the spread of an experiment comes from: the draws of its parameters, or its luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.batch.holdings import Holding, whole_holding
from sim.batch.store import Store
from sim.batch.summary import label_of, names_in, totals_of
from sim.errors import Fault, InputError
from sim.experiments.variance import Design, Split, complete, split_variance
from sim.outcomes.table import ALL

TOO_FEW = "fewer than two draws or two seeds have a value"
ALL_THE_SAME = "every run gives the same value"


@dataclass(frozen=True)
class VarianceRow:
    """One outcome of one scenario under one setting, or of its difference to the reference."""

    outcome: str
    unit: str
    setting: int
    scenario: str
    is_difference: bool
    """Within one draw and seed, in plans whose scenarios share people and luck."""
    split: Split | None
    """None where there is nothing to split."""
    reason: str
    """Why not; else empty."""
    left_out: int
    """Runs that are not in the split, as their draw or their seed lacks a value."""


def split_of_variance(
    store: Store | str | Path,
    label: str | None = None,
    outcomes: str | Sequence[str] = (),
    territory: str = ALL,
) -> list[VarianceRow]:
    """The split of each outcome over the whole period (headlines when none is named).

    The experiment is named by its label or how it begins, or by nothing where it is alone. Whether
    seeds are crossed with draws or nested in them is read from the seeds of the runs. Raises
    `InputError` for an experiment without draws or seeds, and for what it has not kept.
    """
    kept = store if isinstance(store, Store) else Store(store)
    holding = whole_holding(kept, label_of(kept, label))
    _check_draws(holding)
    found = totals_of(holding, names_in(outcomes), territory)
    rows: list[VarianceRow] = []
    for _, group in found.groupby(["outcome", "setting"], sort=False):
        rows += _rows(group, holding)
    return rows


def _check_draws(holding: Holding) -> None:
    seeds = holding.manifest.get("seeds")
    count = len(seeds) if isinstance(seeds, list) else 0
    if not holding.has_draws or count < 2:
        draws = "no draws" if not holding.has_draws else "one seed for each draw"
        accepted = "an experiment with two draws at least (`draws: 30`), each under two seeds"
        raise InputError([Fault("store", holding.label, draws, accepted)])


def _rows(group: pd.DataFrame, holding: Holding) -> Iterator[VarianceRow]:
    """The rows of one outcome under one setting, the reference first."""
    names = sorted(group["scenario"].unique(), key=lambda name: name != holding.reference)
    tables = {}
    for name in names:
        runs = group[group["scenario"] == name]
        tables[name] = runs.pivot(index="draw", columns="replication", values="value")
        yield _row(tables[name], _design(runs), runs.iloc[0], is_difference=False)
    if not holding.is_paired or holding.reference not in tables:
        return
    for name in names:
        if name != holding.reference:
            runs = group[group["scenario"] == name]
            gaps = tables[name] - tables[holding.reference]
            yield _row(gaps, _design(runs), runs.iloc[0], is_difference=True)


def _design(runs: pd.DataFrame) -> Design:
    """Crossed when a replication has one seed under all draws."""
    return "crossed" if (runs.groupby("replication")["seed"].nunique() == 1).all() else "nested"


def _row(
    table: pd.DataFrame, design: Design, first: pd.Series, *, is_difference: bool
) -> VarianceRow:
    values: NDArray[np.float64] = table.to_numpy(dtype=np.float64)
    used = complete(values)
    split, reason = None, ""
    if min(used.shape) < 2:
        reason = TOO_FEW
    elif np.ptp(used) == 0.0:
        reason = ALL_THE_SAME
    else:
        split = split_variance(used, design)
    return VarianceRow(
        outcome=str(first["outcome"]),
        unit=str(first["unit"]),
        setting=int(first["setting"]),
        scenario=str(first["scenario"]),
        is_difference=is_difference,
        split=split,
        reason=reason,
        left_out=values.size - used.size if split else 0,
    )
