"""Tests of rules, asked without pytest: a second less for each of some thousand mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import test_rules_of_processes

FILES: tuple[ModuleType, ...] = (test_rules_of_processes,)
"""Their tests take no fixture, and at most one list of cases."""


def one_fails() -> bool:
    """Whether a test of a rule fails, or ends in an error."""
    return any(_fails(test, case) for test, case in _tests())


def _tests() -> Iterator[tuple[Callable[..., None], tuple[Any, ...]]]:
    for file in FILES:
        for name, test in vars(file).items():
            if name.startswith("test_"):
                cases = [mark.args[1] for mark in getattr(test, "pytestmark", ())]
                for case in cases[0] if cases else [()]:
                    yield test, case


def _fails(test: Callable[..., None], case: tuple[Any, ...]) -> bool:
    try:
        test(*case)
    except Exception:
        return True
    return False
