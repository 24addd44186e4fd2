"""The scores of past forecasts, read from the page that the backtest writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sim.top_folder import top_folder

PAGE = top_folder() / "docs" / "backtest.md"
SECTION = "## Three origins"
ROW = re.compile(r"\| `(\w+)` \| ([\d.+-]+) \| ([\d.+-]+) \| ([\d.+-]+) \| ([\d.+-]+) \|")
DATE = re.compile(r"on (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Score:
    """One method over all departments, in per cent."""

    method: str
    error: float
    bias: float
    crps: float
    inside: float


@dataclass(frozen=True)
class Scoreboard:
    """The scores of all methods, and the day of the page."""

    day: str
    scores: tuple[Score, ...]


@cache
def scoreboard() -> Scoreboard | None:
    """The scores of the shipped page; None where it is not there."""
    try:
        page = PAGE.read_text(encoding="utf-8")
    except OSError:
        return None
    _, _, after = page.partition(SECTION)
    first = after.partition("\n### ")[0]
    scores = tuple(
        Score(name, float(error), float(bias), float(crps), float(inside))
        for name, error, bias, crps, inside in ROW.findall(first)
    )
    day = DATE.search(page)
    return Scoreboard(day[1] if day else "", scores) if scores else None
