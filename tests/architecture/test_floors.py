"""A file imports only from its own floor and from lower ones; each tool has its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import permutations
from pathlib import Path

import pytest

from sim.parameters import load_department

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    (
        "sim.files",
        "sim.plain_tables",
        "sim.plain_text",
        "sim.replaced",
        "sim.sealed",
        "sim.sealed_table",
        "sim.top_folder",
        "sim.version",
    ),
    (
        "sim.bounded_folder",
        "sim.kernel_cache",
        "sim.language",
        "sim.user_cache",
        "sim.compilation",
        "sim.compiled",
        "sim.compiled_bundle",
        "sim.compiled_prefetch",
        "sim.compiler",
        "sim.errors",
        "sim.extras",
        "sim.randomness",
        "sim.remarks",
        "sim.units",
        "sim.vocabulary",
    ),
    (
        "sim.event_codebook",
        "sim.events",
        "sim.ledger",
        "sim.money.costs",
        "sim.money.law",
        "sim.outcomes",
        "sim.parameters",
        "sim.population",
    ),
    ("sim.world",),
    ("sim.processes",),
    ("sim.agents",),
    ("sim.engine",),
    ("sim.observation",),
    ("sim.experiments", "sim.policy"),
    # Mesa's window: below it, `sim.agents` declares the fields.
    (
        "sim.agents.beneficiary_view",
        "sim.agents.engine_door",
        "sim.agents.model",
        "sim.agents.staff_views",
        "sim.agents.tables",
        "sim.agents.view_sets",
        "sim.agents.views",
    ),
    ("sim.money",),
    ("sim.batch",),
    ("sim.search",),
    ("sim",),
    ("brought", "replay"),
    ("calibration", "forecast"),
    ("ui.texts", "ui.ages"),
    ("ui.reports",),
    ("ui.cli",),
    ("app", "ui"),
)
FLOOR_OF = {module: floor for floor, modules in enumerate(FLOORS) for module in modules}

NEIGHBOURS = ("calibration", "forecast")
"""Rooms of one floor that hold apart."""

ROOMS_OF_TOOL = {
    "mesa": ("sim.agents",),
    "simpy": ("sim.engine",),
    "numba": (
        "sim.compilation",
        "sim.compiler",
        "sim.kernel_cache",
    ),
    "streamlit": ("ui", "app"),
    "distributed": ("sim.batch",),
}
LABEL_GROUPS = ("pathways", "roles", "barriers", "territories")


def python_files(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return found + [path for path in [ROOT / "app.py"] if "ui" in rooms and path.exists()]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def floor_of(module: str) -> int | None:
    """The floor of a module: that of the longest room that holds it."""
    rooms = [room for room in FLOOR_OF if is_inside(module, room)]
    if not rooms:
        return None
    room = max(rooms, key=len)
    if room == "sim" and module != "sim":
        return None  # a name of the public door, or a file of the root without a floor
    return FLOOR_OF[room]


PRODUCT_FILES = python_files("sim", "brought", "replay", "calibration", "forecast", "ui")


def short_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("path", PRODUCT_FILES, ids=short_name)
def test_a_file_imports_only_from_its_floor_and_below(path: Path) -> None:
    module = module_of(path)
    floor = floor_of(module)
    assert floor is not None, f"{module} stands on no floor: give it one in FLOORS"
    higher = {
        imported
        for imported in imports_of(path)
        if (other := floor_of(imported)) is not None and other > floor
    }
    assert not higher, f"{module} (floor {floor}) imports from higher floors: {sorted(higher)}"


def test_no_files_import_each_other_in_a_circle() -> None:
    """Imports inside functions and for types alone count as well; a package is its own file."""
    files = {module_of(path): path for path in PRODUCT_FILES}
    graph = {
        module: {name for name in imports_of(path) if name in files and files[name] != path}
        for module, path in files.items()
    }
    # `from package import file` names both: what is taken is the file.
    for module, found in graph.items():
        packages = {name.rpartition(".")[0] for name in found}
        faces = {name for name in packages if name in files and files[name].name == "__init__.py"}
        graph[module] = found - faces
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"files import each other: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize(("room", "other"), list(permutations(NEIGHBOURS, 2)))
def test_neighbours_do_not_know_each_other(room: str, other: str) -> None:
    strays = {
        short_name(path): imported
        for path in python_files(room)
        for imported in imports_of(path)
        if is_inside(imported, other)
    }
    assert not strays, f"{room} and {other} stand side by side; both know `sim` only"


@pytest.mark.slow
@pytest.mark.parametrize("path", PRODUCT_FILES, ids=short_name)
def test_each_tool_stays_in_its_rooms(path: Path) -> None:
    module = module_of(path)
    strays = {
        imported
        for imported in imports_of(path)
        for tool, rooms in ROOMS_OF_TOOL.items()
        if is_inside(imported, tool) and not any(is_inside(module, room) for room in rooms)
    }
    assert not strays, f"{module} imports {sorted(strays)}, allowed in {ROOMS_OF_TOOL}"


def labels_of_the_tables() -> dict[str, str]:
    """What a department can vary, and its group: these words belong in tables, not in code."""
    departments = sorted((ROOT / "sim/parameters/departments").glob("*.yaml"))
    labels = {path.stem: "department" for path in departments}
    for department in departments:
        parameters = load_department(department.stem)
        for group in LABEL_GROUPS:
            labels.update(dict.fromkeys(parameters.labels(group), group))
    return labels


@pytest.mark.slow
def test_labels_of_tables_are_not_written_in_code() -> None:
    labels = labels_of_the_tables()
    assert {"pathways", "roles", "barriers", "department"} <= set(labels.values())
    found = [
        f"{short_name(path)}:{node.lineno}: {node.value!r} is a label of {labels[node.value]}"
        for path in python_files("sim")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in labels
    ]
    assert not found, "\n".join(found)
