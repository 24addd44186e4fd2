"""The table of options in words: what a page, the note and the workbook show, and one summary.

`options_text` is built from `ui.work.options.options_of` alone, so that no two places can differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.answers import period_text, share_text
from ui.numbers import PER_CENT, euros, month_text, number, signed
from ui.outcome_words import MOST_MORE_DECIMALS, Shown, label_of, place_text
from ui.spoken import text
from ui.work.options import COST, PRICE, Cell, Line, Options, Verdict, rate_line, too_few
from ui.work.rates import among, has_rate
from ui.work.results import FullRun

Tone = Literal["good", "bad", "plain", "quiet"]
"""How a word is coloured: only a judgement has a colour of its own."""
TONES: dict[Verdict, Tone] = {"better": "good", "worse": "bad", "more": "plain", "less": "plain"}
TONES |= {"dearer": "plain", "cheaper": "plain", "priced": "plain"}
SUMMED = ("better", "worse", "more", "less", "dearer", "cheaper")
"""The words of a summary, in its order: what is told apart."""


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
    notes += [*_why_no_price(found, options), *_too_few(found, options)]
    return OptionsText(
        text("options.title"),
        (text("common.reference"), *(draft.title for draft in found.study.drafts)),
        lines,
        text(
            "options.caption",
            place=place_told(found, options.place),
            period=text(
                "options.period_and_end" if found.part == 1.0 else "options.period",
                since=month_text(months[found.experiment.since + 1]),
                last=month_text(months[-1]),
            ),
            share=share_text(found.count),
        ),
        tuple(notes),
    )


def place_told(found: FullRun, place: str) -> str:
    """A place of a run; in a first look at a part, with how much of it was simulated."""
    base = found.experiment.reference.base
    if found.part == 1.0:
        return place_text(base, place)
    percent = number(PER_CENT * found.part)
    if place == ALL:
        return text("run.part_of_department", department=base.label, percent=percent)
    return text("run.part_of_territory", territory=place_text(base, place), percent=percent)


def _why_no_price(found: FullRun, options: Options) -> list[str]:
    """Why results have no price: once where the reason is the same for every scenario."""
    if found.part < 1.0:
        return [text("run.first_part")]
    cells = options.line(PRICE).cells
    reasons = [
        (draft.title, text(f"no_price.{cell.why_no_price}"))
        for draft, cell in zip(found.study.drafts, cells, strict=True)
        if cell.why_no_price is not None
    ]
    if len(reasons) == len(cells) and len({reason for _, reason in reasons}) == 1:
        return [_sentence(reasons[0][1])]
    return [_sentence(text("options.named", name=name, words=words)) for name, words in reasons]


def _too_few(found: FullRun, options: Options) -> list[str]:
    lines = [
        text(
            "options.few_line",
            line=_small(text(f"options.{line.key}")),
            fewest=number(outcome_definition(line.key).fewest_replications),
        )
        for line in too_few(found, options)
    ]
    if not lines:
        return []
    return [text("options.few", count=number(found.count), lines=", ".join(lines))]


def line_text(line: Line, label: str = "", *, is_first: bool = True) -> LineText:
    """An outcome as a line of such a table, under a label (default: its name)."""
    shown, named = Shown.of(line.key), label or label_of(line.key)
    says_unit = bool(shown.unit) and shown.unit.casefold() in named.casefold()
    return _line_text(line, _without_unit(shown) if says_unit else shown, named, is_first=is_first)


def rate_text(line: Line) -> LineText:
    """A flow as a line of rates (`ui.work.options.rate_line`)."""
    label = text(f"options.rate_{among(line.key)}", label=label_of(line.key))
    plain = replace(Shown.of(line.key), label=label, decimals=RATE_DECIMALS)
    return _line_text(line, _without_unit(plain))


def _without_unit(shown: Shown) -> Shown:
    return replace(shown, unit="", difference_unit="")


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
        "place": place_told(found, line.place),
    }
    if cell.verdict == "none":
        return [text("answer.no_values", indicator=told.label)]
    if words.interval:
        frame |= {"interval": words.interval, "share": share_text(found.count)}
    key = "options.answer" if words.interval else "options.answer_alike"
    first = text(key, difference=words.difference, **frame)
    if not (cell.is_apart or any(cell.difference)):
        return [first]
    told_apart = "answer.zero_inside" if cell.verdict == "untold" else "answer.zero_outside"
    rates = [rate_line(found, line.key, line.place)] if has_rate(line.key) else []
    return [first, text(told_apart), *(rate_told(one, scenario) for one in rates)]


def rate_told(line: Line, scenario: int) -> str:
    """A total again as a rate, which can be compared between places.

    Levels alone: beside those on RSA, whose number may differ too, it is another question whether
    it differs.
    """
    told = rate_text(line)
    level = told.cells[scenario - 1].level
    return text("options.rate", label=told.label, level=level, reference=told.reference)


def summary_of(found: FullRun, options: Options, scenario: int) -> str:
    """What a scenario does better, worse and otherwise than the reference, without a number."""
    parts = []
    for verdict in SUMMED:
        lines = [
            _small(text(f"options.{line.key}", months=options.months))
            for line in options.lines
            if line.cells[scenario - 1].verdict == verdict
        ]
        if lines:
            word = text(f"options.{verdict}")
            said = text("options.summary_part", word=word, lines=", ".join(lines))
            parts.append(_sentence(said))
    name = found.study.drafts[scenario - 1].title
    key = "options.summary" if parts else "options.summary_nothing"
    return text(key, name=name, parts=" ".join(parts))


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


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
    """Those of the levels: as many as two levels that are told apart need to be written apart."""
    most = shown.decimals
    for cell in line.cells:
        levels = line.reference * shown.scale, cell.level * shown.scale
        while (
            cell.is_apart
            and most < shown.decimals + MOST_MORE_DECIMALS
            and number(levels[0], most) == number(levels[1], most)
        ):
            most += 1
    return most


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
    # What is told apart is never written as nothing: each end with the digits that it needs.
    digits = [
        _digits(each, decimals, shown) if cell.is_apart else decimals for each in (mean, low, high)
    ]
    written = [signed(each, one) for each, one in zip((mean, low, high), digits, strict=True)]
    if all(one == number(0.0, digit) for one, digit in zip(written, digits, strict=True)):
        smallest = 10.0 ** -digits[0]
        unit = shown.unit_beside(smallest)
        least = f"{number(smallest, digits[0])} {unit}".strip()
        return CellText(level, text("options.tiny", smallest=least), "", word, tone)
    difference = f"{written[0]} {shown.unit_beside(abs(mean))}".strip()
    if cell.is_bound:
        difference = text("options.at_least", difference=difference)
    interval = text("options.interval", low=written[1], high=written[2])
    return CellText(level, difference, interval, word, tone)


def _digits(value: float, decimals: int, shown: Shown) -> int:
    """As many as a number needs to be written as another one than nothing, up to a few more."""
    most = shown.decimals + MOST_MORE_DECIMALS
    enough = (one for one in range(decimals, most) if abs(value) >= 0.5 * 10.0**-one)
    return next(enough, most)


def _money_cell(key: str, cell: Cell) -> CellText:
    tone = TONES.get(cell.verdict, "quiet")
    if cell.why_no_price is not None:
        return CellText("", "", "", text("options.no_price"), tone)
    word = text(f"options.{cell.verdict}")
    if cell.verdict == "none":
        return CellText("", "", "", word, tone)
    if cell.verdict == "same":
        return CellText("", text("answer.nothing"), "", word, tone)
    mean, low, high = (euros(each, is_signed=key == COST) for each in cell.difference)
    return CellText("", mean, text("options.interval", low=low, high=high), word, tone)
