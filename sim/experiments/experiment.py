"""An experiment: scenarios that share their luck, repeated under several seeds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from sim.engine.run_plan import RunPlan
from sim.errors import Fault, InputError
from sim.outcomes.measures import ParametersInForce
from sim.outcomes.table import month_label
from sim.parameters.draws import Draws
from sim.policy import Scenario
from sim.units import date_of, day_number, month_number

SEED_STEP = 1_000_003
"""Far enough apart that the replications of neighbouring seeds never meet."""
LARGEST_SEED = 2**31 - 1
MOST_REPLICATIONS = 10_000
LABEL_GROUPS = ("territories", "pathways", "job_types", "roles", "barriers")


def run_plan_of(scenario: Scenario) -> RunPlan:
    """What the engine is asked to run for a scenario."""
    return RunPlan(
        name=scenario.name,
        start=scenario.start,
        months=scenario.months,
        base=scenario.base,
        changes=tuple((day, scenario.parameters_on(day)) for day in scenario.days_of_change),
    )


def parting(plans: Sequence[RunPlan]) -> date | None:
    """Date on which the first of some plans leaves the reference; None if not on the way.

    In the world of a draw it may be another one than in that of the tables: there, restating a
    value of the tables changes something.
    """
    first, *others = plans
    days = [day for plan in others if (day := first.first_difference(plan)) is not None]
    earliest = min(days, default=first.start)
    return earliest if first.start < earliest < date_of(first.end_day) else None


def timeline_of(scenario: Scenario) -> tuple[ParametersInForce, ...]:
    """The parameters in force over a scenario, by day number."""
    later = (
        ParametersInForce(day_number(day), scenario.parameters_on(day))
        for day in scenario.days_of_change
    )
    return (ParametersInForce(day_number(scenario.start), scenario.base), *later)


def told_apart(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """A name for each scenario, with a number added where two are the same."""
    names: list[str] = []
    for scenario in scenarios:
        count = sum(other.name == scenario.name for other in scenarios[: len(names)])
        names.append(f"{scenario.name} ({count + 1})" if count else scenario.name)
    return tuple(names)


@dataclass(frozen=True)
class Experiment:
    """Scenarios of one department over the same months; the first one is the reference.

    Under each seed all scenarios begin with the same people (if their base is the same) and share
    every keyed draw, so that a difference between them is the effect of what they change.
    With ``draws``, replication n plays in the world of draw n (from the first one again where there
    are fewer), the same in every scenario; without them in that of the tables.
    ``counted_from`` is the first month of what is counted over the whole period, such as
    ``2023-04``; without it the first month in which any of *these* scenarios changes something, so
    that a scenario beside others may be counted from another month than alone.
    Raises `InputError` when the scenarios cannot be compared or a number is out of range.
    """

    scenarios: tuple[Scenario, ...]
    seed: int = 1
    replications: int = 12
    draws: Draws | None = None
    counted_from: str | None = None

    def __post_init__(self) -> None:
        faults = [*self._faults_of_kinds()]
        if faults:
            raise InputError(faults)
        faults = [
            *self._faults_of_numbers(),
            *self._faults_of_scenarios(),
            *self._faults_of_draws(),
            *self._faults_of_period(),
        ]
        if faults:
            raise InputError(faults)

    def __repr__(self) -> str:
        """One line: the scenarios, the months, the first seed, and whose draws."""
        drawn = "" if self.draws is None else f", {len(self.draws)} draws"
        names = ", ".join(self.names)
        period = f"{self.months[0]} to {self.months[-1]}"
        return f"Experiment({names}; {period}, seed {self.seed}{drawn})"

    @property
    def reference(self) -> Scenario:
        """The first scenario."""
        return self.scenarios[0]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """A name for each scenario (`told_apart`)."""
        return told_apart(self.scenarios)

    def draw_of(self, number: int) -> int | None:
        """The number of the draw that a replication plays in; None without draws."""
        return None if self.draws is None else number % len(self.draws)

    def scenarios_of(self, number: int) -> tuple[Scenario, ...]:
        """The scenarios in the world of a replication.

        Raises `InputError` when the parameters refuse the values of its draw.
        """
        draw = self.draw_of(number)
        if self.draws is None or draw is None:
            return self.scenarios
        values = self.draws.values_of(draw)
        return tuple(scenario.with_draw(values, f"draw {draw}") for scenario in self.scenarios)

    @property
    def is_paired(self) -> bool:
        """Whether all scenarios begin with the same people under each seed."""
        return len({scenario.base.fingerprint() for scenario in self.scenarios}) == 1

    def scaled(self, share: float) -> Experiment:
        """The same scenarios in a part of their department (`Scenario.scaled`)."""
        return replace(self, scenarios=tuple(one.scaled(share) for one in self.scenarios))

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of every replication; the first is the user's own."""
        return tuple(self.seed + number * SEED_STEP for number in range(self.replications))

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months of every run, such as ``2023-04``."""
        first = month_number(self.reference.start)
        return tuple(month_label(first + month) for month in range(self.reference.months))

    @cached_property
    def since(self) -> int:
        """Index of the first month that the whole period counts (0: the first of the run)."""
        if self.counted_from is not None:
            return self.months.index(self.counted_from)
        days = [day for scenario in self.scenarios for day in scenario.days_of_change]
        if not days:
            return 0
        return month_number(min(days)) - month_number(self.reference.start)

    @property
    def since_label(self) -> str:
        """The first month that the whole period counts, such as ``2023-04``."""
        return self.months[self.since]

    @cached_property
    def changed_territories(self) -> tuple[str, ...]:
        """Territories in which the scenarios differ, in the order of the tables; may be empty."""
        return self.changed_in(*range(len(self.scenarios)))

    def changed_in(self, *positions: int) -> tuple[str, ...]:
        """The same of some scenarios only, by their positions."""
        paths = {path for at in positions for path in _changed_paths(self.scenarios[at])}
        parts = [path.split(".") for path in paths]
        named = {part[1] for part in parts if part[0] == "territories" and len(part) > 1}
        return tuple(label for label in self.reference.base.labels("territories") if label in named)

    def _faults_of_kinds(self) -> Iterable[Fault]:
        given: object = self.scenarios
        if not isinstance(given, (tuple, list)) or not given:
            found = "no scenario" if isinstance(given, (tuple, list)) else _kind(given)
            yield Fault("Experiment", "scenarios", found, "scenarios in a list, even a single one")
            return
        for position, one in enumerate(given):
            if not isinstance(one, Scenario):
                accepted = "a scenario as sim.load_scenario gives it"
                yield Fault("Experiment", f"scenarios[{position}]", _kind(one), accepted)

    def _faults_of_numbers(self) -> Iterable[Fault]:
        bounds = {"replications": (1, MOST_REPLICATIONS), "seed": (0, LARGEST_SEED)}
        for field, (low, high) in bounds.items():
            value = getattr(self, field)
            if not is_whole_number(value, low, high):
                found = repr(value) if isinstance(value, str) else str(value)
                yield Fault("command line", field, found, f"a whole number from {low} to {high}")

    def _faults_of_scenarios(self) -> Iterable[Fault]:
        first = self.scenarios[0]
        for other in self.scenarios[1:]:
            for field in ("start", "months"):
                if getattr(other, field) != getattr(first, field):
                    found = f"{getattr(other, field)} in {other.name}"
                    accepted = f"{getattr(first, field)}, as in {first.name}"
                    yield Fault("comparison", field, found, accepted)
            # A part of a part is a product: the same share may be rounded otherwise.
            if not math.isclose(other.share, first.share):
                found = f"{other.share:g} in {other.name}"
                yield Fault("comparison", "share", found, f"{first.share:g}, as in {first.name}")
            for group in LABEL_GROUPS:
                if other.base.labels(group) != first.base.labels(group):
                    found = f"{', '.join(other.base.labels(group))} in {other.name}"
                    accepted = f"the {group} of {first.name}"
                    yield Fault("comparison", group, found, accepted)

    def _faults_of_period(self) -> Iterable[Fault]:
        if self.counted_from is not None and self.counted_from not in self.months:
            accepted = f"a month from {self.months[0]} to {self.months[-1]}"
            yield Fault("command line", "since", repr(self.counted_from), accepted)

    def _faults_of_draws(self) -> Iterable[Fault]:
        if self.draws is None:
            return
        file = f"draws of {self.draws.department}"
        if not len(self.draws):
            yield Fault(file, "draw", "no draw", "at least one")
        known = set(self.reference.base.paths())
        for path in self.draws.paths:
            if path not in known:
                yield Fault(file, path, "no such parameter", f"one of {self.reference.name}")


def is_whole_number(value: object, low: int, high: int) -> bool:
    """Whether something is a whole number within bounds, and no truth value."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        return False
    return bool(low <= value <= high)


def _kind(given: object) -> str:
    """What was given in place of scenarios: a text as it is, of others their kind."""
    return repr(given) if isinstance(given, str) else f"an object of type {type(given).__name__}"


def _changed_paths(scenario: Scenario) -> Iterable[str]:
    for change in scenario.timeline:
        if change.day < scenario.end:
            yield from change.changes
