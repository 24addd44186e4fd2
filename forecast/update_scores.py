"""How forecasts of the level score before and after an update, from the origins that it reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import month_of, month_text
from forecast.backtest import HORIZON, ORIGINS, model_forecasts
from forecast.panel import LEAST_MONTHS, Panel
from forecast.panel_changes import Changes
from forecast.scores import score
from forecast.spread_check import learned

MOST_NEW_ORIGINS = 3


@dataclass(frozen=True)
class Score:
    """Means over departments and months ahead: percent of the observed, share inside 90 %."""

    departments: int
    mape: float
    coverage_90: float
    last_value_mape: float


@dataclass(frozen=True)
class MovedScore:
    """One origin, scored on the panel before (None: what came was not known) and after."""

    origin: int
    before: Score | None
    after: Score

    def record(self) -> dict[str, object]:
        """The same as plain numbers."""
        return {
            "origin": month_text(self.origin),
            "before": None if self.before is None else _record(self.before),
            "after": _record(self.after),
        }


def reached_origins(before: Panel, after: Panel, changed: Changes) -> tuple[int, ...]:
    """The origins whose score a newer panel gives or moves, oldest first.

    Those of the scoreboard if known values were revised; the end of the months before, and each
    year after it, at most three, as far as the months that came reach.
    """
    old = [month_of(one) for one in ORIGINS] if changed.revisions else []
    new = range(before.last_monthly, after.last_monthly - HORIZON + 1, HORIZON)
    reached = [*old, *list(new)[-MOST_NEW_ORIGINS:]]
    return tuple(one for one in reached if one >= after.first_monthly + LEAST_MONTHS - 1)


def moved_scores(before: Panel, after: Panel, changed: Changes) -> list[MovedScore]:
    """Scores of the model from every origin that an update reaches: seconds for each origin."""
    found = []
    for origin in reached_origins(before, after, changed):
        now = _score(after, origin)
        if now is not None:
            found.append(MovedScore(origin, _score(before, origin), now))
    return found


def _score(panel: Panel, origin: int) -> Score | None:
    """The model's score over the departments whose months all came; None without any."""
    end = origin + HORIZON
    if end > panel.last_monthly:
        return None
    series = {code: panel.series(code) for code in panel.departments}
    whole = [
        code for code, one in series.items() if one.last_month >= end and one.first_month <= origin
    ]
    if not whole:
        return None
    forecasts = model_forecasts(learned(panel.until(origin), HORIZON), HORIZON)
    absolute, covered, still = [], [], []
    for code in whole:
        one = series[code]
        after = origin - one.first_month + 1
        observed = one.households[after : after + HORIZON]
        scores = score(forecasts[code], observed)
        absolute.append(float(np.mean(scores.absolute)))
        covered.append(float(np.mean(scores.covered)))
        last = one.households[after - 1]
        still.append(float(np.mean(np.abs(100.0 * (last / observed - 1.0)))))
    means = (float(np.mean(one)) for one in (absolute, covered, still))
    return Score(len(whole), *means)


def _record(one: Score) -> dict[str, object]:
    return {
        "departments": one.departments,
        "mape": round(one.mape, 4),
        "coverage_90": round(one.coverage_90, 4),
        "last_value_mape": round(one.last_value_mape, 4),
    }
