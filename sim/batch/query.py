"""Questions to the store in SQL: one at a time, and none that does more than read."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from sim.batch.holdings import holdings_of
from sim.batch.store import STORE, Store
from sim.batch.views import VIEWS, first_line, opened
from sim.errors import Fault, InputError

if TYPE_CHECKING:
    import pandas as pd

Row: TypeAlias = tuple[object, ...]
ROWS_AT_ONCE = 10_000
ZONED = "WITH TIME ZONE"
"""Part of the name of the types whose values DuckDB cannot make without another library."""
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
    with _executed(text, store) as (result, notes):
        try:
            rows = result.df()
        except duckdb.Error as error:
            raise _refused(first_line(error)) from None
    return QueryAnswer(rows, notes)


@dataclass(frozen=True)
class RowsAnswer:
    """An answer that is read row by row, without a table in memory."""

    columns: tuple[str, ...]
    """No two are the same."""
    rows: Iterator[Row]
    """Values of Python, decimal numbers as floats; raises `InputError` where one has no value."""
    notes: tuple[str, ...]
    """As those of `QueryAnswer`."""


@contextmanager
def answered_in_rows(text: str, store: str | Path = STORE) -> Iterator[RowsAnswer]:
    """The answer to one question while the store is open; raises `InputError` as `query` does."""
    with _executed(text, store) as (result, notes):
        names = _distinct([name for name, *_ in result.description or ()])
        yield RowsAnswer(names, _rows(result), notes)


@contextmanager
def _executed(
    text: str, store: str | Path
) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]]:
    """A question that was asked, and what whoever reads the answer must know."""
    holdings = holdings_of(Store(Path(store)))
    with opened(holdings) as connection:
        _check_question(connection, text)
        try:
            result = connection.execute(text)
        except duckdb.Error as error:
            raise _refused(first_line(error)) from None
        yield result, tuple(note for one in holdings for note in one.notes())


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    try:
        if any(ZONED in str(kind) for _, kind, *_ in result.description or ()):
            frame = result.df().astype(object)
            yield from frame.where(frame.notna(), None).itertuples(index=False, name=None)
            return
        while rows := result.fetchmany(ROWS_AT_ONCE):
            yield from (tuple(map(_plain, row)) for row in rows)
    except duckdb.Error as error:
        raise _refused(first_line(error)) from None


def _plain(value: object) -> object:
    """A value with floats for decimal numbers, in lists and structures too; None for no number."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number added to those that stand before."""
    found: list[str] = []
    for name in names:
        number, new = 0, name
        while new in found:
            number += 1
            new = f"{name}_{number}"
        found.append(new)
    return tuple(found)


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
