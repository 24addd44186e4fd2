"""Faults of a table in English, for the command line."""

from __future__ import annotations

from brought.columns import Kind
from brought.faults import Expected, LineFault, Question
from brought.money_units import UNITS
from sim.errors import Fault

UNREADABLE = {
    "too_large": ("a file that is too large", "at most 50 MB, 200,000 rows and 200 columns"),
    "not_a_table": ("no readable table", "a CSV file, or an .xlsx workbook that Excel can open"),
    "old_excel": ("an old or protected Excel file", "the same table saved as .xlsx or CSV"),
    "empty": ("no rows", "a head and one row of data for each value"),
    "quote": ("a quotation mark that is not closed or stands astray", "quotation marks in pairs"),
    "long": ("a cell of more than 131,072 characters", "at most 200 characters"),
}
ACCEPTED: dict[Expected, str] = {
    "cells": "as many cells as the head: {detail}",
    "twice": "one column for each head",
    "long": "at most 200 characters",
    "computed": "a value: open the workbook in Excel and save it again",
    "month": "a month as YYYY-MM, 01/2026, 31/01/2026 or janv.-26",
    "date_order": "a month as YYYY-MM or 01/2026: day and month may have changed places",
    "day": "a date as 2026-03-31, 31/03/2026, 2026-03 or 2026",
    "period": "a year as 2026, or a month as 2026-03, 03/2026 or mars-26",
    "number": "a number from {low:,.12g} to {high:,.12g} such as 8123456.78 or 8 123 456,78",
    "count": "a whole number from {low:,.12g} to {high:,.12g} such as 16580 or 16 580",
    "text": "a word of at most 200 characters",
    "department": "a department's code as 80, 2A or 974",
    "unit_twice": "the unit once: for each row, or with the amounts",
    "once": "each month once; it is also in line {detail}",
    "constant": "{detail!r} as in the first row",
    "mean": "euro of one month: 100 to 2000 euro a household",
    "territory": "a territory, or a total that adds up the others",
}
PERSONS = {
    "person_column": "a column about persons",
    "person_number": "a number, an address or a name of a person",
}
TOTALS_ONLY = "totals by month and territory, never data on persons"


def fault_in_english(file: str, kind: Kind, fault: LineFault) -> Fault:
    """A fault as the command line prints it."""
    column = kind.by_name.get(fault.column)
    place = f"line {fault.line}" if fault.line else ""
    where = ", ".join(part for part in (place, fault.column) if part)
    if fault.expected == "column":
        needed = ", ".join(one.name for one in kind.columns if one.is_needed)
        return Fault(file, place, f"no {fault.column}", f"columns {needed}")
    if fault.expected == "unit":
        found = repr(fault.found) if fault.found else "an amount without a unit"
        return Fault(file, where, found, ", ".join(list(UNITS)[:-1]) + f" or {list(UNITS)[-1]}")
    low, high = (column.low, column.high) if column is not None else (0.0, 0.0)
    accepted = ACCEPTED[fault.expected].format(detail=fault.detail, low=low, high=high)
    return Fault(file, where, _found(fault), accepted)


def question_in_english(file: str, kind: Kind, question: Question) -> Fault:
    """What the command line refuses because it cannot ask."""
    where = f"line {question.line}, {question.column}"
    if question.key == "unit":
        return fault_in_english(file, kind, LineFault(question.line, question.column, "", "unit"))
    accepted = (
        "a number that can be read in one way: without a mark between thousands, or with two "
        "decimals"
    )
    return Fault(file, where, f"{question.found!r}, decimals or thousands", accepted)


def _found(fault: LineFault) -> str:
    if fault.expected == "mean":
        return f"{fault.found}, or {fault.detail} euro a household"
    if fault.expected == "cells":
        return f"{fault.found} cells"
    if fault.expected == "unit_twice":
        return f"a unit for each row and one of {fault.detail}"
    return repr(fault.found)
