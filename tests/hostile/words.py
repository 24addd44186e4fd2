"""What is typed on the command line: levers, targets, spans, months, names, precisions."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.batch.chunks import read_slice
from sim.errors import InputError
from sim.parameters import Parameters, load_department
from sim.policy import Scenario, load_scenario
from sim.search.factors import plan_of_factors
from sim.search.naming import find_lever, find_outcome, find_target, read_span
from sim.search.precision import read_precision
from sim.search.simulations import month_asked
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import mutated


@dataclass(frozen=True)
class Reader:
    """A reader of one word, good examples, and the numbers of what it read (all finite)."""

    read: Callable[[str], object]
    examples: tuple[str, ...]
    numbers: Callable[[object], tuple[float, ...]] = lambda _: ()


def prepared(_folder: Path) -> Attempt:
    """Attempts at the readers of the words of a command."""
    readers = _readers(load_scenario("somme_experiment"))

    def attempt(luck: random.Random) -> Ending:
        reader = luck.choice(readers)
        text = mutated(luck.choice(reader.examples), luck)
        try:
            found = reader.read(text)
        except InputError as error:
            _check_told(error)
            return Ending.REFUSED
        if not all(map(math.isfinite, reader.numbers(found))):
            raise SilentDifferenceError(f"{text!r} was read as {found!r}")
        return Ending.TAKEN

    return attempt


def _check_told(error: InputError) -> None:
    """Every fault says what was found and what is accepted, without control characters."""
    for fault in error.faults:
        if not fault.found or not fault.accepted:
            raise SilentDifferenceError(f"a fault that says nothing: {fault!r}")


def _readers(scenario: Scenario) -> tuple[Reader, ...]:
    base: Parameters = scenario.base
    return (
        Reader(
            lambda text: find_lever(text, scenario, base),
            ("staff.fte[coquelicot]", "portfolio_cap[coquelicot, social_worker]", "additional_fte"),
        ),
        Reader(
            lambda text: read_span(text, "--between", "0:40"),
            ("0:40", "-1.5:2", "0:0.001"),
            lambda found: found,  # type: ignore[arg-type,return-value]
        ),
        Reader(
            lambda text: find_target(text, base)[1],
            ("wait_for_orientation_days_mean <= 15", "oriented_within_15_days_share >= 80 %"),
            lambda found: (found.limit,),  # type: ignore[attr-defined]
        ),
        Reader(lambda text: find_outcome(text, base), ("caseload_households[coquelicot]", "exits")),
        Reader(
            lambda text: read_precision(text, base),
            ("caseload_households=50", "caseload_households=0.5%", "job_rate_6m=2pt"),
            lambda found: (found.half_width,),  # type: ignore[attr-defined]
        ),
        Reader(lambda text: month_asked(text, scenario), ("2025-06", "2023-12")),
        Reader(lambda text: read_slice(text), ("2/4", "1/1")),
        Reader(
            lambda text: plan_of_factors(("somme_reference",), (text,), seeds=1),
            ("additional_fte[coquelicot]", "staff_fte=0:4", "barriers.*=0:1"),
        ),
        Reader(load_scenario, ("somme_experiment", "./somme_experiment.yaml")),
        Reader(load_department, ("somme", "80")),
        *_months(),
    )


def _months() -> tuple[Reader, ...]:
    from brought.series import month_of

    return (Reader(lambda text: month_of(text, "--begins"), ("2025-06", "1999-12")),)
