"""Columns of Arrow from what lies in memory: ``pyarrow.array`` would load pandas first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def number_column(values: NDArray[Any]) -> pa.Array:
    """Numbers, none of which is missing; NaN stays a number."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), buffers)


def columns_of_run(
    replication: int, draw: int | None, seed: int, count: int
) -> dict[str, pa.Array]:
    """What tells the rows of a run from those of others; ``draw`` is None where the tables hold."""
    return {
        "replication": number_column(np.full(count, replication, np.int32)),
        "draw": pa.nulls(count, pa.int32())
        if draw is None
        else number_column(np.full(count, draw, np.int32)),
        "seed": number_column(np.full(count, seed, np.int64)),
    }


def date_column(days: NDArray[Any]) -> pa.Array:
    """Days, none of which is missing, from ``datetime64``."""
    numbers = days.astype("datetime64[D]").astype(np.int32)
    return pa.Array.from_buffers(pa.date32(), len(numbers), [None, pa.py_buffer(numbers)])


def word_column(
    numbers: NDArray[Any], words: Sequence[str], *, is_ordered: bool
) -> pa.DictionaryArray:
    """Words, each by its number in a list; ``is_ordered``: the list is in an order."""
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    known = pa.StringArray.from_buffers(
        len(words), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))
    )
    indices = number_column(numbers.astype(np.int16))
    return pa.DictionaryArray.from_arrays(indices, known, ordered=is_ordered)
