"""One decorator that makes a scalar rule valid both as plain Python and as machine code.

Every rule is written once. With compilation on (the default) the decorator hands it to numba;
with ``CASELOAD_JIT=0`` in the environment the same text runs as plain Python, which is what a
test compares and what a debugger can step through.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numba
import numpy as np
from numba import literal_unroll
from numba.core import types

from sim.kernel_cache import called_by_compiled_code, keep_kernels
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


each_of: Any = literal_unroll
"""Walks a tuple of things of different types, in compiled code too: the loop is written out."""


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


def _decorated(function: Function, *, nogil: bool, is_kept: bool) -> Function:
    if not JIT_ENABLED:
        return cast(Function, remember(function))
    # A wrapper for callers in C is never used here, and takes a tenth of a compilation.
    compile_lazily: Any = numba.njit
    compiled = compile_lazily(nogil=nogil, no_cfunc_wrapper=True)(function)
    keep_kernels(compiled, function, only_when_called_from_python=not is_kept)
    _type_constants_as_values(compiled)
    return cast(Function, remember(compiled))


def _type_constants_as_values(compiled: Any) -> None:
    """Compile a function once for all constants: numba has a type for each constant number.

    ``record`` was compiled for every kind of record that the text names.
    """
    typed, unliteral = compiled.get_call_template, cast(Any, types.unliteral)

    def get_call_template(arguments: Any, keywords: Any) -> Any:
        values = tuple(map(unliteral, arguments))
        named = {name: unliteral(argument) for name, argument in keywords.items()}
        with called_by_compiled_code():
            return typed(values, named)

    compiled.get_call_template = get_call_template


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
