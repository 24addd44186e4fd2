"""Months already paid and compensation received, from a person's tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from brought.kinds import PAID, RECEIVED
from brought.rows import read_rows
from sim.errors import Fault, InputError
from sim.money.costs.entered import PaidMonth, Received
from sim.outcomes.table import month_label
from sim.remarks import Remark
from sim.units import month_number

REGULARISED = "what the month paid; a regularisation goes into the months that it corrects"


def read_paid_months(path: Path) -> tuple[tuple[PaidMonth, ...], tuple[Remark, ...]]:
    """The months of ``month, households, allowance_eur``, in order and without a gap; remarks.

    ``month`` is that of the payment. Raises InputError with every fault; a negative amount (a
    regularisation) is one.
    """
    try:
        brought = read_rows(path, PAID)
    except InputError as error:
        raise InputError([_regularised(fault) for fault in error.faults]) from None
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


def _regularised(fault: Fault) -> Fault:
    """A negative amount is no month's allowance: who meets one is told where it belongs."""
    is_negative = fault.field.endswith("allowance_eur") and fault.found.strip("'").startswith("-")
    return replace(fault, accepted=REGULARISED) if is_negative else fault


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
