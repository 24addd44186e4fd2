"""``python -m benchmarks.doubts``: how many later Decembers the draws of derived departments hold.

References of today are simulated under their draws; the 90 % range of their growth over one, two
and three years, and the error of the mean, stand beside what departments did after December 2020
and December 2022, and beside the error of the last value.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of
from sim.parameters import known_departments
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.derivation.statistics import DECEMBERS, stocks_by_month
from sim.parameters.rules import STOCK
from sim.policy import load_scenario
from sim.policy.today import today_name
from sim.vocabulary import Stock

NAMES, DRAWS, MONTHS = ("finistere", "gard", "vienne"), 60, (12, 24, 36)
HOUSEHOLDS = 3_000.0
ORIGINS, LAST = (2020, 2022), 2024


def simulated(name: str) -> NDArray[np.float64]:
    """Growth since the start, by (draw, years)."""
    scenario, draws = load_scenario(today_name(name)), department_draws(name)
    assert draws is not None
    share = min(1.0, HOUSEHOLDS / scenario.base.number(STOCK))
    found = []
    for number in range(DRAWS):
        drawn = scenario.with_draw(draws.values_of(number), f"draw {number}").scaled(share)
        run = run_plan(run_plan_of(drawn), number + 1)
        households = run.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
        found.append(households[list(MONTHS)] / households[0] - 1.0)
    return np.array(found)


def observed() -> dict[tuple[int, int], NDArray[np.float64]]:
    """Growth of departments by origin and years."""
    found: dict[tuple[int, int], list[float]] = {}
    for code in known_departments():
        years = {one.year: one.value for one in stocks_by_month(code) if one.source == DECEMBERS}
        for origin in ORIGINS:
            for ahead in range(1, min(len(MONTHS), LAST - origin) + 1):
                if {origin, origin + ahead} <= set(years):
                    growth = years[origin + ahead] / years[origin] - 1.0
                    found.setdefault((origin, ahead), []).append(growth)
    return {key: np.array(values) for key, values in found.items()}


def main() -> None:
    """Print the ranges and what they hold."""
    growth = np.concatenate([simulated(name) for name in NAMES])
    low, high = np.quantile(growth, (0.05, 0.95), axis=0)
    mean, ends = growth.mean(axis=0), (np.round(100 * low, 1), np.round(100 * high, 1))
    print(f"mean growth {np.round(100 * mean, 1)} % after {MONTHS} months")
    print(f"90 % from {ends[0]} to {ends[1]} %")
    held = []
    for (origin, ahead), values in observed().items():
        inside = (values >= low[ahead - 1]) & (values <= high[ahead - 1])
        held.append(inside)
        error, last = np.abs(values - mean[ahead - 1]).mean(), np.abs(values).mean()
        print(
            f"{origin}, {ahead} years: {100 * inside.mean():.0f} % of {len(values)}; "
            f"mean error {100 * error:.2f} %, of the last value {100 * last:.2f} %"
        )
    print(f"all: {100 * np.concatenate(held).mean():.0f} % of {sum(map(len, held))}")


if __name__ == "__main__":
    main()
