"""The budget as a workbook of at most eight printed pages: numbers, formulas, native charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from sim.experiments.why import Why
from sim.language import Language
from sim.money.budget.table import Budget
from sim.money.cost_effectiveness import CostEffectiveness
from sim.plain_text import spreadsheet_text
from ui.reports.budget.accounts import printed
from ui.reports.budget.budget_sheets import Calendar, lines_sheet
from ui.reports.budget.paper import Paper
from ui.reports.budget.price_sheet import price_sheet
from ui.reports.budget.summary_sheet import Summary, zero_based
from ui.reports.budget.why_sheet import why_sheet
from ui.reports.budget.why_view import why_view
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.reports.figure_frame import COLOURS
from ui.texts import at, said

FILES: Language = "fr"
"""The language of the workbook."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
ASSUMPTION_WIDTHS = (44, 60, 24, 26, 70, 44)


@dataclass(frozen=True)
class Reasons:
    """What holds each scenario back, in the runs of a budget."""

    budget: Budget
    found: Sequence[Why]


def workbook_bytes(
    paper: Paper,
    prices: Sequence[CostEffectiveness] = (),
    reasons: Reasons | None = None,
) -> bytes:
    """The whole workbook, ready to be written to a file that ends in ``.xlsx``.

    ``paper`` in French. Each sheet is one printed page, landscape.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": said("budget_book.book", FILES, department=paper.department)})
    frame = Frame(book, paper)
    Summary(frame).write()
    Calendar(frame).write()
    lines_sheet(frame)
    _months(frame)
    if prices:
        price_sheet(frame, prices)
    if reasons is not None:
        view = why_view(reasons.budget, reasons.found, FILES)
        if view is not None:
            why_sheet(frame, reasons.budget, view, reasons.found, FILES)
    _assumptions(frame)
    book.close()
    return buffer.getvalue()


def _months(frame: Frame) -> None:
    """A row for each month; households, euro due, paid and due by household of each scenario."""
    paper = frame.paper
    name = _word("months")
    sheet = frame.sheet(name, _word("months_title"), paper.uprating)
    one, *four = at("budget_book.months_heads", FILES)
    heads = [one, *(f"{head}\n{title}" for title in paper.titles for head in four)]
    frame.heads(sheet, heads, words=1)
    months = [each.month for each in paper.months if each.position == 0]
    found = {(each.position, each.month): each for each in paper.months}
    for row, month in enumerate(months, start=HEAD_ROW + 1):
        frame.text(sheet, row, 0, month)
        for position in range(len(paper.titles)):
            each, column = found[position, month], 1 + len(four) * position
            for spot, value in enumerate((each.households, each.due_eur, each.paid_eur)):
                sheet.write_number(row, column + spot, value, frame.money)
            count, due = (xl_rowcol_to_cell(row, column + spot) for spot in (0, 1))
            mean: float | str = each.due_eur / each.households if each.households else "–"
            sheet.write_formula(
                row, column + 3, f'=IF({count}=0,"–",{due}/{count})', frame.money, mean
            )
    last = HEAD_ROW + len(months)
    chart = frame.book.add_chart({"type": "line"})
    for position, title in enumerate(paper.titles):
        paid = 3 + len(four) * position
        chart.add_series(
            {
                "name": spreadsheet_text(title),
                "categories": [name, HEAD_ROW + 1, 0, last, 0],
                "values": [name, HEAD_ROW + 1, paid, last, paid],
                "line": {"color": COLOURS[position % len(COLOURS)], "width": 1.5},
            }
        )
    zero_based(chart, _word("months_chart"))
    chart.set_x_axis({"interval_unit": 6, "interval_tick": 6})
    chart.set_size({"width": 620, "height": 420})
    frame.listed(sheet, last, len(heads) - 1, 1)
    sheet.insert_chart(HEAD_ROW + 1, len(heads), chart, {"x_offset": 20})
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, len(heads) - 1, 13)
    sheet.set_row(HEAD_ROW, 80)


def _assumptions(frame: Frame) -> None:
    """What the numbers rest on, the command that gives them again, and the accounts printed."""
    paper = frame.paper
    sheet = frame.sheet(_word("hypotheses"), _word("hypotheses"), paper.uprating)
    frame.text(sheet, 2, 0, paper.doubt, frame.note)
    frame.text(sheet, 3, 0, _word("command", replay=paper.replay), frame.note)
    heads = list(at("budget_doubt.heads", FILES))
    frame.heads(sheet, heads)
    rows = [*((_word("to_know"), one) for one in paper.remarks), *paper.assumptions]
    row = HEAD_ROW
    for row, cells in enumerate(rows, start=HEAD_ROW + 1):
        words = [one if isinstance(one, str) else "" for one in cells]
        frame.wrapped(sheet, row, words, ASSUMPTION_WIDTHS)
        for place, one in enumerate(cells):
            if not isinstance(one, str):
                sheet.write_number(row, place, one, frame.value)
    frame.listed(sheet, row, len(heads) - 1, 1)
    _accounts(frame, sheet, row + 2)
    for place, width in enumerate(ASSUMPTION_WIDTHS):
        sheet.set_column(place, place, width)


def _accounts(frame: Frame, sheet: Any, row: int) -> None:
    """The accounts that are printed, each with the source in which it was read."""
    frame.text(sheet, row, 0, _word("accounts_title"), frame.bold)
    frame.text(sheet, row + 1, 0, _word("codes_note"), frame.note)
    frame.heads(sheet, list(at("budget_book.accounts_heads", FILES)), row + 2)
    kinds = at("budget_book.account_kinds", FILES)
    for place, one in enumerate(printed(), start=row + 3):
        kind = f"{one.chart}, {kinds[one.kind]}"
        read_on = f"{date.fromisoformat(one.read_on):%d/%m/%Y}"
        words = (kind, one.label, one.code, read_on, one.source, one.note)
        frame.wrapped(sheet, place, words, ASSUMPTION_WIDTHS)


def _word(key: str, /, **words: object) -> str:
    """A text of the workbook."""
    return said(f"budget_book.{key}", FILES, **words)
