"""What one run costs: its time and memory, told from the sizes of a scenario before it is made."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.engine.packed_numbers import shape_of
from sim.ledger import LedgerShape, empty_ledger
from sim.outcomes.definitions import outcome_definitions
from sim.parameters import Parameters
from sim.parameters.rules import STOCK
from sim.policy import Scenario

# Processor seconds on one core of a recent server (`python -m benchmarks --only batch` measures
# those of people and runs) and bytes of resident memory, from runs of parts of the Somme with up
# to 16,000 posts: round numbers, rather too high.
PEOPLE_SECONDS, HISTORY_SECONDS_PER_HOUSEHOLD_YEAR = 0.08, 2.3e-6
RUN_SECONDS_PER_MONTH, RUN_SECONDS_PER_HOUSEHOLD_MONTH = 0.008, 3.6e-6
SECONDS_PER_POST_MONTH = 4.0e-5
BYTES_OF_PROCESS = 6.0e8
BYTES_PER_HOUSEHOLD, BYTES_PER_POST = 6_000.0, 6_000.0
BYTES_PER_HOUSEHOLD_MONTH_OF_LOG = 400.0
BYTES_OF_NUMBER = 8
STAFF = (".fte", ".additional_fte")
INFLOW = ".inflow_multiplier"


@dataclass(frozen=True)
class Cost:
    """One scenario under one seed: processor seconds, and bytes of memory.

    ``memory_bytes`` are needed while it runs; ``kept_bytes`` are its outcomes, which stay.
    """

    people_seconds: float
    run_seconds: float
    memory_bytes: float
    kept_bytes: float


def cost_of(scenario: Scenario, share: float = 1.0, *, is_logging: bool = False) -> Cost:
    """The estimated cost of a scenario in a part of its department."""
    base, months = scenario.base, scenario.months
    warm_up = base.number("history.warm_up_months")
    households = share * base.number(STOCK)
    posts = _posts(scenario, share)
    crowd = households * max(1.0, _largest(scenario, INFLOW))
    staff = SECONDS_PER_POST_MONTH * posts
    month = RUN_SECONDS_PER_MONTH + staff
    history = HISTORY_SECONDS_PER_HOUSEHOLD_YEAR * base.number("history.years")
    warmed = month + RUN_SECONDS_PER_HOUSEHOLD_MONTH * households
    ledger = _bytes_of_ledger(base, months)
    log = BYTES_PER_HOUSEHOLD_MONTH_OF_LOG * crowd * months if is_logging else 0.0
    return Cost(
        people_seconds=PEOPLE_SECONDS + history * households + warm_up * warmed,
        # The staff lives the warm-up again before the first day of the run.
        run_seconds=months * (month + RUN_SECONDS_PER_HOUSEHOLD_MONTH * crowd) + warm_up * staff,
        memory_bytes=BYTES_PER_HOUSEHOLD * crowd + BYTES_PER_POST * posts + ledger + log,
        kept_bytes=_bytes_of_outcomes(base, months),
    )


def _posts(scenario: Scenario, share: float) -> float:
    """Posts of the whole roster, those of dated changes included."""
    largest: dict[str, float] = {}
    for path in scenario.base.paths():
        if path.endswith(STAFF):
            largest[path] = scenario.base.number(path)
    for change in scenario.timeline:
        for path, value in change.changes.items():
            if path in largest and isinstance(value, int | float):
                largest[path] = max(largest[path], float(value))
    return float(sum(math.ceil(share * fte) for fte in largest.values()))


def _largest(scenario: Scenario, name: str) -> float:
    """The largest value that a number of the territories takes, at the start or later."""
    base = scenario.base
    found = [base.number(f"territories.{label}{name}") for label in base.labels("territories")]
    for change in scenario.timeline:
        found += [
            float(value)
            for path, value in change.changes.items()
            if path.endswith(name) and isinstance(value, int | float)
        ]
    return max(found)


def _bytes_of_ledger(base: Parameters, months: int) -> float:
    """Counts of every month, territory and pathway, in each detail of the flows."""
    shape = shape_of(base)
    cell = empty_ledger(LedgerShape(0, 1, 1, 0, 1))
    cells = months * shape.territories * (shape.pathways + 1)
    details = shape.details * cell.flows.nbytes
    return float(cells * (details + cell.durations.nbytes + cell.stocks.nbytes))


def _bytes_of_outcomes(base: Parameters, months: int) -> float:
    """Outcomes × months and the whole period × territories and all × pathways, none and all."""
    territories, pathways = len(base.labels("territories")), len(base.labels("pathways"))
    cells = len(outcome_definitions()) * (months + 1) * (territories + 1) * (pathways + 2)
    return float(BYTES_OF_NUMBER * cells)
