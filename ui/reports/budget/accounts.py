"""The accounts of the nomenclature on which the lines of a budget fall, each with its source.

The table is ``accounts.csv``. A code that no source of the chart in force (M57) shows is kept with
``checked`` false, and no document prints it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from sim.money.costs.spending import group_of

Kind = Literal["chapter", "chapter_by_function", "function", "article"]
TABLE = Path(__file__).with_name("accounts.csv")


@dataclass(frozen=True, slots=True)
class Account:
    """A code, its French label and where both were read; ``lines``: groups of lines upon it."""

    chart: str
    kind: Kind
    code: str
    label: str
    section: str
    lines: tuple[str, ...]
    source: str
    address: str
    read_on: str
    is_checked: bool
    note: str


@cache
def accounts() -> tuple[Account, ...]:
    """Every row of the table. Raises ValueError on an unknown kind."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_account(row) for row in csv.DictReader(file))


def _account(row: dict[str, str]) -> Account:
    kinds: dict[str, Kind] = {name: name for name in get_args(Kind)}
    if row["kind"] not in kinds:
        raise ValueError(f"accounts.csv: unknown kind {row['kind']!r}")
    return Account(
        chart=row["chart"],
        kind=kinds[row["kind"]],
        code=row["code"],
        label=row["label"],
        section=row["section"],
        lines=tuple(row["lines"].split()),
        source=row["source"],
        address=row["address"],
        read_on=row["read_on"],
        is_checked=row["checked"] == "true",
        note=row["note"],
    )


def printed() -> tuple[Account, ...]:
    """The accounts that a document may print: those that were checked."""
    return tuple(one for one in accounts() if one.is_checked)


def account_of(line: str, kind: Kind) -> Account | None:
    """The checked account of a line; None where there is none, or it could not be checked."""
    group = group_of(line)
    found = (one for one in printed() if one.kind == kind and {line, group} & set(one.lines))
    return next(found, None)


def code_of(line: str, kind: Kind) -> str:
    """The code of a line, empty where none was checked."""
    found = account_of(line, kind)
    return "" if found is None else found.code
