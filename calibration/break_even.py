"""The effect of contacts at which a decision flips: from what effect on a scenario pays.

The effect is known from the literature alone, so a decision should not hang on its best guess.
The scenario is run under several effects, each with the same draws of everything else and the
same seeds; where its gain crosses zero is the effect one has to believe in to decide for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.study import Floats
from sim.experiments import Experiment, Results, run_experiment
from sim.experiments.tables import values_of
from sim.outcomes import ALL
from sim.parameters.draws import Draws
from sim.policy import Scenario

EFFECT = "effects.contact_size"
DISPLACEMENT = "effects.displacement_share"
EFFECTS = (0.0, 0.10, 0.20, 0.35)
"""Elasticities of job finding to contacts: none, the middle of the literature, its double, more
than any study found."""
SAVED, SPENT = "allowance_eur", "staff_cost_eur"
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95


@dataclass(frozen=True)
class BreakEven:
    """Gains in euro, (effects, draws), and per draw the least effect at which the gain is not
    negative, (draws,): 0 where none is needed, infinite where no effect tried is enough.
    """

    effects: Floats
    gains: Floats
    least: Floats

    def record(self) -> dict[str, object]:
        """For a file; an effect beyond those tried is None."""
        quantiles = np.quantile(self.least, [LOW, MIDDLE, HIGH], method="nearest")
        return {
            "parameter": EFFECT,
            "effect_needed": {
                name: float(value) if np.isfinite(value) else None
                for name, value in zip(("low", "median", "high"), quantiles, strict=True)
            },
            "draws_without_need": float(np.mean(self.least == 0.0)),
            "draws_where_none_is_enough": float(np.mean(~np.isfinite(self.least))),
            "gain_eur_by_effect": {
                f"{effect:g}": {
                    "mean": float(own.mean()),
                    "low": float(np.quantile(own, LOW)),
                    "high": float(np.quantile(own, HIGH)),
                }
                for effect, own in zip(self.effects, self.gains, strict=True)
            },
            "draws": int(self.gains.shape[1]),
        }


def break_even(effects: Sequence[float], gains: Floats) -> BreakEven:
    """Where the gain of each draw first crosses zero, on straight lines between the effects.

    ``effects`` increase; ``gains`` is (effects, draws). Raises ValueError otherwise.
    """
    grid = np.asarray(effects, dtype=np.float64)
    if gains.shape[0] != len(grid) or len(grid) < 2 or (np.diff(grid) <= 0.0).any():
        raise ValueError("one row of gains for each of two or more increasing effects")
    least = np.array([_crossing(grid, own) for own in gains.T])
    return BreakEven(grid, gains, least)


def _crossing(grid: Floats, gains: Floats) -> float:
    if gains[0] >= 0.0:
        return float(grid[0])
    enough = np.flatnonzero(gains >= 0.0)
    if not len(enough):
        return float("inf")
    after = int(enough[0])
    before, beyond = gains[after - 1], gains[after]
    part = -before / (beyond - before)
    return float(grid[after - 1] + part * (grid[after] - grid[after - 1]))


def net_savings_eur(results: Results, displacement: float) -> Floats:
    """Allowance saved less posts paid for over the period, by seed, of the second scenario
    against the first.

    Of every allowance saved the displaced part is paid to somebody else. What is saved after the
    period, and by others than the payer of the allowance, is not counted.
    """
    allowance, staff = (
        # The first column is the month before the period.
        (values_of(results, 1, name, ALL) - values_of(results, 0, name, ALL))[:, 1:].sum(axis=1)
        for name in (SAVED, SPENT)
    )
    return np.asarray(-(1.0 - displacement) * allowance - staff, dtype=np.float64)


def measured_break_even(
    reference: Scenario,
    scenario: Scenario,
    draws: Draws,
    *,
    count: int,
    seeds: int = 1,
    effects: Sequence[float] = EFFECTS,
    workers: int | None = None,
) -> BreakEven:
    """Run both scenarios under every effect and the first ``count`` draws, paired by seed."""
    gains = np.zeros((len(effects), count))
    for number in range(count):
        values = draws.values_of(number % len(draws))
        for row, effect in enumerate(effects):
            of_draw = values | {EFFECT: effect}
            pair = [one.with_draw(of_draw, f"draw {number}") for one in (reference, scenario)]
            experiment = Experiment(tuple(pair), number + 1, seeds)
            results = run_experiment(experiment, workers=workers)
            displacement = pair[0].base.number(DISPLACEMENT)
            gains[row, number] = net_savings_eur(results, displacement).mean()
    return break_even(effects, gains)
