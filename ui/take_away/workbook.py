"""The workbook and the CSV file of a run."""

from __future__ import annotations

import io

import pandas as pd

from sim.money.costs.entered import InsertionAmount
from sim.outcomes.table import ALL
from ui.outcome_words import place_text
from ui.spoken import language, text, words
from ui.take_away import tables
from ui.take_away.replay import about
from ui.work.results import FullRun

SERIES = (
    "caseload_households",
    "caseload_persons",
    "waiting_for_orientation",
    "waiting_for_caseworker",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "supported",
    "staff_fte",
    "jobs_started",
    "entrants_job_within_12m_share",
    "exits_work",
    "reentries",
    "ruptures_within_6m_share",
)
WIDEST = 60
FIRST_ROW = 1


def workbook(found: FullRun, insertion: tuple[InsertionAmount, ...] = ()) -> bytes:
    """A sheet each: options, summary, limits, series, budget, settings, hypotheses, sources.

    ``insertion``: own lines in the budget.
    """
    names = words("export.sheets")
    sheets = {
        names["about"]: about(found, insertion),
        names["options"]: tables.options(found),
        names["summary"]: tables.summary(found),
        text("why.sheet"): tables.capacities(found),
        names["series"]: tables.series(found, SERIES),
        names["budget"]: tables.budget(found, insertion),
        names["settings"]: tables.settings(found),
        names["hypotheses"]: tables.hypotheses(found),
        names["sources"]: tables.sources(found),
    }
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as writer:
        head = writer.book.add_format(
            {"bold": True, "bg_color": "#000091", "font_color": "#ffffff", "text_wrap": True}
        )
        numbers = writer.book.add_format({"num_format": "#,##0.##"})
        forms = {
            text("why.ratio"): writer.book.add_format({"num_format": "0 %"}),
            text("why.holds_back"): writer.book.add_format({"text_wrap": True}),
        }
        for name, table in sheets.items():
            made = tables.safe_table(table)
            made.to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            for column, title in enumerate(made.columns):
                sheet.write(0, column, title, head)
                width = max([len(str(title)), *(len(str(cell)) for cell in made[title][:200])])
                is_number = pd.api.types.is_numeric_dtype(made[title])
                is_amount = is_number and not _is_year(made[title])
                form = forms.get(title, numbers if is_amount else None)
                sheet.set_column(column, column, min(width + 2, WIDEST), form)
            sheet.freeze_panes(FIRST_ROW, 0)
        writer.book.set_properties(
            {"title": text("export.title"), "comments": text("app.projection")}
        )
    return buffer.getvalue()


def _is_year(column: pd.Series[float]) -> bool:
    return bool(len(column)) and bool(column.between(1990, 2100).all())


def csv_file(found: FullRun, outcome: str, place: str = ALL) -> bytes:
    """One indicator by month: ``;`` and decimal comma in French, ``,`` and point in English."""
    table = tables.series(found, (outcome,), place)
    table.insert(0, text("export.place"), place_text(found.experiment.reference.base, place))
    is_french = language() == "fr"
    content = tables.safe_table(table).to_csv(
        index=False,
        sep=";" if is_french else ",",
        decimal="," if is_french else ".",
        float_format="%.4f",
    )
    return content.encode("utf-8-sig")
