"""Forecasts and levels, as the scoreboard and docs/france.md tell them: for the first page."""

from __future__ import annotations

from pathlib import Path

from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.told_pages import day_of, goals_of, table_under
from benchmarks.validation.wording import folded, lines_of_table
from ui.reports.forecast.scoreboard_text import REACHED, reached

TITLE = "Forecasts on the past"
LINK = "backtest.md"
FRANCE = "france.md"
PLACE = "Forecasts"
SCORES = "## Three origins, 12 months ahead"
LEVELS = "# Every department as it is today"
SUMMED = "Of "
"""How the sentence on all departments with accounts begins."""
ACCOUNTS = "## The allowance of 2025 beside the accounts"


def _read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def part(folder: Path) -> Part:
    """How many goals of the scoreboard are reached, and those that are missed."""
    page = _read(folder, LINK)
    goals = goals_of(page)
    return Part(
        TITLE,
        LINK,
        REACHED,
        [Count(PLACE, "goals", len(goals), sum(goal.is_reached for goal in goals))],
        [
            Failure(goal.heading, "", f"{goal.words}, missed.")
            for goal in goals
            if not goal.is_reached
        ],
        [Measurement("", day_of(page))],
    )


def section(folder: Path) -> list[str]:
    """The part of the first page: goals, scores, and the levels of all departments."""
    page, france = _read(folder, LINK), _read(folder, FRANCE)
    heads, *scores = table_under(page, SCORES)
    country_heads, *country = table_under(france, LEVELS)
    account_heads, *accounts = table_under(france, ACCOUNTS)
    return [
        f"## {TITLE}",
        "",
        *folded(
            "The statistical forecast of the number of households, scored on what came after it "
            "([backtest.md](backtest.md), where the benchmarks, the Decembers and each department "
            "stand), and the goals that were set for it."
        ),
        "",
        *lines_of_table(
            ("forecast", "goal, and what was found", ""),
            [(goal.heading, goal.words, reached(goal.is_reached)) for goal in goals_of(page)],
        ),
        "",
        "Means over all departments, three origins, 12 months ahead:",
        "",
        *lines_of_table(heads, scores),
        "",
        "## Levels of every department",
        "",
        *folded(
            "All of France as it is today ([france.md](france.md)): no interval, so nothing here "
            "is inside or outside."
        ),
        "",
        *lines_of_table([head or " " for head in country_heads], country),
        "",
        *lines_of_table(account_heads, accounts),
        "",
        *folded(next(line for line in france.splitlines() if line.startswith(SUMMED))),
    ]
