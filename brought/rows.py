"""The rows of a file that a person names on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brought.checking import Row, check
from brought.columns import Kind
from brought.english import (
    PERSONS,
    TOTALS_ONLY,
    UNREADABLE,
    fault_in_english,
    question_in_english,
)
from brought.faults import LineFault, as_remark
from brought.heads import Sheet, exact_heads, likeliest_sheet, possible_sheets, sure_mapping
from brought.page import Page, UnreadableError
from brought.pages import Limits, pages_of_file
from brought.persons import reason_to_refuse
from brought.spelling import squeezed
from sim.errors import Fault, InputError
from sim.remarks import Remark


@dataclass(frozen=True)
class Brought:
    """Checked rows by column name, the line of each, and what was done to come to them."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    remarks: tuple[Remark, ...]


def read_rows(path: Path, kind: Kind, limits: Limits = Limits()) -> Brought:  # noqa: B008 (frozen)
    """The rows of the one table of a CSV or .xlsx file; raises `InputError` with every fault."""
    sheet = _sheet(path, kind, limits)
    refusal = reason_to_refuse(sheet)
    if refusal is not None:
        reason, line, head = refusal
        raise InputError([Fault(path.name, f"line {line}, {head}", PERSONS[reason], TOTALS_ONLY)])
    faults = _columns_named_twice(path, kind, sheet)
    found = check(kind, sheet, sure_mapping(kind, sheet.head))
    if found.are_persons:
        raise InputError([Fault(path.name, "", "one row for each person", TOTALS_ONLY)])
    faults += [fault_in_english(path.name, kind, one) for one in found.faults]
    faults += [question_in_english(path.name, kind, one) for one in found.questions]
    if faults:
        raise InputError(faults)
    return Brought(found.rows, found.lines, tuple(map(as_remark, found.remarks)))


def pages_at(path: Path, limits: Limits = Limits()) -> tuple[Page, ...]:  # noqa: B008 (frozen)
    """The pages of a CSV or .xlsx file; raises `InputError`."""
    try:
        if path.stat().st_size > limits.bytes:
            raise UnreadableError("too_large")
        return pages_of_file(path.read_bytes(), limits)
    except UnreadableError as error:
        found, accepted = UNREADABLE[error.key]
        where = f"line {error.line}" if error.line else ""
        raise InputError([Fault(path.name, where, found, accepted)]) from None
    except (OSError, ValueError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else "no file to read"
        raise InputError(
            [Fault(path.name or str(path), "", found, "a CSV or .xlsx file")]
        ) from None


def _sheet(path: Path, kind: Kind, limits: Limits) -> Sheet:
    pages = pages_at(path, limits)
    sheets = possible_sheets(pages, kind)
    if len(sheets) > 1:
        names = ", ".join(repr(sheet.page) for sheet in sheets)
        accepted = "a workbook with one sheet of these columns"
        raise InputError([Fault(path.name, "", f"{len(sheets)} sheets: {names}", accepted)])
    return sheets[0] if sheets else likeliest_sheet([page for page in pages if page.rows], kind)


def _columns_named_twice(path: Path, kind: Kind, sheet: Sheet) -> list[Fault]:
    """Different heads that mean a column, none of them its name: which is meant cannot be told."""
    found = []
    for name, places in exact_heads(kind, sheet.head).items():
        heads = list(dict.fromkeys(sheet.head[place] for place in places))
        if len(heads) > 1 and squeezed(heads[0]) != squeezed(name):
            fault = LineFault(sheet.head_line, name, ", ".join(heads), "twice")
            found.append(fault_in_english(path.name, kind, fault))
    return found
