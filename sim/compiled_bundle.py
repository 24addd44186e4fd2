"""Many arrays handed to compiled code as one word.

A kernel that takes a tuple of twenty arrays copies and reference-counts all of them at every
inner call (measured on the full model: about 5,000 ns per person-week, against 1,100 with this
bundle, and a compilation twice as long). A ``Bundle`` keeps the addresses and shapes of its arrays
in one small table;
compiled code receives the address of that table, and ``bundle.name`` there is the array
(`sim.compiler.bundle_type`). The Python object keeps the arrays alive; without compilation the
attributes are the arrays.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np


class Bundle:
    """Arrays by name. Subclasses declare them as annotations, in order."""

    def __init__(self, **arrays: Any) -> None:
        names = tuple(type(self).__annotations__)
        if set(arrays) != set(names):
            raise TypeError(f"arrays differ from those declared: {set(arrays) ^ set(names)}")
        for name in names:
            setattr(self, name, arrays[name])
        self.names = names

    @cached_property
    def address(self) -> int:
        """Where compiled code finds the addresses and shapes of the arrays.

        Raises ValueError for an array that is not contiguous.
        """
        words: list[int] = []
        for name in self.names:
            array = getattr(self, name)
            if not array.flags.c_contiguous:
                raise ValueError(f"{name} is not contiguous")
            words += [array.ctypes.data, *array.shape]
        self._table = np.array(words, dtype=np.int64)
        return int(self._table.ctypes.data)

    def replaced(self, **arrays: Any) -> Any:
        """A bundle with some arrays exchanged."""
        return type(self)(**{name: getattr(self, name) for name in self.names} | arrays)
