"""Tables of a workbook with departments across and months down, or the other way round.

The DREES publishes its monthly figures so: above the table its title; heads on several rows, one of
them the codes of departments, with columns of the whole country beside them; months as days or as
text, provisional ones marked; below the table its notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from brought.english import fault_in_english, question_in_english
from brought.kinds import PUBLISHED_COUNT, SERIES
from brought.numerals import is_missing
from brought.page import LONGEST_CELL, Cell, Page
from brought.published import (
    Known,
    Months,
    Names,
    Published,
    agree,
    code_in,
    counts_rsa_households,
    is_country,
    month_in,
    without_marks,
)
from brought.series import month_text
from brought.spelling import plain, squeezed, visible
from brought.values import read_column
from sim.errors import Fault, InputError
from sim.remarks import Remark, remarked

LEAST_DEPARTMENTS, LEAST_MONTHS = 10, 2
MOST_HEAD_ROWS = 40
MOST_NAMED = 6
SEPARATOR = " · "
WHOLE_COUNTRY, COUNTRY_READ = "France", "published_country"
REGION, DEPARTMENT = "region", "departement"
CHANGE = ("evolution", "variation", "taux", "part")


@dataclass(frozen=True)
class DepartmentTable:
    """Cells by department (rows) and month (columns) of one page, with the line of each.

    ``others``: heads of what is no department; ``unread``: lines with numbers whose month cannot
    be told, with what stands there; ``country``: the cells of the whole country, where it is beside
    the departments.
    """

    page: str
    title: str
    codes: tuple[str, ...]
    months: tuple[int, ...]
    cells: tuple[tuple[tuple[int, Cell], ...], ...]
    provisional: frozenset[int]
    others: tuple[str, ...]
    unread: tuple[tuple[int, str], ...] = ()
    country: tuple[tuple[int, Cell], ...] = ()


def department_tables(pages: Iterable[Page], names: Names) -> list[DepartmentTable]:
    """The tables of departments by month, at most one of each page."""
    found = (_across(page, names) or _down(page, names) for page in pages)
    return [table for table in found if table is not None]


def households_of_tables(file: str, tables: Sequence[DepartmentTable], known: Known) -> Published:
    """The one table that counts households on RSA; raises `InputError` with every fault.

    Its title says so, or its numbers, where titles do not tell one table.
    """
    chosen = [one for one in tables if counts_rsa_households(f"{one.title} {one.page}")]
    if len(chosen) != 1:
        chosen = [one for one in chosen or tables if agree(_numbers(one), known)] or chosen
    if len(chosen) != 1:
        named = ", ".join(repr(one.page) for one in chosen or tables)
        found = f"{len(tables)} tables, none of households on RSA: {named}"
        if chosen:
            found = f"{len(chosen)} tables of households on RSA: {named}"
        accepted = "one table whose title counts households on RSA by department"
        raise InputError([Fault(file, "", found, accepted)])
    return _read(file, chosen[0])


def _read(file: str, table: DepartmentTable) -> Published:
    faults = [
        Fault(file, f"line {line}, {table.page}", repr(text), "a month as 2026-01 or janv.-26")
        for line, text in table.unread
    ]
    repeated = sorted({code for code in table.codes if table.codes.count(code) > 1})
    if repeated:
        found = ", ".join(repeated)
        faults.append(Fault(file, table.page, f"{found} twice", "one column for each department"))
    twice = sorted({month for month in table.months if table.months.count(month) > 1})
    faults += [
        Fault(file, table.page, f"{month_text(month)} twice", "every month once") for month in twice
    ]
    households: dict[str, Months] = {}
    withheld: list[str] = []
    for code, cells in zip(table.codes, table.cells, strict=True):
        households[code], wrong = _counts(file, code, table.months, cells)
        faults += wrong
        if any(is_missing(cell) for _, cell in cells):
            withheld.append(code)
    if faults:
        raise InputError(faults)
    country = country_months(file, table.page, table.months, table.country)
    remarks = tuple(_remarks(table, withheld))
    return Published("drees", households, remarks, table.provisional, country)


def country_months(
    file: str, page: str, months: Sequence[int], cells: Sequence[tuple[int, Cell]]
) -> Months:
    """Counts of the country by month; raises `InputError` with every fault.

    Faults are cells that are no count, and months that come again.
    """
    place = f"{page}, {WHOLE_COUNTRY}"
    found, faults = _counts(file, place, months, cells)
    seen: dict[int, int] = {}
    for month, (line, _) in zip(months, cells, strict=False):
        first = seen.setdefault(month, line)
        if first != line:
            accepted = f"each month once; it is also in line {first}"
            faults.append(Fault(file, f"line {line}, {place}", repr(month_text(month)), accepted))
    if faults:
        raise InputError(faults)
    return found


def _counts(
    file: str, place: str, months: Sequence[int], cells: Sequence[tuple[int, Cell]]
) -> tuple[Months, list[Fault]]:
    """Counts by month, and every cell that is none, with its ``place`` as the column."""
    read = read_column(PUBLISHED_COUNT, place, cells)
    told = [(fault_in_english(file, SERIES, one), one.line) for one in read.faults]
    told += [(question_in_english(file, SERIES, one), one.line) for one in read.questions]
    faults = [Fault(file, f"line {line}, {place}", one.found, one.accepted) for one, line in told]
    values = zip(months, read.values, strict=False)
    return {month: float(one) for month, one in values if isinstance(one, float)}, faults


def _numbers(table: DepartmentTable) -> Iterator[tuple[str, int, Cell]]:
    for code, cells in zip(table.codes, table.cells, strict=True):
        for month, (_, cell) in zip(table.months, cells, strict=True):
            yield code, month, cell


def _remarks(table: DepartmentTable, withheld: Sequence[str]) -> list[Remark]:
    found = [
        remarked("published_table", page=table.page, title=table.title.partition(SEPARATOR)[0])
    ]
    if table.country:
        found.append(remarked(COUNTRY_READ, page=table.page, title=WHOLE_COUNTRY))
    others = [one for one in table.others if not (table.country and is_country(one))]
    if others:
        found.append(remarked("published_others", others=_some(others)))
    if withheld:
        found.append(remarked("published_withheld", departments=_some(withheld)))
    return found


def _some(words: Sequence[str]) -> str:
    more = f" (+{len(words) - MOST_NAMED})" if len(words) > MOST_NAMED else ""
    return ", ".join(words[:MOST_NAMED]) + more


def _across(page: Page, names: Names) -> DepartmentTable | None:
    """Departments across, months down."""
    for place, row in enumerate(page.rows[:MOST_HEAD_ROWS]):
        codes = {column: code_in(cell, names) for column, cell in enumerate(row)}
        columns = {column: code for column, code in codes.items() if code is not None}
        if len(set(columns.values())) < LEAST_DEPARTMENTS:
            continue
        begun = first_month(page.rows[place + 1 :], min(columns))
        if begun is None:
            continue
        first, of_month = begun[0] + place + 1, begun[1]
        labels = page.rows[place + 1 : first]
        columns = {
            column: code for column, code in columns.items() if not _is_change(labels, column)
        }
        title = title_above(page.rows[:place])
        if not columns or not _are_departments(title, columns, (*labels, row), names):
            return None
        others = _others((row, *labels), columns, of_month)
        country = next(
            (
                column
                for one in (row, *labels)
                for column, cell in enumerate(one)
                if is_country(cell) and column > of_month and column not in columns
                and not _is_change(labels, column)
            ),
            None,
        )  # fmt: skip
        return _filled(page, first, of_month, columns, title, others, country)
    return None


def _down(page: Page, names: Names) -> DepartmentTable | None:
    """Departments down, months across: the same table, turned."""
    for place, row in enumerate(page.rows[:MOST_HEAD_ROWS]):
        months = {column: month_at(cell) for column, cell in enumerate(row)}
        columns = {column: month for column, month in months.items() if month is not None}
        if len(columns) < LEAST_MONTHS:
            continue
        below = list(zip(page.lines[place + 1 :], page.rows[place + 1 :], strict=True))
        of_code = next(
            (
                column
                for column in range(min(columns))
                if len({_code(row, column, names) for _, row in below} - {None})
                >= LEAST_DEPARTMENTS
            ),
            None,
        )
        title = title_above(page.rows[:place])
        if of_code is None or _is_of_regions(title):
            continue
        rows = [(line, row, _code(row, of_code, names)) for line, row in below]
        kept = [(line, row, code) for line, row, code in rows if code is not None]
        others = [
            visible(" ".join(str(cell) for cell in row[: min(columns)] if cell != ""))
            for _, row, code in rows
            if code is None and sum(isinstance(cell, (int, float)) for cell in row) >= len(columns)
        ]
        whole = next(
            (
                (line, row)
                for line, row, code in rows
                if code is None and _is_of_country(row[: min(columns)])
            ),
            None,
        )
        return DepartmentTable(
            page.name, title, tuple(code for _, _, code in kept), tuple(columns.values()),
            tuple(
                tuple((line, without_marks(cell_at(row, column))[0]) for column in columns)
                for line, row, _ in kept
            ),
            frozenset(month for column, month in columns.items() if without_marks(row[column])[1]),
            tuple(dict.fromkeys(others)),
            country=() if whole is None else tuple(
                (whole[0], without_marks(cell_at(whole[1], column))[0]) for column in columns
            ),
        )  # fmt: skip
    return None


def first_month(rows: Sequence[Sequence[Cell]], before: int) -> tuple[int, int] | None:
    """The first row of a table that begins with a month, and the column of months."""
    for column in range(before):
        dates = [
            place for place, row in enumerate(rows) if month_at(cell_at(row, column)) is not None
        ]
        if len(dates) >= LEAST_MONTHS:
            return dates[0], column
    return None


def _filled(
    page: Page, first: int, of_month: int, columns: dict[int, str], title: str,
    others: tuple[str, ...], country: int | None,
) -> DepartmentTable:  # fmt: skip
    months: list[int] = []
    rows: list[tuple[int, Sequence[Cell]]] = []
    provisional: set[int] = set()
    unread: list[tuple[int, str]] = []
    for line, row in zip(page.lines[first:], page.rows[first:], strict=True):
        cell = cell_at(row, of_month)
        month = month_at(cell)
        if month is None:
            numbers = sum(isinstance(cell_at(row, one), (int, float)) for one in columns)
            if numbers >= min(LEAST_DEPARTMENTS, len(columns)):
                unread.append((line, visible(str(cell))[:LONGEST_CELL]))
            continue
        months.append(month)
        rows.append((line, row))
        if without_marks(cell)[1]:
            provisional.add(month)
    return DepartmentTable(
        page.name, title, tuple(columns.values()), tuple(months),
        tuple(
            tuple((line, without_marks(cell_at(row, column))[0]) for line, row in rows)
            for column in columns
        ),
        frozenset(provisional), others, tuple(unread),
        () if country is None else tuple(
            (line, without_marks(cell_at(row, country))[0]) for line, row in rows
        ),
    )  # fmt: skip


def title_above(rows: Sequence[Sequence[Cell]]) -> str:
    """The words above a table."""
    words = [str(cell) for row in rows for cell in row if isinstance(cell, str) and cell]
    return visible(SEPARATOR.join(one for one in words if len(one) > 2))[:LONGEST_CELL]


def _are_departments(
    title: str, columns: dict[int, str], labels: Sequence[Sequence[Cell]], names: Names
) -> bool:
    """Whether codes are those of departments: regions have two digits, too."""
    if _is_of_regions(title):
        return False
    for row in labels:
        told = {
            code: squeezed(cell)
            for column, code in columns.items()
            if isinstance(cell := cell_at(row, column), str) and code_in(cell, {}) is None and cell
        }
        known = [names[name] == code for code, name in told.items() if name in names]
        if len(set(told.values())) > len(columns) // 2 and sum(known) < len(columns) // 2:
            return False
    return True


def _is_of_regions(title: str) -> bool:
    words = plain(title)
    return REGION in words and DEPARTMENT not in words


def _is_of_country(heads: Sequence[Cell]) -> bool:
    """Whether the words at the head of a row name the whole country and nothing within it."""
    words = [cell for cell in heads if isinstance(cell, str) and plain(cell)]
    return bool(words) and all(is_country(cell) for cell in words)


def _is_change(labels: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether a column holds changes or shares beside the counts."""
    words = " ".join(str(cell_at(row, column)) for row in labels)
    return "%" in words or any(one in plain(words).split() for one in CHANGE)


def _others(
    heads: Sequence[Sequence[Cell]], columns: dict[int, str], of_month: int
) -> tuple[str, ...]:
    """Heads, in a row of names, of columns that are no department."""
    found: list[str] = []
    for row in heads:
        named = [column for column in columns if isinstance(cell_at(row, column), str)]
        distinct = {str(cell_at(row, column)) for column in named}
        if len(distinct) < LEAST_DEPARTMENTS:
            continue
        found += [
            visible(cell)
            for column, cell in enumerate(row)
            if column != of_month and column not in columns and isinstance(cell, str) and cell
        ]
    return tuple(dict.fromkeys(found))


def _code(row: Sequence[Cell], column: int, names: Names) -> str | None:
    return code_in(cell_at(row, column), names)


def month_at(cell: Cell) -> int | None:
    """The month of a cell, counted from year 0; None for anything else."""
    found = month_in(cell)
    return (
        None if found is None or not found.is_first_or_last else 12 * found.year + found.month - 1
    )


def cell_at(row: Sequence[Cell], column: int) -> Cell:
    """The cell of a row in a column; an empty one beyond its end."""
    return row[column] if column < len(row) else ""
