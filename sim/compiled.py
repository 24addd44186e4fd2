"""One decorator that makes a scalar rule valid both as plain Python and as machine code.

Every rule is written once. With compilation on (the default) the decorator hands it to numba
when it is first called; with ``CASELOAD_JIT=0`` in the environment the same text runs as plain
Python, which is what a test compares and what a debugger can step through.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import update_wrapper
from threading import RLock
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np

from sim.plain_tables import PlainTable
from sim.replaced import remember

Function = TypeVar("Function", bound=Callable[..., Any])
Row: TypeAlias = Any
"""One row of a structured array; compiled code reads its fields as attributes."""
Table: TypeAlias = Any
"""A structured array whose rows are read that way."""

JIT_ENABLED: bool = os.environ.get("CASELOAD_JIT", "1") != "0"

u64: Any = np.uint64 if JIT_ENABLED else int
"""Converts to the unsigned 64-bit type of keyed chance (a plain ``int`` without compilation)."""


def each_of(things: Iterable[Any]) -> Any:
    """Walks a tuple of things of different types, in compiled code too: the loop is written out."""
    return things


def rule(function: Function) -> Function:
    """Compile a scalar rule: no Python objects, no hidden state, cached on disk."""
    return _decorated(function, nogil=False, is_kept=True)


def kernel(function: Function) -> Function:
    """Compile a loop over people in the same way; other threads run Python meanwhile.

    For a scalar rule that Python calls, handing over the interpreter would take longer than it.
    """
    return _decorated(function, nogil=True, is_kept=False)


def entry(function: Function) -> Function:
    """A kernel that Python calls as well: it is always kept on the disk."""
    return _decorated(function, nogil=True, is_kept=True)


_one_at_a_time = RLock()


class Compiled:
    """A function that is compiled when Python or compiled code first calls it.

    Until then numba is not loaded: what only reads the text of a rule does without.
    """

    def __init__(self, function: Callable[..., Any], *, nogil: bool, is_kept: bool) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._nogil, self._is_kept = nogil, is_kept
        self._dispatcher: Any = None

    @property
    def dispatcher(self) -> Any:
        """What numba made of the function: the same for all threads."""
        if self._dispatcher is None:
            from sim.compiler.functions import dispatcher_of

            with _one_at_a_time:
                self._dispatcher = self._dispatcher or dispatcher_of(
                    self.py_func, nogil=self._nogil, is_kept=self._is_kept, each_of=each_of
                )
        return self._dispatcher

    @property
    def _numba_type_(self) -> Any:
        """What numba asks of an object that stands in the text of a compiled function."""
        return self.dispatcher._numba_type_

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Compile the function for these types if they are new, and call it."""
        return self.dispatcher(*arguments, **named)


def _decorated(function: Function, *, nogil: bool, is_kept: bool) -> Function:
    if not JIT_ENABLED:
        return cast(Function, remember(function))
    return cast(Function, remember(Compiled(function, nogil=nogil, is_kept=is_kept)))


def plain(function: Function) -> Function:
    """The plain Python text of a rule, whether or not it was compiled."""
    text: Function = getattr(function, "py_func", function)
    return text


def with_attributes(table: np.ndarray[Any, Any]) -> Any:
    """A structured array as rules read it: itself when compiled, else rows of Python numbers."""
    return table if JIT_ENABLED else PlainTable(table)


def as_read_by_rules(numbers: np.ndarray[Any, Any]) -> Any:
    """A one-dimensional array of numbers: itself when compiled, else a list of Python ones."""
    return numbers if JIT_ENABLED else numbers.tolist()
