"""The sheet of prices: net cost by item, then results with their price or the reason for none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.money.cost_effectiveness import CostEffectiveness, PriceOfResult, Spread
from sim.money.results_reached import JOB_YEARS
from sim.plain_text import spreadsheet_text
from ui.reports.budget.cost_views import cost_rows, literature_text, no_price_text, saved_text
from ui.reports.budget.names import result_name
from ui.reports.budget.workbook_frame import HEAD_ROW, Frame
from ui.reports.figure_frame import COLOURS
from ui.texts import at, said, said_each

POINTS = 14
"""First column of the points of the chart, beside the printed page."""


def price_sheet(frame: Frame, prices: Sequence[CostEffectiveness]) -> None:
    """Numbers of every scenario against the reference, and the plane of cost and effect."""
    paper = frame.paper
    language = paper.language
    months = prices[0].months
    sheet = frame.sheet(
        said("budget_book.prices", language),
        said("budget_book.prices_title", language),
        said("budget_book.prices_about", language, months=months),
    )
    frame.heads(sheet, list(at("budget_book.prices_heads", language)), words=2)
    row = HEAD_ROW + 1
    for position, one in enumerate(prices, start=1):
        for label, spread in cost_rows(one, language):
            frame.text(sheet, row, 0, paper.titles[position])
            frame.text(sheet, row, 1, label)
            _spread(sheet, row, 2, spread, frame.signed)
            row += 1
    frame.listed(sheet, row - 1, 4, 2)
    row += 1
    no_effect = said("results_priced.no_effect", language)
    heads = said_each("budget_book.results_heads", language, no_effect=no_effect)
    frame.heads(sheet, list(heads), row, words=2)
    sheet.set_row(row, 42)
    for position, one in enumerate(prices, start=1):
        for result in one.results:
            row += 1
            frame.text(sheet, row, 0, paper.titles[position])
            frame.text(sheet, row, 1, _name(result, frame))
            _result(frame, sheet, row, result)
            if not result.is_net_of_displacement:
                row = _apart(frame, sheet, row, one, result.effect_name)
    for position, one in enumerate(prices, start=1):
        for told in (saved_text(one, language), literature_text(one, language)):
            row += 1
            frame.text(sheet, row, 0, f"{paper.titles[position]} : {told}", frame.note)
    _plane(frame, sheet, prices, row + 2)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 66)
    sheet.set_column(2, 8, 15)
    sheet.print_area(0, 0, row + 20, 8)


def _name(result: PriceOfResult, frame: Frame) -> str:
    language = frame.paper.language
    kind = "net" if result.is_net_of_displacement else "gross"
    basis = said(f"budget_price.{kind}", language)
    return f"{result_name(result.effect_name, language)}, {basis}"


def _apart(frame: Frame, sheet: Any, row: int, one: CostEffectiveness, name: str) -> int:
    """The effect on each population under that on both; the last row written."""
    for population, effects in one.effects_of.items():
        if name in effects:
            row += 1
            frame.text(sheet, row, 1, said(f"results_priced.{population}", frame.paper.language))
            _spread(sheet, row, 2, effects[name], frame.effect)
    return row


def _result(frame: Frame, sheet: Any, row: int, result: PriceOfResult) -> None:
    _spread(sheet, row, 2, result.effect, frame.effect)
    if math.isfinite(result.no_effect_probability):
        sheet.write_number(row, 5, result.no_effect_probability, frame.share)
    if result.ratio is None:
        frame.text(sheet, row, 6, f"  {no_price_text(result, frame.paper.language)}")
    else:
        _spread(sheet, row, 6, result.ratio, frame.money)


def _spread(sheet: Any, row: int, column: int, spread: Spread, form: Any) -> None:
    for place, value in enumerate(spread, start=column):
        if math.isfinite(value):
            sheet.write_number(row, place, value, form)


def _plane(frame: Frame, sheet: Any, prices: Sequence[CostEffectiveness], row: int) -> None:
    """Years in a job more along, net cost up, one point for each replication; both from zero."""
    language, name = frame.paper.language, sheet.get_name()
    chart = frame.book.add_chart({"type": "scatter"})
    effect_words, cost_words = (
        said(f"budget_book.{key}", language) for key in ("job_years", "net_cost")
    )
    for position, one in enumerate(prices):
        column = POINTS + 2 * position
        title = frame.titles[position + 1]
        frame.text(sheet, HEAD_ROW, column, f"{title}\n{effect_words}", frame.head)
        frame.text(sheet, HEAD_ROW, column + 1, f"{title}\n{cost_words}", frame.head)
        points = zip(one.samples[JOB_YEARS], one.samples["cost"], strict=True)
        for place, values in enumerate(points, start=HEAD_ROW + 1):
            for offset, value in enumerate(values):
                sheet.write_number(place, column + offset, float(value), frame.money)
        last = HEAD_ROW + len(one.samples["cost"])
        chart.add_series(
            {
                "name": spreadsheet_text(title),
                "categories": [name, HEAD_ROW + 1, column, last, column],
                "values": [name, HEAD_ROW + 1, column + 1, last, column + 1],
                "marker": {
                    "type": "circle",
                    "size": 6,
                    "fill": {"color": COLOURS[(position + 1) % len(COLOURS)]},
                    "border": {"none": True},
                },
            }
        )
    chart.set_title({"name": said("budget_book.plane_title", language), "name_font": {"size": 11}})
    least = min(0.0, *(float(one.samples[JOB_YEARS].min()) for one in prices))
    across: dict[str, object] = {"name": effect_words, "crossing": 0, "label_position": "low"}
    chart.set_x_axis({**across, "min": 0} if least == 0.0 else across)
    chart.set_y_axis(
        {"name": cost_words, "crossing": 0, "label_position": "low", "num_format": "#,##0"}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 340})
    sheet.insert_chart(row, 0, chart)
