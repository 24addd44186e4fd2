"""The validation report: its pages are what is kept, nothing that fails is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.lever_curves import COLUMNS, Asked, Cell, Curve, Measured
from benchmarks.validation import extremes_kept, schemes_kept
from benchmarks.validation.balances import BALANCES, unbalanced
from benchmarks.validation.extremes import EXTREMES, Must
from benchmarks.validation.extremes_measured import run_of
from benchmarks.validation.figures_page import targets_of
from benchmarks.validation.levers_page import Course, course_of
from benchmarks.validation.parts import Part
from benchmarks.validation.report import pages, parts
from benchmarks.validation.told_pages import goals_of, table_under
from sim.ledger import LedgerShape, empty_ledger
from sim.vocabulary import Record, Stock
from ui.reports.calibration.fits_page import shipped_cards
from ui.reports.forecast.scoreboard_text import MISSED

DOCS = Path(__file__).resolve().parents[2] / "docs"
LEVERS = "validation/levers.md"
REFERENCE = 1.0
COLUMN = COLUMNS[0]


@cache
def report() -> tuple[list[Part], dict[str, str]]:
    return parts(DOCS), dict(pages(DOCS))


def test_the_pages_are_what_the_kept_numbers_give() -> None:
    _, written = report()
    for name, text in written.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, name
    there = {page.relative_to(DOCS).as_posix() for page in (DOCS / "validation").glob("*.md")}
    assert there == set(written) - {"validation.md"}
    for kept in (schemes_kept, extremes_kept):
        text = (DOCS / kept.FILE).read_text(encoding="utf-8")
        assert text == kept.written(kept.kept(DOCS))  # type: ignore[arg-type]


def test_every_failure_is_on_the_first_page() -> None:
    found, written = report()
    first = " ".join(written["validation.md"].split())
    for part in found:
        assert f"{part.title}]({part.link}): {part.failed} of {part.tested}" in first
        for failure in part.failures:
            assert " ".join(failure.line.split()) in first
        turned = written[LEVERS].count("**turns") if part.link == LEVERS else len(part.failures)
        assert turned == part.failed, part.title


def test_every_target_stands_with_its_row_period_and_source() -> None:
    """Those of the cards are those that are declared now, which have the row and the period."""
    page = report()[1]["validation/figures.md"]
    for fit, card in shipped_cards().items():
        told = [(one["id"], one["value"], one["use"]) for one in card["targets"]]
        assert told == [(one.id, one.value, one.use) for one in targets_of(fit)]
    names = [one.id for fit in shipped_cards() for one in targets_of(fit)]
    for name in set(names):
        assert page.count(f"| `{name}`<br>") == names.count(name), name


def test_the_goals_of_a_page() -> None:
    page = "\n".join(
        [
            "## Wanted",
            "- At most 1 %: 0.9 %, reached.",
            "Seen. At most 2 %: 3 %, **missed**.",
            "- Half inside: 50 %, reached; of the last: 90 %, **missed**.",
        ]
    )
    assert [(goal.words, goal.is_reached) for goal in goals_of(page)] == [
        ("At most 1 %: 0.9 %", True),
        ("Seen. At most 2 %: 3 %", False),
        ("Half inside: 50 %", True),
        ("Half inside; of the last: 90 %", False),
    ]
    scoreboard = (DOCS / "backtest.md").read_text(encoding="utf-8")
    found = goals_of(scoreboard)
    assert sum(not goal.is_reached for goal in found) == scoreboard.count(MISSED)
    assert sum(goal.is_reached for goal in found) == scoreboard.count(", reached")
    with pytest.raises(ValueError, match="no table"):
        table_under("## Empty\n\nNothing.", "## Empty")


def curve(ends: Sequence[tuple[float, float] | None]) -> Curve:
    """A made-up curve; its second point is the reference."""
    points = []
    for at, pair in enumerate(ends):
        low, high = pair or (None, None)
        cell = Cell(0.0, 1.0 if pair is None else sum(pair) / 2, low, high)
        points.append(Measured(str(at), at, (Asked("time", "", 1.0),), {COLUMN.name: cell}))
    return Curve(1, "", "", tuple(points))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([(-2.0, -1.0), (0.0, 0.0), (0.5, 2.0)], Course.RISES),
        ([(1.0, 2.0), (0.0, 0.0), (-2.0, 1.0)], Course.FALLS),
        ([(-1.0, 1.0), (0.0, 0.0), (-2.0, 0.5)], Course.FLAT),
        ([(1.0, 2.0), (0.0, 0.0), (0.5, 2.0)], Course.TURNS),
        ([(1.0, 2.0), (0.0, 0.0), None], Course.UNKNOWN),
    ],
)
def test_the_course_of_a_curve(
    ends: Sequence[tuple[float, float] | None], expected: Course
) -> None:
    assert course_of(curve(ends), REFERENCE, COLUMN) is expected


def test_what_is_lost_is_seen() -> None:
    ledger = empty_ledger(LedgerShape(0, 3, 2, 2, 4))
    assert not unbalanced(ledger)
    ledger.stocks[Stock.HOUSEHOLDS, 2, 0, 0] = 1
    ledger.stocks[Stock.WAITING_FOR_ORIENTATION, 1, 1, 0] = 1
    ledger.flows[Record.WAIT_FOR_CASEWORKER_STARTED, 0, 0, 1, 0, 0] = 1
    ledger.flows[Record.STAFF_MINUTES_LEFT, 0, 0, 0, 0, 1] = 1
    assert unbalanced(ledger) == list(BALANCES)


def test_every_condition_was_run_as_it_is_declared() -> None:
    runs = extremes_kept.kept(DOCS).runs
    assert list(runs) == [one.key for one in EXTREMES]
    for one in EXTREMES:
        declared = [(must.outcome, must.sign) for must in one.must]
        assert [(row.outcome, row.sign) for row in runs[one.key].outcomes] == declared


@pytest.mark.slow
@pytest.mark.parametrize("key", ["no_staff_no_effect", "portfolios_of_one"])
def test_a_condition_that_is_run_again_holds(key: str) -> None:
    (one,) = (one for one in EXTREMES if one.key == key)
    never = Must("caseload_households", "<", 0.0)
    run = run_of(replace(one, must=(*one.must, never)), seeds=(1,), months=6)
    assert not run.broken
    assert [row.held for row in run.outcomes] == [*(1 for _ in one.must), 0]
