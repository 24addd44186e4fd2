"""Own data: templates, upload or paste, checks line by line, and the model beside the series."""

from __future__ import annotations

from datetime import date

from brought.checking import Checked
from brought.columns import Column, Kind
from brought.faults import as_remark
from sim.plain_text import one_line
from ui import elements as st
from ui.downloads import CSV
from ui.look import heading, show_remarks, table, typed
from ui.numbers import counted, day_text, month_text, plain_number
from ui.own_data.kinds import KINDS, template
from ui.own_data.store import (
    LONGEST_TITLE,
    delete_series,
    keep_mapping,
    keep_series,
    kept_series,
    own_series,
)
from ui.pages.own_data_beside import beside
from ui.pages.own_data_reading import Understood, understood_table
from ui.pages.own_data_restart import restart_section
from ui.pages.paging import one_page
from ui.spoken import text
from ui.study import departments
from ui.study.session import study
from ui.visitor import visitor

FIRST_ROWS = 6


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
    understood = understood_table(kind)
    if understood is not None:
        _keeping(kind, understood)
    _kept()
    restart_section()


def _keeping(kind: Kind, understood: Understood) -> None:
    found, mapping, file_name = understood.found, understood.mapping, understood.file_name
    st.success(counted("own.fine", len(found.rows)), icon=":material/check:")
    heads = [one.name for one in kind.columns if one.name in mapping]
    rows = [
        [_written(kind.column(name), row.get(name)) for name in heads]
        for row in found.rows[:FIRST_ROWS]
    ]
    remarks = tuple(map(as_remark, found.remarks))
    show_remarks(remarks)
    table(
        [text(f"own.column_{name}") for name in heads], rows, text("own.first_rows"), is_text=True
    )
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    proposed = file_name.rpartition(".")[0] or text(f"own.kind_{kind.name}")
    with left:
        written = st.text_input(
            text("own.name"),
            one_line(proposed)[:LONGEST_TITLE],
            max_chars=LONGEST_TITLE,
            key=f"own name {kind.name} {file_name}",
        )
    title = one_line(written) or kind.name
    is_meant = _replaces_on_purpose(kind, title, found)
    with right:
        is_kept = st.button(
            text("own.keep"),
            type="primary",
            width="stretch",
            key="keep series",
            disabled=not is_meant,
        )
    if is_kept:
        owner = visitor()
        keep_series(owner, kind.name, study().department, title, found.rows, remarks)
        keep_mapping(owner, kind.name, understood.head, mapping)
        st.toast(text("own.kept"))


def _written(column: Column, value: str | float | None) -> str:
    """A cell of the first rows, which show how months, marks and units were understood."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return plain_number(value)
    if column.shape == "month":
        return month_text(value)
    return day_text(date.fromisoformat(value)) if column.shape == "day" else value


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
    st.header(text("own.mine", department=label), anchor=False)
    if not kept:
        st.html(f'<p class="field" style="margin:0">{typed(text("own.none"))}</p>')
        return
    for one in one_page(kept, "series"):
        with st.container(border=True, key=f"series {one.key}"):
            left, right = st.columns([4, 1], vertical_alignment="center")
            kind, rows = text(f"own.kind_{one.kind}"), counted("own.rows", len(one.rows))
            about = rows if one.title == kind else f"{kind}, {rows}"
            left.html(f"<strong>{typed(one.title)}</strong> — {typed(about)}")
            with right:
                is_deleted = st.button(
                    text("own.delete"),
                    key=f"delete {one.key}",
                    width="stretch",
                    icon=":material/delete:",
                )
            if is_deleted:
                delete_series(visitor(), one.key)
                st.rerun()
            show_remarks(one.remarks)
            beside(one)
