"""The parts of the page of the spending forecasts that replay a published series of euro."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.benchmarks import YEAR
from forecast.family_funds import la_reunion_amounts
from forecast.panel import Panel
from forecast.spending.accounts import Accounts
from forecast.spending.country_replay import DecemberRow, replayed_decembers
from forecast.spending.landing_replay import MONTHS_KNOWN, LandingRow, foreseen, replayed
from forecast.spending.passage import Passage, passage
from ui.reports.markdown import table

MILLION = 1e6
PERCENT = 100.0
LANDED = (MONTHS_KNOWN, 6)
"""Months of the year that are known when it is landed."""
DECEMBER_METHODS = ("model", "model, upratings as they came", "one to one", "no change")
COUNTRY = """
The mean amount of a household of the whole country (CNAF, households that the family funds pay) in
December, forecast in the December before: what was known then are the earlier Decembers, accounts
of departments until the year before, and the base amounts in force; the last yearly uprating is
expected again. `one to one` raises the last December as the base amount rose in the year, **which
was not known**: it is to be compared with the second method, which is the model with the same
knowledge. Errors in percent of what came.
"""
LANDING = """
La Réunion, the one department that is published by month (CNAF): a calendar year of months of
right, its first months known in households and euro, together with what was known in the last of
them elsewhere. `rule`: the same months of last year × the growth so far. Errors in percent of the
year.
"""
AHEAD = """
The same department, each year forecast when September of the year before is the last month known.
`rule`: the last twelve months × their growth over the twelve before.
"""
PASSAGE = """
How much of an uprating is in the mean amount of La Réunion in the month of the uprating and in
those after it, learnt from its months to {last}; the month of right counts. All of it arrives by
construction: what does not is a movement of the ratio. The error is one standard deviation.
"""
SEASON = """
The mean amount of a month above that of the year, percent (same series):
"""


@dataclass(frozen=True)
class Replays:
    """All that is replayed: Decembers, landings by months known, years ahead, the passage."""

    decembers: list[DecemberRow]
    landings: dict[int, list[LandingRow]]
    ahead: list[LandingRow]
    passage: Passage

    def summary(self) -> list[dict[str, object]]:
        """Mean sizes of the errors in percent, those of the rule, and coverage.

        The rule of the Decembers is one to one with the base amounts that came.
        """
        errors = [(row.errors_percent[0], row.errors_percent[2]) for row in self.decembers]
        found = [_summary("december", errors, [row.is_covered for row in self.decembers])]
        every = {f"landing_{known}_months": rows for known, rows in self.landings.items()}
        for name, rows in {**every, "year_ahead": self.ahead}.items():
            errors = [(row.error_percent, row.rule_error_percent) for row in rows]
            found.append(_summary(name, errors, [row.is_covered for row in rows]))
        return found


def replays(panel: Panel, accounts: Accounts) -> Replays:
    """Replay everything."""
    months, _ = la_reunion_amounts()
    return Replays(
        replayed_decembers(accounts),
        {known: replayed(panel, accounts, known=known) for known in LANDED},
        foreseen(panel, accounts),
        passage(int(months[-1])),
    )


def replay_parts(found: Replays) -> list[str]:
    """The sections in Markdown."""
    last = la_reunion_amounts()[0][-1]
    parts = ["## The mean amount of the country, from one December to the next", COUNTRY]
    parts += [december_table(found.decembers), _decembers_told(found.decembers)]
    parts += ["## The landing of a year with some of its months paid", LANDING]
    for known, rows in found.landings.items():
        parts += [f"**{known} months known**", landing_table(rows), _landings_told(rows)]
    parts += ["## Years of the department known by month, forecast the October before", AHEAD]
    parts += [landing_table(found.ahead), _landings_told(found.ahead)]
    parts += [
        "## How an uprating arrives, and the season",
        PASSAGE.format(last=f"{last // YEAR:04d}-{last % YEAR + 1:02d}"),
        passage_table(found.passage),
        SEASON,
        season_table(found.passage),
    ]
    return parts


def december_table(rows: Sequence[DecemberRow]) -> str:
    """Each December: what came, the forecast, and the errors of the methods."""
    heads = ("December", "Came €", "Model €", "90 % interval €", "Inside")
    lines = [
        [
            str(row.year),
            f"{row.came:.1f}",
            f"{row.forecast:.1f}",
            f"{row.low:.1f} – {row.high:.1f}",
            _inside(row.is_covered),
            *(f"{error:+.2f}" for error in row.errors_percent),
        ]
        for row in rows
    ]
    return table((*heads, *(f"{name} %" for name in DECEMBER_METHODS)), lines)


def landing_table(rows: Sequence[LandingRow]) -> str:
    """Each year: what came, the forecast, its error and that of the rule."""
    heads = ("Year", "Came M€", "Model M€", "90 % interval M€", "Inside", "Error %", "`rule` %")
    lines = [
        [
            str(row.year),
            f"{row.came / MILLION:.1f}",
            f"{row.landing / MILLION:.1f}",
            f"{row.low / MILLION:.1f} – {row.high / MILLION:.1f}",
            _inside(row.is_covered),
            f"{row.error_percent:+.2f}",
            f"{row.rule_error_percent:+.2f}",
        ]
        for row in rows
    ]
    return table(heads, lines)


def passage_table(found: Passage) -> str:
    """Shares of an uprating by month, their sum so far, and their errors."""
    errors = PERCENT * np.sqrt(np.diag(found.errors))
    sums = np.cumsum(found.shares)
    lines = [
        [str(lag), f"{PERCENT * share:.0f}", f"{error:.0f}", f"{PERCENT * arrived:.0f}"]
        for lag, (share, error, arrived) in enumerate(zip(found.shares, errors, sums, strict=True))
    ]
    return table(("Months after", "Share %", "Error", "Arrived so far %"), lines)


def season_table(found: Passage) -> str:
    """What each calendar month has above the year."""
    heads = [str(month) for month in range(1, YEAR + 1)]
    return table(heads, [[f"{PERCENT * one:+.2f}" for one in found.season]])


def _decembers_told(rows: Sequence[DecemberRow]) -> str:
    sizes = np.abs([row.errors_percent for row in rows]).mean(axis=0)
    texts = [f"`{name}` {size:.2f} %" for name, size in zip(DECEMBER_METHODS, sizes, strict=True)]
    inside = sum(row.is_covered for row in rows)
    return f"Mean size of the error: {', '.join(texts)}; {inside} of {len(rows)} inside."


def _landings_told(rows: Sequence[LandingRow]) -> str:
    errors = [(row.error_percent, row.rule_error_percent) for row in rows]
    return _told(_summary("", errors, [row.is_covered for row in rows]), "`rule`")


def _told(one: dict[str, object], rule: str) -> str:
    mine, other = float(str(one["mape"])), float(str(one["rule_mape"]))
    return (
        f"Mean size of the error: {mine:.2f} %, of {rule} {other:.2f} % (ratio "
        f"{mine / other:.2f}); {one['inside_90']} of {one['years']} inside the interval."
    )


def _summary(
    name: str, errors: Sequence[tuple[float, float]], inside: Sequence[bool]
) -> dict[str, object]:
    mine, rule = np.abs(np.array(errors)).mean(axis=0)
    return {
        "replayed": name,
        "years": len(inside),
        "mape": round(float(mine), 4),
        "rule_mape": round(float(rule), 4),
        "inside_90": int(sum(inside)),
    }


def _inside(is_covered: bool) -> str:
    return "yes" if is_covered else "no"
