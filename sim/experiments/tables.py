"""Results as tidy tables: every replication, and summaries over replications."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.experiments.arrow_columns import columns_of_run, date_column, number_column, word_column
from sim.experiments.comparison import Row, compare
from sim.experiments.runner import Results
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL, ORDERED, long_form, outcome_axes, words_of
from sim.units import month_number

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "scenario", "replication", "draw", "seed", "month", "date",
    "territory", "pathway", "outcome", "value", "unit",
)  # fmt: skip
LOW_QUANTILE, HIGH_QUANTILE = 0.05, 0.95
DRAW = "Int32"
"""The type of a column of draws in a frame: numbers, or nothing where the tables hold."""


def outcome_table(results: Results) -> pd.DataFrame:
    """One row per scenario, replication, month, territory, pathway and outcome.

    Beside its replication a row has its ``draw`` (empty without draws) and ``seed``, beside its
    month the ``date`` of the first day.
    """
    return frame_of(arrow_outcomes(results))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table of Arrow in pandas: days are ``datetime64``, which pandas alone makes objects."""
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    return frame


def with_draws_as_numbers(table: pa.Table) -> pa.Table:
    """The same table and a note in its schema, for pandas, of what ``draw`` is.

    Without it pandas makes fractions of draws that are missing; it reads the note in Parquet too.
    """
    draw = {"name": "draw", "field_name": "draw", "pandas_type": "int32", "numpy_type": DRAW}
    note = {"columns": [{**draw, "metadata": None}], "index_columns": [], "column_indexes": []}
    return table.replace_schema_metadata(
        {**(table.schema.metadata or {}), "pandas": json.dumps(note)}
    )


def comparison_table(results: Results) -> pd.DataFrame:
    """The rows of `sim.compare` as a table, with the ``date`` of the first day of their month.

    The whole period has no date. ``low``, ``high`` and ``needed`` are as in
    `sim.experiments.comparison.Row`.
    """
    import pandas as pd  # slow to import, and only tables need it

    names = [field.name for field in fields(Row)]
    return with_dates(pd.DataFrame([vars(row) for row in compare(results)], columns=names))


def with_dates(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with the ``date`` of the first day behind each ``month`` (``2025-03``).

    What is no month, such as the whole period, has no date. The unit of time is the one that pandas
    gives days of Arrow.
    """
    import pandas as pd

    dates = pd.to_datetime(frame["month"].astype(str), format="%Y-%m", errors="coerce")
    place = list(frame.columns).index("month") + 1
    frame.insert(place, "date", dates.dt.as_unit("ms"))
    return frame


def arrow_outcomes(results: Results) -> pa.Table:
    """The rows of `outcome_table` with Arrow's types, as ``outcomes.parquet`` of a run folder.

    Names are dictionaries, dates are days (``to_pandas(date_as_object=False)`` makes datetimes of
    them). It is made without pandas.
    """
    experiment = results.experiment
    reference = experiment.reference
    axes = outcome_axes(month_number(reference.start), reference.months, reference.base)
    words = {**words_of(axes), "scenario": experiment.names}
    pieces: list[dict[str, NDArray[Any]]] = []
    runs = [columns_of_run(0, None, 0, 0)]
    for replication in results.replications:
        for position, outcomes in enumerate(replication.outcomes):
            piece = dict(long_form(outcomes.values))
            count = len(piece["value"])
            piece["scenario"] = np.full(count, position)
            pieces.append(piece)
            draw = experiment.draw_of(replication.number)
            runs.append(columns_of_run(replication.number, draw, replication.seed, count))

    def column(name: str) -> NDArray[Any]:
        kind = np.float64 if name == "value" else np.int64
        return np.concatenate([np.empty(0, kind), *(piece[name] for piece in pieces)])

    def column_of(name: str) -> pa.Array:
        if name == "date":
            return date_column(np.array(axes.months, dtype="datetime64[M]")[column("month")])
        if name in runs[0]:
            return pa.concat_arrays([run[name] for run in runs])
        if name in words:
            return word_column(column(name), words[name], is_ordered=name == ORDERED)
        return number_column(column(name))

    table = pa.Table.from_arrays([column_of(name) for name in COLUMNS], names=list(COLUMNS))
    return with_draws_as_numbers(table)


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
