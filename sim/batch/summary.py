"""A first look at an experiment: each outcome over the whole period, and its paired difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.batch.holdings import Holding, labels_of
from sim.batch.store import Store
from sim.batch.views import opened
from sim.errors import Fault, InputError
from sim.experiments.comparison import LEVEL, estimate
from sim.experiments.headlines import HEADLINES
from sim.outcomes import ALL
from sim.parameters.schema import nearest

OVER_SEEDS = (
    "value: mean, 5 % and 95 % quantile over runs; difference to the reference under the same "
    "people and luck: mean with its 90 % interval over seeds (Student). Monte-Carlo only."
)
OVER_DRAWS = (
    "value: mean, 5 % and 95 % quantile over runs; difference to the reference under the same "
    "people and luck: mean over seeds within each draw, then mean, 5 % and 95 % quantile over "
    "draws: the uncertainty of the parameters."
)
QUANTILES = (0.5 - LEVEL / 2, 0.5 + LEVEL / 2)

_ROWS = """
select t.outcome, t.unit, t.setting, t.scenario, t.draw, t.replication, t.value,
       r.value as reference
from totals t left join totals r
  on r.experiment = t.experiment and r.scenario = $reference and r.setting = t.setting
  and r.draw is not distinct from t.draw and r.replication = t.replication
  and r.outcome = t.outcome and r.territory = t.territory and r.pathway = t.pathway
where t.territory = $territory and t.pathway = $all and list_contains($outcomes, t.outcome)
order by t.setting, t.draw, t.replication
"""
_SETTINGS = """
select setting, factor, value, unit from settings where setting < $most order by setting, factor
"""


@dataclass(frozen=True)
class SummaryRow:
    """One outcome of one scenario under one setting; NaN where there is no number."""

    outcome: str
    unit: str
    setting: int
    scenario: str
    runs: int
    mean: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float


def label_of(store: Store, name: str | None) -> str:
    """The label of an experiment from its label, the beginning of it, or nothing if it is alone.

    Raises `InputError` when it is not one experiment.
    """
    labels = labels_of(store)
    fitting = [label for label in labels if name is None or label.startswith(name)]
    if name in labels:
        return name
    if len(fitting) == 1:
        return fitting[0]
    found = "no name" if name is None else f"{name!r}"
    what = f"{found}, which fits {len(fitting)} experiments"
    accepted = nearest(name or "", labels) if not fitting else f"one of {', '.join(fitting[:8])}"
    raise InputError([Fault("command line", "experiment", what, accepted)])


def summarise(
    holding: Holding, outcomes: Sequence[str] = (), territory: str = ALL
) -> list[SummaryRow]:
    """The rows of an experiment, by outcome, setting and scenario (headlines when none is named).

    Raises `InputError` when an outcome or the territory has no number in it.
    """
    reference = holding.reference
    wanted = tuple(outcomes) or HEADLINES
    with opened([holding]) as connection:
        known = connection.execute(
            "select list(distinct outcome), list(distinct territory) from totals"
        ).fetchone() or ([], [])
        _check(wanted if outcomes else (), known[0] or [], "--outcome")
        _check((territory,), known[1] or [], "--territory")
        values = {"reference": reference, "territory": territory, "all": ALL}
        found = connection.execute(_ROWS, {**values, "outcomes": list(wanted)}).df()
    rows = []
    for _, group in found.groupby(["outcome", "setting", "scenario"], sort=False):
        rows.append(_row(group, reference))
    order = {name: position for position, name in enumerate(wanted)}

    def place(row: SummaryRow) -> tuple[int, int, bool]:
        return order[row.outcome], row.setting, row.scenario != reference

    return sorted(rows, key=place)


def settings_of(holding: Holding, most: int) -> pd.DataFrame:
    """The values of the factors in the first settings of an experiment, one row for each."""
    with opened([holding]) as connection:
        return connection.execute(_SETTINGS, {"most": most}).df()


def meaning(holding: Holding) -> str:
    """What the intervals of `summarise` say about this experiment."""
    return OVER_DRAWS if holding.has_draws else OVER_SEEDS


def _row(group: pd.DataFrame, reference: str) -> SummaryRow:
    first = group.iloc[0]
    scenario = str(first["scenario"])
    values = group["value"].to_numpy(dtype=np.float64)
    low, high = np.quantile(values, QUANTILES)
    gap = (math.nan, math.nan, math.nan)
    if scenario != reference:
        gap = _difference(group)
    return SummaryRow(
        outcome=str(first["outcome"]),
        unit=str(first["unit"]),
        setting=int(first["setting"]),
        scenario=scenario,
        runs=len(values),
        mean=float(values.mean()),
        low=float(low),
        high=float(high),
        difference=gap[0],
        difference_low=gap[1],
        difference_high=gap[2],
    )


def _difference(group: pd.DataFrame) -> tuple[float, float, float]:
    """Paired difference with its ends, over seeds or over draws."""
    known = group.dropna(subset=["value", "reference"])
    if known.empty:
        return math.nan, math.nan, math.nan
    if known["draw"].notna().all():
        gaps = (known["value"] - known["reference"]).groupby(known["draw"]).mean()
        low, high = np.quantile(gaps, QUANTILES)
        return float(gaps.mean()), float(low), float(high)
    found = estimate(
        known["reference"].to_numpy(dtype=np.float64), known["value"].to_numpy(dtype=np.float64)
    )
    return float(found.difference), float(found.low), float(found.high)


def _check(wanted: Sequence[str], known: Sequence[str], option: str) -> None:
    faults = [
        Fault("command line", option, f"{name!r}, without a row", nearest(name, tuple(known)))
        for name in wanted
        if name not in known
    ]
    if faults:
        raise InputError(faults)
