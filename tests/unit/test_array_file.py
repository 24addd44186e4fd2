"""Arrays as bytes: what is read is what was written, and a damaged file is refused."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.engine.array_file import from_bytes, to_bytes
from sim.population.layout import empty_households, empty_people

ARRAYS = {
    "households": empty_households(7),
    "people": empty_people(9, 6),
    "nobody": empty_people(0, 6),
    "day": np.array(20_000),
    "places": np.arange(12, dtype=np.int64).reshape(3, 4),
}


def test_arrays_come_back_with_their_types_and_aligned() -> None:
    found = from_bytes(to_bytes(ARRAYS))
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].shape == array.shape
        assert found[name].tobytes() == array.tobytes()
        assert found[name].flags.aligned


@pytest.mark.parametrize("kept", [0, 5, 8, 60, -1])
def test_a_truncated_file_is_refused(kept: int) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_bytes(to_bytes(ARRAYS)[:kept])


def test_threads_that_read_python_sources_do_no_harm() -> None:
    """NumPy's own format fails here now and then under CPython 3.11."""
    content = to_bytes(ARRAYS)
    source = "[" * 40 + "]" * 40

    def work(number: int) -> int:
        if number % 2:
            return len(from_bytes(content))
        return len(ast.dump(ast.parse(source)))

    with ThreadPoolExecutor(4) as pool:
        assert min(pool.map(work, range(400))) == len(ARRAYS)
