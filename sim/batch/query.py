"""Questions to the store in SQL: one at a time, and none that does more than read."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from sim.batch.holdings import holdings_of
from sim.batch.store import STORE, Store
from sim.batch.views import VIEWS, first_line, opened
from sim.errors import Fault, InputError

_EXPLAIN = re.compile(r"\s*explain\b(?:\s+analyze\b)?", re.IGNORECASE)


class IncompleteStoreWarning(UserWarning):
    """An answer that does not see all runs of an experiment, or leaves a damaged file out."""


@dataclass(frozen=True)
class QueryAnswer:
    """The rows of an answer, and what whoever reads them must know."""

    rows: pd.DataFrame
    notes: tuple[str, ...]
    """Experiments that are not whole, and files that are damaged and left out."""


def query(text: str, store: str | Path = STORE) -> pd.DataFrame:
    """The answer to one question in SQL about a store of experiments.

    The tables are ``outcomes`` (one row for each month), ``totals`` (the whole period),
    ``settings``, ``draws``, ``experiments`` and ``definitions``; ``caseload data describe`` tells
    their columns. Warns (`IncompleteStoreWarning`) of experiments that are not whole. Raises
    `InputError` when the store is not there or the question is not one that only reads.
    """
    found = answered(text, store)
    for note in found.notes:
        warnings.warn(note, IncompleteStoreWarning, stacklevel=2)
    return found.rows


def answered(text: str, store: str | Path = STORE) -> QueryAnswer:
    """The same with the notes beside the rows."""
    holdings = holdings_of(Store(Path(store)))
    with opened(holdings) as connection:
        _check_question(connection, text)
        try:
            rows = connection.execute(text).df()
        except duckdb.Error as error:
            raise _refused(first_line(error)) from None
    return QueryAnswer(rows, tuple(note for one in holdings for note in one.notes()))


def _check_question(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """One SELECT, or the explanation of one: nothing of the store or of the disk is changed."""
    explained = _EXPLAIN.match(text)
    asked = text[explained.end() :] if explained else text
    try:
        statements = connection.extract_statements(asked)
        kinds = [one.type for one in statements]
        is_reading = kinds == [duckdb.StatementType.SELECT] and "\0" not in text
    except duckdb.Error as error:
        raise _refused(first_line(error)) from None
    except (TypeError, ValueError):
        # Text that is no UTF-8, or a kind of statement that has no name in Python.
        is_reading = False
    if not is_reading:
        accepted = "one question that only reads, such as select … from totals"
        raise InputError([Fault("query", "", repr(text), accepted)])


def _refused(found: str) -> InputError:
    return InputError([Fault("query", "", found, f"SQL over the tables {', '.join(VIEWS)}")])
