"""Named arrays as bytes, and back.

NumPy's own files hold a header that is read as Python source; two threads that read sources at
the same time can fail in CPython 3.11. Here the header is JSON, and a load copies nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib.format import descr_to_dtype, dtype_to_descr
from numpy.typing import NDArray

LENGTH_BYTES = 8


def to_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Length of the header, header (name, type and shape of each array), then their contents."""
    header = json.dumps(
        [[name, dtype_to_descr(array.dtype), array.shape] for name, array in arrays.items()]
    ).encode()
    contents = [np.ascontiguousarray(array).tobytes() for array in arrays.values()]
    return b"".join([len(header).to_bytes(LENGTH_BYTES, "little"), header, *contents])


def from_bytes(content: bytes) -> dict[str, NDArray[Any]]:
    """The inverse of ``to_bytes``: arrays free to be written; ValueError if bytes are missing."""
    start = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "little")
    arrays = {}
    for name, description, shape in json.loads(content[LENGTH_BYTES:start]):
        dtype = descr_to_dtype(_as_tuples(description))
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(content, dtype, count, start).reshape(shape)
        arrays[name] = array.copy()
        start += array.nbytes
    if start != len(content):
        raise ValueError("a file of arrays with bytes missing or left over")
    return arrays


def _as_tuples(description: Any) -> Any:
    """A description of a type as NumPy wants it: fields are tuples, of which JSON makes lists."""
    if isinstance(description, str):
        return description
    return [
        (name, _as_tuples(kind), *(tuple(shape) for shape in rest))
        for name, kind, *rest in description
    ]
