"""The sheets of lines: what is spent by year and scenario, and the calendar of the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from sim.money.budget.table import NET_ALLOWANCE, Cell
from sim.money.costs.spending import ALLOWANCE
from ui.reports.budget.paper import Paper, PaperLine
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.texts import at, said

LINE = 4
"""Column of the name of a line, after year, chapter, function and article (both sheets)."""
CODE_WIDTH, LINE_WIDTH, AMOUNT_WIDTH, HEAD_HEIGHT = 8, 40, 12, 54


def lines_sheet(frame: Frame) -> Any:
    """Every line by year: reference with interval, scenarios with difference and interval."""
    paper = frame.paper
    sheet = frame.sheet(
        _word(paper, "lines_sheet"), _word(paper, "lines_title"), _about(paper, paper.doubt)
    )
    heads = [*at("budget_book.lines_heads", paper.language)]
    for position, title in enumerate(paper.titles):
        beside = at("budget_book.gaps" if position else "budget_book.bounds", paper.language)
        heads += [title, *(f"{head}\n{title}" for head in beside)]
    frame.heads(sheet, heads, words=LINE + 1)
    row = HEAD_ROW + 1
    for year in paper.years:
        rows = {line.key: row + place for place, line in enumerate(paper.lines)}
        for line in paper.lines:
            codes = (str(year), line.chapter, line.function, line.article, line.label)
            _names(frame, sheet, rows[line.key], line, codes)
            _scenarios(frame, sheet, rows, line, year)
        row += len(paper.lines)
    frame.listed(sheet, row - 1, len(heads) - 1, LINE + 1)
    sheet.fit_to_pages(1, 2)
    sheet.set_column(0, 3, CODE_WIDTH)
    sheet.set_column(LINE, LINE, LINE_WIDTH)
    sheet.set_column(LINE + 1, len(heads), AMOUNT_WIDTH)
    sheet.set_row(HEAD_ROW, HEAD_HEIGHT)
    frame.text(sheet, row + 1, 0, _word(paper, "codes_note"), frame.note)
    return sheet


def _names(
    frame: Frame, sheet: Any, row: int, line: PaperLine, words: Sequence[str], first: int = 0
) -> None:
    form = frame.total_text if line.is_total else frame.plain
    year = frame.year_total if line.is_total else frame.year
    for place, word in enumerate(words, start=first):
        if place == 0 and word.isdigit():
            sheet.write_number(row, place, int(word), year)
        else:
            frame.text(sheet, row, place, word, form)


def _scenarios(
    frame: Frame, sheet: Any, rows: Mapping[str, int], line: PaperLine, year: int
) -> None:
    paper, row = frame.paper, rows[line.key]
    money = frame.total if line.is_total else frame.money
    signed = frame.signed_total if line.is_total else frame.signed
    share = frame.share_total if line.is_total else frame.share
    column = reference = LINE + 1
    for position in range(len(paper.titles)):
        cell = paper.gross[position, line.key, year]
        _amount(sheet, rows, line, column, cell.value, money)
        if position == 0:
            sheet.write_number(row, column + 1, cell.low, money)
            sheet.write_number(row, column + 2, cell.high, money)
            column += 3
            continue
        own, base = (xl_rowcol_to_cell(row, spot) for spot in (column, reference))
        gap = xl_rowcol_to_cell(row, column + 1)
        sheet.write_formula(row, column + 1, f"={own}-{base}", signed, cell.difference)
        sheet.write_number(row, column + 2, cell.difference_low, signed)
        sheet.write_number(row, column + 3, cell.difference_high, signed)
        before = paper.gross[0, line.key, year].value
        known: float | str = cell.difference / abs(before) if before else "–"
        sheet.write_formula(row, column + 4, f'=IF({base}=0,"–",{gap}/ABS({base}))', share, known)
        column += 5


def _amount(
    sheet: Any, rows: Mapping[str, int], line: PaperLine, column: int, value: float, form: Any
) -> None:
    """A line as a number, a sub-total as the sum of its lines."""
    if not line.members:
        sheet.write_number(rows[line.key], column, value, form)
        return
    names = ",".join(ranges([rows[member] for member in line.members], column))
    sheet.write_formula(rows[line.key], column, f"=SUM({names})", form, value)


def ranges(rows: Sequence[int], column: int) -> list[str]:
    """Cells of a column as ranges, neighbours together."""
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [
        xl_rowcol_to_cell(first, column)
        if first == last
        else f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        for first, last in found
    ]


class Calendar:
    """The department's part along the calendar of the budget: initial, amending, accounts.

    What is known is filled; what only the department has is empty, coloured and said to be entered.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.paper = frame.paper
        self.lines = paid_lines(frame.paper)
        self.sheet = frame.sheet(
            _word(self.paper, "calendar_sheet"),
            _word(self.paper, "calendar_title"),
            _about(self.paper, self.paper.doubt),
        )

    def write(self) -> None:
        """Heads by year, then the lines of each scenario."""
        paper, frame = self.paper, self.frame
        heads = list(at("budget_book.calendar_heads", paper.language))
        for year in paper.years:
            kind = self._kind(year)
            heads += [f"{year}\n{head}" for head in at(f"budget_book.{kind}", paper.language)]
        frame.heads(self.sheet, heads, words=LINE + 1)
        row = HEAD_ROW + 1
        for position, title in enumerate(paper.titles):
            rows = {line.key: row + place for place, line in enumerate(self.lines)}
            for line in self.lines:
                words = (title, line.chapter, line.function, line.article, line.label)
                _names(frame, self.sheet, rows[line.key], line, words)
                self._years(rows, line, position)
            row += len(self.lines)
        frame.listed(self.sheet, row - 1, len(heads) - 1, LINE + 1)
        self.sheet.set_column(0, 0, 26)
        self.sheet.set_column(1, 3, CODE_WIDTH)
        self.sheet.set_column(LINE, LINE, LINE_WIDTH)
        self.sheet.set_column(LINE + 1, len(heads), AMOUNT_WIDTH)
        self.sheet.set_row(HEAD_ROW, HEAD_HEIGHT)
        frame.text(self.sheet, row + 1, 0, _word(paper, "calendar_note"), frame.note)
        frame.text(self.sheet, row + 2, 0, _word(paper, "codes_note"), frame.note)

    def _kind(self, year: int) -> str:
        if year == self.paper.landing_year:
            return "year_in_course"
        return "year_planned" if year == self.paper.plan_year else "year_later"

    def _years(self, rows: Mapping[str, int], line: PaperLine, position: int) -> None:
        column, before = LINE + 1, None
        for year in self.paper.years:
            cell = self.paper.own[position, line.key, year]
            kind = self._kind(year)
            if kind == "year_in_course":
                before = column + 3
                self._in_course(rows, line, position, column, cell)
                column += 6
                continue
            _amount(self.sheet, rows, line, column, cell.value, self._money(line))
            row = rows[line.key]
            if kind == "year_planned":
                self.sheet.write_number(row, column + 1, cell.low, self._money(line))
                self.sheet.write_number(row, column + 2, cell.high, self._money(line))
            change = column + (3 if kind == "year_planned" else 1)
            self._change(row, column, before, change, line, position, year)
            if kind == "year_planned":
                self._entered(rows, line, column + 4, is_whole=False)
                self._entered(rows, line, column + 5, is_whole=True)
            before = column
            column = change + (3 if kind == "year_planned" else 1)

    def _in_course(
        self, rows: Mapping[str, int], line: PaperLine, position: int, column: int, cell: Cell
    ) -> None:
        """Voted, amended, open credits, landing, what is left of them, rate of execution."""
        row, voted = rows[line.key], self._voted(line, position, cell.year)
        if voted is None:
            self._entered(rows, line, column, is_whole=True)
        else:
            self.sheet.write_number(row, column, voted, self.frame.to_enter)
        self._entered(rows, line, column + 1, is_whole=False)
        first, amended, opened, landed = (
            xl_rowcol_to_cell(row, column + each) for each in range(4)
        )
        known: float | str = "" if voted is None else voted
        self.sheet.write_formula(
            row,
            column + 2,
            f'=IF(ISNUMBER({first}),SUM({first}:{amended}),"")',
            self._money(line),
            known,
        )
        _amount(self.sheet, rows, line, column + 3, cell.value, self._money(line))
        signed = self.frame.signed_total if line.is_total else self.frame.signed
        share = self.frame.share_total if line.is_total else self.frame.share
        left: float | str = "" if voted is None else voted - cell.value
        rate: float | str = "" if not voted else cell.value / voted
        self.sheet.write_formula(
            row, column + 4, f'=IF(ISNUMBER({opened}),{opened}-{landed},"")', signed, left
        )
        self.sheet.write_formula(
            row, column + 5, f'=IF(N({opened})=0,"",{landed}/{opened})', share, rate
        )

    def _voted(self, line: PaperLine, position: int, year: int) -> float | None:
        """The appropriation entered for the allowance of a year."""
        is_allowance = line.key == ALLOWANCE or (line.key == NET_ALLOWANCE and not line.members)
        if not is_allowance or not self.paper.overruns:
            return None
        one = self.paper.overruns[position]
        return one.appropriation_eur if one.year == year else None

    def _entered(
        self, rows: Mapping[str, int], line: PaperLine, column: int, *, is_whole: bool
    ) -> None:
        """A cell that the department fills; a sub-total sums its lines.

        ``is_whole``: a sub-total stays empty until all of its lines are filled.
        """
        if not line.members:
            self.sheet.write_blank(rows[line.key], column, None, self.frame.to_enter)
            return
        spans = ",".join(ranges([rows[member] for member in line.members], column))
        least = len(line.members) if is_whole else 1
        self.sheet.write_formula(
            rows[line.key],
            column,
            f'=IF(COUNT({spans})<{least},"",SUM({spans}))',
            self._money(line),
            "",
        )

    def _change(
        self,
        row: int,
        column: int,
        before: int | None,
        change: int,
        line: PaperLine,
        position: int,
        year: int,
    ) -> None:
        share = self.frame.share_total if line.is_total else self.frame.share
        if before is None:
            self.frame.text(self.sheet, row, change, "–", self.frame.grey)
            return
        now, then = (xl_rowcol_to_cell(row, spot) for spot in (column, before))
        old = self.paper.own[position, line.key, year - 1].value
        new = self.paper.own[position, line.key, year].value
        known: float | str = new / old - 1.0 if old else "–"
        self.sheet.write_formula(row, change, f'=IF({then}=0,"–",{now}/{then}-1)', share, known)

    def _money(self, line: PaperLine) -> Any:
        return self.frame.total if line.is_total else self.frame.money


def paid_lines(paper: Paper) -> tuple[PaperLine, ...]:
    """The lines of which the department pays a part in some year; sub-totals sum those alone."""
    paid = {key for (_, key, _), cell in paper.own.items() if cell.value}
    return tuple(
        replace(line, members=tuple(each for each in line.members if each in paid))
        for line in paper.lines
        if line.key in paid
    )


def _about(paper: Paper, words: str) -> str:
    return said("budget_book.in_euro", paper.language, words=words)


def _word(paper: Paper, key: str) -> str:
    return said(f"budget_book.{key}", paper.language)
