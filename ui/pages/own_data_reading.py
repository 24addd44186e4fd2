"""From a file or pasted text to a checked table: what is uncertain is asked, faults are told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from brought.checking import Checked, ColumnAnswers, check
from brought.columns import Kind
from brought.crosstabs import turned
from brought.faults import LineFault, Question
from brought.heads import (
    MOST_LINES_ABOVE,
    Sheet,
    guessed_mapping,
    likeliest_sheet,
    possible_sheets,
    sheet_at,
)
from brought.money_units import UNITS
from brought.numerals import ROLES
from brought.page import Page, UnreadableError
from brought.pages import pages_of_file, pages_of_text
from brought.personal_values import is_of_a_person
from brought.persons import Refusal, reason_to_refuse
from ui import elements as st
from ui.look import table
from ui.numbers import counted
from ui.own_data.kinds import LIMITS
from ui.own_data.store import kept_mapping
from ui.spoken import text
from ui.visitor import visitor

NOT_THERE = ""
OPEN_MARK = re.compile(r"[.,](?=[0-9]{3}(?![0-9]))")
MOST_FAULTS_SHOWN = 200
LONGEST_ROW_SHOWN = 80
UPLOAD_MEGABYTES = LIMITS.bytes // 1_000_000


@dataclass(frozen=True)
class Understood:
    """A table that can be kept: its head, which column is which, its rows, the name of its file."""

    head: tuple[str, ...]
    mapping: Mapping[str, str]
    found: Checked
    file_name: str


def understood_table(kind: Kind) -> Understood | None:
    """The fields for a table, and what is understood of it; None while it cannot be kept."""
    left, right = st.columns(2)
    with left:
        given = st.file_uploader(
            text("own.file"),
            type=["csv", "txt", "tsv", "xlsx"],
            key=f"own file {kind.name}",
            max_upload_size=UPLOAD_MEGABYTES,
        )
    with right:
        pasted = st.text_area(
            text("own.paste"),
            key=f"own text {kind.name}",
            height=120,
            placeholder=text(f"own.paste_{kind.name}"),
        )
    if given is None and not pasted:
        return None
    try:
        pages = _pages(given, pasted or "")
    except UnreadableError as error:
        where = text("own.at_line", line=error.line) if error.line else ""
        st.error(f"{text(f'own.{error.key}')} {where}", icon=":material/error:")
        return None
    sheet, refusal = _sheet_shown(kind, pages)
    if refusal is not None:
        st.error(_refusal_words(*refusal), icon=":material/block:")
        return None
    mapping = _mapping(kind, sheet)
    found = _checked(kind, sheet, mapping)
    if found.are_persons:
        st.error(text("own.refused_rows"), icon=":material/block:")
        return None
    if found.faults:
        heads = [text(f"own.{head}") for head in ("line", "column", "found", "expected")]
        show_faults(heads, [_fault_row(fault) for fault in found.faults])
    if not found.is_whole:
        return None
    return Understood(sheet.head, mapping, found, given.name if given is not None else "")


def _pages(given: Any, pasted: str) -> tuple[Page, ...]:
    if given is None:
        return pages_of_text(pasted, LIMITS)
    return pages_of_file(given.getvalue(), LIMITS)


def _sheet_shown(
    kind: Kind, pages: Sequence[Page]
) -> tuple[Sheet, tuple[Refusal, int, str] | None]:
    """The table, one with a column for each month turned, and why it is refused, if it is."""
    found = [turned(page, kind) for page in pages]
    read = [page if one is None else one.page for page, one in zip(pages, found, strict=True)]
    sheet = _sheet(kind, read)
    for page, one in zip(pages, found, strict=True):
        if one is None or page.name != sheet.page:
            continue
        refusal = reason_to_refuse(sheet_at(page, one.place))
        if refusal is not None:
            return sheet, refusal
        st.info(text("own.turned"), icon=":material/pivot_table_chart:")
    return sheet, reason_to_refuse(sheet)


def _refusal_words(reason: Refusal, line: int, head: str) -> str:
    """Why a table is refused, and where. A head that is itself about a person is not repeated."""
    where = {"line": line, "column": head.strip()}
    is_named = where["column"] and not is_of_a_person(head)
    place = text("own.at_line_and_column" if is_named else "own.at_line", **where)
    return f"{text(f'own.refused_{reason}')} {place}"


def _sheet(kind: Kind, pages: Sequence[Page]) -> Sheet:
    """The table with the needed columns; which sheet and which head is asked where it is open."""
    sheets = possible_sheets(pages, kind)
    pages = [page for page in pages if len(page.rows) > 1]
    likeliest = sheets[0] if sheets else likeliest_sheet(pages, kind)
    is_sure = len(sheets) == 1
    frame = (
        st.expander(text("own.other_sheet"), icon=":material/table_rows:")
        if is_sure
        else st.container(border=True)
    )
    with frame:
        page = pages[0]
        if len(pages) > 1:
            names = [one.name for one in pages]
            chosen = st.selectbox(
                text("own.which_sheet"),
                names,
                index=names.index(likeliest.page),
                key=f"own sheet {kind.name} {hash(tuple(names))}",
            )
            page = pages[names.index(chosen)]
        places = range(min(len(page.rows) - 1, MOST_LINES_ABOVE))
        here = next((one for one in sheets if one.page == page.name), likeliest)
        place = st.selectbox(
            text("own.which_head"),
            places,
            index=page.lines.index(here.head_line) if here.page == page.name else 0,
            format_func=lambda each: _row_shown(page, each),
            key=f"own head {kind.name} {page.name} {hash(page.rows[:MOST_LINES_ABOVE])}",
        )
    return sheet_at(page, place)


def _row_shown(page: Page, place: int) -> str:
    cells = " · ".join(str(cell) for cell in page.rows[place] if cell != "")
    return f"{text('own.line')} {page.lines[place]} : {cells[:LONGEST_ROW_SHOWN]}"


def _mapping(kind: Kind, sheet: Sheet) -> dict[str, str]:
    """Which column of the file is which; what was said before for the same head is kept."""
    guessed, is_sure = guessed_mapping(kind, sheet.head)
    before = kept_mapping(visitor(), kind.name, sheet.head)
    known = before or guessed
    with st.expander(
        text("own.mapping"),
        expanded=before is None and not is_sure,
        icon=":material/view_column:",
    ):
        choices = [NOT_THERE, *dict.fromkeys(head for head in sheet.head if head)]
        columns = st.columns(2)
        mapping: dict[str, str] = {}
        for position, column in enumerate(kind.columns):
            present = known.get(column.name, NOT_THERE)
            label = text(f"own.column_{column.name}")
            if column.is_needed:
                label = text("own.needed", column=label)
            with columns[position % 2]:
                chosen = st.selectbox(
                    label,
                    choices,
                    index=choices.index(present) if present in choices else 0,
                    format_func=lambda each: each or text("own.not_there"),
                    key=f"map {kind.name} {column.name} {hash(sheet.head)}",
                )
            if chosen:
                mapping[column.name] = chosen
    return mapping


def _checked(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> Checked:
    """The table with the answers of the person to what it leaves open."""
    found = check(kind, sheet, mapping)
    if not found.questions:
        return found
    st.info(text("own.questions"), icon=":material/help:")
    name = hash((sheet.head, sheet.rows[:3]))
    marks, units = {}, {}
    for question in found.questions:
        column = text(f"own.column_{question.column}")
        key = f"own {question.key} {kind.name} {question.column} {name}"
        if question.key == "mark":
            role = st.radio(
                text("own.which_mark", column=column, found=question.found),
                ROLES,
                index=None,
                format_func=partial(_mark_shown, question),
                key=key,
            )
            if role is not None:
                marks[question.column] = role
        else:
            unit = st.radio(
                text("own.which_unit", column=column),
                list(UNITS),
                index=None,
                format_func=lambda each: text(f"own.unit_{each}"),
                key=key,
                horizontal=True,
            )
            if unit is not None:
                units[question.column] = UNITS[unit]
    return check(kind, sheet, mapping, ColumnAnswers(marks, units))


def _mark_shown(question: Question, role: str) -> str:
    return OPEN_MARK.sub("," if role == "decimal" else "\u202f", question.found, count=1)


def show_faults(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """How much has to be corrected, and what, a row for each fault."""
    st.error(counted("own.faults", len(rows)), icon=":material/edit:")
    table(heads, rows[:MOST_FAULTS_SHOWN], text("own.faults_caption"), is_text=True, is_tall=True)


def _fault_row(fault: LineFault) -> list[str]:
    return [
        str(fault.line),
        text(f"own.column_{fault.column}") if fault.column else "–",
        fault.found or text("own.nothing"),
        text(f"own.expected_{fault.expected}", detail=fault.detail),
    ]
