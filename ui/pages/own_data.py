"""Own data: templates, upload or paste, checks line by line, and the model beside the series."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.downloads import CSV
from ui.look import heading, table, typed
from ui.numbers import counted
from ui.own_data.checking import Checked, LineFault, check, guessed_mapping
from ui.own_data.files import MOST_BYTES, Sheet, UnreadableError, read_file, read_text
from ui.own_data.kinds import KINDS, Kind, template
from ui.own_data.persons import reason_to_refuse
from ui.own_data.store import (
    LONGEST_TITLE,
    delete_series,
    keep_mapping,
    keep_series,
    kept_mapping,
    kept_series,
    own_series,
)
from ui.pages.own_data_beside import beside
from ui.pages.paging import one_page
from ui.study import departments
from ui.study.session import study
from ui.texts import text
from ui.visitor import visitor

NOT_THERE = ""
UPLOAD_MEGABYTES = MOST_BYTES // 1_000_000


def own_data_page() -> None:
    """Draw the page."""
    heading(text("own.title"), text("own.lead"))
    st.html(
        f'<div class="limits"><p>{typed(text("own.privacy_title"))}</p>'
        f"<ul><li>{typed(text('own.privacy'))}</li></ul></div>"
    )
    kind = KINDS[
        st.segmented_control(
            text("own.kind"),
            list(KINDS),
            default=next(iter(KINDS)),
            format_func=lambda each: text(f"own.kind_{each}"),
            key="own kind",
            required=True,
        )
    ]
    st.caption(text(f"own.kind_{kind.name}_help"))
    st.download_button(
        text("own.template", kind=text(f"own.kind_{kind.name}")),
        template(kind.name),
        f"modele_{kind.name}.csv",
        CSV,
        icon=":material/download:",
        on_click="ignore",
    )
    _reading(kind)
    _kept()


def _reading(kind: Kind) -> None:
    left, right = st.columns(2)
    with left:
        given = st.file_uploader(
            text("own.file"),
            type=["csv", "txt", "xlsx"],
            key=f"own file {kind.name}",
            max_upload_size=UPLOAD_MEGABYTES,
        )
    with right:
        pasted = st.text_area(
            text("own.paste"),
            key=f"own text {kind.name}",
            height=120,
            placeholder=text("own.paste_placeholder"),
        )
    if given is None and not pasted:
        return
    sheet = _sheet(given, pasted or "")
    if sheet is None:
        return
    refusal = reason_to_refuse(sheet)
    if refusal:
        st.error(text(f"own.refused_{refusal}"), icon=":material/block:")
        return
    mapping = _mapping(kind, sheet)
    found = check(kind, sheet, mapping)
    if found.are_persons:
        st.error(text("own.refused_rows"), icon=":material/block:")
        return
    if found.faults:
        _faults(found)
        return
    _keeping(kind, sheet, mapping, found, given.name if given is not None else "")


def _sheet(given: Any, pasted: str) -> Sheet | None:
    try:
        return read_file(given.getvalue()) if given is not None else read_text(pasted)
    except UnreadableError as error:
        st.error(text(f"own.{error.key}"), icon=":material/error:")
        return None


def _mapping(kind: Kind, sheet: Sheet) -> dict[str, str]:
    """Which column of the file is which; what was said before for the same head is kept."""
    known = kept_mapping(visitor(), kind.name, sheet.head) or guessed_mapping(kind, sheet.head)
    needed = all(one.name in known for one in kind.columns if one.is_needed)
    with st.expander(text("own.mapping"), expanded=not needed, icon=":material/view_column:"):
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


def _faults(found: Checked) -> None:
    """One message for each line, in a table."""
    st.error(counted("own.faults", len(found.faults)), icon=":material/edit:")
    rows = [_fault_row(fault) for fault in found.faults]
    table(
        [text("own.line"), text("own.column"), text("own.found"), text("own.expected")],
        rows,
        text("own.faults_caption"),
        is_text=True,
        is_tall=True,
    )


def _fault_row(fault: LineFault) -> list[str]:
    return [
        str(fault.line),
        text(f"own.column_{fault.column}"),
        fault.found or text("own.nothing"),
        text(f"own.expected_{fault.expected}"),
    ]


def _keeping(
    kind: Kind, sheet: Sheet, mapping: dict[str, str], found: Checked, file_name: str
) -> None:
    st.success(counted("own.fine", len(found.rows)), icon=":material/check:")
    heads = [one.name for one in kind.columns if one.name in mapping]
    rows = [[str(row.get(name, "")) for name in heads] for row in found.rows[:6]]
    table(
        [text(f"own.column_{name}") for name in heads], rows, text("own.first_rows"), is_text=True
    )
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    proposed = file_name.rpartition(".")[0] or text(f"own.kind_{kind.name}")
    title = left.text_input(
        text("own.name"),
        proposed[:LONGEST_TITLE],
        max_chars=LONGEST_TITLE,
        key=f"own name {kind.name} {file_name}",
    )
    title = title or kind.name
    is_meant = _replaces_on_purpose(kind, title, found)
    if right.button(
        text("own.keep"),
        type="primary",
        width="stretch",
        key="keep series",
        disabled=not is_meant,
    ):
        owner = visitor()
        keep_series(owner, kind.name, study().department, title, found.rows)
        keep_mapping(owner, kind.name, sheet.head, mapping)
        st.toast(text("own.kept"))


def _replaces_on_purpose(kind: Kind, title: str, found: Checked) -> bool:
    """Whether rows may be kept under a title: other rows kept under it are not lost unasked."""
    before = kept_series(visitor(), kind.name, study().department, title)
    if before is None or before.rows == found.rows:
        return True
    st.warning(
        counted("own.replaces", len(before.rows), title=before.title), icon=":material/warning:"
    )
    return st.checkbox(text("own.replace"), key=f"replace {before.key} {before.when}")


def _kept() -> None:
    """What is kept of this department, each beside the model."""
    label = departments()[study().department].label
    kept = own_series(visitor(), study().department)
    st.subheader(text("own.mine", department=label), anchor=False)
    if not kept:
        st.html(f'<p class="field" style="margin:0">{typed(text("own.none"))}</p>')
        return
    for one in one_page(kept, "series"):
        with st.container(border=True, key=f"series {one.key}"):
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.html(
                f"<strong>{typed(one.title)}</strong> — "
                f"{typed(text(f'own.kind_{one.kind}'))}, "
                f"{typed(counted('own.rows', len(one.rows)))}"
            )
            if right.button(
                text("own.delete"),
                key=f"delete {one.key}",
                width="stretch",
                icon=":material/delete:",
            ):
                delete_series(visitor(), one.key)
                st.rerun()
            beside(one)
