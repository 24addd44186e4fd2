"""The readable walker proves something about the compiled one only if it shares no loop of it.

They share the rules: scalar functions marked with ``rule``. Transitions are marked with ``kernel``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("sim.processes", "sim.world")
COMPILED = (
    "sim.engine.compiled_walker",
    "sim.engine.day",
    "sim.engine.books",
    "sim.processes.living",
)


def imported(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def kernels_of(module: str) -> set[str]:
    file = import_module(module).__file__
    assert file is not None
    return {
        node.name
        for node in ast.parse(Path(file).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark) in ("kernel", "entry") for mark in node.decorator_list)
    }


def readable_files() -> list[Path]:
    """The files of the readable walker, and those of the agents that it imports."""
    waiting = sorted((ROOT / "sim/engine/objects").glob("*.py"))
    found: list[Path] = []
    while waiting:
        path = waiting.pop()
        found.append(path)
        for module, _ in imported(path):
            agents = ROOT / f"{module.replace('.', '/')}.py"
            if module.startswith("sim.agents.") and agents not in [*found, *waiting]:
                waiting.append(agents)
    return sorted(found)


@pytest.mark.parametrize("path", readable_files(), ids=lambda path: path.stem)
def test_the_readable_walker_shares_no_transition(path: Path) -> None:
    for module, name in imported(path):
        assert not module.startswith(COMPILED), f"{path.name} imports {module}"
        if module.startswith(SHARED):
            assert name not in kernels_of(module), f"{path.name} imports {module}.{name}"
