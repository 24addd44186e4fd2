"""Named arrays as bytes, and back.

NumPy's own files hold a header that is read as Python source; two threads that read sources at
the same time can fail in CPython 3.11. Here the header is JSON, and a load copies nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib.format import descr_to_dtype, dtype_to_descr
from numpy.typing import NDArray

LENGTH_BYTES = 8
ALIGNMENT = 16
"""Every array begins at a multiple of so many bytes, as NumPy's own do."""


def to_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Length of the header, header (name, type and shape of each array), then their contents."""
    header = json.dumps(
        [[name, dtype_to_descr(array.dtype), array.shape] for name, array in arrays.items()]
    ).encode()
    header += b" " * _gap(LENGTH_BYTES + len(header))
    parts = [len(header).to_bytes(LENGTH_BYTES, "little"), header]
    for array in arrays.values():
        parts += [np.ascontiguousarray(array).tobytes(), bytes(_gap(array.nbytes))]
    return b"".join(parts)


def from_bytes(content: bytes | memoryview) -> dict[str, NDArray[Any]]:
    """The inverse of ``to_bytes``, as views of the content; ValueError if bytes are missing."""
    start = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "little")
    arrays = {}
    for name, description, shape in json.loads(bytes(content[LENGTH_BYTES:start])):
        dtype = descr_to_dtype(_as_tuples(description))
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(content, dtype, count, start).reshape(shape)
        arrays[name] = array
        start += array.nbytes + _gap(array.nbytes)
    if start != len(content):
        raise ValueError("a file of arrays with bytes missing or left over")
    return arrays


def _gap(size: int) -> int:
    """Bytes from a size to the next multiple of the alignment."""
    return -size % ALIGNMENT


def _as_tuples(description: Any) -> Any:
    """A description of a type as NumPy wants it: fields are tuples, of which JSON makes lists."""
    if isinstance(description, str):
        return description
    return [
        (name, _as_tuples(kind), *(tuple(shape) for shape in rest))
        for name, kind, *rest in description
    ]
