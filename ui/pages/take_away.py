"""The downloads of a result; each file is made when it is asked for."""

from __future__ import annotations

import streamlit as st

from ui.look import typed
from ui.take_away.note import note
from ui.take_away.pictures import picture
from ui.take_away.replay import command
from ui.take_away.workbook import csv_file, workbook
from ui.texts import text
from ui.work.results import FullRun

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_away(found: FullRun, scenario: int, outcome: str, place: str) -> None:
    """Note, workbook, series, pictures, and the command that gives the same numbers."""
    st.subheader(text("export.heading"), anchor=False)
    name = f"{found.study.department}_{found.study.drafts[scenario - 1].key}"
    with st.container(horizontal=True, key="take away"):
        st.download_button(
            text("export.note"),
            lambda: note(found, scenario, outcome, place),
            f"{name}.pdf",
            "application/pdf",
            icon=":material/picture_as_pdf:",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            text("export.excel"),
            lambda: workbook(found),
            f"{name}.xlsx",
            EXCEL,
            icon=":material/table_view:",
            on_click="ignore",
        )
        st.download_button(
            text("export.csv"),
            lambda: csv_file(found, outcome, place),
            f"{name}_{outcome}.csv",
            "text/csv",
            icon=":material/csv:",
            on_click="ignore",
        )
        st.download_button(
            text("export.png"),
            lambda: picture(found, outcome, place, "png"),
            f"{name}_{outcome}.png",
            "image/png",
            icon=":material/image:",
            on_click="ignore",
        )
        st.download_button(
            text("export.svg"),
            lambda: picture(found, outcome, place, "svg"),
            f"{name}_{outcome}.svg",
            "image/svg+xml",
            icon=":material/shape_line:",
            on_click="ignore",
        )
    with st.expander(text("export.replay"), icon=":material/replay:"):
        st.html(f'<p class="field" style="margin:0">{typed(text("note.replay_words"))}</p>')
        st.code(command(found), language=None, wrap_lines=True)
