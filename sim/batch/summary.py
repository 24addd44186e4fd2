"""A first look at an experiment: each outcome over the whole period, and its difference.

Where scenarios share people and luck the difference is taken within each run; where every run has
a seed of its own, it is that of two independent samples.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.batch.holdings import Holding, labels_of
from sim.batch.store import Store
from sim.batch.views import opened
from sim.errors import Fault, InputError
from sim.experiments.headlines import HEADLINES
from sim.experiments.intervals import LEVEL, NO_ENDS, Ends, interval_of
from sim.experiments.unpaired import difference_of_means
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from sim.parameters.schema import nearest
from sim.remarks import Remark

EVERY = 2**31
"""More settings than a plan may have."""
QUANTILES = (0.5 - LEVEL / 2, 0.5 + LEVEL / 2)

_ROWS = """
select outcome, unit, setting, scenario, draw, replication, seed, value from totals
where territory = $territory and pathway = $all and list_contains($outcomes, outcome)
order by list_position($outcomes, outcome), setting, draw, replication
"""
_SETTINGS = """
select setting, factor, value, number, unit from settings
where setting < $most order by setting, factor
"""


@dataclass(frozen=True)
class SummaryRow:
    """One outcome of one scenario under one setting; NaN where there is no number.

    ``period`` is what the number covers, such as ``2023-04 to 2025-12``.
    """

    outcome: str
    unit: str
    period: str
    setting: int
    scenario: str
    runs: int
    mean: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    replications: int
    differing: int
    needed: float
    """About how many replications give an interval of the difference; NaN where there is one."""

    @property
    def ends(self) -> Ends:
        """The interval of the difference as it is told."""
        low, high = self.difference_low, self.difference_high
        return Ends(low, high, self.replications, self.differing, self.needed)


def names_in(given: str | Sequence[str]) -> tuple[str, ...]:
    """Names that are given as a sequence, or one of them alone."""
    return (given,) if isinstance(given, str) else tuple(given)


def label_of(store: Store, name: str | None) -> str:
    """The label of an experiment from its label, the beginning of it, or nothing if it is alone.

    The whole name of a plan goes before longer names that begin with it. Raises `InputError` when
    it is not one experiment.
    """
    labels = labels_of(store)
    named = [label for label in labels if label.rpartition("-")[0] == name]
    fitting = named or [label for label in labels if name is None or label.startswith(name)]
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
    found = totals_of(holding, outcomes, territory)
    groups = dict(iter(found.groupby(["outcome", "setting", "scenario"], sort=False)))
    rows = []
    for (outcome, setting, scenario), group in groups.items():
        before = groups.get((outcome, setting, holding.reference))
        gap = (math.nan, NO_ENDS)
        if before is not None and scenario != holding.reference:
            fewest = outcome_definition(str(outcome)).fewest_replications
            gap = _difference(before, group, fewest, is_paired=holding.is_paired)
        rows.append(_row(group, gap, holding.period(str(outcome))))
    order = {name: position for position, name in enumerate(found["outcome"].unique())}

    def place(row: SummaryRow) -> tuple[int, int, bool]:
        return order[row.outcome], row.setting, row.scenario != holding.reference

    return sorted(rows, key=place)


def totals_of(holding: Holding, outcomes: Sequence[str], territory: str) -> pd.DataFrame:
    """Every run's outcomes over the whole period, all pathways together (headlines by default).

    One row for each outcome, setting, scenario, draw and replication, in the order of the
    outcomes. Raises `InputError` when an outcome or the territory has no number.
    """
    wanted = tuple(dict.fromkeys(outcomes)) or HEADLINES
    with opened([holding]) as connection:
        check_known(connection, wanted if outcomes else (), (territory,))
        values = {"territory": territory, "all": ALL, "outcomes": list(wanted)}
        return connection.execute(_ROWS, values).df()


def check_known(
    connection: duckdb.DuckDBPyConnection, outcomes: Sequence[str], territories: Sequence[str]
) -> None:
    """Refuse names without a row in the experiment behind a connection; raises `InputError`."""
    known = connection.execute(
        "select list(distinct outcome), list(distinct territory) from totals"
    ).fetchone() or ([], [])
    _check(outcomes, known[0] or [], "--outcome")
    _check(territories, known[1] or [], "--territory")


def settings_of(holding: Holding, most: int = EVERY) -> pd.DataFrame:
    """The values of the factors in the first settings, one row for each: as text, as numbers."""
    with opened([holding]) as connection:
        return connection.execute(_SETTINGS, {"most": most}).df()


def meaning(holding: Holding) -> Remark:
    """What the intervals of `summarise` say about this experiment."""
    if holding.is_paired:
        return Remark("over_draws") if holding.has_draws else Remark("over_seeds")
    return Remark("over_draws_apart") if holding.has_draws else Remark("over_seeds_apart")


def _row(group: pd.DataFrame, gap: tuple[float, Ends], period: str) -> SummaryRow:
    first = group.iloc[0]
    values = _values(group)
    low, high = np.quantile(values, QUANTILES)
    return SummaryRow(
        outcome=str(first["outcome"]),
        unit=str(first["unit"]),
        period=period,
        setting=int(first["setting"]),
        scenario=str(first["scenario"]),
        runs=len(values),
        mean=float(values.mean()),
        low=float(low),
        high=float(high),
        difference=gap[0],
        difference_low=gap[1].low,
        difference_high=gap[1].high,
        replications=gap[1].replications,
        differing=gap[1].differing,
        needed=gap[1].needed,
    )


def _difference(
    before: pd.DataFrame, after: pd.DataFrame, fewest: int, *, is_paired: bool
) -> tuple[float, Ends]:
    """The difference of two scenarios under one setting with its ends, over seeds or over draws.

    Fewer than ``fewest`` of them give no interval.
    """
    over_draws = bool(after["draw"].notna().all())
    if not is_paired:
        if over_draws:
            return _over_draws(_by_draw(after, "value") - _by_draw(before, "value"), fewest)
        return difference_of_means(_values(before), _values(after), fewest)
    runs = after.merge(before, on=["draw", "replication"], suffixes=("", "_before"))
    if over_draws:
        runs["gap"] = runs["value"] - runs["value_before"]
        return _over_draws(_by_draw(runs, "gap"), fewest)
    gaps = _values(runs) - _values(runs, "value_before")
    return _mean(gaps), interval_of(gaps, fewest)


def _values(runs: pd.DataFrame, column: str = "value") -> NDArray[np.float64]:
    return runs[column].to_numpy(dtype=np.float64)


def _by_draw(runs: pd.DataFrame, column: str) -> pd.Series:
    return runs.groupby("draw")[column].mean()


def _mean(gaps: NDArray[np.float64]) -> float:
    return math.nan if np.isnan(gaps).all() else float(np.nanmean(gaps))


def _over_draws(gaps: pd.Series, fewest: int) -> tuple[float, Ends]:
    """Mean and quantiles over the draws that both scenarios have.

    No ends where these are one, or where there are fewer draws than ``fewest``.
    """
    known = gaps.dropna().to_numpy(dtype=np.float64)
    if not len(known):
        return math.nan, NO_ENDS
    low, high = (float(end) for end in np.quantile(known, QUANTILES))
    of_mean = interval_of(known, fewest)
    if low < high and len(known) >= fewest:
        return _mean(known), of_mean._replace(low=low, high=high, needed=math.nan)
    few = float(np.fmax(of_mean.needed, len(known) + 1))
    return _mean(known), of_mean._replace(low=math.nan, high=math.nan, needed=few)


def _check(wanted: Sequence[str], known: Sequence[str], option: str) -> None:
    faults = [
        Fault("command line", option, f"{name!r}, without a row", nearest(name, tuple(known)))
        for name in wanted
        if name not in known
    ]
    if faults:
        raise InputError(faults)
