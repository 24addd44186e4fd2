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
