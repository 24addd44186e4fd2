"""Lines of insertion as a department writes them in its own budget, from a person's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

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
    known = {squeezed(label): key for label, key in (labels or {}).items()}
    amounts = tuple(
        InsertionAmount(
            known.get(squeezed(str(row["line"])), str(row["line"])),
            str(row["period"]),
            float(row["amount"]) * float(row.get("unit", 1.0)),
        )
        for row in brought.rows
    )
    problems = problems_of(amounts, lines)
    if problems:
        raise InputError(
            [
                Fault(path.name, f"line {brought.lines[one.position]}", one.found, one.accepted)
                for one in problems
            ]
        )
    return amounts, brought.remarks
