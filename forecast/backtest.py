"""Forecasts from origins in the past, scored on what came: the rows of the scoreboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from brought.series import SHORTEST_MONTHS, Floats, Series, month_text
from forecast.benchmarks import BENCHMARKS, COMBINATION, benchmark_forecasts
from forecast.growth_outlook import not_narrowing, outlook
from forecast.panel import LEAST_MONTHS, Panel
from forecast.scores import Forecast, Scores, heavy_tailed_forecast, score
from forecast.shared_dynamics import Dynamics
from forecast.single_series import forecast_series
from forecast.spread_check import learned
from sim.errors import Fault, InputError

MODEL = "model"
METHODS = (MODEL, *BENCHMARKS, COMBINATION)
ORIGINS = ("2018-06", "2018-12", "2019-02")
HORIZON = 12

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ScoredForecast:
    """One forecast of one department from one origin by one method, with what came."""

    department: str
    origin: int
    method: str
    forecast: Forecast
    observed: Floats
    scores: Scores

    def record(self) -> dict[str, object]:
        """The row as plain numbers: means over the horizon, then month by month."""
        low, high = self.forecast.interval()
        scores = self.scores
        months = zip(
            self.observed, self.forecast.central, low, high, scores.error, scores.crps,
            scores.covered, strict=True,
        )  # fmt: skip
        return {
            "department": self.department,
            "origin": month_text(self.origin),
            "method": self.method,
            **means(scores),
            "by_horizon": [
                {
                    "horizon": ahead,
                    "month": month_text(self.origin + ahead),
                    "observed": int(observed),
                    "forecast": round(float(central), 1),
                    "low_90": round(float(bottom), 1),
                    "high_90": round(float(top), 1),
                    "mape": round(abs(float(error)), 4),
                    "bias": round(float(error), 4),
                    "crps": round(float(crps), 4),
                    "coverage_90": float(covered),
                }
                for ahead, (observed, central, bottom, top, error, crps, covered) in enumerate(
                    months, start=1
                )
            ],
        }


def means(scores: Scores) -> dict[str, float]:
    """Means over the horizon: percent of the observed households, and the share covered."""
    return {
        "mape": round(float(np.mean(scores.absolute)), 4),
        "bias": round(float(np.mean(scores.error)), 4),
        "crps": round(float(np.mean(scores.crps)), 4),
        "coverage_90": round(float(np.mean(scores.covered)), 4),
    }


def backtest_panel(
    panel: Panel,
    origins: Sequence[int],
    horizon: int,
    departments: Iterable[str] | None = None,
    on_progress: Progress = lambda _: None,
) -> list[ScoredForecast]:
    """Every department of a panel, or some, from every origin; raises `InputError`.

    The model learns from all departments in any case.
    """
    chosen = list(panel.departments if departments is None else departments)
    for origin in origins:
        _check_origin(origin, panel.last_monthly, horizon)
    rows: list[ScoredForecast] = []
    for origin in origins:
        forecasts = model_forecasts(learned(panel.until(origin), horizon), horizon)
        for department in chosen:
            on_progress(f"{month_text(origin)}, department {department}")
            series = panel.series(department)
            rows += _rows(series, origin, horizon, forecasts[department])
    return rows


def model_forecasts(dynamics: Dynamics, horizon: int) -> Mapping[str, Forecast]:
    """The model's forecast of every department of its panel, from its own last known figure."""
    panel = dynamics.panel
    made: dict[str, Forecast] = {}
    for start in np.unique(panel.last_known):
        found = outlook(dynamics, horizon, start=int(start))
        rows = np.flatnonzero(panel.last_known == start)
        levels = np.log(panel.households[rows][:, panel.months == start])
        sd = np.sqrt(found.own_variance[rows] + found.common_variance) / 100.0
        if start == panel.last_month:
            sd = not_narrowing(sd)
        every = heavy_tailed_forecast(levels + found.mean[rows] / 100.0, sd)
        names = [panel.departments[row] for row in rows]
        made |= dict(zip(names, map(Forecast, every.central, every.points), strict=True))
    return made


def backtest_series(
    panel: Panel, series: Series, origins: Sequence[int] | None, horizon: int
) -> tuple[list[ScoredForecast], list[str]]:
    """One user's series, and what its length does not allow.

    Without ``origins`` they are chosen: the last one that the horizon allows, and those 6 and 12
    months before. The model learns from the panel up to each origin.
    """
    first = max(series.first_month + SHORTEST_MONTHS, panel.first_monthly + LEAST_MONTHS) - 1
    notes = []
    if origins is None:
        last = series.last_month - horizon
        origins = [month for month in (last - 12, last - 6, last) if month >= first]
        if not origins:
            needed = SHORTEST_MONTHS + horizon
            possible = series.last_month - first
            shorter = (
                f"--horizon {possible} is possible."
                if possible > 0
                else f"The first possible origin is {month_text(first)}."
            )
            notes.append(
                f"{len(series.households)} months: no backtest over {horizon} months, which needs "
                f"{needed} ({SHORTEST_MONTHS} before the origin, {horizon} after it). {shorter}"
            )
        elif len(origins) < 3:
            notes.append(f"{len(series.households)} months allow {len(origins)} of 3 origins.")
    for origin in origins:
        _check_origin(origin, series.last_month, horizon)
        if origin < first:
            found = month_text(origin)
            accepted = f"{month_text(first)} or later: {SHORTEST_MONTHS} months before the origin"
            raise InputError([Fault("command line", "--origins", found, accepted)])
    rows: list[ScoredForecast] = []
    for origin in origins:
        dynamics = learned(panel.until(min(origin, panel.last_month)), horizon)
        past = _past(series, origin)
        scored = _rows(series, origin, horizon, forecast_series(dynamics, past, horizon))
        missing = [name for name in METHODS if name not in {row.method for row in scored}]
        if missing:
            notes.append(f"{month_text(origin)}: {_why_left_out(past, missing)}")
        rows += scored
    if origins and panel.last_month < origins[-1]:
        notes.append(
            f"The panel that the model learns from ends in {month_text(panel.last_month)}: "
            "`caseload data update` imports newer months."
        )
    return rows, notes


def summary(rows: Sequence[ScoredForecast]) -> list[dict[str, object]]:
    """By method, over departments and origins: the means, and each month ahead."""
    found: list[dict[str, object]] = []
    for method in METHODS:
        chosen = [row.scores for row in rows if row.method == method]
        if not chosen:
            continue
        every = Scores(*(np.stack(column) for column in zip(*map(_columns, chosen), strict=True)))
        ahead = [
            {
                "horizon": month + 1,
                **means(Scores(*(column[:, month] for column in _columns(every)))),
            }
            for month in range(every.error.shape[1])
        ]
        found.append(
            {"method": method, "forecasts": len(chosen), **means(every), "by_horizon": ahead}
        )
    return found


def _columns(scores: Scores) -> tuple[Floats, ...]:
    return scores.error, scores.absolute, scores.crps, scores.covered


def _rows(series: Series, origin: int, horizon: int, model: Forecast) -> list[ScoredForecast]:
    after = origin - series.first_month + 1
    observed = series.households[after : after + horizon]
    forecasts = {MODEL: model, **benchmark_forecasts(series.households[:after], horizon)}
    return [
        ScoredForecast(
            series.department, origin, method, forecast, observed, score(forecast, observed)
        )
        for method, forecast in forecasts.items()
    ]


def _why_left_out(past: Series, missing: Sequence[str]) -> str:
    """Which methods a past does not give, and why."""
    count = len(past.households)
    needed = {name: months for name, (months, _) in BENCHMARKS.items()}
    short = [name for name in missing if count < needed.get(name, 0)]
    broken = [name for name in missing if name not in short and name != COMBINATION]
    reasons = [f"{count} months do not give {', '.join(short)}"] if short else []
    if broken:
        varies = "" if np.ptp(past.households) > 0.0 else ": it never changes"
        reasons.append(f"the series does not let {', '.join(broken)} be fitted{varies}")
    if COMBINATION in missing:
        reasons.append(f"so there is no {COMBINATION}")
    return "; ".join(reasons) + "."


def _past(series: Series, origin: int) -> Series:
    count = origin - series.first_month + 1
    return Series(series.department, series.first_month, series.households[:count])


def _check_origin(origin: int, last_month: int, horizon: int) -> None:
    if origin + horizon > last_month:
        found = f"{month_text(origin)} with {horizon} months ahead"
        latest = month_text(last_month - horizon)
        raise InputError(
            [Fault("command line", "--origins", found, f"{latest} or earlier: what came is known")]
        )
