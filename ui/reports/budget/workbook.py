"""The budget as a workbook: totals and differences are formulas, charts are native."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from sim.experiments.why import Why
from sim.language import Language
from sim.money.budget.table import TOTAL, Budget, Cell, TableRow, cells
from sim.money.cost_effectiveness import CostEffectiveness
from sim.money.costs.unit_costs import DEPARTMENT
from sim.money.results_reached import JOB_YEARS
from sim.plain_text import spreadsheet_text
from sim.remarks import Remark
from ui.ages import start_text
from ui.reports.budget.assumptions import assumption_rows, doubt_text, uprating_text
from ui.reports.budget.files import month_rows
from ui.reports.budget.names import funder_name, line_name
from ui.reports.budget.views import View
from ui.reports.budget.why_sheet import why_sheet
from ui.reports.budget.why_view import why_view
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.reports.remarks import remark_text
from ui.texts import at, said

FILES: Language = "fr"
"""The language of the workbook."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook_bytes(
    budget: Budget,
    shown: Sequence[View],
    prices: Sequence[CostEffectiveness],
    replay: str,
    remarks: Sequence[Remark] = (),
    reasons: Sequence[Why] = (),
) -> bytes:
    """The whole workbook, ready to be written to a file that ends in ``.xlsx``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    writer = _Writer(book, budget)
    writer.table(_word("budget"), None)
    writer.table(_word("department"), DEPARTMENT)
    writer.who_pays()
    writer.months()
    for view in shown:
        if view.sheet is not None:
            writer.view(view)
    reason = why_view(budget, reasons, FILES)
    if reason is not None:
        why_sheet(writer, reason, reasons, FILES)
    if prices:
        writer.plane(prices)
    writer.assumptions(replay, remarks)
    book.close()
    return buffer.getvalue()


class _Writer(Frame):
    """The sheets of a budget."""

    def table(self, name: str, funder: str | None) -> None:
        """Lines by year: reference with interval, scenarios, differences as formulas."""
        budget = self.budget
        who = _word("all_funders" if funder is None else "by_department")
        sheet = self.sheet(name, _word("table", name=name, who=who), doubt_text(budget))
        found = {
            (cell.scenario, cell.row, cell.year): cell for cell in cells(budget, funder=funder)
        }
        self.text(sheet, HEAD_ROW, 0, said("budget_view.line", FILES), self.head)
        for place, row in enumerate(budget.rows, start=HEAD_ROW + 1):
            form = self.bold if row.is_total else None
            self.text(sheet, place, 0, line_name(row.name, self.base), form)
        column = 1
        totals: list[tuple[int, int, int]] = []
        self._sums = {
            (cell.year, budget.names.index(cell.scenario)): round(cell.value, 2)
            for cell in found.values()
            if cell.row == TOTAL
        }
        for year in budget.years:
            start = column
            for position, scenario in enumerate(budget.names):
                totals.append((year, position, column))
                column = self._block(sheet, found, scenario, position, year, start, column)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, column, 15)
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        self._columns_chart(sheet, totals)

    def _block(
        self,
        sheet: Any,
        found: dict[tuple[str, str, int], Cell],
        scenario: str,
        position: int,
        year: int,
        reference: int,
        column: int,
    ) -> int:
        """One scenario in one year; the next free column."""
        title = self.titles[position]
        beside = at("budget_book.gaps" if position else "budget_book.bounds", FILES)
        heads = [f"{year}\n{head}" for head in (title, *beside)]
        for offset, head in enumerate(heads):
            self.text(sheet, HEAD_ROW, column + offset, head, self.head)
        for place, row in enumerate(self.budget.rows, start=HEAD_ROW + 1):
            cell = found[scenario, row.name, year]
            form = self.total if row.is_total else self.money
            self._value(sheet, place, column, row, cell.value, form)
            if position:
                own, base = (xl_rowcol_to_cell(place, spot) for spot in (column, reference))
                sheet.write_formula(
                    place, column + 1, f"={own}-{base}", form, round(cell.difference, 2)
                )
                ends = (cell.difference_low, cell.difference_high)
            else:
                ends = (cell.low, cell.high)
            for offset, end in enumerate(ends, start=2 if position else 1):
                sheet.write_number(place, column + offset, round(end, 2), form)
        return column + len(heads)

    def _value(
        self, sheet: Any, place: int, column: int, row: TableRow, value: float, form: Any
    ) -> None:
        """A line as a number, a sub-total as the sum of its lines, as the total is."""
        order = {one.name: spot for spot, one in enumerate(self.budget.rows, start=HEAD_ROW + 1)}
        if not row.is_total or (len(row.lines) == 1 and row.lines[0] == row.name):
            sheet.write_number(place, column, round(value, 2), form)
            return
        members = [order[line] for line in row.lines]
        names = ",".join(_ranges(members, column))
        sheet.write_formula(place, column, f"=SUM({names})", form, round(value, 2))

    def _columns_chart(self, sheet: Any, totals: Sequence[tuple[int, int, int]]) -> None:
        """Totals by year, a column for each scenario, from a small block that repeats them."""
        chart = self.book.add_chart({"type": "column"})
        last = HEAD_ROW + len(self.budget.rows)
        first, name, years = last + 3, sheet.get_name(), self.budget.years
        self.text(sheet, first - 1, 0, _word("by_year"), self.head)
        for place, year in enumerate(years, start=first):
            self.text(sheet, place, 0, str(year))
        for year, position, column in totals:
            self.text(sheet, first - 1, position + 1, self.titles[position], self.head)
            source = f"={xl_rowcol_to_cell(last, column)}"
            place = first + years.index(year)
            sheet.write_formula(place, position + 1, source, self.money, self._sums[year, position])
        end = first + len(years) - 1
        for position, title in enumerate(self.titles):
            chart.add_series(
                {
                    "name": spreadsheet_text(title),
                    "categories": [name, first, 0, end, 0],
                    "values": [name, first, position + 1, end, position + 1],
                }
            )
        chart.set_title({"name": _word("by_year_chart")})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 320})
        sheet.insert_chart(end + 2, 0, chart)

    def who_pays(self) -> None:
        """Funders by year, compensation, what is left to the department as a formula."""
        budget = self.budget
        sheet = self.sheet(said("budget_view.who_pays", FILES), _word("who_pays"), _word("entered"))
        first_heads = (
            said("budget_view.scenario_head", FILES),
            said("budget_view.funder_head", FILES),
        )
        for spot, head in enumerate((*first_heads, *map(str, budget.years))):
            self.text(sheet, HEAD_ROW, spot, head, self.head)
        place = HEAD_ROW + 1
        funders = budget.runs.first.funders
        amounts = {
            funder: {
                (cell.scenario, cell.year): cell.value
                for cell in cells(budget, funder=funder)
                if cell.row == TOTAL
            }
            for funder in funders
        }
        for name, title in zip(budget.names, self.titles, strict=True):
            first = place
            for funder in funders:
                self.text(sheet, place, 0, title)
                self.text(sheet, place, 1, funder_name(funder))
                for spot, year in enumerate(budget.years, start=2):
                    sheet.write_number(
                        place, spot, round(amounts[funder][name, year], 2), self.money
                    )
                place += 1
            labels = (
                said("budget_view.gross", FILES),
                _word("compensation"),
                said("budget_view.left", FILES),
            )
            for offset, label in enumerate(labels):
                self.text(sheet, place + offset, 0, title)
                self.text(sheet, place + offset, 1, label, self.bold)
            for spot, year in enumerate(budget.years, start=2):
                gross = sum(amounts[funder][name, year] for funder in funders)
                received = budget.received.get(year, 0.0)
                own = amounts[DEPARTMENT][name, year]
                span = f"{xl_rowcol_to_cell(first, spot)}:{xl_rowcol_to_cell(place - 1, spot)}"
                sheet.write_formula(place, spot, f"=SUM({span})", self.total, round(gross, 2))
                sheet.write_number(place + 1, spot, -received, self.money)
                row = first + funders.index(DEPARTMENT)
                left = f"={xl_rowcol_to_cell(row, spot)}+{xl_rowcol_to_cell(place + 1, spot)}"
                sheet.write_formula(place + 2, spot, left, self.total, round(own - received, 2))
            place += len(labels) + 1
        sheet.set_column(0, 1, 42)
        sheet.set_column(2, 2 + len(budget.years), 16)

    def months(self) -> None:
        """Households and allowance by month, with a line chart."""
        by_month = _word("months")
        sheet = self.sheet(by_month, _word("months_title"), uprating_text(self.budget))
        for place, head in enumerate(at("budget_book.months_heads", FILES)):
            self.text(sheet, HEAD_ROW, place, head, self.head)
        rows = month_rows(self.budget)
        for place, (name, month, households, due, paid) in enumerate(rows, start=HEAD_ROW + 1):
            self.text(sheet, place, 0, self.titles[self.budget.names.index(name)])
            self.text(sheet, place, 1, month)
            for spot, value in enumerate((households, due, paid), start=2):
                sheet.write_number(place, spot, round(value, 2), self.money)
            mean = f"={xl_rowcol_to_cell(place, 3)}/{xl_rowcol_to_cell(place, 2)}"
            sheet.write_formula(place, 5, mean, self.money, round(due / max(households, 1.0), 2))
        count = len(self.budget.runs.first.months)
        chart = self.book.add_chart({"type": "line"})
        for position, title in enumerate(self.titles):
            first = HEAD_ROW + 1 + position * count
            span = (first, first + count - 1)
            chart.add_series(
                {
                    "name": spreadsheet_text(title),
                    "categories": [by_month, span[0], 1, span[1], 1],
                    "values": [by_month, span[0], 4, span[1], 4],
                }
            )
        chart.set_title({"name": _word("months_chart")})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 860, "height": 360})
        sheet.insert_chart(HEAD_ROW, 7, chart)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, 5, 18)

    def plane(self, prices: Sequence[CostEffectiveness]) -> None:
        """Cost against effect by replication, with a scatter chart."""
        name = _word("plane")
        sheet = self.sheet(name, _word("plane_title"), _word("plane_points"))
        chart = self.book.add_chart({"type": "scatter"})
        for position, one in enumerate(prices):
            spot = 2 * position
            title = self.titles[position + 1]
            self.text(sheet, HEAD_ROW, spot, f"{title}\n{_word('job_years')}", self.head)
            self.text(sheet, HEAD_ROW, spot + 1, f"{title}\n{_word('net_cost')}", self.head)
            effect, cost = one.samples[JOB_YEARS], one.samples["cost"]
            for place, values in enumerate(zip(effect, cost, strict=True), start=HEAD_ROW + 1):
                for offset, value in enumerate(values):
                    sheet.write_number(place, spot + offset, round(float(value), 2), self.money)
            span = (HEAD_ROW + 1, HEAD_ROW + len(cost))
            chart.add_series(
                {
                    "name": spreadsheet_text(title),
                    "categories": [name, span[0], spot, span[1], spot],
                    "values": [name, span[0], spot + 1, span[1], spot + 1],
                }
            )
        chart.set_x_axis({"name": _word("job_years")})
        chart.set_y_axis({"name": _word("net_cost")})
        chart.set_size({"width": 620, "height": 400})
        sheet.insert_chart(HEAD_ROW, 2 * len(prices) + 1, chart)
        sheet.set_column(0, 2 * len(prices), 22)

    def assumptions(self, replay: str, remarks: Sequence[Remark]) -> None:
        """What the numbers rest on, and the command that gives them again."""
        sheet = self.sheet(_word("hypotheses"), _word("hypotheses"), uprating_text(self.budget))
        self.text(sheet, 2, 0, doubt_text(self.budget))
        self.text(sheet, 3, 0, _word("command", replay=replay))
        for place, head in enumerate(at("budget_doubt.heads", FILES)):
            self.text(sheet, HEAD_ROW, place, head, self.head)
        to_know = [(_word("to_know"), remark_text(one, FILES)) for one in remarks]
        start = start_text(self.budget.runs.experiment.reference, FILES)
        known_start = [(_word("to_know"), start)] if start else []
        rows = [*known_start, *to_know, *assumption_rows(self.budget)]
        for place, row in enumerate(rows, start=HEAD_ROW + 1):
            for spot, text in enumerate(row):
                self.text(sheet, place, spot, text, self.wrap)
        for spot, width in enumerate((44, 24, 16, 22, 14, 22, 90)):
            sheet.set_column(spot, spot, width)


def _word(key: str, /, **words: object) -> str:
    """A text of the workbook."""
    return said(f"budget_book.{key}", FILES, **words)


def _ranges(rows: Sequence[int], column: int) -> list[str]:
    """Cells of a column as ranges, neighbours together."""
    ranges: list[list[int]] = []
    for row in sorted(rows):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return [
        xl_rowcol_to_cell(first, column)
        if first == last
        else f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        for first, last in ranges
    ]
