"""How large a plan is: counted before anything is made, with an estimate of its time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.policy import Scenario

MOST_RUNS = 1_000_000
MOST_SETTINGS = 100_000
HOUR, DAY, YEAR = 3600.0, 86_400.0, 365.25 * 86_400.0

# Processor seconds on one core of a recent server (`python -m benchmarks --only batch` measures
# them here): a starting population and a run cost a part for each household and a part without.
PEOPLE_SECONDS, PEOPLE_SECONDS_PER_HOUSEHOLD = 0.08, 1.9e-4
RUN_SECONDS_PER_MONTH, RUN_SECONDS_PER_HOUSEHOLD_MONTH = 0.008, 3.6e-6


@dataclass(frozen=True)
class Size:
    """Numbers of scenarios, settings, draws and seeds, and the estimated processor time."""

    scenarios: int
    settings: int
    draws: int
    seeds: int
    seconds: float

    @property
    def runs(self) -> int:
        """How many runs that makes."""
        return self.scenarios * self.settings * max(self.draws, 1) * self.seeds

    def __str__(self) -> str:
        parts = [
            counted(self.scenarios, "scenario"),
            counted(self.settings, "setting"),
            *([counted(self.draws, "draw")] if self.draws else []),
            counted(self.seeds, "seed"),
        ]
        return f"{' × '.join(parts)} = {counted(self.runs, 'run')}"

    def lasting(self, workers: int) -> str:
        """The estimated time on a number of workers, in words."""
        return f"about {duration(self.seconds / workers)} on {counted(workers, 'worker')}"


def seconds_of_task(scenario: Scenario, share: float, scenarios: int, people_each: bool) -> float:
    """Estimated processor seconds of one seed: the people, then every scenario.

    ``people_each`` says that every scenario has a starting population of its own.
    """
    households = scenario.base.number("department.stock_households") * share
    people = PEOPLE_SECONDS + PEOPLE_SECONDS_PER_HOUSEHOLD * households
    month = RUN_SECONDS_PER_MONTH + RUN_SECONDS_PER_HOUSEHOLD_MONTH * households
    return people * (scenarios if people_each else 1) + scenarios * scenario.months * month


def duration(seconds: float) -> str:
    """A time in the unit that people would use."""
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    if seconds < 1.5 * HOUR:
        return counted(round(seconds / 60), "minute")
    if seconds < 2 * DAY:
        return counted(round(seconds / HOUR), "hour")
    if seconds < 2 * YEAR:
        return counted(round(seconds / DAY), "day")
    return counted(math.floor(seconds / YEAR), "year")


def counted(number: int, noun: str) -> str:
    """``1 run``, ``1,000 runs``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
