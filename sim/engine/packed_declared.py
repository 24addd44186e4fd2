"""The packed numbers that behaviours declare: where they stand in the records, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

import numpy as np
from numpy.typing import NDArray

import sim.processes as processes
from sim.engine.packed_reading import number_on
from sim.parameters import Parameters
from sim.world.numbers import Numbers, Of, Source


def declarations() -> Iterator[tuple[str, Numbers]]:
    """What the files of `sim.processes` declare, each with the name of its file."""
    for found in walk_packages(processes.__path__, f"{processes.__name__}."):
        for value in vars(import_module(found.name)).values():
            if isinstance(value, Numbers):
                yield found.name, value


def fields_of(of: Of, declared: list[tuple[str, Numbers]]) -> Mapping[str, Source]:
    """The declared fields of one record; raises TypeError for one that is declared twice."""
    fields: dict[str, Source] = {}
    homes: dict[str, str] = {}
    for home, numbers in declared:
        for name, source in numbers.sources.items() if numbers.of is of else ():
            if name in homes:
                raise TypeError(f"{of.value}.{name} is declared in {homes[name]} and in {home}")
            fields[name], homes[name] = source, home
    return fields


DECLARED = {of: fields_of(of, list(declarations())) for of in Of}


def declared_layout(of: Of) -> list[tuple[str, str]]:
    """Names and types of the declared fields of a record."""
    return [(name, "i8" if source.is_whole else "f8") for name, source in DECLARED[of].items()]


def fill_declared(
    record: NDArray[np.void], of: Of, parameters: Parameters, when: date, below: str = ""
) -> None:
    """Fill the declared fields of a record with the values in force on a date.

    ``below`` is put before each path. Raises `InputError` for a path that no table has, and
    TypeError for what is no number.
    """
    for name, source in DECLARED[of].items():
        record[name] = number_on(parameters, below + source.path, when)
