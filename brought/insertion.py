"""Lines of insertion as a department writes them in its own budget, from a person's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from brought.checking import Row
from brought.kinds import INSERTION
from brought.rows import read_rows
from brought.spelling import squeezed
from sim.errors import Fault, InputError
from sim.money.budget.insertion import problems_of
from sim.money.costs.entered import InsertionAmount
from sim.remarks import Remark


def read_insertion(
    path: Path, lines: Sequence[str], labels: Mapping[str, str] | None = None
) -> tuple[tuple[InsertionAmount, ...], tuple[Remark, ...]]:
    """The rows of ``line, period, amount, unit``, in the order of the file; remarks.

    ``lines``: those of the budget, by their keys; a row names one by its key, or by one of
    ``labels`` (keys by what is printed), without regard to accents, capitals and signs. ``period``
    is a year or a month; ``unit`` is eur, keur or meur, for each row or in the head of the amounts.
    Raises InputError with every fault: a line that is not one, a euro that would count twice.
    """
    brought = read_rows(path, INSERTION)
    amounts = amounts_of(brought.rows, labels or {})
    problems = problems_of(amounts, lines)
    if problems:
        raise InputError(
            [
                Fault(path.name, f"line {brought.lines[one.position]}", one.found, one.accepted)
                for one in problems
            ]
        )
    return amounts, brought.remarks


def amounts_of(rows: Iterable[Row], labels: Mapping[str, str]) -> tuple[InsertionAmount, ...]:
    """The amounts of checked rows; a line that is none of ``labels`` stays as it is written."""
    known = {squeezed(label): key for label, key in labels.items()}
    return tuple(
        InsertionAmount(
            known.get(squeezed(str(row["line"])), str(row["line"])),
            str(row["period"]),
            float(row["amount"]) * float(row.get("unit", 1.0)),
        )
        for row in rows
    )
