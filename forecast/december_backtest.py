"""Forecasts of ends of year scored on what came, for origins after which no month was published.

From a December every method forecasts the next Decembers, the benchmarks on the department's ends
of year; from the last month of the monthly series, the Decembers after it, the benchmarks on its
months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from brought.series import Whole
from forecast.backtest import METHODS, MODEL, model_forecasts
from forecast.benchmarks import SIMPLE, YEAR, benchmark_forecasts
from forecast.panel import Panel
from forecast.scores import Forecast, score
from forecast.spread_check import learned

YEARS = (2020, 2021, 2022, 2023)
LONGEST_YEARS = 3


@dataclass(frozen=True)
class DatedScore:
    """One forecast of one date: ``origin`` is the last month that was known, ``ahead`` months.

    ``error`` (forecast minus observed) and ``crps`` are percent of what was observed; ``covered``
    is 1 where the central 90 % interval holds it.
    """

    department: str
    origin: int
    ahead: int
    method: str
    error: float
    crps: float
    covered: float


def score_decembers(
    panel: Panel, years: Sequence[int] = YEARS, departments: Iterable[str] | None = None
) -> list[DatedScore]:
    """From the end of each year to the next one, two and three Decembers, where they are known."""
    rows: list[DatedScore] = []
    for year in years:
        origin = YEAR * year + YEAR - 1
        ahead = YEAR * np.arange(1, LONGEST_YEARS + 1)
        known = panel.until(origin)
        is_end = known.months % YEAR == YEAR - 1
        model = model_forecasts(learned(known, int(ahead[-1])), int(ahead[-1]))
        for code in _known_at(known, origin, departments):
            ends = known.households[known.departments.index(code), is_end]
            simple = benchmark_forecasts(ends[np.isfinite(ends)], LONGEST_YEARS)
            made = {MODEL: _at(model[code], ahead), **simple}
            rows += _scored(panel, code, origin, ahead, made)
    return rows


def score_after_months(
    panel: Panel,
    origin: int,
    horizon: int,
    departments: Iterable[str] | None = None,
    methods: Sequence[str] = SIMPLE,
) -> list[DatedScore]:
    """From the last month before a silence to every date within the horizon that is known.

    By the model, and by the benchmarks among ``methods``.
    """
    known = panel.until(origin)
    ahead = panel.months[(panel.months > origin) & (panel.months <= origin + horizon)] - origin
    model = model_forecasts(learned(known, horizon), horizon)
    rows: list[DatedScore] = []
    for code in _known_at(known, origin, departments):
        simple = benchmark_forecasts(known.series(code).households, horizon, methods)
        made = {name: _at(one, ahead) for name, one in {MODEL: model[code], **simple}.items()}
        rows += _scored(panel, code, origin, ahead, made)
    return rows


def dated_means(rows: Iterable[DatedScore]) -> dict[str, dict[str, float]]:
    """By method: means over departments and origins, and how many forecasts they are of."""
    found: dict[str, dict[str, float]] = {}
    chosen = list(rows)
    for method in METHODS:
        own = [row for row in chosen if row.method == method]
        if own:
            found[method] = {
                "forecasts": len(own),
                "mape": float(np.mean([abs(row.error) for row in own])),
                "bias": float(np.mean([row.error for row in own])),
                "crps": float(np.mean([row.crps for row in own])),
                "coverage_90": float(np.mean([row.covered for row in own])),
            }
    return found


def _known_at(known: Panel, origin: int, departments: Iterable[str] | None) -> list[str]:
    chosen = set(known.departments if departments is None else departments)
    dated = zip(known.departments, known.last_known, strict=True)
    return [code for code, last in dated if last == origin and code in chosen]


def _at(forecast: Forecast, ahead: Whole) -> Forecast:
    """The forecast of some months ahead only."""
    return Forecast(forecast.central[ahead - 1], forecast.points[ahead - 1])


def _scored(
    panel: Panel, code: str, origin: int, ahead: Whole, made: dict[str, Forecast]
) -> list[DatedScore]:
    row = dict(
        zip(panel.months.tolist(), panel.households[panel.departments.index(code)], strict=True)
    )
    came = np.array([row.get(origin + int(one), np.nan) for one in ahead])
    is_known = np.isfinite(came)
    found = []
    for method, forecast in made.items():
        kept = Forecast(forecast.central[is_known], forecast.points[is_known])
        scores = score(kept, came[is_known])
        each = zip(ahead[is_known], scores.error, scores.crps, scores.covered, strict=True)
        found += [
            DatedScore(code, origin, int(one), method, float(error), float(crps), float(covered))
            for one, error, crps, covered in each
        ]
    return found
