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
from sim.experiments.alone import PeopleOf, told_alone
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.jobs import People, outcomes_under, warm_up
from sim.experiments.kept_runs import KeptRuns, name_of_run
from sim.experiments.runner import Progress
from sim.experiments.threads import in_threads
from sim.outcomes.table import ALL, Outcomes
from sim.parameters import Parameters
from sim.policy import Scenario

EFFECT = "effects.contact_size"
DISPLACEMENT = "effects.displacement_share"
SAVED, SPENT = "allowance_eur", "staff_cost_eur"
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95
CLOSER = 2
"""More effects that are tried where the gain of a draw changes its sign."""


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


def net_savings_eur(reference: Outcomes, scenario: Outcomes, displacement: float) -> float:
    """Allowance saved less posts paid for over the period, of a scenario against the reference.

    Of every allowance saved the displaced share is paid to somebody else. What is saved after the
    period, and by others than the payer of the allowance, is not counted.
    """
    allowance, staff = (_total(scenario, name) - _total(reference, name) for name in (SAVED, SPENT))
    return -(1.0 - displacement) * allowance - staff


def _total(outcomes: Outcomes, name: str) -> float:
    row, place = outcomes.axes.outcomes.index(name), outcomes.axes.territories.index(ALL)
    # The first column is the month before the period.
    return float(outcomes.values[row, 1:, place, 0].sum())


def effects_to_try(parameters: Parameters) -> tuple[float, ...]:
    """None, the value of the tables, and twice the end of its range."""
    spread = parameters.entry(EFFECT).uncertainty
    value = parameters.number(EFFECT)
    high = value if spread is None or spread.high is None else spread.high
    return tuple(sorted({0.0, value, 2.0 * high}))


def measured_break_even(
    experiment: Experiment,
    effects: Sequence[float],
    *,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    kept: KeptRuns | None = None,
) -> BreakEven | None:
    """Run a reference and one scenario in the same draws under every effect; None if cancelled.

    The people of a draw are the same under every effect, which acts from the first day on. Only the
    territories are run in which the scenarios differ, where these tell everything. Where
    the gain of a draw changes its sign, its zero is looked for with `CLOSER` more effects. Runs
    that are in ``kept`` are read instead of made, and those made are kept there. Raises ValueError
    for an experiment without draws, or of more than two scenarios.
    """
    if experiment.draws is None or len(experiment.scenarios) != 2:
        raise ValueError("a reference and a scenario in draws are needed")
    stop = cancel or threading.Event()
    gains = np.zeros((len(effects), experiment.replications))
    least = np.zeros(experiment.replications)
    finished = 0

    def work(draw: int) -> tuple[Floats, float]:
        gain = _gain_of(experiment, draw, stop, kept)
        own = np.array([gain(effect) for effect in effects])
        return own, closer(np.asarray(effects), own, gain)

    def keep(draw: int, found: tuple[Floats, float]) -> None:
        nonlocal finished
        gains[:, draw], least[draw] = found
        finished += 1

    def prepare() -> None:
        if kept is None or not _are_kept(experiment, effects, kept):
            warm_up(experiment.reference, experiment.seed)

    def report() -> None:
        if on_progress is not None:
            on_progress(Progress("simulating", finished, experiment.replications, finished))

    is_complete = in_threads(
        work,
        range(experiment.replications),
        keep,
        workers=workers,
        cancel=stop,
        warm_up=prepare,
        on_wait=report,
    )
    return BreakEven(np.asarray(effects), gains, least) if is_complete else None


def _gain_of(
    experiment: Experiment, draw: int, stop: threading.Event, kept: KeptRuns | None
) -> Callable[[float], float]:
    """The gain of one draw by effect; its starting population is made once.

    Where the scenarios differ in some territories alone only these are run.
    """
    scenarios = experiment.scenarios_of(draw)
    displacement = scenarios[0].base.number(DISPLACEMENT)
    territories = told_alone(*scenarios)
    people = People(1, on_disk=kept is not None)
    if territories is not None:
        people = PeopleOf(1, territories, on_disk=kept is not None)
    kept_here = _of_part(kept, territories)

    def gain(effect: float) -> float:
        both = _under(effect, scenarios)
        reference, scenario = outcomes_under(
            experiment.seeds[draw], both, people=people, should_stop=stop.is_set, kept=kept_here
        )
        return net_savings_eur(reference, scenario, displacement)

    return gain


def _under(effect: float, scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios in which the effect acts from the first day on."""
    return [one.with_changes({EFFECT: effect}) for one in scenarios]


def _are_kept(experiment: Experiment, effects: Sequence[float], kept: KeptRuns) -> bool:
    """Whether the runs of all draws under these effects are there to be read."""
    for draw, seed in enumerate(experiment.seeds):
        scenarios = experiment.scenarios_of(draw)
        part = _of_part(kept, told_alone(*scenarios))
        for effect in effects:
            names = (name_of_run(run_plan_of(one), seed) for one in _under(effect, scenarios))
            if part is None or not all(map(part.has, names)):
                return False
    return True


def _of_part(kept: KeptRuns | None, territories: Sequence[int] | None) -> KeptRuns | None:
    return kept if kept is None or territories is None else kept.of_part(territories)


def closer(effects: Floats, gains: Floats, gain: Callable[[float], float]) -> float:
    """The least effect at which a draw pays, looked for between two effects of other signs.

    Each of `CLOSER` steps asks ``gain`` where the straight line between the two crosses zero.
    """
    for _ in range(CLOSER):
        at = _crossing(effects, gains)
        if at == effects[0] or not np.isfinite(at) or at in effects:
            break
        place = int(np.searchsorted(effects, at))
        effects, gains = np.insert(effects, place, at), np.insert(gains, place, gain(at))
    return _crossing(effects, gains)
