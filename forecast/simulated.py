"""The simulation under draws of its parameters: who is on the benefit under each scenario.

Three runs for each draw: two seeds, then the first seed again with the literature part of the
parameters taken from another draw. Scenarios of one run share the people and their luck, so that a
difference between them is the effect of what they change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from brought.series import Floats
from forecast.draws import ParameterDraws
from sim.errors import Fault, InputError
from sim.experiments.experiment import SEED_STEP
from sim.experiments.jobs import People, outcomes_under, warm_up
from sim.experiments.runner import Progress
from sim.experiments.threads import in_threads
from sim.outcomes.table import ALL, month_label
from sim.policy import Scenario, load_scenario
from sim.units import month_number

CASELOAD = "caseload_households"
FIRST_SEED, SECOND_SEED, EXCHANGED = 0, 1, 2
RUNS = 3
Say = Callable[[Progress], None]


@dataclass(frozen=True)
class Comparison:
    """A reference and the scenarios that are compared with it, over the same months."""

    reference: Scenario
    scenarios: tuple[Scenario, ...]

    @property
    def change_month(self) -> int:
        """Months from the start of the runs to the first month in which a scenario differs."""
        days = [day for one in self.scenarios for day in one.days_of_change]
        return month_number(min(days)) - month_number(self.reference.start)

    @property
    def change_label(self) -> str:
        """That month as ``2023-04``."""
        month = month_number(self.reference.start) + self.change_month
        return month_label(month)

    def lasting(self, months: int) -> Comparison:
        """The same over another number of months from the start on."""
        return Comparison(
            self.reference.with_months(months),
            tuple(one.with_months(months) for one in self.scenarios),
        )


@dataclass(frozen=True)
class Simulated:
    """``caseload[draw, run, scenario, month]``: households; the first month is the eve of the runs.

    The first scenario is the reference; runs are in the order of `FIRST_SEED`, `SECOND_SEED`,
    `EXCHANGED`. ``share`` is the part of the department that was simulated.
    """

    comparison: Comparison
    draws: ParameterDraws
    caseload: Floats
    share: float

    def differences(self, months: int) -> Floats:
        """Scenario minus reference, (draw, run, scenario, month) from the month of change on."""
        first = self.comparison.change_month + 1
        cut = self.caseload[..., first : first + months]
        return (cut[:, :, 1:] - cut[:, :, :1]) / self.share

    def seed_variance_of_level(self, months: int) -> Floats:
        """Variance of the logarithm of the reference's caseload between two seeds of one draw.

        By month since the start, when the stock is known exactly; that of a whole department.
        """
        logs = np.log(self.caseload[:, : SECOND_SEED + 1, 0, 1 : months + 1])
        found: Floats = 0.5 * np.mean((logs[:, 0] - logs[:, 1]) ** 2, axis=0) * self.share
        return found


def comparison_of(names: tuple[str, ...]) -> Comparison:
    """The scenarios with their common reference.

    Raises `InputError` when they have no reference, or not the same, or change nothing.
    """
    scenarios = [load_scenario(name) for name in names]
    faults = [
        Fault(one.name, "reference", "none", "a scenario that names its reference")
        for one in scenarios
        if one.reference is None
    ]
    faults += [
        Fault(one.name, "changes", "no dated change", "a scenario that changes something")
        for one in scenarios
        if not one.days_of_change
    ]
    references = sorted({one.reference for one in scenarios if one.reference is not None})
    if len(references) > 1:
        accepted = "scenarios with the same reference"
        faults.append(Fault("command line", "--scenario", ", ".join(references), accepted))
    if faults:
        raise InputError(faults)
    return Comparison(load_scenario(references[0]), tuple(scenarios))


def simulate(
    comparison: Comparison,
    draws: ParameterDraws,
    seed: int,
    *,
    share: float = 1.0,
    workers: int | None = None,
    on_progress: Say | None = None,
    cancel: threading.Event | None = None,
) -> Simulated | None:
    """Run every draw three times; None when cancelled.

    Draw ``d`` has the seeds ``2d`` and ``2d + 1`` after the user's own, so that no luck is shared
    between draws; the result does not depend on the number of workers.
    """
    stop = cancel or threading.Event()
    scenarios = (comparison.reference, *comparison.scenarios)
    tasks = [(draw, run) for draw in range(len(draws)) for run in range(RUNS)]
    caseload = np.empty((len(draws), RUNS, len(scenarios), comparison.reference.months + 1))
    finished = 0

    def work(task: tuple[int, int]) -> Floats:
        draw, run = task
        values = draws.exchanged(draw) if run == EXCHANGED else draws.own(draw)
        drawn = [one.with_draw(values, f"draw {draw}").scaled(share) for one in scenarios]
        own_seed = seed + (2 * draw + (run == SECOND_SEED)) * SEED_STEP
        return _caseload(drawn, own_seed, stop.is_set)

    def keep(task: tuple[int, int], found: Floats) -> None:
        nonlocal finished
        caseload[task] = found
        finished += 1

    def report() -> None:
        if on_progress is not None:
            on_progress(Progress("simulating", finished, len(tasks), finished // RUNS))

    is_complete = in_threads(
        work,
        tasks,
        keep,
        workers=workers,
        cancel=stop,
        warm_up=lambda: warm_up(comparison.reference, seed),
        on_wait=report,
    )
    return Simulated(comparison, draws, caseload, share) if is_complete else None


def _caseload(scenarios: Sequence[Scenario], seed: int, should_stop: Callable[[], bool]) -> Floats:
    """Households by (scenario, month) under one seed; populations are not kept on disk."""
    people = People(len(scenarios), on_disk=False)
    found = []
    for outcomes in outcomes_under(seed, scenarios, people=people, should_stop=should_stop):
        row, place = outcomes.axes.outcomes.index(CASELOAD), outcomes.axes.territories.index(ALL)
        found.append(outcomes.values[row, :, place, 0])
    return np.stack(found)
