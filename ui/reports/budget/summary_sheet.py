"""The first sheet of the workbook: who pays by year, the landing, and the totals as a chart."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from sim.money.budget.table import TOTAL, Cell
from sim.plain_text import spreadsheet_text
from ui.reports.budget.entered import entered_note
from ui.reports.budget.quantiles import has_credits, quantile_heads
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.reports.figure_frame import COLOURS
from ui.reports.wording import label_text
from ui.texts import at, said

FIRST_YEAR = 2
"""Column of the first year, after scenario and line."""
DIFFERENCES = 6
"""The last lines of a scenario: differences to the reference, which it has not itself."""


class Summary:
    """Writes the sheet from top to bottom; ``row`` is the next free one."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.paper = frame.paper
        words = {"department": self.paper.department}
        title = said("budget_book.summary_title", self.paper.language, **words)
        self.sheet = frame.sheet(
            self._word("summary_sheet"), title, self._word("in_euro", words=self.paper.doubt)
        )
        frame.text(self.sheet, 2, 0, self.paper.uprating, frame.note)
        self.row = HEAD_ROW + 1
        self.gross_rows: list[int] = []
        self.own_rows: list[int] = []

    def write(self) -> None:
        """Every part of the sheet."""
        heads = [*at("budget_book.summary_heads", self.paper.language)]
        self.frame.heads(self.sheet, [*heads, *map(str, self.paper.years)], words=FIRST_YEAR)
        for position in range(len(self.paper.titles)):
            self._scenario(position)
        self.sheet.freeze_panes(HEAD_ROW + 1, FIRST_YEAR)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.autofilter(HEAD_ROW, 0, self.row - 1, FIRST_YEAR + len(self.paper.years) - 1)
        self._landing()
        self._appropriation()
        self._quantiles()
        self._entered()
        self._chart()
        self.sheet.set_column(0, 0, 46)
        self.sheet.set_column(1, 1, 44)
        self.sheet.set_column(FIRST_YEAR, FIRST_YEAR + max(len(self.paper.years), 7), 16)

    def _scenario(self, position: int) -> None:
        paper, frame = self.paper, self.frame
        first = self.row
        own_row = first + paper.funders.index(paper.department_label)
        labels = [*paper.funders, *at("budget_book.summary_lines", paper.language)]
        kept = labels if position else labels[:-DIFFERENCES]
        bold = {len(paper.funders), len(paper.funders) + 2}
        for offset, label in enumerate(kept):
            form = frame.total_text if offset in bold else frame.plain
            frame.text(self.sheet, first + offset, 0, paper.titles[position], form)
            frame.text(self.sheet, first + offset, 1, label, form)
        gross, received, left, change, low, gap, own_gap = (
            first + len(paper.funders) + n for n in (0, 1, 2, 3, 4, 6, 9)
        )
        for place, year in enumerate(paper.years):
            column = FIRST_YEAR + place
            for offset, funder in enumerate(paper.funders):
                eur = paper.by_funder[position, funder, year]
                self.sheet.write_number(first + offset, column, eur, frame.money)
            span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(gross - 1, column)}"
            total, own = (cells[position, TOTAL, year] for cells in (paper.gross, paper.own))
            self.sheet.write_formula(gross, column, f"=SUM({span})", frame.total, total.value)
            self._left(position, year, column, own_row, received, left)
            self._change(position, year, column, own_row, change)
            self.sheet.write_number(low, column, own.low, frame.money)
            self.sheet.write_number(low + 1, column, own.high, frame.money)
            if position:
                self._difference(gap, column, total, gross, self.gross_rows[0])
                self._difference(own_gap, column, own, own_row, self.own_rows[0])
        self.gross_rows.append(gross)
        self.own_rows.append(own_row)
        self.row = first + len(kept)

    def _difference(self, row: int, column: int, cell: Cell, own: int, reference: int) -> None:
        """The difference of a row to that of the reference, and its interval."""
        after, before = (xl_rowcol_to_cell(each, column) for each in (own, reference))
        signed = self.frame.signed
        self.sheet.write_formula(row, column, f"={after}-{before}", signed, cell.difference)
        self.sheet.write_number(row + 1, column, cell.difference_low, signed)
        self.sheet.write_number(row + 2, column, cell.difference_high, signed)

    def _left(
        self, position: int, year: int, column: int, own_row: int, received: int, left: int
    ) -> None:
        """Compensation and what is left to the department: not entered is said, not zero."""
        found = self.paper.left(position, year)
        if found is None:
            missing = self._word("not_entered")
            self.frame.text(self.sheet, received, column, missing, self.frame.grey)
            self.frame.text(self.sheet, left, column, "–", self.frame.grey)
            return
        eur = self.paper.received[year]
        self.sheet.write_number(received, column, -eur, self.frame.money)
        cells = (xl_rowcol_to_cell(row, column) for row in (own_row, received))
        self.sheet.write_formula(left, column, f"={'+'.join(cells)}", self.frame.total, found)

    def _change(self, position: int, year: int, column: int, own_row: int, change: int) -> None:
        """The yearly change of the department's part."""
        if column == FIRST_YEAR:
            self.frame.text(self.sheet, change, column, "–", self.frame.grey)
            return
        now, then = (xl_rowcol_to_cell(own_row, spot) for spot in (column, column - 1))
        new, old = (self.paper.own[position, TOTAL, each].value for each in (year, year - 1))
        known: float | str = new / old - 1.0 if old else "–"
        self.sheet.write_formula(
            change, column, f'=IF({then}=0,"–",{now}/{then}-1)', self.frame.share, known
        )

    def _landing(self) -> None:
        """The year in course: paid, left to pay, landing and its interval."""
        paper, frame = self.paper, self.frame
        if not paper.landings:
            return
        first = paper.landings[0]
        self.row += 1
        last = label_text(first.last_month, paper.language)
        about = self._word("landing_title", year=first.year, months=first.months_paid, last=last)
        frame.text(self.sheet, self.row, 0, about, frame.bold)
        self._heads("landing_heads")
        self.row += 2
        for title, one in zip(paper.titles, paper.landings, strict=True):
            frame.text(self.sheet, self.row, 0, title)
            frame.text(self.sheet, self.row, 1, self._word("allowance_all"))
            for place, eur in enumerate((one.paid_eur, one.to_pay_eur), start=FIRST_YEAR):
                self.sheet.write_number(self.row, place, eur, frame.money)
            cells = (xl_rowcol_to_cell(self.row, FIRST_YEAR + each) for each in (0, 1))
            self.sheet.write_formula(
                self.row, FIRST_YEAR + 2, f"={'+'.join(cells)}", frame.total, one.landing_eur
            )
            self.sheet.write_number(self.row, FIRST_YEAR + 3, one.low_eur, frame.money)
            self.sheet.write_number(self.row, FIRST_YEAR + 4, one.high_eur, frame.money)
            self.row += 1

    def _appropriation(self) -> None:
        """Credits of the allowance beside what is expected, and the chance of an overrun."""
        paper, frame = self.paper, self.frame
        if not paper.overruns:
            return
        self.row += 1
        title = self._word("credits_title", year=paper.overruns[0].year)
        frame.text(self.sheet, self.row, 0, title, frame.bold)
        self._heads("credits_heads")
        self.row += 2
        for name, one in zip(paper.titles, paper.overruns, strict=True):
            frame.text(self.sheet, self.row, 0, name)
            frame.text(self.sheet, self.row, 1, self._word("allowance_own"))
            amounts = (one.appropriation_eur, one.expected_eur)
            for place, eur in enumerate(amounts, start=FIRST_YEAR):
                self.sheet.write_number(self.row, place, eur, frame.money)
            cells = (xl_rowcol_to_cell(self.row, FIRST_YEAR + each) for each in (0, 1))
            left = one.appropriation_eur - one.expected_eur
            self.sheet.write_formula(
                self.row, FIRST_YEAR + 2, f"={'-'.join(cells)}", frame.signed, left
            )
            self.sheet.write_number(self.row, FIRST_YEAR + 3, one.low_eur, frame.money)
            self.sheet.write_number(self.row, FIRST_YEAR + 4, one.high_eur, frame.money)
            self.sheet.write_number(self.row, FIRST_YEAR + 5, one.probability, frame.share)
            self.row += 1

    def _quantiles(self) -> None:
        """The department's allowance by year from low to high, beside an appropriation."""
        paper, frame = self.paper, self.frame
        if not paper.quantiles:
            return
        is_stated = has_credits(paper.quantiles)
        self.row += 1
        about = said("budget_quantiles.in_euro", paper.language)
        frame.text(self.sheet, self.row, 0, about, frame.bold)
        heads = [
            *at("budget_quantiles.row_heads", paper.language),
            *quantile_heads(paper.language, has_credits=is_stated),
        ]
        frame.heads(self.sheet, heads, self.row + 1, words=FIRST_YEAR)
        self.sheet.set_row(self.row + 1, 28)
        self.row += 2
        for number, one in enumerate(paper.quantiles):
            frame.text(self.sheet, self.row, 0, paper.titles[number // len(paper.years)])
            self.sheet.write_number(self.row, 1, one.year, frame.year)
            amounts = [one.expected_eur, *one.quantiles_eur]
            if one.appropriation_eur is not None:
                amounts.append(one.appropriation_eur)
            for place, eur in enumerate(amounts, start=FIRST_YEAR):
                self.sheet.write_number(self.row, place, eur, frame.money)
            if one.probability is not None:
                spot = FIRST_YEAR + len(amounts)
                self.sheet.write_number(self.row, spot, one.probability, frame.share)
            self.row += 1
        note = said("budget_quantiles.note", paper.language)
        frame.text(self.sheet, self.row, 0, note, frame.note)
        self.row += 1

    def _entered(self) -> None:
        """Own lines of insertion beside the model's; sub-totals and differences are formulas."""
        paper, frame = self.paper, self.frame
        if not paper.entered:
            return
        self.row += 1
        frame.text(
            self.sheet, self.row, 0, said("budget_entered.in_euro", paper.language), frame.bold
        )
        heads = list(at("budget_entered.heads", paper.language))
        frame.heads(self.sheet, heads, self.row + 1, words=FIRST_YEAR)
        self.row += 2
        for one in paper.entered:
            money = frame.total if one.summed else frame.money
            frame.text(
                self.sheet, self.row, 0, one.label, frame.total_text if one.summed else frame.plain
            )
            year = frame.year_total if one.summed else frame.year
            self.sheet.write_number(self.row, 1, one.year, year)
            if one.months is not None:
                self.sheet.write_number(self.row, FIRST_YEAR, one.months, frame.money)
            for place, eur in enumerate((one.entered_eur, one.model_eur), start=FIRST_YEAR + 1):
                if one.summed:
                    first, last = (
                        xl_rowcol_to_cell(self.row - above, place) for above in (one.summed, 1)
                    )
                    self.sheet.write_formula(self.row, place, f"=SUM({first}:{last})", money, eur)
                else:
                    self.sheet.write_number(self.row, place, eur, money)
            entered, model = (xl_rowcol_to_cell(self.row, FIRST_YEAR + each) for each in (1, 2))
            signed = frame.signed_total if one.summed else frame.signed
            self.sheet.write_formula(
                self.row, FIRST_YEAR + 3, f"={entered}-{model}", signed, one.difference_eur
            )
            self.row += 1
        note = entered_note(paper.entered, paper.language)
        frame.text(self.sheet, self.row, 0, note, frame.note)
        self.row += 1

    def _chart(self) -> None:
        """Totals by year, a column for each scenario; the axis begins at zero."""
        chart = self.frame.book.add_chart({"type": "column"})
        name, last = self.sheet.get_name(), FIRST_YEAR + len(self.paper.years) - 1
        for position, gross in enumerate(self.gross_rows):
            title = self.paper.titles[position]
            chart.add_series(
                {
                    "name": spreadsheet_text(title),
                    "categories": [name, HEAD_ROW, FIRST_YEAR, HEAD_ROW, last],
                    "values": [name, gross, FIRST_YEAR, gross, last],
                    "gap": 80,
                    "fill": {"color": COLOURS[position % len(COLOURS)]},
                }
            )
        zero_based(chart, self._word("by_year_chart"))
        chart.set_size({"width": 900, "height": 300})
        self.sheet.insert_chart(self.row + 1, 0, chart)

    def _heads(self, key: str) -> None:
        heads = list(at(f"budget_book.{key}", self.paper.language))
        self.frame.heads(self.sheet, heads, self.row + 1, words=FIRST_YEAR)
        self.sheet.set_row(self.row + 1, 28)

    def _word(self, key: str, **words: object) -> str:
        return said(f"budget_book.{key}", self.paper.language, **words)


def zero_based(chart: Any, title: str) -> None:
    """Title, legend below, and an axis of millions of euro that begins at zero."""
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"min": 0, "num_format": '0.0,," M€"', "major_gridlines": {"visible": True}})
