"""Parquet files whose metadata hold a digest of their columns: names, types, lengths and values.

Other programs read them as any Parquet file; here one that does not hold is refused.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.files import write_atomically
from sim.sealed import DamagedFileError, digest

Columns = Mapping[str, NDArray[Any]]
DIGEST = "digest"


def write_table(path: Path, columns: Columns, about: Mapping[str, object], key: str) -> None:
    """Write columns of equal length and, under a key of the metadata, what is said of them."""
    said = json.dumps({**about, DIGEST: _digest(columns, about, key)}, ensure_ascii=True)
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({key: said}), content, compression="zstd")
    write_atomically(path, content.getvalue())


def read_table(path: Path, key: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The columns of `write_table` and what is said of them.

    Raises `DamagedFileError` when they are not what was written, OSError when there is no file.
    """
    content = path.read_bytes()
    try:
        table = pq.read_table(pa.BufferReader(content))
        about = json.loads((table.schema.metadata or {})[key.encode("ascii")])
        found = about.pop(DIGEST)
        columns = {name: table.column(name).to_numpy() for name in table.column_names}
        is_whole = bool(found == _digest(columns, about, key))
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFileError(f"no table with a digest ({type(error).__name__})") from None
    if not is_whole:
        raise DamagedFileError("a table that is not what was written")
    return columns, about


def _digest(columns: Columns, about: Mapping[str, object], key: str) -> str:
    layout = [[name, values.dtype.str, len(values)] for name, values in columns.items()]
    said = json.dumps([key, layout, about], sort_keys=True)
    return digest(b"".join(np.ascontiguousarray(v).tobytes() for v in columns.values()), said)
