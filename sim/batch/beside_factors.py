"""The rows of an experiment beside the values of its factors: a question in SQL, and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd


def rows_question(
    connection: duckdb.DuckDBPyConnection,
    *,
    outcomes: Sequence[str] = (),
    territories: Sequence[str] = (),
    is_total: bool = False,
) -> tuple[str, dict[str, object]]:
    """The rows of the experiment behind a connection, in a fixed order, and the question's values.

    One column for each factor. ``is_total``: the whole period instead of months. All outcomes and
    territories where none is named.
    """
    view = "totals" if is_total else "outcomes"
    month = "" if is_total else "t.month, "
    joins, columns = "", ""
    values: dict[str, object] = {}
    for position, (factor, column) in enumerate(_factors(connection).items()):
        values[f"factor{position}"] = factor
        alias = f"f{position}"
        joins += (
            f" left join settings {alias} on {alias}.setting = t.setting"
            f" and {alias}.factor = $factor{position}"
        )
        columns += f'{alias}.{column} as "{factor}", '
    where = ["true"]
    if outcomes:
        values["outcomes"] = list(outcomes)
        where.append("list_contains($outcomes, t.outcome)")
    if territories:
        values["territories"] = list(territories)
        where.append("list_contains($territories, t.territory)")
    text = (
        f"select t.experiment, t.scenario, t.setting, {columns}t.draw, t.replication, t.seed, "
        f"{month}t.territory, t.pathway, t.outcome, t.value, t.unit from {view} t{joins} "
        f"where {' and '.join(where)} "
        "order by t.setting, t.draw nulls first, t.replication, t.scenario, t.outcome, "
        f"{month}t.territory, t.pathway"
    )
    return text, values


def _factors(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The factors of the experiment, each with the column of `settings` that holds its values."""
    found = connection.execute(
        "select factor, count(*) = count(number) from settings group by factor order by factor"
    ).fetchall()
    return {str(name): "number" if is_number else "value" for name, is_number in found}


def factor_columns(settings: pd.Series, values: pd.DataFrame) -> Iterator[pd.Series]:
    """One column for each factor beside numbers of settings: numbers, or categories for words.

    ``values`` are rows of the table ``settings``.
    """
    for name, one in values.groupby("factor", sort=False):
        is_number = bool(one["number"].notna().all())
        by_setting = one.set_index("setting")["number" if is_number else "value"]
        column = settings.map(by_setting).rename(str(name))
        yield column if is_number else column.astype("category")
