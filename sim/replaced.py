"""Compiled functions that were replaced from outside the package.

A compiled caller keeps the functions that it was compiled with: a rule exchanged in its module
would be ignored without a word. So every function that `sim.compiled` decorates is remembered
here, and a run first asks whether each of them still stands where it was written or imported.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

PACKAGE = __name__.partition(".")[0] + "."
_homes: dict[tuple[str, str], Any] = {}
"""Each decorated function of the package, by its module and name."""


class ReplacedFunctionError(RuntimeError):
    """A run was asked for while compiled functions of the package are replaced."""


def remember(function: Any) -> Any:
    """Note a decorated function of the package as the one that its callers will use."""
    if function.__module__.startswith(PACKAGE) and "<locals>" not in function.__qualname__:
        _homes[function.__module__, function.__name__] = function
    return function


def replaced_functions() -> tuple[str, ...]:
    """Where another object stands than the function that was decorated, as ``module.name``."""
    known: dict[str, list[Any]] = {}
    for (_, name), function in _homes.items():
        known.setdefault(name, []).append(function)
    found = []
    for module in sorted({module for module, _ in _homes} & sys.modules.keys()):
        for name, value in vars(sys.modules[module]).items():
            if name not in known or isinstance(value, ModuleType):
                continue
            home = _homes.get((module, name))
            meant = known[name] if home is None else [home]
            if not any(value is function for function in meant):
                found.append(f"{module}.{name}")
    return tuple(found)


def refuse_replaced_functions() -> None:
    """Raise `ReplacedFunctionError` if compiled code would ignore a replaced function."""
    replaced = replaced_functions()
    if replaced:
        raise ReplacedFunctionError(
            f"{', '.join(replaced)} was replaced from outside the package, and compiled code would "
            "ignore it. Set CASELOAD_JIT=0 before Python starts: the run is then plain Python, "
            "slower, and follows the replacement. Or change the function in its own file: it is "
            "compiled anew. Or change the value that it reads, in a scenario."
        )
