"""What the user enters: months already paid, and compensation received.

Both are small tables, CSV or .xlsx, with French or English heads and numbers (`sim.brought`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from sim.brought.kinds import PAID, RECEIVED
from sim.brought.rows import read_rows
from sim.errors import Fault, InputError
from sim.outcomes.table import month_label
from sim.remarks import Remark
from sim.units import month_number


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One month already paid: households and euro."""

    month: str
    households: float
    allowance_eur: float


@dataclass(frozen=True, slots=True)
class Received:
    """Compensation received by the department on a day, in euro."""

    day: date
    label: str
    eur: float


def read_paid_months(path: Path) -> tuple[tuple[PaidMonth, ...], tuple[Remark, ...]]:
    """The months of ``month, households, allowance_eur``, in order and without a gap; remarks.

    ``month`` is that of the payment. Raises InputError with every fault.
    """
    brought = read_rows(path, PAID)
    found = {
        month_number(date.fromisoformat(f"{row['month']}-01")): (row, line)
        for row, line in zip(brought.rows, brought.lines, strict=True)
    }
    months = sorted(found)
    faults = []
    for before, after in pairwise(months):
        if after > before + 1:
            gap = f"no {month_label(before + 1)}"
            where = f"line {found[after][1]}, month"
            faults.append(Fault(path.name, where, gap, "every month without a gap"))
    if faults:
        raise InputError(faults)
    paid = tuple(
        PaidMonth(
            month_label(month),
            float(found[month][0]["households"]),
            float(found[month][0]["allowance_eur"]),
        )
        for month in months
    )
    return paid, brought.remarks


def read_received(path: Path) -> tuple[tuple[Received, ...], tuple[Remark, ...]]:
    """The rows of ``date, label, amount, unit``: compensation, in the order of the file; remarks.

    ``date`` is a day, a month or a year; ``unit`` is eur, keur or meur, for each row or in the head
    of the amounts. Raises InputError with every fault; an amount without a unit is one.
    """
    brought = read_rows(path, RECEIVED)
    received = tuple(
        Received(
            date.fromisoformat(str(row["date"])),
            str(row.get("label", "compensation")),
            float(row["amount"]) * float(row.get("unit", 1.0)),
        )
        for row in brought.rows
    )
    return received, brought.remarks


def received_by_year(received: Sequence[Received]) -> dict[int, float]:
    """Euro by budget year."""
    years: dict[int, float] = {}
    for one in received:
        years[one.day.year] = years.get(one.day.year, 0.0) + one.eur
    return years
