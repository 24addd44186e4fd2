"""A connection (DuckDB) to what a store holds: views over rows and catalogue, and nothing else.

It can read the files of the views alone: no other file, no network, no extension, and none of
this can be changed by a question.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from sim.batch.codebook import outcome_rows
from sim.batch.holdings import Holding
from sim.batch.row_columns import COLUMNS
from sim.outcomes.table import ALL

VIEWS = ("outcomes", "totals", "settings", "draws", "experiments", "definitions")
EXPERIMENT_COLUMNS = (
    "experiment", "name", "title", "department", "share", "start", "months", "since", "reference",
    "settings", "draws", "seeds", "paired", "runs", "runs_done", "runs_failed", "damages",
    "written_at",
)  # fmt: skip
STRINGS = frozenset(
    {"experiment", "name", "title", "department", "start", "since", "reference", "written_at"}
)
CLOSED = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


@contextmanager
def opened(holdings: Sequence[Holding]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the views of some experiments; one without a manifest is left out.

    Raises OSError when a file cannot be read any more, or when memory and disk do not suffice.
    """
    spill = Path(tempfile.gettempdir()) / f"caseload-{os.getpid()}-{secrets.token_hex(4)}"
    connection = duckdb.connect(config={**CLOSED, "temp_directory": str(spill)})
    try:
        readable = [one for one in holdings if one.manifest]
        _close_off(connection, readable)
        _add_views(connection, readable)
        yield connection
    except duckdb.Error as error:
        raise OSError(f"the store cannot answer: {first_line(error)}") from error
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def first_line(error: duckdb.Error) -> str:
    """What an error says, without the excerpt of the question below it."""
    return str(error).split("\n")[0].strip()


def _close_off(connection: duckdb.DuckDBPyConnection, holdings: Sequence[Holding]) -> None:
    """Allow the files of the experiments, forbid everything else, and lock that."""
    tables = (path for one in holdings for path in (one.settings, one.draws) if path is not None)
    allowed = [*(path for one in holdings for path in one.rows), *tables]
    connection.execute(f"set allowed_paths = {_list(allowed)}")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _add_views(connection: duckdb.DuckDBPyConnection, holdings: Sequence[Holding]) -> None:
    types = {"share": "double", "paired": "boolean"}
    kinds = {
        name: types.get(name, "varchar" if name in STRINGS else "bigint")
        for name in EXPERIMENT_COLUMNS
    }
    _add_table(connection, "experiments", kinds, [_experiment(one) for one in holdings])
    definitions = outcome_rows("en")
    _add_table(connection, "definitions", dict.fromkeys(definitions[0], "varchar"), definitions)
    rows = [path for one in holdings for path in one.rows]
    if rows:
        source = f"read_parquet({_list(rows)}, hive_partitioning = true)"
        columns = ", ".join(COLUMNS)
        connection.execute(f"create view all_rows as select {columns} from {source}")
    else:
        _add_table(connection, "all_rows", COLUMNS, [])
    connection.execute(f"create view outcomes as from all_rows where month <> '{ALL}'")
    connection.execute(
        f"create view totals as select * exclude (month) from all_rows where month = '{ALL}'"
    )
    settings = [one.settings for one in holdings if one.settings is not None]
    draws = [one.draws for one in holdings if one.draws is not None]
    columns = "experiment, setting, factor, value, number, unit"
    _add_view(connection, "settings", columns, settings)
    _add_view(connection, "draws", "experiment, draw, path, value", draws)


def _add_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    types: Mapping[str, str],
    rows: Sequence[Mapping[str, object]],
) -> None:
    """A small table, row by row: handing DuckDB one of Arrow would load pandas."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
    connection.execute(f"create table {name} ({columns})")
    if rows:
        places = ", ".join(f"({', '.join('?' * len(types))})" for _ in rows)
        values = [row[column] for row in rows for column in types]
        connection.execute(f"insert into {name} values {places}", values)


def _add_view(
    connection: duckdb.DuckDBPyConnection, name: str, columns: str, files: Sequence[Path]
) -> None:
    if files:
        source = f"read_parquet({_list(files)}, hive_partitioning = false)"
        connection.execute(f"create view {name} as select {columns} from {source}")
    else:
        nothing = ", ".join(f"null as {column}" for column in columns.split(", "))
        connection.execute(f"create view {name} as select {nothing} where false")


def _experiment(holding: Holding) -> dict[str, object]:
    seeds = holding.manifest.get("seeds")
    return {name: holding.manifest.get(name) for name in EXPERIMENT_COLUMNS} | {
        "experiment": holding.label,
        "seeds": len(seeds) if isinstance(seeds, list) else 0,
        "runs_done": holding.runs_done,
        "runs_failed": holding.runs_failed,
        "damages": len(holding.damages),
    }


def _list(files: Sequence[Path]) -> str:
    """Absolute paths as a list in SQL: what is allowed and what is read are written alike."""
    quoted = ", ".join("'" + str(file.absolute()).replace("'", "''") + "'" for file in files)
    return f"[{quoted}]"
