"""The sheet of the workbook on what holds back: the sentences, and what every limit is asked for.

What is there and the ratio are formulas: whoever moves a post reads the ratio at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from sim.experiments.why import Need, Why
from sim.language import Language
from sim.money.budget.table import Budget
from ui.reports.budget.views import View
from ui.reports.budget.why_view import case_text, why_order
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.reports.why_words import limit_begun, limit_heads, unit_text
from ui.texts import said

UNITS, EACH, THERE, ASKED, RATIO = range(4, 9)
"""Columns of numbers, after scenario, territory, limit and unit."""


def why_sheet(
    frame: Frame, budget: Budget, view: View, found: Sequence[Why], language: Language
) -> None:
    """Write the sheet; ``view`` holds the sentences on ``found``."""
    sheet = frame.view(view, said("why.sheet", language))
    head = HEAD_ROW + len(view.rows) + 4
    frame.heads(sheet, limit_heads(language), head, words=UNITS)
    row = head + 1
    formats = {
        "posts": frame.format(num_format="#,##0.0"),
        "ratio": frame.format(num_format="0 %"),
        "short": frame.format(num_format="0 %", bold=True),
    }
    scenarios = budget.runs.experiment.scenarios
    for one in why_order(found):
        for need in one.needs:
            limit = limit_begun(need, scenarios[one.position], language)
            unit = unit_text(need, language)
            for place, words in enumerate((*case_text(budget, one, language), limit, unit)):
                frame.text(sheet, row, place, words)
            _numbers(sheet, row, need, frame.money, formats)
            row += 1
    sheet.set_column(UNITS - 1, RATIO, 18)


def _numbers(sheet: Any, row: int, need: Need, whole: Any, formats: dict[str, Any]) -> None:
    sheet.write_number(row, UNITS, need.units, formats["posts"])
    sheet.write_number(row, EACH, need.each, whole)
    units, each, there, asked = (
        xl_rowcol_to_cell(row, column) for column in (UNITS, EACH, THERE, ASKED)
    )
    sheet.write_formula(row, THERE, f"={units}*{each}", whole, need.there)
    sheet.write_number(row, ASKED, need.asked, whole)
    known = need.ratio if math.isfinite(need.ratio) else "–"
    form = formats["short" if need.is_short else "ratio"]
    sheet.write_formula(row, RATIO, f'=IF({there}=0,"–",{asked}/{there})', form, known)
