"""The options side by side: words agree with intervals, numbers with their rounding."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from app_worlds import Done

from sim.outcomes.table import ALL
from ui.numbers import number
from ui.options_words import SUMMED, line_text, options_text, summary_of
from ui.spoken import speaking, text, words
from ui.take_away import tables
from ui.work.options import COST, PRICE, ROWS, Cell, Options, Span, compared_cell, options_of
from ui.work.results import FullRun
from ui.work.shared import results_of

PLACES = (ALL, "coquelicot")
DELAY = "wait_for_caseworker_days_mean"


@pytest.fixture(scope="module")
def run(done: Done) -> FullRun:
    found = results_of(done.study)
    assert found is not None
    return found


def cells_of(options: Options) -> list[tuple[str, Cell]]:
    return [(line.key, cell) for line in options.lines for cell in line.cells]


@pytest.mark.parametrize("place", PLACES)
def test_a_word_agrees_with_its_interval(run: FullRun, place: str) -> None:
    options = options_of(run, place)
    assert [row.key for row in options.rows] == list(ROWS)
    for key, cell in cells_of(options):
        mean, low, high = cell.difference
        if cell.verdict in ("none", "priced"):
            continue
        assert low <= mean <= high, key
        is_apart = low > 0.0 or high < 0.0
        assert is_apart == (cell.verdict not in ("untold", "same")), key


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_told_apart_is_never_written_as_nothing(
    run: FullRun, place: str, language: str
) -> None:
    options = options_of(run, place)
    with speaking(language):  # type: ignore[arg-type]
        told = options_text(run, options)
        summary = summary_of(run, options, 1)
    for line, written in zip(options.lines, told.lines, strict=True):
        is_said = line.cells[0].verdict in SUMMED
        assert (written.label.partition(", ")[0][1:] in summary) == is_said, written.label
    for line, written in zip(options.lines, told.lines, strict=True):
        for cell, shown in zip(line.cells, written.cells, strict=True):
            assert shown.word
            if cell.verdict in ("better", "worse", "more", "less"):
                assert re.search(r"[1-9]", shown.difference), shown
                assert shown.level != written.reference, shown
                ends = shown.interval.split(" à " if language == "fr" else " to ")
                assert all(re.search(r"[1-9]", end) for end in ends), shown


def test_a_difference_too_small_for_two_digits_is_not_called_nothing(run: FullRun) -> None:
    before = np.full(12, 0.5)
    after = before + np.linspace(1e-6, 2e-6, 12)
    cell = compared_cell(before, after, "contacts_held_per_person")
    assert cell.verdict == "better"
    options = options_of(run)
    line = replace(options.line("contacts_held_per_person"), reference=0.5, cells=(cell,))
    told = line_text(line)
    assert told.cells[0].difference == text("options.tiny", smallest="0,0001")


def test_a_delay_at_its_ceiling_is_a_bound_and_never_called_identical(run: FullRun) -> None:
    at_ceiling, below = np.full(12, 180.0), np.linspace(100.0, 104.0, 12)
    both = compared_cell(at_ceiling, at_ceiling, DELAY)
    assert (both.verdict, both.is_bound) == ("untold", True)
    better = compared_cell(at_ceiling, below, DELAY)
    assert (better.verdict, better.is_bound) == ("better", True)
    options = options_of(run)
    line = replace(options.line(DELAY), reference=180.0, cells=(both, better))
    row = replace(options.rows[0], lines=(line,))
    told = options_text(run, replace(options, rows=(row, *options.rows[1:])))
    assert told.lines[0].reference == "180 jours ou plus"
    first, second = told.lines[0].cells
    assert (first.level, first.difference) == ("180 jours ou plus", text("options.both_at_ceiling"))
    assert second.difference == text("options.at_least", difference=f"−{number(78, 1)} jours")
    assert text("options.ceiling", days="180") in told.notes


def test_money_is_of_the_whole_department_and_says_so(run: FullRun) -> None:
    told = options_text(run, options_of(run, "coquelicot"))
    labels = {line.key: line.label for line in told.lines}
    for key in (COST, PRICE):
        assert "département entier" in labels[key]


def test_a_price_is_a_value_in_the_workbook_and_no_difference(
    run: FullRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = options_of(run)
    cell = Cell(float("nan"), Span(12_000.0, 9_000.0, 20_000.0), "priced")
    rows = [
        replace(row, lines=(replace(row.lines[0], cells=(cell,)),)) if row.key == PRICE else row
        for row in options.rows
    ]
    priced = replace(options, rows=tuple(rows))
    monkeypatch.setattr(tables, "options_of", lambda _, place: replace(priced, place=place))
    heads, table = words("export.options"), tables.options(run)
    (row,) = table[table[heads["word"]] == text("options.priced")].to_dict("records")
    assert row[heads["value"]] == 12_000.0
    assert not np.isfinite([row[heads[one]] for one in ("difference", "low", "high")]).any()
    assert "k€" in row[heads["written"]]
