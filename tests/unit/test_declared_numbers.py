"""Numbers that rules read are declared by a behaviour or computed by packing, each exactly once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.engine import packed_declared
from sim.engine.packed_declared import DECLARED, fields_of, fill_declared
from sim.engine.packed_layout import national_dtype, organisation_dtype, territory_dtype
from sim.engine.packed_numbers import shape_of
from sim.errors import InputError
from sim.parameters import Parameters
from sim.world.numbers import Of, Source, national

ROOT = Path(__file__).resolve().parents[2]
RULES, ENGINE = (
    [path for room in rooms for path in sorted((ROOT / "sim" / room).rglob("*.py"))]
    for rooms in (("processes", "world"), ("engine",))
)
TABLES = {of.value: of for of in Of}
A_DAY = date(2025, 1, 1)


def table_of(node: ast.expr | None) -> Of | None:
    """The record that ``w.national[0]`` and the like stand for."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        return TABLES.get(node.value.attr)
    return None


def fields_read(path: Path) -> Iterator[tuple[Of, str]]:
    """The fields of records that the functions of a file read, whatever they call the record."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        called = {one.arg: Of.NATION for one in function.args.args if one.arg == "g"}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                of = table_of(node.value)
                if of is not None:
                    called[node.targets[0].id] = of
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute):
                of = table_of(node.value)
                if isinstance(node.value, ast.Name):
                    of = called.get(node.value.id)
                if of is not None:
                    yield of, node.attr


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_what_a_rule_reads_is_in_the_record(path: Path, somme: Parameters) -> None:
    shape = shape_of(somme)
    known = {
        Of.NATION: national_dtype(shape).names or (),
        Of.TERRITORY: territory_dtype(shape).names or (),
        Of.PATHWAY: organisation_dtype().names or (),
    }
    missing = {f"{of.value}: {name}" for of, name in fields_read(path) if name not in known[of]}
    assert not missing, f"{path.name} reads what nobody declares (`sim.world.numbers`)"


@pytest.mark.parametrize("of", Of, ids=lambda of: of.value)
def test_what_is_declared_is_read(of: Of) -> None:
    read = {name for path in RULES + ENGINE for table, name in fields_read(path) if table is of}
    assert len(read) > 5
    assert not set(DECLARED[of]) - read


def test_a_number_that_is_declared_twice_is_named_with_both_files() -> None:
    both = [("moving", national(rate="benefit.a")), ("jobs", national(rate="benefit.b"))]
    with pytest.raises(TypeError, match=r"national\.rate is declared in moving and in jobs"):
        fields_of(Of.NATION, both)


def test_a_number_that_packing_computes_as_well_is_named(
    somme: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubled = {**DECLARED, Of.NATION: {"refresh_days": Source("calendar.refresh_days")}}
    monkeypatch.setattr(packed_declared, "DECLARED", doubled)
    with pytest.raises(ValueError, match="refresh_days"):
        national_dtype(shape_of(somme))


@pytest.mark.parametrize(
    ("path", "error"),
    [("benefit.no_such_hazard", InputError), ("sanctions.ladder", TypeError)],
    ids=["in no table", "no number"],
)
def test_a_path_that_gives_no_number_is_named(
    path: str, error: type[Exception], somme: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_declared, "DECLARED", {Of.NATION: {"rate": Source(path)}})
    with pytest.raises(error, match=path.replace(".", r"\.")):
        fill_declared(np.zeros(1, [("rate", "f8")])[0], Of.NATION, somme, A_DAY)


def test_the_number_is_that_of_the_date(somme: Parameters, monkeypatch: pytest.MonkeyPatch) -> None:
    lag = {"lag": Source("benefit.declaration_lag_months", is_whole=True)}
    monkeypatch.setattr(packed_declared, "DECLARED", {Of.NATION: lag})
    record = np.zeros(2, packed_declared.declared_layout(Of.NATION))
    fill_declared(record[0], Of.NATION, somme, date(2025, 2, 28))
    fill_declared(record[1], Of.NATION, somme, date(2025, 3, 1))
    assert record["lag"].tolist() == [3, 4]
