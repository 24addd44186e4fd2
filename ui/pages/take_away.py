"""The downloads of a result; each file is made when it is asked for."""

from __future__ import annotations

from ui import elements as st
from ui.downloads import CSV, EXCEL, File, downloads
from ui.look import typed
from ui.pages.budget_insertion import own_lines_of
from ui.pages.moving import link_to
from ui.spoken import text
from ui.take_away.note import note
from ui.take_away.pictures import picture
from ui.take_away.replay import command
from ui.take_away.workbook import csv_file, workbook
from ui.work.results import FullRun


def take_away(found: FullRun, scenario: int, outcome: str, place: str) -> None:
    """Note, workbook, series, pictures, and the command that gives the same numbers."""
    st.header(text("export.heading"), anchor=False)
    insertion = own_lines_of(found).used
    name = f"{found.study.department}_{found.study.file_stems[scenario - 1]}"
    downloads(
        (
            File(
                text("export.note"),
                f"{name}.pdf",
                "application/pdf",
                ":material/picture_as_pdf:",
                lambda: note(found, scenario, outcome, place),
                is_main=True,
            ),
            File(
                text("export.excel"),
                f"{name}.xlsx",
                EXCEL,
                ":material/table_view:",
                lambda: workbook(found, insertion),
            ),
            File(
                text("export.csv"),
                f"{name}_{outcome}.csv",
                CSV,
                ":material/csv:",
                lambda: csv_file(found, outcome, place),
            ),
            File(
                text("export.png"),
                f"{name}_{outcome}.png",
                "image/png",
                ":material/image:",
                lambda: picture(found, outcome, place, "png"),
            ),
            File(
                text("export.svg"),
                f"{name}_{outcome}.svg",
                "image/svg+xml",
                ":material/shape_line:",
                lambda: picture(found, outcome, place, "svg"),
            ),
        ),
        "take away",
    )
    link_to("present", text("present.open"), ":material/slideshow:")
    with st.expander(text("export.replay"), icon=":material/replay:"):
        st.html(f'<p class="field" style="margin:0">{typed(text("note.replay_words"))}</p>')
        st.code(command(found), language=None, wrap_lines=True)
