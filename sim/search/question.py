"""From words to a goal-seek on a scenario, and what its answer costs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.experiments.kept_runs import KeptRuns
from sim.outcomes.table import ALL
from sim.parameters.draws import Draws
from sim.policy import Scenario
from sim.policy.later_changes import set_again, too_early
from sim.search.demand import Demand, Goal, fewest_simulations
from sim.search.naming import (
    COMMAND_LINE,
    SoughtLever,
    SoughtOutcome,
    find_lever,
    find_target,
)
from sim.search.seeking import Point, SeekAnswer, seek
from sim.search.simulations import Reading, Simulations, long_enough, month_asked

AS_IS = 20
"""Simulations of the scenario without moving the lever."""


@dataclass(frozen=True)
class Question:
    """How much of a lever reaches a target, in one scenario."""

    scenario: Scenario
    lever: SoughtLever
    outcome: SoughtOutcome
    target: Goal
    since: date
    """The day from which the lever is moved."""
    month: str
    """The month that is judged, or "all" for the whole period from ``since`` on."""
    demand: Demand
    seed: int = 1
    share: float = 1.0
    draws: Draws | None = None

    def scenario_at(self, value: float) -> Scenario:
        """The scenario with the lever at a value."""
        return self.scenario.with_changes(self.lever.values(value), self.since, self.lever.text)

    def cost_eur_per_year(self, value: float) -> float | None:
        """What a value costs a year beyond the present one; None without a price."""
        price, present = self.lever.price_eur_per_year, self.lever.present
        return None if price is None or present is None else (value - present) * price


def ask(
    scenario: Scenario,
    lever: str,
    target: str,
    *,
    by: str | None = None,
    since: date | None = None,
    between: str | None = None,
    demand: Demand | None = None,
    seed: int = 1,
    share: float = 1.0,
    draws: Draws | None = None,
) -> Question:
    """The question of a lever and a target in words; raises `InputError` with every fault.

    The lever is moved from ``since`` on (default: the first day on which the scenario changes
    something, else its first day) and, with ``by``, judged in that month; the run is made just
    long enough to observe it.
    """
    faults: list[Fault] = []
    asked = demand or Demand()
    if not asked.is_within_reach:
        accepted = (
            f"at least {fewest_simulations(asked)} for a probability of {asked.share:g} and "
            f"a confidence of {asked.confidence:g}"
        )
        faults.append(Fault(COMMAND_LINE, "--simulations", str(asked.simulations), accepted))
    day = since or next(iter(scenario.days_of_change), scenario.start)
    if not scenario.start <= day < scenario.end:
        accepted = f"a day of the run, from {scenario.start} on and before {scenario.end}"
        raise InputError([Fault(COMMAND_LINE, "--since", str(day), accepted)])
    sought = outcome = None
    try:
        sought = find_lever(lever, scenario, scenario.parameters_on(day), between)
    except InputError as error:
        faults += error.faults
    default = (sought.territory if sought else None) or ALL
    try:
        outcome, limit = find_target(target, scenario.base, default)
    except InputError as error:
        faults += error.faults
    month = ALL
    if by is not None:
        try:
            month = month_asked(by, scenario)
        except InputError as error:
            faults += error.faults
    if sought is not None:
        later = set_again(scenario, sought.paths, day)
        if later is not None:
            faults.append(Fault(COMMAND_LINE, "--since", too_early(scenario, day), str(later)))
    if sought is None or outcome is None or faults:
        raise InputError(faults)
    if month != ALL:
        scenario = long_enough(scenario, outcome.definition, month)
        if date.fromisoformat(f"{month}-01").replace(day=28) < day:
            accepted = f"a month from {day:%Y-%m} on, when the lever is moved"
            raise InputError([Fault(COMMAND_LINE, "--by", month, accepted)])
    question = Question(scenario, sought, outcome, limit, day, month, asked, seed, share, draws)
    for value in (sought.bounds.low, sought.bounds.value(sought.bounds.last)):
        question.scenario_at(value)
    return question


def answer(
    question: Question,
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    on_run: Callable[[int], None] | None = None,
    kept: KeptRuns | None = None,
) -> SeekAnswer:
    """Search the range of the lever; raises ``Cancelled``, and `InputError` without any value.

    Runs that are in ``kept`` are read instead of made, and those made are kept there.
    """
    simulations = Simulations(
        Reading(question.outcome, question.since, question.month),
        seed=question.seed,
        draws=question.draws,
        share=question.share,
        workers=workers,
        cancel=cancel or threading.Event(),
        on_run=on_run,
        kept=kept,
    )

    def evaluate(value: float, numbers: Sequence[int]) -> NDArray[np.float64]:
        found = simulations.values([question.scenario_at(value)], numbers)
        return found.reshape(-1)

    fewest = question.outcome.definition.fewest_replications
    found = seek(evaluate, question.lever.bounds, question.target, question.demand, fewest)
    if all(np.isnan(point.outcomes).all() for point in found.points):
        name = question.outcome.definition.name
        where = f"{name} in {question.outcome.territory}, {question.month}"
        accepted = "an outcome that has a value there; a later month, or another territory"
        raise InputError([Fault(COMMAND_LINE, "--target", f"no value of {where}", accepted)])
    count = min(AS_IS, question.demand.simulations)
    outcomes = simulations.values([question.scenario], range(count))[0]
    reached = int(np.count_nonzero(question.target.margins(outcomes) >= 0.0))
    value = np.nan if question.lever.present is None else question.lever.present
    return replace(found, as_is=Point(value, outcomes, reached, 0))
