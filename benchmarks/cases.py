"""What is measured: departments of several sizes, ready to run, with a population cache apart."""

from __future__ import annotations

import math
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population, starting_population
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters, scale_changes
from sim.parameters.values import Value
from sim.policy import load_scenario
from sim.units import MINUTES_PER_DAY
from sim.user_cache import CACHE_VARIABLE
from sim.vocabulary import WEEKDAYS

REFERENCE = "somme_reference"
EXPERIMENT = "somme_experiment"
SCHEMES = (
    "doubs_scheme",
    "mayenne_scheme",
    "mayenne_scheme_whole_department",
    "meuse_scheme",
    "bouches_du_rhone_scheme",
)
"""Scenarios in which calls, workshops, pathways of their own and coverage act."""
SEED = 1
MOST_DESKS = 60
LENGTHS = ("opening", "interview")
"""Of a session and of one of its interviews, in minutes."""
WARM_UP_SHARE = 0.01


@dataclass(frozen=True)
class Case:
    """One plan and the people of its first day."""

    name: str
    plan: RunPlan
    start: State


def case(name: str, seed: int = SEED) -> Case:
    """A shipped scenario at full size, its population from the cache of the measurement."""
    plan = run_plan_of(load_scenario(name))
    return Case(name, plan, starting_population(plan, seed))


def enlarged(name: str, times: float) -> RunPlan:
    """A scenario without dated changes in a department ``times`` as large.

    Desks are limited to what one territory can have; sessions are longer by the same factor
    instead, so that as many people are received for each caseworker. Where even a whole day is too
    short, there is a session on each working day, and interviews are as short as it then takes.
    """
    scenario = load_scenario(name)
    if scenario.timeline:
        raise ValueError("only a scenario without dated changes is enlarged")
    base = _enlarged(scenario.base, times)
    return run_plan_of(replace(scenario, base=base, share=times))


def _enlarged(base: Parameters, times: float) -> Parameters:
    values = scale_changes({path: base.value(path) for path in base.paths()}, times)
    for territory in base.labels("territories"):
        values |= _intake(base, f"territories.{territory}.intake", times)
    changed = {path: value for path, value in values.items() if value != base.value(path)}
    return base.patched(changed, f"{times:g} times the department")


def _intake(base: Parameters, intake: str, times: float) -> dict[str, Value]:
    """Desks, days, opening and interviews of one territory's sessions."""
    opening, interview = (base.number(f"{intake}.{name}_minutes") for name in LENGTHS)
    wanted = base.number(f"{intake}.desks") * times
    desks = min(math.ceil(wanted), MOST_DESKS)
    opening *= wanted / desks
    values: dict[str, Value] = {}
    if opening > MINUTES_PER_DAY:
        opening *= len(base.words(f"{intake}.weekdays")) / len(WEEKDAYS)
        values[f"{intake}.weekdays"] = WEEKDAYS
    if opening > MINUTES_PER_DAY:
        values[f"{intake}.interview_minutes"] = int(interview * MINUTES_PER_DAY / opening)
        opening = MINUTES_PER_DAY
    values[f"{intake}.desks"] = desks
    values[f"{intake}.opening_minutes"] = round(opening)
    return values


def warm_up() -> None:
    """Compile or load every kernel once: a small department through history and one month."""
    for name in (REFERENCE, EXPERIMENT):
        plan = run_plan_of(load_scenario(name).scaled(WARM_UP_SHARE).with_months(6))
        run_plan(plan, SEED, start=build_population(plan, SEED))


def use_own_cache() -> Path:
    """Keep the populations of a measurement apart from those of the user."""
    folder = Path(tempfile.mkdtemp(prefix="caseload-benchmarks-"))
    os.environ[CACHE_VARIABLE] = str(folder)
    return folder
