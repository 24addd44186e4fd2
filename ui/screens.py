"""The screens of a presentation: one idea each, with the numbers of the page of the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ui.answers import most_pressed, share_text
from ui.limit_words import turned
from ui.options_words import CellText, LineText, OptionsText, Tone, line_text, options_text
from ui.outcome_words import place_text
from ui.spoken import text, texts, worded
from ui.take_away.decisions import decisions
from ui.work.options import COST, PRICE, Options, Verdict, options_of, outcome_line
from ui.work.results import FullRun

ALIKE: tuple[Verdict, ...] = ("untold", "same")


@dataclass(frozen=True)
class Screen:
    """A title, a figure or none, a word of judgement or none, and a few sentences.

    ``question``: what the first screen answers, above its title.
    """

    title: str
    figure: str = ""
    word: str = ""
    tone: Tone = "quiet"
    lines: tuple[str, ...] = ()
    is_list: bool = False
    """Whether the sentences are items of a list."""
    question: str = ""


def screens_of(found: FullRun, scenario: int, outcome: str, place: str) -> list[Screen]:
    """The answer first, then each line of the options, the reason, the limits, what to decide."""
    options = options_of(found, place)
    told = options_text(found, options)
    asked = line_text(outcome_line(found, outcome, place))
    return [
        _answer(found, asked, scenario, place),
        *_lines(found, options, told, outcome, scenario),
        *_reason(found, scenario, place),
        Screen(text("limits.title"), lines=tuple(texts("limits.compare")), is_list=True),
        _decisions(found, scenario, options, told, place),
    ]


def _answer(found: FullRun, line: LineText, scenario: int, place: str) -> Screen:
    """The question and its answer."""
    base = found.experiment.reference.base
    question = text(
        "note.question",
        name=found.study.drafts[scenario - 1].title,
        reference=worded(found.experiment.reference.title),
        place=place_text(base, place),
    )
    return replace(_line(found, line, scenario), question=question)


def _lines(
    found: FullRun, options: Options, told: OptionsText, outcome: str, scenario: int
) -> Iterator[Screen]:
    """Lines that are told apart have a screen each, the others one together.

    The line of the answer and the price, which rests on the cost, have none.
    """
    alike = []
    for line, words in zip(options.lines, told.lines, strict=True):
        verdict, cell = line.cells[scenario - 1].verdict, words.cells[scenario - 1]
        if line.key in (outcome, PRICE) or verdict == "none":
            continue
        if verdict in ALIKE:
            parts = (cell.difference, cell.interval)
            amount = ", ".join(part for part in parts if part)
            alike.append(text("present.alike_line", label=words.label, amount=amount))
        else:
            yield _line(found, words, scenario, has_levels=line.key != COST)
    if alike:
        yield Screen(text("present.alike"), lines=tuple(alike), is_list=True)


def _line(found: FullRun, line: LineText, scenario: int, *, has_levels: bool = True) -> Screen:
    cell = line.cells[scenario - 1]
    name = found.study.drafts[scenario - 1].title
    levels = text("present.levels", level=cell.level, name=name, reference=line.reference)
    sentences = (levels, _interval(found, cell)) if has_levels else (_interval(found, cell),)
    return Screen(
        line.label,
        cell.difference or cell.word,
        cell.word if cell.difference else "",
        cell.tone,
        tuple(one for one in sentences if one),
    )


def _interval(found: FullRun, cell: CellText) -> str:
    if not cell.interval:
        return ""
    return text("present.interval", interval=cell.interval, share=share_text(found.count))


def _reason(found: FullRun, scenario: int, place: str) -> Iterator[Screen]:
    """What holds back, in the sentence of the page; nothing where nothing is told."""
    pair = most_pressed(found, scenario, place)
    if pair is None:
        return
    scenarios = [found.experiment.scenarios[one.position] for one in pair]
    where = place_text(found.experiment.reference.base, pair[1].territory)
    name = found.study.drafts[scenario - 1].title
    yield Screen(text("why.holds_back"), lines=(turned(*pair, scenarios, name, where),))


def _decisions(
    found: FullRun, scenario: int, options: Options, told: OptionsText, place: str
) -> Screen:
    pair = most_pressed(found, scenario, place)
    listed = decisions(found, scenario, options, told, pair and pair[1])
    return Screen(text("present.decide"), lines=tuple(listed), is_list=True)
