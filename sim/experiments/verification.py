"""Does compiled code live the same lives as its plain text? Logs, ledgers, last states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.events import COLUMNS, EventLog, first_difference
from sim.experiments.experiment import run_plan_of
from sim.experiments.plain_run import plain_run
from sim.parameters.rules import STOCK
from sim.policy import Scenario
from sim.units import MINUTES_PER_DAY, date_of
from sim.vocabulary import Record, Stock

PERSONS = 1_500
STATE_ARRAYS = (
    "households",
    "people",
    "agenda",
    "office",
    "post_loads",
    "places",
    "desks",
    "arrival_time",
    "arrival_number",
)


@dataclass(frozen=True)
class Verification:
    """Whether two runs are the same, how many records each wrote, what differs first."""

    is_identical: bool
    records: int
    kinds: int
    difference: str


def default_share(scenario: Scenario) -> float:
    """The part of a department with about 1,500 persons (at most all of it)."""
    households = scenario.base.number(STOCK)
    adults = scenario.base.number("population.adults_per_household")
    return min(1.0, PERSONS / (households * adults))


def verify(scenario: Scenario, seed: int) -> Verification:
    """Run a scenario compiled and as plain Python, from the same people; compare all they leave."""
    plan = run_plan_of(scenario)
    start = starting_population(plan, seed)
    left = run_plan(plan, seed, is_logging=True, start=start)
    right = plain_run(plan, seed, start)
    if left.log is None or right.log is None:
        raise RuntimeError("a run with logging returned no log")
    difference = _difference(left, right, left.log, right.log)
    kinds = len(np.unique(left.log.rows[:, COLUMNS.index("kind")]))
    return Verification(not difference, len(left.log), kinds, difference)


def _difference(left: RunResult, right: RunResult, log: EventLog, other: EventLog) -> str:
    """The first difference in words; empty when there is none."""
    index = first_difference(log, other)
    if index is not None:
        return (
            f"record {index + 1:,}: compiled code has {_record(log, index)}; "
            f"plain Python has {_record(other, index)}"
        )
    if not left.ledger.equals_flows(right.ledger):
        return "the logs are the same, the flows or durations of the ledger are not"
    if not np.array_equal(left.ledger.stocks, right.ledger.stocks):
        stock, month, *_ = np.argwhere(left.ledger.stocks != right.ledger.stocks)[0]
        return f"the stock {Stock(stock).name.lower()} differs at the end of month {month}"
    for name in STATE_ARRAYS:
        if not _same(getattr(left.last, name), getattr(right.last, name)):
            return f"the last states differ in {name}"
    return ""


def _same(left: NDArray[np.generic], right: NDArray[np.generic]) -> bool:
    return left.shape == right.shape and bool(np.all(left == right))


def _record(log: EventLog, index: int) -> str:
    """One record in words; a log may already have ended."""
    if index >= len(log):
        return "no further record"
    cells = dict(zip(COLUMNS, log.rows[index].tolist(), strict=True))
    kind = Record(cells.pop("kind")).name.lower()
    minutes = cells.pop("time")
    day, minute = date_of(minutes // MINUTES_PER_DAY), minutes % MINUTES_PER_DAY
    rest = ", ".join(f"{name} {value}" for name, value in cells.items())
    return f"{kind} on {day} at minute {minute} ({rest})"
