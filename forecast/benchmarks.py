"""Simple forecasts of one monthly series, each with its distribution: what a model has to beat."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from brought.series import Floats
from forecast.scores import Forecast, log_normal_forecast, normal_forecast, pooled

YEAR = 12
COMBINED = ("last_value", "drift", "ets")
COMBINATION = "combination"
ARIMA_ORDER = (1, 1, 0)


def last_value(households: Floats, horizon: int) -> Forecast:
    """The last value stays; errors grow as a random walk."""
    sd = np.sqrt(np.mean(np.diff(households) ** 2))
    return normal_forecast(np.full(horizon, households[-1]), sd * np.sqrt(_ahead(horizon)))


def drift(households: Floats, horizon: int) -> Forecast:
    """The mean change of a month goes on; its own error is counted."""
    changes = np.diff(households)
    ahead = _ahead(horizon)
    sd = np.std(changes, ddof=1) * np.sqrt(ahead * (1.0 + ahead / len(changes)))
    return normal_forecast(households[-1] + ahead * changes.mean(), sd)


def seasonal_naive(households: Floats, horizon: int) -> Forecast:
    """The value of the same month a year before; needs 13 months to know its error."""
    ahead = _ahead(horizon).astype(int)
    years = (ahead - 1) // YEAR + 1
    central = households[len(households) - 1 + ahead - YEAR * years]
    sd = np.sqrt(np.mean((households[YEAR:] - households[:-YEAR]) ** 2))
    return normal_forecast(central, sd * np.sqrt(years))


def ets(households: Floats, horizon: int) -> Forecast:
    """Exponential smoothing of the logarithm, with a damped trend where AICc prefers one."""
    logs = np.log(households)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fits = [
            ETSModel(logs).fit(disp=False),
            ETSModel(logs, trend="add", damped_trend=True).fit(disp=False),
        ]
    best = fits[int(_aicc(fits[1]) < _aicc(fits[0]))]
    weight = float(best.smoothing_level)
    if best is fits[1]:
        fading = np.cumsum(float(best.damping_trend) ** np.arange(1, horizon))
        effects = weight + float(best.smoothing_trend) * fading
    else:
        effects = np.full(horizon - 1, weight)
    return log_normal_forecast(np.asarray(best.forecast(horizon)), _sd(best.mse, effects))


def arima(households: Floats, horizon: int) -> Forecast:
    """ARIMA(1,1,0) of the logarithm: the growth of a month partly goes on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = ARIMA(np.log(households), order=ARIMA_ORDER).fit(method="innovations_mle")
    persistence, variance = (float(value) for value in fit.params)
    effects = np.cumsum(persistence ** np.arange(horizon))[1:]
    return log_normal_forecast(np.asarray(fit.forecast(horizon)), _sd(variance, effects))


BENCHMARKS: Mapping[str, tuple[int, Callable[[Floats, int], Forecast]]] = {
    "last_value": (2, last_value),
    "drift": (3, drift),
    "seasonal_naive": (YEAR + 1, seasonal_naive),
    "ets": (10, ets),
    "arima": (10, arima),
}
"""Each with the months that it needs."""
SIMPLE = (*BENCHMARKS, COMBINATION)


def benchmark_forecasts(
    households: Floats, horizon: int, methods: Sequence[str] = SIMPLE
) -> dict[str, Forecast]:
    """Every benchmark among ``methods`` that the series allows, and the combination.

    Left out are those that need more months, and those that cannot be fitted to it: a series that
    never changes has no variance to estimate.
    """
    asked = {*methods, *(COMBINED if COMBINATION in methods else ())}
    found = {}
    for name, (needed, forecast) in BENCHMARKS.items():
        is_made = name in asked and len(households) >= needed
        made = _fitted(forecast, households, horizon) if is_made else None
        if made is not None:
            found[name] = made
    if COMBINATION in methods and all(name in found for name in COMBINED):
        found[COMBINATION] = pooled([found[name] for name in COMBINED])
    return {name: found[name] for name in found if name in methods}


def _fitted(
    forecast: Callable[[Floats, int], Forecast], households: Floats, horizon: int
) -> Forecast | None:
    """A forecast in finite numbers; None where the method breaks down."""
    try:
        with np.errstate(all="ignore"):
            made = forecast(households, horizon)
    except (ArithmeticError, ValueError, np.linalg.LinAlgError):
        return None
    is_finite = np.isfinite(made.central).all() and np.isfinite(made.points).all()
    return made if is_finite else None


def _ahead(horizon: int) -> Floats:
    return np.arange(1.0, horizon + 1.0)


def _sd(variance: float, effects: Floats) -> Floats:
    """Standard deviation by month ahead, from the effects that a shock has later."""
    sd: Floats = np.sqrt(variance * np.cumsum(np.append(1.0, effects**2)))
    return sd


def _aicc(fit: object) -> float:
    value = float(fit.aicc)  # type: ignore[attr-defined]
    return value if np.isfinite(value) else np.inf
