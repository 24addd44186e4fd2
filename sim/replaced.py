"""Compiled functions that were replaced from outside the package.

A compiled caller keeps the functions that it was compiled with: a rule exchanged in its module
would be ignored without a word. So every function that `sim.compiled` decorates is remembered
here, with the tuples of functions that it walks (declared clocks, the order of the day), and a run
first asks whether each still stands where it was written or imported.
"""

from __future__ import annotations

import sys
from operator import is_
from typing import Any, NamedTuple

PACKAGE = __name__.partition(".")[0] + "."
_bound: dict[tuple[str, str], Any] = {}
"""By module and name: what a decorated function is there, and what it found there to call."""
_functions: dict[int, Any] = {}
"""Every decorated function of the package, by identity."""
_declared: dict[int, Any] = {}
"""The tuples that decorated functions walk, and the tuples in them, by identity."""


class Seen(NamedTuple):
    """Where all stood when it was last looked for in full: every run asks, nearly none finds any.

    ``places`` are namespaces of modules, names in them, and what stood there.
    """

    size: tuple[int, int, int]
    places: tuple[tuple[dict[str, Any], tuple[str, ...], tuple[Any, ...]], ...]


_seen: list[Seen] = []


class ReplacedFunctionError(RuntimeError):
    """A run was asked for while functions of the engine are replaced, and would ignore it."""


def remember(function: Any) -> Any:
    """Note a decorated function of the package as the one that its callers will use."""
    module = function.__module__
    if not module.startswith(PACKAGE) or "<locals>" in function.__qualname__:
        return function
    _functions[id(function)] = _bound[module, function.__name__] = function
    text = getattr(function, "py_func", function)
    for name in text.__code__.co_names:
        found = text.__globals__.get(name)
        if id(found) in _functions:
            _bound[module, name] = found
        for each in _with_functions(found):
            _declared[id(each)] = each
    return function


def _with_functions(value: Any) -> list[tuple[Any, ...]]:
    """A tuple that holds decorated functions, and the tuples in it that do."""
    if not isinstance(value, tuple):
        return []
    inner = [each for member in value for each in _with_functions(member)]
    return [value, *inner] if inner or any(id(one) in _functions for one in value) else []


def replaced_functions() -> tuple[str, ...]:
    """Where another object stands than what was decorated or declared, as ``module.name``."""
    if _stands_as_seen():
        return ()
    rooms = {module.rpartition(".")[0] for module, _ in _bound} - {PACKAGE.rstrip(".")}
    found = {
        f"{module}.{name}"
        for (module, name), meant in _bound.items()
        if module in sys.modules and vars(sys.modules[module]).get(name) is not meant
    }
    loaded = [name for name in sys.modules if name.startswith(PACKAGE)]
    for module in [name for name in loaded if name.rpartition(".")[0] in rooms]:
        for name, value in vars(sys.modules[module]).items():
            # Nearly all names hold something else: they are passed over at once, in every run.
            if not isinstance(value, tuple):
                continue
            if any(id(each) not in _declared for each in _with_functions(value)):
                found.add(f"{module}.{name}")
    if not found:
        _see(rooms)
    return tuple(sorted(found))


def _see(rooms: set[str]) -> None:
    """Note where all stands that a replacement would change."""
    places: dict[str, dict[str, Any]] = {}
    for (module, name), meant in _bound.items():
        if module in sys.modules:
            places.setdefault(module, {})[name] = meant
    for module in [name for name in sys.modules if name.rpartition(".")[0] in rooms]:
        held = vars(sys.modules[module])
        tuples = {name: value for name, value in held.items() if id(value) in _declared}
        places.setdefault(module, {}).update(tuples)
    found = tuple(
        (vars(sys.modules[module]), tuple(meant), tuple(meant.values()))
        for module, meant in places.items()
    )
    _seen[:] = [Seen(_size(), found)]


def _stands_as_seen() -> bool:
    """Whether nothing was loaded or replaced since all was found in its place."""
    return (
        bool(_seen)
        and _seen[0].size == _size()
        and all(
            all(map(is_, map(held.get, names), meant)) for held, names, meant in _seen[0].places
        )
    )


def _size() -> tuple[int, int, int]:
    return len(sys.modules), len(_bound), len(_declared)


def _is_held(place: str) -> bool:
    """Whether a declared tuple holds what stood in a place: plain Python ignores it as well."""
    module, _, name = place.rpartition(".")
    function = _bound.get((module, name))
    held = [member for each in _declared.values() for member in each]
    return function is None or any(member is function for member in held)


def refuse_replaced_functions(*, is_compiled: bool) -> None:
    """Raise `ReplacedFunctionError` if a run would ignore what replaces a function.

    Compiled code ignores all of it, plain Python what a declared tuple holds already.
    """
    replaced = replaced_functions()
    ignored = replaced if is_compiled else [place for place in replaced if _is_held(place)]
    if not ignored:
        return
    advice = "Change it in its own file: it is compiled anew. Or change, in a scenario, the value "
    advice += "that it reads."
    if not any(_is_held(place) for place in ignored):
        advice += " Or set CASELOAD_JIT=0 before Python starts: the run is then plain Python, "
        advice += "slower, and follows the replacement."
    raise ReplacedFunctionError(
        f"{', '.join(ignored)} was replaced from outside the package, and the run would ignore it. "
        f"{advice}"
    )
