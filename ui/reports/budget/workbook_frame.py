"""What all sheets of the workbook share: formats, titles, the printed page, tables of text.

Text goes in as text whatever it begins with: nothing that a user or a scenario names is ever
computed by the spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.plain_text import spreadsheet_text
from ui.reports.budget.paper import Paper
from ui.reports.budget.views import View
from ui.texts import said

MONEY, SHARE, SIGNED = "#,##0", "0.0 %", "+#,##0;-#,##0;0"
EFFECT = "#,##0.0"
HEAD_ROW = 4
SENTENCE_WIDTH = 66
LONGEST_SHEET_NAME = 31
NOT_IN_A_NAME = r"[]:*?/\'"
A4 = 9
LINE_POINTS = 13
"""Height of a line of text."""
LETTERS_PER_WIDTH = 1.15
"""Letters of running text in a unit of the width of a column."""
VIEW_WIDTHS = (46, 30)
MARGINS_INCH = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}
FONT = {"font_name": "Liberation Sans", "font_size": 10}


class Frame:
    """Formats and titles of one workbook; every text passes `text`. Each sheet prints on a page."""

    def __init__(self, book: Any, paper: Paper) -> None:
        self.book = book
        self.paper = paper
        self.titles = paper.titles
        self.plain = self.format()
        self.bold = self.format(bold=True)
        self.title = self.format(bold=True, font_size=14, font_color="#000091")
        self.head = self.format(
            bold=True, text_wrap=True, valign="top", bottom=1, bg_color="#E3E3FD"
        )
        self.head_right = self.format(
            bold=True, text_wrap=True, valign="top", align="right", bottom=1, bg_color="#E3E3FD"
        )
        self.money = self.format(num_format=MONEY)
        self.total = self.format(num_format=MONEY, bold=True, top=1, bg_color="#F5F5FE")
        self.total_text = self.format(bold=True, top=1, bg_color="#F5F5FE")
        self.signed = self.format(num_format=SIGNED)
        self.signed_total = self.format(num_format=SIGNED, bold=True, top=1, bg_color="#F5F5FE")
        self.value = self.format(align="left", valign="top")
        self.year = self.format(align="left")
        self.year_total = self.format(bold=True, align="left", top=1, bg_color="#F5F5FE")
        self.effect = self.format(num_format=EFFECT)
        self.share = self.format(num_format=SHARE)
        self.share_total = self.format(num_format=SHARE, bold=True, top=1, bg_color="#F5F5FE")
        self.to_enter = self.format(num_format=MONEY, bg_color="#FFF8D6", border=4)
        self.grey = self.format(font_color="#5A5A5A", align="right")
        self.note = self.format(font_color="#5A5A5A", italic=True)
        self.wrap = self.format(text_wrap=True, valign="top")
        self.used: set[str] = set()

    def format(self, **settings: object) -> Any:
        """A format in the font of the workbook."""
        return self.book.add_format({**FONT, **settings})

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
        self.text(sheet, 0, 0, title, self.title)
        self.text(sheet, 1, 0, subtitle, self.note)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS_INCH)
        sheet.fit_to_pages(1, 1)
        sheet.center_horizontally()
        foot = said("budget_book.foot_of_page", self.paper.language)
        sheet.set_footer(f"&L&8{foot}&C&8&A&R&8&P / &N")
        return sheet

    def heads(
        self, sheet: Any, heads: Sequence[str], row: int = HEAD_ROW, words: int | None = None
    ) -> None:
        """A row of heads; the first ``words`` stand over words (all by default), the rest right."""
        for place, head in enumerate(heads):
            is_word = words is None or place < words
            self.text(sheet, row, place, head, self.head if is_word else self.head_right)

    def listed(self, sheet: Any, last_row: int, last_column: int, kept_columns: int) -> None:
        """A list below the head row: it can be filtered, its heads stay and are printed again."""
        sheet.autofilter(HEAD_ROW, 0, last_row, last_column)
        sheet.freeze_panes(HEAD_ROW + 1, kept_columns)
        sheet.repeat_rows(HEAD_ROW)

    def wrapped(self, sheet: Any, row: int, words: Sequence[str], widths: Sequence[int]) -> None:
        """A row of long words, as high as its longest cell needs in columns of these widths."""
        needed = 1
        for place, word in enumerate(words):
            self.text(sheet, row, place, word, self.wrap)
            parts = word.split("\n")
            needed = max(
                needed,
                sum(int(len(part) / (LETTERS_PER_WIDTH * widths[place])) + 1 for part in parts),
            )
        sheet.set_row(row, LINE_POINTS * needed)

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Text, never a formula or a link."""
        sheet.write_string(row, column, spreadsheet_text(text), form or self.plain)

    def view(self, view: View, name: str | None = None) -> Any:
        """A sheet with a table of text, as on the screen; ``name`` where the view has none."""
        sheet = self.sheet(name or view.sheet or view.title, view.title, view.unit)
        self.heads(sheet, view.heads)
        last = len(view.heads) - 1
        widths = [VIEW_WIDTHS[min(place, 1)] for place in range(len(view.heads))]
        if last in view.prose:
            widths[last] = SENTENCE_WIDTH
        for place, row in enumerate(view.rows, start=HEAD_ROW + 1):
            self.wrapped(sheet, place, row, widths)
        if view.note:
            self.text(sheet, HEAD_ROW + len(view.rows) + 2, 0, view.note, self.note)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        self.listed(sheet, HEAD_ROW + len(view.rows), last, 1)
        return sheet
