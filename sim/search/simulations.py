"""Numbered simulations: number n has the same people, luck and draw in every scenario."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.batch.tasks import evaluate
from sim.engine.journey import Cancelled
from sim.errors import Fault, InputError
from sim.experiments.alone import PeopleOf, place_alone
from sim.experiments.experiment import SEED_STEP
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.threads import in_threads
from sim.outcomes.definitions import OutcomeDefinition
from sim.outcomes.table import ALL
from sim.parameters.draws import Draws
from sim.policy import Scenario
from sim.policy.form import LONGEST_RUN_MONTHS
from sim.search.naming import COMMAND_LINE, SoughtOutcome
from sim.units import DAYS_PER_MONTH, date_of, first_day_of_month, month_number


@dataclass(frozen=True)
class Reading:
    """What is read of each simulation: an outcome of a month, or of the whole period.

    ``since`` is the day from which the whole period counts.
    """

    outcome: SoughtOutcome
    since: date
    month: str = ALL


@dataclass
class Simulations:
    """Runs scenarios in numbered simulations and reads one outcome of each.

    Simulation n has seed ``seed + n * SEED_STEP`` and, where draws are given, draw n (again from
    the first one when there are fewer). ``share`` is the part of the department that is simulated.
    The outcome of a territory is read in a run of it alone, where that tells it. Runs that are in
    ``kept`` are read instead of made, and those made are kept there.
    ``on_run`` is told, from the calling thread, how many runs were added.
    """

    reading: Reading
    seed: int = 1
    draws: Draws | None = None
    share: float = 1.0
    workers: int | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    on_run: Callable[[int], None] | None = None
    kept: KeptRuns | None = None

    def values(self, scenarios: Sequence[Scenario], numbers: Sequence[int]) -> NDArray[np.float64]:
        """The outcome by (scenario, simulation), NaN without a value; raises `Cancelled`."""
        found = np.full((len(scenarios), len(numbers)), np.nan)

        def value(place: tuple[int, int]) -> NDArray[np.float64]:
            return self._under(scenarios, place[1])

        def keep(place: tuple[int, int], values: NDArray[np.float64]) -> None:
            found[:, place[0]] = values
            if self.on_run is not None:
                self.on_run(len(scenarios))

        places = list(enumerate(numbers))
        if not in_threads(value, places, keep, workers=self.workers, cancel=self.cancel):
            raise Cancelled(scenarios[0].name)
        return found

    def _under(self, scenarios: Sequence[Scenario], number: int) -> NDArray[np.float64]:
        drawn = [self._in_world(scenario, number) for scenario in scenarios]
        territory = self.reading.outcome.territory
        place = place_alone(drawn, territory)
        kept = self.kept if self.kept is None or place is None else self.kept.of_part((place,))
        return evaluate(
            drawn,
            [self.seed + number * SEED_STEP],
            self.reading.outcome.definition.name,
            territory=territory,
            month=self.reading.month,
            since=f"{self.reading.since:%Y-%m}" if self.reading.month == ALL else None,
            workers=1,
            cancel=self.cancel,
            people=None if place is None else PeopleOf(len(drawn), (place,)),
            kept=kept,
        )[:, 0]

    def _in_world(self, scenario: Scenario, number: int) -> Scenario:
        if self.draws is not None:
            draw = number % len(self.draws)
            scenario = scenario.with_draw(self.draws.values_of(draw), f"draw {draw}")
        return scenario.scaled(self.share)


def month_asked(text: str, scenario: Scenario) -> str:
    """A month such as ``2025-06`` within reach of a scenario; raises `InputError`."""
    accepted = f"a month such as 2025-06, from {scenario.start:%Y-%m} on"
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise InputError([Fault(COMMAND_LINE, "--by", repr(text), accepted)]) from None
    if day < scenario.start:
        raise InputError([Fault(COMMAND_LINE, "--by", text, accepted)])
    return text


def long_enough(scenario: Scenario, definition: OutcomeDefinition, month: str) -> Scenario:
    """The scenario with just the months that the outcome of a month needs to be observed.

    Raises `InputError` when that is more than a run may have.
    """
    number = month_number(date.fromisoformat(f"{month}-01"))
    observed = definition.days_observed
    if definition.measure.months:
        observed = round(definition.measure.months * DAYS_PER_MONTH)
    last = date_of(first_day_of_month(number + 1) + observed - 1)
    months = month_number(last) - month_number(scenario.start) + 1
    if definition.measure.months:
        months = number + definition.measure.months - month_number(scenario.start) + 1
    if months > LONGEST_RUN_MONTHS:
        found = f"{month}, observed after {months} months"
        accepted = f"a month observed within {LONGEST_RUN_MONTHS} months of {scenario.start:%Y-%m}"
        raise InputError([Fault(COMMAND_LINE, "--by", found, accepted)])
    return scenario.with_months(months)
