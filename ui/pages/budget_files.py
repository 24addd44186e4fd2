"""The documents of a budget: the two-page note and the workbook, from one answer."""

from __future__ import annotations

from sim.language import Language
from sim.money.cost_effectiveness import cost_effectiveness
from ui import elements as st
from ui.downloads import EXCEL, File, downloads
from ui.own_data.insertion import Amounts
from ui.pages.budget_insertion import FILE
from ui.reports.budget.note import note_bytes
from ui.reports.budget.paper import Paper, paper_of
from ui.reports.budget.remarks import budget_remarks
from ui.reports.budget.workbook import FILES, Reasons, workbook_bytes
from ui.reports.why_words import explained
from ui.setting_words import scenario_remarks
from ui.spoken import language, text
from ui.take_away.replay import budget_command
from ui.work.money import budget_of_run, money_of
from ui.work.results import SHARE, FullRun


def budget_files(found: FullRun, insertion: Amounts) -> None:
    """Buttons for the note, in the language of the page, and for the workbook."""
    st.header(text("budget.take_away"), anchor=False)
    name = f"budget_{found.study.department}"
    downloads(
        (
            File(
                text("budget.note"),
                f"{name}.pdf",
                "application/pdf",
                ":material/picture_as_pdf:",
                lambda: note_bytes(budget_paper(found, language(), insertion)),
                is_main=True,
            ),
            File(
                text("budget.workbook"),
                f"{name}.xlsx",
                EXCEL,
                ":material/table_view:",
                lambda: budget_workbook(found, insertion),
            ),
        ),
        "budget files",
    )


def budget_paper(found: FullRun, spoken: Language, insertion: Amounts = ()) -> Paper:
    """What both documents print, with the figures of the page."""
    budget = budget_of_run(found, insertion)
    told = (*scenario_remarks(*found.experiment.scenarios), *budget_remarks(budget))
    replay = budget_command(found, FILE if insertion else "")
    return paper_of(budget, replay=replay, remarks=told, language=spoken)


def budget_workbook(found: FullRun, insertion: Amounts = ()) -> bytes:
    """The workbook of a run."""
    budget = budget_of_run(found, insertion)
    prices = cost_effectiveness(money_of(found), found.experiment.since, share=SHARE)
    why = Reasons(budget, explained(found.why, found.experiment))
    return workbook_bytes(budget_paper(found, FILES, insertion), prices, why)
