"""Hostile SQL for a store: nothing outside of it is read, nothing at all is written.

`statement` makes one from its luck; `prepared` asks it of a store beside which secrets lie.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.batch.query import answered
from sim.batch.store import Store
from sim.errors import InputError
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import mutated
from tests.hostile.store import small_store

SECRET = "nobody-may-read-this-4711"
READING = (
    "read_text('{file}')", "read_blob('{file}')", "read_csv('{file}')", "read_csv_auto('{file}')",
    "read_json('{file}')", "read_ndjson_objects('{file}')", "read_parquet('{file}')",
    "parquet_scan('{file}')", "parquet_metadata('{file}')", "parquet_kv_metadata('{file}')",
    "sniff_csv('{file}')", "glob('{folder}/*')", "'{file}'", "\"{file}\"",
    "read_duckdb('{file}')", "query('from read_text(''{file}'')')",
    "query_table('{file}')", "sqlite_scan('{file}', 'x')", "read_text(['{file}'])",
)  # fmt: skip
"""What a table may stand for."""
CHANGING = (
    "copy (select 1) to '{file}'", "copy totals to '{folder}/new.parquet'",
    "copy (select 1) to '{folder}/new' (format parquet, use_tmp_file false)",
    "copy totals from '{file}'", "export database '{folder}/out'", "import database '{folder}'",
    "attach '{folder}/new.db'", "attach '{file}' as x (read_only)", "create table x as select 1",
    "create or replace view totals as select 1", "create macro f() as 1", "create secret (type s3)",
    "create persistent secret s (type http)", "drop view totals", "insert into totals values (1)",
    "delete from totals", "update totals set value = 0", "truncate totals", "alter view totals "
    "rename to x", "comment on view totals is 'x'", "install httpfs", "load '{file}'",
    "load httpfs", "pragma database_list", "pragma enable_profiling",
    "pragma profiling_output='{file}'", "pragma import_database('{folder}')",
    "set enable_external_access = true", "set lock_configuration = false",
    "set allowed_directories = ['/']", "set temp_directory = '{folder}'", "reset allowed_paths",
    "set log_query_path = '{file}'", "set threads = 1", "set variable x = 1",
    "call enable_logging('QueryLog', storage = 'file', storage_path = '{folder}/log')",
    "call pragma_version()", "checkpoint", "force checkpoint", "vacuum", "analyze", "begin",
    "prepare x as copy (select 1) to '{file}'", "execute x", "detach memory", "use memory",
    "update extensions", "merge into totals using totals as t on true when matched then delete",
)  # fmt: skip
"""What does more than read."""
HONEST = (
    "select count(*) from totals",
    "select outcome, avg(value) from totals where territory = 'all' group by all order by all",
    "with x as (from outcomes where pathway = 'all') select month, max(value) from x group by 1",
    "explain select * from totals",
    "explain analyze select sum(value) from totals",
    "from experiments",
    "describe totals",
    "show tables",
)
WRAPPERS = (
    "{0}", "{0};", "explain {0}", "explain analyze {0}", "EXPLAIN\nANALYZE {0}",
    "explain (format json) {0}", "/* x */ explain /* y */ analyze {0}", "-- x\n{0}",
    "select 1; {0}", "{0}; select 1", "with x as (select 1) {0}", "with x as ({0}) from x",
    "from ({0})", "prepare y as {0}", "explain analyze explain analyze {0}", "describe {0}",
    "\ufeff{0}", " \t\n{0}", "begin; {0}; commit", "from query($${0}$$)",
)  # fmt: skip


def statement(luck: random.Random, folder: Path, store: Path) -> str:
    """One statement, hostile more often than not; ``folder`` lies outside of the store."""
    targets = (
        folder / "secret.txt", folder / "secret.parquet", folder / "secret.json",
        store / ".." / "outside" / "secret.txt", Path("/etc/passwd"), Path("/proc/self/environ"),
        luck.choice(sorted(path for path in store.rglob("*") if path.is_file())),
    )  # fmt: skip
    places = {"file": str(luck.choice(targets)), "folder": str(luck.choice((folder, store)))}
    kind = luck.random()
    if kind < 0.4:
        text = luck.choice(("from {0}", "select * from {0}", "summarize {0}"))
        text = text.format(luck.choice(READING).format(**places))
    elif kind < 0.8:
        text = luck.choice(CHANGING).format(**places)
    else:
        text = luck.choice(HONEST)
    text = luck.choice(WRAPPERS).format(text)
    return mutated(text, luck) if luck.random() < 0.4 else text


def state_of(*folders: Path) -> dict[str, str]:
    """The digest of every file in some folders."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def plant_secrets(folder: Path) -> None:
    """Files outside of the store that nothing may read."""
    folder.mkdir()
    (folder / "secret.txt").write_text(f"a,b\n{SECRET},2\n", encoding="utf-8")
    (folder / "secret.json").write_text(f'[{{"a": "{SECRET}"}}]\n', encoding="utf-8")
    pq.write_table(pa.table({SECRET: [SECRET]}), folder / "secret.parquet")


def check(text: str, store: Store, folder: Path) -> Ending:
    """Ask a question; raises `SilentDifferenceError` when it read or wrote what it may not."""
    before = state_of(store.root, folder)
    try:
        found = answered(text, store.root)
    except InputError:
        ending = Ending.REFUSED
    else:
        ending = Ending.TAKEN
        if SECRET in found.rows.to_csv() and SECRET not in text:
            raise SilentDifferenceError(f"{text!r} read a file outside of the store")
    if state_of(store.root, folder) != before:
        raise SilentDifferenceError(f"{text!r} wrote a file")
    return ending


def prepared(folder: Path) -> Attempt:
    """Attempts at the questions to a store."""
    store, _, _ = small_store(folder)
    outside = folder / "outside"
    plant_secrets(outside)

    def attempt(luck: random.Random) -> Ending:
        return check(statement(luck, outside, store.root), store, outside)

    return attempt
