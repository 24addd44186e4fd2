"""What all sheets of the workbook share: formats, titles, tables of text.

Text goes in as text whatever it begins with: nothing that a user or a scenario names is ever
computed by the spreadsheet.
"""

from __future__ import annotations

from typing import Any

from sim.money.budget.table import Budget
from sim.plain_text import spreadsheet_text
from ui.reports.budget.views import View, scenario_title

MONEY = "#,##0"
HEAD_ROW = 4
SENTENCE_WIDTH = 90
LONGEST_SHEET_NAME = 31
NOT_IN_A_NAME = r"[]:*?/\'"


class Frame:
    """Formats and titles of one workbook; every text passes `text`."""

    def __init__(self, book: Any, budget: Budget) -> None:
        self.book = book
        self.budget = budget
        self.base = budget.runs.experiment.reference.base
        self.titles = [scenario_title(budget, place) for place in range(len(budget.names))]
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EDEDED"}
        )
        self.money = book.add_format({"num_format": MONEY})
        self.total = book.add_format({"num_format": MONEY, "bold": True, "top": 1})
        self.grey = book.add_format({"font_color": "#5A5A5A", "text_wrap": True, "valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.used: set[str] = set()

    def sheet(self, name: str, title: str, subtitle: str) -> Any:
        """A new sheet with its title; the name is made short and its own."""
        short = "".join(letter for letter in name if letter not in NOT_IN_A_NAME)[
            :LONGEST_SHEET_NAME
        ]
        count = 2
        while short.lower() in self.used:
            short = f"{short[: LONGEST_SHEET_NAME - 3]} {count}"
            count += 1
        self.used.add(short.lower())
        sheet = self.book.add_worksheet(short)
        self.text(sheet, 0, 0, title, self.bold)
        self.text(sheet, 1, 0, subtitle)
        sheet.hide_gridlines(2)
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Text, never a formula or a link."""
        sheet.write_string(row, column, spreadsheet_text(text), form)

    def view(self, view: View, name: str | None = None) -> Any:
        """A sheet with a table of text, as on the screen; ``name`` where the view has none."""
        sheet = self.sheet(name or view.sheet or view.title, view.title, view.unit)
        for at, head in enumerate(view.heads):
            self.text(sheet, HEAD_ROW, at, head, self.head)
        for place, row in enumerate(view.rows, start=HEAD_ROW + 1):
            for at, text in enumerate(row):
                bold = place - HEAD_ROW - 1 in view.totals
                self.text(sheet, place, at, text, self.bold if bold else self.wrap)
        if view.note:
            self.text(sheet, HEAD_ROW + len(view.rows) + 2, 0, view.note)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, len(view.heads), 30)
        last = len(view.heads) - 1
        if last in view.prose:
            sheet.set_column(last, last, SENTENCE_WIDTH)
        return sheet
