"""The compiled form of one decorated function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba
from numba import literal_unroll
from numba.core import types

import sim.compiler.bundle_type
import sim.compiler.prefetch  # noqa: F401 (both tell numba what stands in the texts)
from sim.kernel_cache import called_by_compiled_code, keep_kernels


def dispatcher_of(
    function: Callable[..., Any], *, nogil: bool, is_kept: bool, each_of: object
) -> Any:
    """What compiles a function for the types that it is called with, and calls that code.

    With ``is_kept`` its code is always kept on the disk. ``each_of`` is what stands in its text for
    the loop over things of different types.
    """
    _name_loops(function, each_of)
    # A wrapper for callers in C is never used here, and takes a tenth of a compilation.
    compile_lazily: Any = numba.njit
    compiled = compile_lazily(nogil=nogil, no_cfunc_wrapper=True)(function)
    keep_kernels(compiled, function, only_when_called_from_python=not is_kept)
    _type_constants_as_values(compiled)
    return compiled


def _name_loops(function: Callable[..., Any], each_of: object) -> None:
    """Put numba's own function where a text names ours: numba knows the loop by that object."""
    names = function.__globals__
    for name in function.__code__.co_names:
        if names.get(name) is each_of:
            names[name] = literal_unroll


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
