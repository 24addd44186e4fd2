"""The effect of contacts at which a decision flips: from what effect on a scenario pays.

The effect is known from the literature alone, so a decision should not hang on its best guess.
The scenario is run under several effects, each with the same draws of everything else and the
same seeds; where its gain crosses zero is the effect one has to believe in to decide for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration.study import Floats
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Progress, Results, run_experiment
from sim.experiments.tables import values_of
from sim.outcomes.table import ALL
from sim.parameters import Parameters
from sim.parameters.draws import Draws

EFFECT = "effects.contact_size"
DISPLACEMENT = "effects.displacement_share"
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

    def of_whole(self, share: float) -> BreakEven:
        """The same for the whole department, where only ``share`` of it was simulated."""
        return replace(self, gains=self.gains / share)

    @property
    def needed(self) -> tuple[float, ...]:
        """Least effect at which it pays: 5 %, middle and 95 % of the draws; may be infinite."""
        ends = np.quantile(self.least, [LOW, MIDDLE, HIGH], method="nearest")
        return tuple(ends.tolist())

    @property
    def share_without_need(self) -> float:
        """Share of draws in which it pays without any effect."""
        return float(np.mean(self.least == 0.0))

    @property
    def share_never_enough(self) -> float:
        """Share of draws in which it pays at no effect that was tried."""
        return float(np.mean(~np.isfinite(self.least)))

    def record(self) -> dict[str, object]:
        """For a file; an effect beyond those tried is None."""
        return {
            "parameter": EFFECT,
            "effect_needed": {
                name: value if np.isfinite(value) else None
                for name, value in zip(("low", "median", "high"), self.needed, strict=True)
            },
            "draws_without_need": self.share_without_need,
            "draws_where_none_is_enough": self.share_never_enough,
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


def net_savings_eur(results: Results, displacement: float | Floats) -> Floats:
    """Allowance saved less posts paid for over the period, by seed, of the second scenario
    against the first; ``displacement`` is one share or one by seed.

    Of every allowance saved the displaced part is paid to somebody else. What is saved after the
    period, and by others than the payer of the allowance, is not counted.
    """
    allowance, staff = (
        # The first column is the month before the period.
        (values_of(results, 1, name, ALL) - values_of(results, 0, name, ALL))[:, 1:].sum(axis=1)
        for name in (SAVED, SPENT)
    )
    return np.asarray(-(1.0 - displacement) * allowance - staff, dtype=np.float64)


def effects_to_try(parameters: Parameters) -> tuple[float, ...]:
    """None, half the value of the tables, that value, the end of its range, and twice that."""
    spread = parameters.entry(EFFECT).uncertainty
    value = parameters.number(EFFECT)
    high = value if spread is None or spread.high is None else spread.high
    return tuple(sorted({0.0, value / 2.0, value, high, 2.0 * high}))


def with_effect(draws: Draws, effect: float) -> Draws:
    """The same draws with one size of the effect in all of them."""
    kept = [number for number, path in enumerate(draws.paths) if path != EFFECT]
    paths = (*(draws.paths[number] for number in kept), EFFECT)
    values = np.column_stack([draws.values[:, kept], np.full(len(draws), effect)])
    kinds = {path: draws.kinds.get(path, "literature") for path in paths}
    return Draws(draws.department, paths, values, draws.identity, kinds)


def measured_break_even(
    experiment: Experiment,
    effects: Sequence[float],
    *,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> BreakEven | None:
    """Run a reference and one scenario in the same draws under every effect; None if cancelled.

    Raises ValueError for an experiment without draws, or of more than two scenarios.
    """
    draws = experiment.draws
    if draws is None or len(experiment.scenarios) != 2:
        raise ValueError("a reference and a scenario in draws are needed")
    gains = np.zeros((len(effects), experiment.replications))
    worlds = [experiment.scenarios_of(number)[0] for number in range(experiment.replications)]
    displacement = np.array([world.base.number(DISPLACEMENT) for world in worlds])
    for row, effect in enumerate(effects):
        results = run_experiment(
            replace(experiment, draws=with_effect(draws, effect)),
            workers=workers,
            on_progress=on_progress,
            cancel=cancel,
        )
        if results.is_cancelled:
            return None
        gains[row] = net_savings_eur(results, displacement)
    return break_even(effects, gains)
