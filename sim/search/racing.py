"""From scenarios to a race on one outcome, and its result."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.kept_runs import KeptRuns
from sim.outcomes.table import ALL
from sim.parameters.draws import Draws
from sim.policy import Scenario
from sim.search.naming import COMMAND_LINE, SoughtOutcome, find_outcome
from sim.search.selecting import SIMULATIONS, Podium, Race, select
from sim.search.simulations import Reading, Simulations, long_enough, month_asked
from sim.units import date_of, first_day_of_month, month_number

Preference = Literal["lower", "higher"]


@dataclass(frozen=True)
class Contest:
    """Which of several scenarios has the best mean of an outcome."""

    experiment: Experiment
    outcome: SoughtOutcome
    since: date
    """The first day of what counts over the whole period."""
    month: str
    race: Race
    share: float = 1.0
    draws: Draws | None = None

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios, in the order in which they were named."""
        return self.experiment.scenarios


def contest(
    scenarios: Sequence[Scenario],
    outcome: str,
    *,
    prefer: Preference | None = None,
    by: str | None = None,
    probability: float = 0.95,
    indifference: float = 0.0,
    simulations: int = SIMULATIONS,
    seed: int = 1,
    share: float = 1.0,
    draws: Draws | None = None,
) -> Contest:
    """A race of scenarios; raises `InputError`.

    ``prefer`` says which side is better where the outcome itself does not. With ``by`` the outcome
    of that month counts, else that of the whole period since the first change.
    """
    if len(scenarios) < 2:
        raise InputError([Fault(COMMAND_LINE, "scenarios", "one scenario", "at least two")])
    base = scenarios[0].base
    sought = find_outcome(outcome, base)
    better = prefer or sought.definition.better
    if better == "neutral":
        found = f"{sought.definition.name}, of which neither more nor less is better by itself"
        accepted = "--prefer lower or --prefer higher with it"
        raise InputError([Fault(COMMAND_LINE, "--outcome", found, accepted)])
    month = ALL if by is None else month_asked(by, scenarios[0])
    if month != ALL:
        scenarios = [long_enough(one, sought.definition, month) for one in scenarios]
    experiment = Experiment(tuple(scenarios), seed, 1)
    begin = month_number(scenarios[0].start) + experiment.since
    return Contest(
        experiment=experiment,
        outcome=sought,
        since=date_of(first_day_of_month(begin)),
        month=month,
        race=Race(
            better == "lower",
            probability,
            simulations,
            indifference,
            fewest=sought.definition.fewest_replications,
        ),
        share=share,
        draws=draws,
    )


def run_contest(
    asked: Contest,
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    on_run: Callable[[int], None] | None = None,
    kept: KeptRuns | None = None,
) -> Podium:
    """Run the race; raises ``Cancelled``, and `InputError` when the outcome has no value.

    Runs that are in ``kept`` are read instead of made, and those made are kept there.
    """
    simulations = Simulations(
        Reading(asked.outcome, asked.since, asked.month),
        seed=asked.experiment.seed,
        draws=asked.draws,
        share=asked.share,
        workers=workers,
        cancel=cancel or threading.Event(),
        on_run=on_run,
        kept=kept,
    )

    def evaluate(positions: Sequence[int], numbers: Sequence[int]) -> NDArray[np.float64]:
        found = simulations.values([asked.scenarios[position] for position in positions], numbers)
        if np.isnan(found).all(axis=1).any():
            where = f"{asked.outcome.definition.name} in {asked.outcome.territory}, {asked.month}"
            accepted = "an outcome that has a value there; a later month, or another territory"
            raise InputError([Fault(COMMAND_LINE, "--outcome", f"no value of {where}", accepted)])
        return found

    return select(evaluate, len(asked.scenarios), asked.race)
