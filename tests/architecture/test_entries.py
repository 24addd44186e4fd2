"""What Python calls of the compiled text is marked, so that a second start compiles nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "sim").rglob("*.py"))
COMPILED = {"rule", "kernel", "entry"}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def functions_of(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, set[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node, {ast.unparse(mark) for mark in node.decorator_list}


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
KERNELS = {
    (module_of(path), function.name)
    for path, tree in TREES.items()
    for function, marks in functions_of(tree)
    if "kernel" in marks
}


def called_by_python(path: Path) -> Iterator[tuple[str, str]]:
    """Names that functions without a compiled form call, with the module they come from."""
    homes = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for function, marks in functions_of(TREES[path]):
        if marks & COMPILED:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield homes.get(node.func.id, (module_of(path), node.func.id))


def test_there_are_kernels() -> None:
    assert len(KERNELS) > 100


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_kernel_that_python_calls_is_an_entry(path: Path) -> None:
    assert not KERNELS & set(called_by_python(path)), "mark it with `entry`"
