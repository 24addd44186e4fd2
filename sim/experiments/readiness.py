"""Whether a scenario can run: all that a run needs is prepared, short of running."""

from __future__ import annotations

from dataclasses import replace

from sim.engine.packed_numbers import packed_numbers
from sim.engine.staffing import roster
from sim.engine.stock_targets import stock_targets
from sim.errors import Fault, InputError
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters
from sim.policy import Scenario
from sim.vocabulary import HOUSEHOLD_BITS

FIRST_ENTRIES_PER_HOUSEHOLD = 8
"""More than the history of a household on RSA takes (about 5.5 in 46 years)."""
MOST_HOUSEHOLDS = 2**HOUSEHOLD_BITS // FIRST_ENTRIES_PER_HOUSEHOLD
"""Of one territory: its households have numbers of their own."""


def check_ready(scenario: Scenario) -> None:
    """Prepare what a run of the scenario needs; raises `InputError` with what it would refuse."""
    file = str(scenario.files[-1]) if scenario.files else scenario.name
    faults = _faults_of_numbers(scenario.base, file)
    try:
        plan = run_plan_of(scenario)
        for day, parameters in [(plan.start, plan.base), *plan.changes]:
            packed_numbers(parameters, day)
        roster([(plan.start, plan.base), *plan.changes])
    except InputError as error:
        faults += [replace(fault, file=file) for fault in error.faults]
    if faults:
        raise InputError(faults)


def _faults_of_numbers(base: Parameters, file: str) -> list[Fault]:
    """Territories with more households than there are numbers."""
    return [
        Fault(
            file,
            f"territories.{label}.stock_value",
            f"{target.number:,} on the first day",
            f"at most {MOST_HOUSEHOLDS:,} in one territory",
        )
        for label, target in zip(base.labels("territories"), stock_targets(base), strict=True)
        if target.number > MOST_HOUSEHOLDS
    ]
