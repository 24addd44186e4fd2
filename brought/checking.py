"""From a table of cells to checked values: every fault, remark and open question at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from brought.columns import Kind
from brought.faults import LineFault, Question, TableRemark
from brought.heads import Sheet, alike
from brought.left_out import rows_of_data, unnamed_totals
from brought.numerals import Role
from brought.page import Cell
from brought.persons import are_rows_of_persons
from brought.values import Read, read_column

Value = str | float
Row = Mapping[str, Value]


@dataclass(frozen=True)
class ColumnAnswers:
    """What a person said where the table leaves it open, by column.

    ``marks``: whether a point or comma before three digits is decimal or parts thousands;
    ``units``: euro in one unit of the column.
    """

    marks: Mapping[str, Role] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """Checked rows by column name, each with its line; or what has to be corrected or answered.

    A value that is missing or kept secret is not in its row. ``remarks`` say what was done to come
    to these rows.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, ...] = ()
    faults: tuple[LineFault, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[TableRemark, ...] = ()
    are_persons: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing to correct or to answer."""
        return not (self.faults or self.questions or self.are_persons)


def check(
    kind: Kind,
    sheet: Sheet,
    mapping: Mapping[str, str],
    answers: ColumnAnswers = ColumnAnswers(),
) -> Checked:
    """The values of the mapped columns (head by column name)."""
    faults = _faults_of_heads(kind, sheet, mapping)
    if faults:
        return Checked((), faults=tuple(faults))
    places = {name: sheet.head.index(head) for name, head in mapping.items() if head in sheet.head}
    kept, remarks = rows_of_data(kind, sheet, places)
    sheet = replace(
        sheet,
        rows=tuple(sheet.rows[one] for one in kept),
        lines=tuple(sheet.lines[one] for one in kept),
    )
    faults = _faults_of_lengths(sheet, places)
    if faults:
        return Checked((), faults=tuple(faults), remarks=tuple(remarks))
    read = {
        name: read_column(
            kind.column(name), sheet.head[place], _cells(sheet, place),
            answers.marks.get(name), answers.units.get(name),
        )
        for name, place in places.items()
    }  # fmt: skip
    faults = [fault for one in read.values() for fault in one.faults]
    questions = [question for one in read.values() for question in one.questions]
    remarks += [remark for one in read.values() for remark in one.remarks]
    rows = _rows(read, len(sheet.rows))
    unit_faults, unit_questions = _units(kind, sheet, read, rows)
    found = Checked(
        (), (), tuple(faults + unit_faults), tuple(questions + unit_questions), tuple(remarks)
    )
    return _whole_table(kind, rows, sheet.lines, found)


def _units(
    kind: Kind, sheet: Sheet, read: Mapping[str, Read], rows: Sequence[Row]
) -> tuple[list[LineFault], list[Question]]:
    """Amounts whose unit is given twice, or not at all."""
    faults: list[LineFault] = []
    questions: list[Question] = []
    compared = {ratio.above: ratio.below for ratio in kind.ratios}
    for name, column in read.items():
        if not kind.column(name).unit:
            continue
        if "unit" in read:
            if column.has_unit or column.has_some_units:
                faults.append(LineFault(sheet.head_line, "unit", "", "unit_twice", name))
        elif not column.has_unit and not (
            compared.get(name) in read and all(compared[name] in row for row in rows if name in row)
        ):
            line = sheet.lines[0] if sheet.lines else sheet.head_line
            questions.append(Question("unit", name, line, ""))
    return faults, questions


def _whole_table(
    kind: Kind, rows: list[dict[str, Value]], lines: tuple[int, ...], found: Checked
) -> Checked:
    """What only the rows together show: repeated keys, totals, ratios, rows of persons."""
    faults = list(found.faults)
    keys = [tuple(str(row.get(name, "")) for name in kind.key) for row in rows]
    if are_rows_of_persons(kind, rows, keys):
        return Checked((), are_persons=True)
    faults += [*_repeated(kind, keys, lines), *_not_constant(kind, rows, lines)]
    left_out: set[int] = set()
    remarks = list(found.remarks)
    if not faults and "territory" in kind.key and "month" in kind.key:
        columns = [one.name for one in kind.columns if one.shape == "count"]
        left_out, lost = unnamed_totals(rows, columns)
        faults += [LineFault(lines[one], "territory", "", "territory") for one in sorted(lost)]
        if left_out:
            example = str(rows[min(left_out)].get("territory", ""))
            named = tuple(lines[one] for one in sorted(left_out))
            remarks.append(TableRemark("total", "", example, named))
    faults += _faults_of_ratios(kind, rows, lines)
    if faults or found.questions:
        ordered = sorted(faults, key=lambda fault: fault.line)
        return replace(found, faults=tuple(ordered), remarks=tuple(remarks))
    kept = [place for place in range(len(rows)) if place not in left_out]
    return Checked(
        tuple(rows[place] for place in kept),
        tuple(lines[place] for place in kept),
        remarks=tuple(remarks),
    )


def _faults_of_heads(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> list[LineFault]:
    faults = []
    taken: dict[str, str] = {}
    for column in kind.columns:
        head = mapping.get(column.name)
        if head is None or head not in sheet.head:
            if column.is_needed:
                faults.append(LineFault(sheet.head_line, column.name, "", "column"))
            continue
        again = alike(sheet.head, head)
        if len(again) > 1 or head in taken:
            found = ", ".join(again if len(again) > 1 else [head, head])
            faults.append(LineFault(sheet.head_line, column.name, found, "twice"))
        taken[head] = column.name
    return faults


def _faults_of_lengths(sheet: Sheet, places: Mapping[str, int]) -> list[LineFault]:
    """Rows in which a separator too many or too few has moved the cells."""
    if not sheet.is_text:
        return []
    least = 1 + max(places.values())
    return [
        LineFault(line, "", str(len(row)), "cells", str(len(sheet.head)))
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
        if len(row) < least or any(cell != "" for cell in row[len(sheet.head) :])
    ]


def _cells(sheet: Sheet, place: int) -> list[tuple[int, Cell]]:
    return [
        (line, row[place] if place < len(row) else "")
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
    ]


def _rows(read: Mapping[str, Read], count: int) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = [{} for _ in range(count)]
    for name, column in read.items():
        for row, value in zip(rows, column.values, strict=True):
            if value is not None:
                row[name] = value
    return rows


def _repeated(kind: Kind, keys: Sequence[tuple[str, ...]], lines: Sequence[int]) -> list[LineFault]:
    """Rows that share month and territory (however it is spelled) with an earlier one."""
    named = "month" if "month" in kind.key else next(iter(kind.key), "")
    needed = [place for place, name in enumerate(kind.key) if kind.column(name).is_needed]
    faults = []
    first_seen: dict[tuple[str, ...], int] = {}
    for key, line in zip(keys, lines, strict=True):
        if not needed or not all(key[place] for place in needed):
            continue
        flat = tuple(part.casefold() for part in key)
        if flat in first_seen:
            found = " · ".join(part for part in key if part)
            faults.append(LineFault(line, named, found, "once", str(first_seen[flat])))
        first_seen.setdefault(flat, line)
    return faults


def _not_constant(kind: Kind, rows: Sequence[Row], lines: Sequence[int]) -> list[LineFault]:
    """Each further value of a column that must have one, where it first stands."""
    faults = []
    for name in kind.constant:
        first: dict[Value, int] = {}
        for row, line in zip(rows, lines, strict=True):
            if name in row:
                first.setdefault(row[name], line)
        values = list(first)
        faults += [
            LineFault(first[value], name, str(value), "constant", str(values[0]))
            for value in values[1:]
        ]
    return faults


def _faults_of_ratios(kind: Kind, rows: Sequence[Row], lines: Sequence[int]) -> list[LineFault]:
    faults = []
    for ratio in kind.ratios:
        for row, line in zip(rows, lines, strict=True):
            above, below = row.get(ratio.above), row.get(ratio.below)
            if not isinstance(above, float) or not isinstance(below, float) or below == 0.0:
                continue
            if not ratio.low <= above / below <= ratio.high:
                found = f"{above:.12g}"
                faults.append(LineFault(line, ratio.above, found, "mean", f"{above / below:.2f}"))
    return faults
