"""In how many simulations a scenario does better than the reference, line by line."""

from __future__ import annotations

import numpy as np

from sim.outcomes.definitions import outcome_definition
from ui.numbers import number
from ui.options_words import OptionsText
from ui.spoken import text
from ui.work.options import COST, PRICE, Line, Options
from ui.work.results import FullRun

SIGN = {"higher": 1.0, "lower": -1.0}
"""Of a difference that is better; what is judged neither way has no odds."""
NO_ODDS = "–"


def better_in(found: FullRun, scenario: int, outcome: str, place: str) -> int | None:
    """Replications in which an outcome is better than under the reference; None without values."""
    gains = found.whole(scenario, outcome, place) - found.whole(0, outcome, place)
    if np.isnan(gains).any():
        return None
    return int((SIGN[outcome_definition(outcome).better] * gains > 0.0).sum())


def odds_rows(found: FullRun, options: Options, told: OptionsText) -> list[list[str]]:
    """The lines of the options that are judged, with the number of replications by scenario."""
    scenarios = range(1, len(found.experiment.scenarios))
    rows = []
    for line, words in zip(options.lines, told.lines, strict=True):
        if line.key in (COST, PRICE) or outcome_definition(line.key).better not in SIGN:
            continue
        counts = [_written(found, line, one, options.place) for one in scenarios]
        rows.append([words.label, *counts])
    return rows


def _written(found: FullRun, line: Line, scenario: int, place: str) -> str:
    if line.cells[scenario - 1].verdict == "same":
        return text("options.same")
    count = better_in(found, scenario, line.key, place)
    return NO_ODDS if count is None else number(count)
