"""Runs of a batch in the two tables that the EMA workbench takes: what went in, what came out.

Scenario discovery (PRIM), feature scoring and measures of robustness are that library's; here its
``experiments`` and ``outcomes`` are read from a store. Luck is averaged: a row is a scenario in one
world, that is, under one setting of the factors and one draw of the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.batch.beside_factors import factor_columns
from sim.batch.holdings import Holding, whole_holding
from sim.batch.store import STORE, Store
from sim.batch.summary import label_of, names_in, settings_of, totals_of
from sim.batch.views import opened
from sim.errors import Fault, InputError
from sim.outcomes.table import ALL
from sim.parameters.schema import nearest

WORLD = ["setting", "draw"]
NO_DRAW = -1
MODEL = "caseload"


class DiscoveryTables(NamedTuple):
    """The ``results`` of the EMA workbench, whole."""

    experiments: pd.DataFrame
    """A row for each scenario in each world: factors of the plan under their names, drawn
    parameters under their paths, and the workbench's own ``policy`` (the scenario's name),
    ``scenario`` (number of the world) and ``model``."""
    outcomes: Mapping[str, NDArray[np.float64]]
    """Means over the seeds, (rows,), each in its own unit; NaN where nothing was observed."""


def discovery_tables(
    outcomes: str | Sequence[str],
    experiment: str | None = None,
    store: str | Path = STORE,
    *,
    territory: str = ALL,
    against: str | None = None,
) -> DiscoveryTables:
    """Outcomes over the whole period of an experiment of a store (its label, or how it begins).

    With ``against``, the name of a scenario, they are differences to it under the same seeds, and
    its own rows are left out. Raises `InputError` when the experiment is damaged, or it, a
    scenario, an outcome or the territory is not there.
    """
    kept = Store(Path(store))
    holding = whole_holding(kept, label_of(kept, experiment))
    outcomes = names_in(outcomes)
    rows = totals_of(holding, outcomes, territory).fillna({"draw": NO_DRAW})
    runs = rows.pivot(
        index=["scenario", *WORLD, "replication"], columns="outcome", values="value"
    ).reindex(columns=list(outcomes))
    if against is not None:
        runs = _differences(runs, against, holding)
    found = runs.groupby(level=["scenario", *WORLD]).mean()
    experiments = _inputs(found.index.to_frame(index=False), holding)
    return DiscoveryTables(experiments, {name: found[name].to_numpy() for name in outcomes})


def _differences(runs: pd.DataFrame, against: str, holding: Holding) -> pd.DataFrame:
    """The runs of the other scenarios less those of one, each from its own twin."""
    names = runs.index.get_level_values("scenario")
    if not holding.is_paired or against not in names:
        there = sorted(names.unique())
        accepted = nearest(against, there) if holding.is_paired else "a plan with `paired: true`"
        raise InputError([Fault("store", "against", against, accepted)])
    others = runs[names != against]
    twins = runs.xs(against, level="scenario").reindex(others.droplevel("scenario").index)
    return others - twins.to_numpy()


def _inputs(rows: pd.DataFrame, holding: Holding) -> pd.DataFrame:
    """What went into every row, in the columns that the workbench expects."""
    with opened([holding]) as connection:
        drawn = connection.execute("select draw, path, value from draws").df()
    columns = [
        *factor_columns(rows["setting"], settings_of(holding)),
        *(rows["draw"].map(one.set_index("draw")["value"]).rename(str(path))
          for path, one in drawn.groupby("path", sort=False)),
        rows["scenario"].astype("category").rename("policy"),
        rows.groupby(WORLD, sort=False).ngroup().rename("scenario"),
        pd.Series(MODEL, rows.index, name="model"),
    ]  # fmt: skip
    return pd.concat(columns, axis=1)
