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
from sim.policy import load_scenario
from sim.user_cache import CACHE_VARIABLE

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
    instead, so that as many people are received for each caseworker.
    """
    scenario = load_scenario(name)
    if scenario.timeline:
        raise ValueError("only a scenario without dated changes is enlarged")
    base = _enlarged(scenario.base, times)
    return run_plan_of(replace(scenario, base=base, share=times))


def _enlarged(base: Parameters, times: float) -> Parameters:
    values = scale_changes({path: base.value(path) for path in base.paths()}, times)
    for territory in base.labels("territories"):
        desks = f"territories.{territory}.intake.desks"
        opening = f"territories.{territory}.intake.opening_minutes"
        wanted = base.number(desks) * times
        values[desks] = min(math.ceil(wanted), MOST_DESKS)
        values[opening] = round(base.number(opening) * wanted / float(str(values[desks])))
    changed = {path: value for path, value in values.items() if value != base.value(path)}
    return base.patched(changed, f"{times:g} times the department")


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
