"""An experiment of a store as tables: every run, or means with intervals and differences."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from sim.batch.beside_factors import factor_columns, rows_question
from sim.batch.holdings import Holding, whole_holding
from sim.batch.query import IncompleteStoreWarning
from sim.batch.store import STORE, Store
from sim.batch.summary import (
    SummaryRow,
    check_known,
    label_of,
    names_in,
    settings_of,
    summarise,
)
from sim.batch.views import opened
from sim.experiments.tables import DRAW, with_dates
from sim.outcomes.table import ALL

EXPERIMENT = "experiment"


def batch_table(
    experiment: str | None = None,
    store: str | Path = STORE,
    *,
    outcomes: str | Sequence[str] = (),
    territories: str | Sequence[str] = (),
    is_total: bool = False,
) -> pd.DataFrame:
    """Every run of an experiment (its label, or how it begins): one value a row.

    Columns are the scenario, setting, factors of the plan under their names, ``draw``,
    ``replication`` and ``seed``, ``month`` with the ``date`` of its first day, territory, pathway,
    outcome, value and unit. ``is_total``: the whole period instead of months. Warns
    (`IncompleteStoreWarning`) of an experiment that is half-done. Raises `InputError` when it is
    damaged, or it, an outcome or a territory is not there.
    """
    holding = _holding(experiment, store)
    outcomes, territories = names_in(outcomes), names_in(territories)
    with opened([holding]) as connection:
        check_known(connection, outcomes, territories)
        question, values = rows_question(
            connection, outcomes=outcomes, territories=territories, is_total=is_total
        )
        found = connection.sql(question, params=values).to_arrow_table()
    frame: pd.DataFrame = found.drop_columns([EXPERIMENT]).to_pandas(strings_to_categorical=True)
    if not is_total:
        frame = with_dates(frame)
        months = sorted(frame["month"].cat.categories)
        frame["month"] = frame["month"].cat.reorder_categories(months, ordered=True)
    return frame.astype({"draw": DRAW})


def batch_summary(
    experiment: str | None = None,
    store: str | Path = STORE,
    *,
    outcomes: str | Sequence[str] = (),
    territory: str = ALL,
) -> pd.DataFrame:
    """What `caseload results` shows of an experiment: one row for outcome, setting and scenario.

    Columns are those of `sim.batch.summary.SummaryRow` with the factors of the plan beside the
    setting; outcomes are the headlines where none is named. Warnings and errors are those of
    `batch_table`.
    """
    holding = _holding(experiment, store)
    names = [field.name for field in fields(SummaryRow)]
    rows = [vars(row) for row in summarise(holding, names_in(outcomes), territory)]
    frame = pd.DataFrame(rows, columns=names)
    settings = settings_of(holding)
    for number, column in enumerate(factor_columns(frame["setting"], settings)):
        frame.insert(names.index("setting") + 1 + number, str(column.name), column)
    return frame


def _holding(experiment: str | None, store: str | Path) -> Holding:
    kept = Store(Path(store))
    holding = whole_holding(kept, label_of(kept, experiment))
    for note in holding.notes():
        warnings.warn(note, IncompleteStoreWarning, stacklevel=3)
    return holding
