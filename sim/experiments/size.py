"""How large a piece of work is: counted before anything is made, with its time and memory."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sim.errors import Fault, InputError
from sim.experiments.cost import BYTES_OF_PROCESS, cost_of
from sim.experiments.experiment import Experiment
from sim.policy import Scenario

Unit = Literal["second", "minute", "hour", "day", "year"]
HOUR, DAY, YEAR = 3600.0, 86_400.0, 365.25 * 86_400.0
GIGABYTE = 1e9
CONTROL_GROUP = Path("/sys/fs/cgroup/memory.max")
"""Holds what a container may use of its machine's memory."""

LONGEST_RUN_SECONDS = 180.0
"""Three times the longest run of the largest department that ships."""
SHARE_OF_MEMORY = 0.75
"""Of the machine's memory: the rest is left to others."""


@dataclass(frozen=True)
class Size:
    """Numbers of scenarios, settings, draws and seeds, with the estimated time and memory.

    ``seconds`` are of one processor, for all runs; ``run_seconds`` those of the longest run with
    its people; ``memory_bytes`` are of the process that runs them.
    """

    scenarios: int
    settings: int
    draws: int
    seeds: int
    seconds: float
    run_seconds: float = 0.0
    memory_bytes: float = 0.0

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


def together(sizes: Sequence[Size]) -> Size:
    """Experiments alike, one after the other: scenarios and time add up, memory does not."""
    first = sizes[0]
    return Size(
        scenarios=sum(size.scenarios for size in sizes),
        settings=first.settings,
        draws=first.draws,
        seeds=first.seeds,
        seconds=sum(size.seconds for size in sizes),
        run_seconds=max(size.run_seconds for size in sizes),
        memory_bytes=max(size.memory_bytes for size in sizes),
    )


@dataclass(frozen=True)
class Limits:
    """What is run without being asked twice.

    Processor seconds of everything and of one run with its share of the people; bytes of memory.
    """

    seconds: float
    run_seconds: float
    memory_bytes: float

    def admit(self, size: Size) -> bool:
        """Whether a piece of work is within all of them."""
        return (
            size.seconds <= self.seconds
            and size.run_seconds <= self.run_seconds
            and size.memory_bytes <= self.memory_bytes
        )

    def __str__(self) -> str:
        run = f"{duration(self.run_seconds)} for one run"
        return f"{costs_text(self.seconds, self.memory_bytes)}, {run}"


class TooLargeError(InputError):
    """A piece of work above the limits; ``size`` is its estimate."""

    def __init__(self, size: Size, limits: Limits, option: str) -> None:
        self.size = size
        self.limits = limits
        run = f"{duration(size.run_seconds)} for one run"
        found = f"about {costs_text(size.seconds, size.memory_bytes)}, {run}: {size}"
        way_on = f"; {option} runs it all the same" if option else ""
        super().__init__([Fault("size", "estimate", found, f"at most {limits}{way_on}")])


def check_size(size: Size, limits: Limits, option: str = "") -> None:
    """Refuse what is above the limits: `TooLargeError`; ``option`` is one that raises them."""
    if not limits.admit(size):
        raise TooLargeError(size, limits, option)


def limits_here(seconds: float = DAY, run_seconds: float = LONGEST_RUN_SECONDS) -> Limits:
    """The limits on this machine: times, and three quarters of the memory."""
    return Limits(seconds, run_seconds, SHARE_OF_MEMORY * machine_memory_bytes())


@cache
def machine_memory_bytes() -> float:
    """Memory of this machine, or what a container may use of it; endless where unknown."""
    try:
        whole = float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (ValueError, OSError, AttributeError):
        return math.inf
    try:
        return min(whole, float(CONTROL_GROUP.read_text()))
    except (ValueError, OSError):
        return whole


def size_of_experiment(
    experiment: Experiment, workers: int | None = None, *, is_logging: bool = False
) -> Size:
    """The size of an experiment, each replication with its people and every scenario."""
    return size_of_runs(
        experiment.scenarios,
        experiment.replications,
        workers=workers,
        people_each=not experiment.is_paired,
        is_logging=is_logging,
    )


def size_of_runs(
    scenarios: Sequence[Scenario],
    seeds: int,
    *,
    workers: int | None = None,
    people_each: bool = False,
    is_logging: bool = False,
) -> Size:
    """The size of some scenarios under a number of seeds, with all outcomes kept."""
    kept = seeds * sum(cost_of(scenario).kept_bytes for scenario in scenarios)
    return Size(
        scenarios=len(scenarios),
        settings=1,
        draws=0,
        seeds=seeds,
        seconds=seeds * seconds_of_task(scenarios, people_each=people_each),
        run_seconds=seconds_of_longest_run(scenarios),
        memory_bytes=kept
        + memory_of_tasks(scenarios, min(workers or _processors(), seeds), is_logging=is_logging),
    )


def seconds_of_task(
    scenarios: Sequence[Scenario], share: float = 1.0, *, people_each: bool
) -> float:
    """Estimated processor seconds of one seed: the people, then every scenario.

    ``people_each`` says that every scenario has a starting population of its own.
    """
    costs = [cost_of(scenario, share) for scenario in scenarios]
    people = [cost.people_seconds for cost in costs]
    return (sum(people) if people_each else max(people)) + sum(cost.run_seconds for cost in costs)


def seconds_of_longest_run(scenarios: Sequence[Scenario], share: float = 1.0) -> float:
    """Estimated processor seconds of the people and the run of the longest scenario."""
    costs = (cost_of(scenario, share) for scenario in scenarios)
    return max(cost.people_seconds + cost.run_seconds for cost in costs)


def memory_of_tasks(
    scenarios: Sequence[Scenario],
    workers: int | None = None,
    share: float = 1.0,
    *,
    is_logging: bool = False,
) -> float:
    """Estimated bytes of a process that runs tasks side by side, outcomes left out."""
    each = max(cost_of(one, share, is_logging=is_logging).memory_bytes for one in scenarios)
    return BYTES_OF_PROCESS + (workers or _processors()) * each


def _processors() -> int:
    return os.cpu_count() or 1


def costs_text(seconds: float, memory_bytes: float) -> str:
    """Time and memory in words."""
    time = f"{duration(seconds)} of processor time"
    if math.isinf(memory_bytes):
        return time
    return f"{time} and {memory_bytes / GIGABYTE:,.1f} GB of memory"


def duration_parts(seconds: float) -> tuple[int, Unit]:
    """A time as a number and the unit that people would use."""
    if seconds < 90:
        return max(1, round(seconds)), "second"
    if seconds < 1.5 * HOUR:
        return round(seconds / 60), "minute"
    if seconds < 2 * DAY:
        return round(seconds / HOUR), "hour"
    if seconds < 2 * YEAR:
        return round(seconds / DAY), "day"
    return math.floor(seconds / YEAR), "year"


def duration(seconds: float) -> str:
    """A time in the unit that people would use, in words."""
    return counted(*duration_parts(seconds))


def counted(number: int, noun: str) -> str:
    """``1 run``, ``1,000 runs``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
