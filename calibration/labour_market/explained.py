"""How much of the change of households over some years the change of unemployment explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.labour_market.estimate import Estimate, Floats
from calibration.labour_market.panel import DECEMBERS, PERCENT, ends_of_year
from sim.parameters.unemployment import QUARTERS, Quarter, published_rates

FIRST, LAST = 2020, 2024


@dataclass(frozen=True)
class Explained:
    """Changes between two Decembers in percent (100 × that of the logarithm).

    ``by_unemployment`` has its 90 % interval in ``low`` and ``high``. ``code`` is empty for all
    departments together.
    """

    code: str
    households: tuple[float, float]
    rates: tuple[float, float]
    change: float
    by_unemployment: float
    low: float
    high: float


def explained(estimate: Estimate) -> list[Explained]:
    """All departments with figures together, then each, by code."""
    known = [
        (code, ends[DECEMBERS, FIRST], ends[DECEMBERS, LAST])
        for code, ends in sorted(ends_of_year().items())
        if (DECEMBERS, FIRST) in ends and (DECEMBERS, LAST) in ends and code in published_rates()
    ]
    causes = np.stack([_causes(code, len(estimate.values)) for code, _, _ in known])
    counts = np.array([[before, after] for _, before, after in known])
    parts = counts[:, 0] / counts[:, 0].sum()
    whole = _one("", counts.sum(axis=0), parts @ causes, _mean_rates(known, parts), estimate)
    return [
        whole,
        *(
            _one(code, count, cause, _rates(code), estimate)
            for (code, _, _), count, cause in zip(known, counts, causes, strict=True)
        ),
    ]


def _causes(code: str, years: int) -> Floats:
    """Changes of the rate over the years of the span, summed, for each year of delay."""
    rates = published_rates()[code]
    return np.array(
        [
            PERCENT * np.log(rates[_december(LAST - delay)] / rates[_december(FIRST - delay)])
            for delay in range(years)
        ]
    )


def _one(
    code: str, counts: Floats, causes: Floats, rates: tuple[float, float], estimate: Estimate
) -> Explained:
    value = float(causes @ estimate.values)
    half = estimate.reach * float(np.sqrt(causes @ estimate.covariance @ causes))
    before, after = counts.tolist()
    change = PERCENT * float(np.log(after / before))
    return Explained(code, (before, after), rates, change, value, value - half, value + half)


def _december(year: int) -> Quarter:
    return Quarter(QUARTERS * year + QUARTERS - 1)


def _rates(code: str) -> tuple[float, float]:
    rates = published_rates()[code]
    return rates[_december(FIRST)], rates[_december(LAST)]


def _mean_rates(
    known: Iterable[tuple[str, float, float]], parts: Sequence[float] | Floats
) -> tuple[float, float]:
    """Rates of the departments, weighted by their households at the beginning."""
    before, after = np.asarray(parts) @ np.array([_rates(code) for code, _, _ in known])
    return float(before), float(after)
