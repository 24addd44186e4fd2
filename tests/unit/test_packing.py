"""Every field of the packed records is filled from the parameters: none keeps what memory held."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray

from sim.engine import packed, packed_numbers
from sim.parameters import Parameters

FILLER = 0x7E


def test_no_field_is_forgotten(somme: Parameters, monkeypatch: pytest.MonkeyPatch) -> None:
    def filled(shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[np.void]:
        table: NDArray[np.void] = np.empty(shape, dtype)
        table.view(np.uint8)[...] = FILLER
        return table

    monkeypatch.setattr(packed_numbers, "np", SimpleNamespace(zeros=filled))
    found = packed._packed_without_seed.__wrapped__(somme, date(2025, 1, 1), False)
    for table in (found.national, found.territories, found.organisation):
        names = table.dtype.names
        assert names is not None
        untouched = [name for name in names if set(table[name].tobytes()) == {FILLER}]
        assert untouched == (["seed"] if table is found.national else [])
