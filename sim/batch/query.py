"""Questions to the store in SQL (DuckDB): views over the rows and the catalogue.

Only chunks whose rows are there in the size of their record are seen, so that a file cut short or
still being written does not disturb a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from sim.batch.codebook import outcome_rows
from sim.batch.manifest import DRAWS, SETTINGS, read_manifest
from sim.batch.rows import SCHEMA
from sim.batch.store import STORE, Store
from sim.errors import Fault, InputError
from sim.outcomes import ALL

VIEWS = ("outcomes", "totals", "settings", "draws", "experiments", "definitions")
EXPERIMENT_COLUMNS = (
    "experiment", "name", "title", "department", "share", "start", "months", "since", "reference",
    "settings", "draws", "seeds", "paired", "runs", "runs_done", "runs_failed", "written_at",
)  # fmt: skip
STRINGS = frozenset(
    {"experiment", "name", "title", "department", "start", "since", "reference", "written_at"}
)


def query(text: str, store: str | Path = STORE) -> pd.DataFrame:
    """The answer to one question in SQL about a store of experiments.

    The tables are ``outcomes`` (one row for each month), ``totals`` (the whole period),
    ``settings``, ``draws``, ``experiments`` and ``definitions``; ``caseload data describe`` tells
    their columns. Raises `InputError` when the store is not there or the question is not one.
    """
    with opened(Store(Path(store))) as connection:
        _check_question(connection, text)
        try:
            return connection.execute(text).df()
        except duckdb.Error as error:
            raise _refused(error) from None


@contextmanager
def opened(
    store: Store, labels: Sequence[str] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the views of a store (of some of its experiments)."""
    found = store.labels()
    if not found:
        accepted = "a folder that `caseload batch` has written to"
        raise InputError([Fault("store", "", f"no experiment in {store.root}", accepted)])
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        _add_views(connection, store, found if labels is None else labels)
        yield connection
    finally:
        connection.close()


def _add_views(connection: duckdb.DuckDBPyConnection, store: Store, labels: Sequence[str]) -> None:
    manifests = [_experiment_row(store, label) for label in labels]
    connection.register("experiments", _experiments(manifests))
    connection.register("definitions", pa.Table.from_pylist(outcome_rows("en")))
    rows = [
        str(store.rows_path(label, record.name))
        for label in labels
        for record in store.records(label)
    ]
    if rows:
        source = f"read_parquet({_list(rows)}, hive_partitioning = true)"
        columns = ", ".join(SCHEMA.names)
        connection.execute(f"create view all_rows as select {columns} from {source}")
    else:
        connection.register("all_rows", SCHEMA.empty_table())
    connection.execute(f"create view outcomes as from all_rows where month <> '{ALL}'")
    connection.execute(
        f"create view totals as select * exclude (month) from all_rows where month = '{ALL}'"
    )
    for view, name, empty in (
        ("settings", SETTINGS, "experiment, setting, factor, value, number, unit"),
        ("draws", DRAWS, "experiment, draw, path, value"),
    ):
        files = [str(path) for label in labels if (path := store.folder(label) / name).is_file()]
        if files:
            source = f"read_parquet({_list(files)}, hive_partitioning = false)"
            connection.execute(f"create view {view} as select {empty} from {source}")
        else:
            nothing = ", ".join(f"null as {column}" for column in empty.split(", "))
            connection.execute(f"create view {view} as select {nothing} where false")


def _experiment_row(store: Store, label: str) -> dict[str, object]:
    """One row of the catalogue, with how far the experiment is."""
    manifest = read_manifest(store, label) or {}
    tasks = failed = 0
    for record in store.records(label):
        tasks += record.tasks[1] - record.tasks[0]
        failed += len(record.failures)
    scenarios = manifest.get("scenarios")
    per_task = len(scenarios) if isinstance(scenarios, list) else 0
    seeds = manifest.get("seeds")
    row = {name: manifest.get(name) for name in EXPERIMENT_COLUMNS}
    return row | {
        "experiment": label,
        "seeds": len(seeds) if isinstance(seeds, list) else 0,
        "runs_done": (tasks - failed) * per_task,
        "runs_failed": failed * per_task,
    }


def _experiments(rows: list[dict[str, object]]) -> pa.Table:
    types = {"share": pa.float64(), "paired": pa.bool_()}
    schema = pa.schema(
        [
            (name, types.get(name, pa.string() if name in STRINGS else pa.int64()))
            for name in EXPERIMENT_COLUMNS
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _check_question(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """One question that only reads: nothing of the store or of the disk is changed by it."""
    try:
        statements = connection.extract_statements(text)
    except duckdb.Error as error:
        raise _refused(error) from None
    reading = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    if len(statements) != 1 or statements[0].type not in reading:
        accepted = "one question that only reads, such as select … from totals"
        raise InputError([Fault("query", "", repr(text), accepted)])


def _refused(error: duckdb.Error) -> InputError:
    message = str(error).split("\n")[0].strip()
    return InputError([Fault("query", "", message, f"SQL over the tables {', '.join(VIEWS)}")])


def _list(files: Sequence[str]) -> str:
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    return f"[{quoted}]"
