"""The table of options in words: what a page, the note and the workbook show, and one summary.

`options_text` is built from `ui.work.options.options_of` alone, so that no two places can differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ui.answers import period_text, share_text
from ui.numbers import euros, month_text, number, signed
from ui.outcome_words import MOST_MORE_DECIMALS, Shown, label_of, place_text
from ui.spoken import language, text
from ui.work.options import COST, PRICE, Cell, Line, Options, Verdict, rate_line
from ui.work.rates import among, has_rate
from ui.work.results import FullRun

Tone = Literal["good", "bad", "plain", "quiet"]
"""How a word is coloured: only a judgement has a colour of its own."""
TONES: dict[Verdict, Tone] = {"better": "good", "worse": "bad", "more": "plain", "less": "plain"}
TONES |= {"dearer": "plain", "cheaper": "plain", "priced": "plain"}
SUMMED = ("better", "worse", "more", "less", "dearer", "cheaper", "untold", "same")
"""The words of a summary, in its order."""


RATE_DECIMALS = 1


@dataclass(frozen=True)
class CellText:
    """A cell as it is written; each part but the word may be empty.

    ``level`` with its unit, ``difference`` with its sign, ``interval`` without brackets, or why
    there is none.
    """

    level: str
    difference: str
    interval: str
    word: str
    tone: Tone

    @property
    def plain(self) -> str:
        """The whole cell on one line, for files."""
        change = self.difference
        if self.interval:
            change = f"{change} ({self.interval})" if change else self.interval
        return " ; ".join(part for part in (self.level, change, self.word) if part)


@dataclass(frozen=True)
class LineText:
    """A line as it is written. ``is_first``: it begins one of the eight rows."""

    key: str
    label: str
    reference: str
    cells: tuple[CellText, ...]
    is_first: bool


@dataclass(frozen=True)
class OptionsText:
    """The table as it is written.

    ``heads``: of the reference and of each scenario; ``caption``: where, when, which interval;
    ``notes``: how its words are to be read.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[LineText, ...]
    caption: str
    notes: tuple[str, ...]


def options_text(found: FullRun, options: Options) -> OptionsText:
    """The table of options of a run in the visitor's language."""
    months = found.axes.months
    lines = tuple(_lines(options))
    notes = [text("options.key")]
    if any(cell.is_bound for line in options.lines for cell in line.cells):
        ceiling = Shown.of("wait_for_caseworker_days_mean").ceiling or 0.0
        notes.append(text("options.ceiling", days=number(ceiling)))
    return OptionsText(
        text("options.title"),
        (text("common.reference"), *(draft.title for draft in found.study.drafts)),
        lines,
        text(
            "options.caption",
            place=place_text(found.experiment.reference.base, options.place),
            since=month_text(months[found.experiment.since + 1]),
            last=month_text(months[-1]),
            share=share_text(found.count),
        ),
        tuple(notes),
    )


def line_text(line: Line, label: str = "", *, is_first: bool = True) -> LineText:
    """An outcome as a line of such a table, under a label (default: its name)."""
    return _line_text(line, Shown.of(line.key), label, is_first=is_first)


def rate_text(line: Line) -> LineText:
    """A flow as a line of rates (`ui.work.options.rate_line`)."""
    label = text(f"options.rate_{among(line.key)}", label=label_of(line.key))
    plain = replace(
        Shown.of(line.key), label=label, unit="", difference_unit="", decimals=RATE_DECIMALS
    )
    return _line_text(line, plain)


def _line_text(line: Line, shown: Shown, label: str = "", *, is_first: bool = True) -> LineText:
    decimals = _decimals(line, shown)
    return LineText(
        line.key,
        label or shown.label,
        shown.level(line.reference, decimals=decimals),
        tuple(_cell(cell, shown, decimals) for cell in line.cells),
        is_first,
    )


def answer_told(found: FullRun, line: Line, scenario: int) -> list[str]:
    """What a run says of one outcome of a scenario, in the numbers of its line.

    The level beside that of the reference, the difference and its interval, and whether no effect
    remains possible.
    """
    told, cell = line_text(line), line.cells[scenario - 1]
    words = told.cells[scenario - 1]
    frame = {
        "indicator": told.label,
        "name": found.study.drafts[scenario - 1].title,
        "level": words.level,
        "reference": told.reference,
        "period": period_text(found, line.key),
        "place": place_text(found.experiment.reference.base, line.place),
    }
    if cell.verdict == "none":
        return [text("answer.no_values", indicator=told.label)]
    if not words.interval:
        return [text("options.answer_alike", difference=words.difference, **frame)]
    first = text(
        "options.answer",
        difference=words.difference,
        interval=words.interval,
        share=share_text(found.count),
        **frame,
    )
    told_apart = "answer.zero_inside" if cell.verdict == "untold" else "answer.zero_outside"
    rates = [rate_line(found, line.key, line.place)] if has_rate(line.key) else []
    return [first, text(told_apart), *(rate_told(found, one, scenario) for one in rates)]


def rate_told(found: FullRun, line: Line, scenario: int) -> str:
    """A line of rates in a sentence."""
    told = rate_text(line)
    words = told.cells[scenario - 1]
    key = "options.rate" if words.interval else "options.rate_alike"
    return text(
        key,
        label=told.label,
        level=words.level,
        reference=told.reference,
        difference=words.difference,
        interval=words.interval,
        share=share_text(found.count),
    )


def summary_of(found: FullRun, options: Options, scenario: int) -> str:
    """What a scenario does better, worse and otherwise, line by line, without a number."""
    parts = []
    for verdict in SUMMED:
        lines = [
            _label(line, options)
            for line in options.lines
            if line.cells[scenario - 1].verdict == verdict and line.key != PRICE
        ]
        if lines:
            word = text(f"options.{verdict}")
            listed = "; ".join(lines) if language() == "en" else " ; ".join(lines)
            parts.append(text("options.summary_part", word=_capital(word), lines=listed))
    return text(
        "options.summary",
        name=found.study.drafts[scenario - 1].title,
        place=place_text(found.experiment.reference.base, options.place),
        parts=" ".join(parts),
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _lines(options: Options) -> Iterator[LineText]:
    for row in options.rows:
        for position, line in enumerate(row.lines):
            label = _label(line, options)
            if line.key in (COST, PRICE):
                cells = tuple(_money_cell(line.key, cell) for cell in line.cells)
                yield LineText(line.key, label, "–", cells, position == 0)
                continue
            yield line_text(line, label, is_first=position == 0)


def _label(line: Line, options: Options) -> str:
    label = text(f"options.{line.key}", months=options.months)
    return text("options.of_department", label=label) if line.place != options.place else label


def _decimals(line: Line, shown: Shown) -> int:
    """As many on the whole line as its cells need.

    A difference that is told apart is never written as zero, nor its two levels alike.
    """
    most = shown.decimals
    for cell in line.cells:
        low, high = cell.difference.low * shown.scale, cell.difference.high * shown.scale
        if low <= 0.0 <= high or not math.isfinite(low):
            continue
        decimals = shown.decimals_beside(low, high)
        levels = line.reference * shown.scale, cell.level * shown.scale
        while decimals < shown.decimals + MOST_MORE_DECIMALS and _are_alike(levels, decimals):
            decimals += 1
        most = max(most, decimals)
    return most


def _are_alike(levels: tuple[float, float], decimals: int) -> bool:
    return number(levels[0], decimals) == number(levels[1], decimals)


def _cell(cell: Cell, shown: Shown, decimals: int) -> CellText:
    word, tone = text(f"options.{cell.verdict}"), TONES.get(cell.verdict, "quiet")
    if cell.verdict == "none":
        return CellText("", "", "", word, tone)
    level = shown.level(cell.level, decimals=decimals)
    if cell.verdict == "same":
        return CellText(level, text("answer.nothing"), "", word, tone)
    mean, low, high = (each * shown.scale for each in cell.difference)
    if cell.is_bound and low == high == 0.0:
        return CellText(level, text("options.both_at_ceiling"), "", word, tone)
    written = [signed(each, decimals) for each in (mean, low, high)]
    nothing = number(0.0, decimals)
    if written == [nothing] * 3:
        smallest = f"{number(10.0**-decimals, decimals)} {shown.difference_unit}".strip()
        return CellText(level, text("options.tiny", smallest=smallest), "", word, tone)
    difference = f"{written[0]} {shown.unit_beside(abs(mean))}".strip()
    if cell.is_bound:
        difference = text("options.at_least", difference=difference)
    interval = text("options.interval", low=written[1], high=written[2])
    return CellText(level, difference, interval, word, tone)


def _money_cell(key: str, cell: Cell) -> CellText:
    tone = TONES.get(cell.verdict, "quiet")
    if cell.why_no_price is not None:
        return CellText("", "", "", text(f"no_price.{cell.why_no_price}"), tone)
    word = text(f"options.{cell.verdict}")
    if cell.verdict == "none":
        return CellText("", "", "", word, tone)
    if cell.verdict == "same":
        return CellText("", text("answer.nothing"), "", word, tone)
    mean, low, high = (euros(each, is_signed=key == COST) for each in cell.difference)
    return CellText("", mean, text("options.interval", low=low, high=high), word, tone)
