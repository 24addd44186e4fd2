"""The calibration problems: the country, whose dynamics all share, and each department."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

from calibration.priors import load_priors
from calibration.problem import Problem
from calibration.simulated import SimulatedDepartment, SimulatedFigures, identity_of
from calibration.targets import load_targets
from sim.errors import Fault, InputError
from sim.parameters import Parameters, shipped_departments
from sim.parameters.draw_files import POSTERIOR, read_draws
from sim.parameters.draws import SHARED, Draws
from sim.parameters.rules import STOCK
from sim.policy import Scenario, load_scenario

WORLDS = Path(__file__).with_name("worlds")
DEPARTMENT = "department"
"""Section of the files for what a department has of its own."""
NATIONAL_PART = 0.3
"""Part of the national population's 10,000 households that one run simulates."""
DEPARTMENT_HOUSEHOLDS = 3000.0
"""Households that one run of a department simulates, if it has as many."""
OFFICES_FROM = date(2020, 7, 1)
"""Before the reforms, whatever the date of the department's scenarios."""
OFFICE_MONTHS = 18
FARTHEST = 1.4
"""The simulated part of a department is at most this factor from the wanted one."""
MOST_ROUNDED = 1.1
ROOM = 1e-9


def problem_of(name: str) -> Problem:
    """The problem of the country (`SHARED`) or of a shipped department; raises `InputError`."""
    if name == SHARED:
        return national_problem()
    if name not in shipped_departments():
        accepted = ", ".join((SHARED, *shipped_departments()))
        raise InputError([Fault("command line", "department", repr(name), accepted)])
    return department_problem(name)


def national_scenario() -> Scenario:
    """The population that national figures are compared with, at full size.

    Without a warm-up: the history gives the people, and the observed year their offices.
    """
    scenario = load_scenario(WORLDS / "national_reference.yaml")
    return scenario.with_variant({"history.warm_up_months": 0})


def national_problem(part: float = NATIONAL_PART) -> Problem:
    """What national figures tell of the dynamics."""
    scenario = national_scenario()
    priors = load_priors(SHARED, scenario.base)
    simulate = SimulatedFigures(scenario, part, priors, load_targets(SHARED))
    return Problem(SHARED, priors, simulate.targets, simulate, identity_of(simulate))


def department_problem(name: str) -> Problem:
    """What a department's own figures tell of it, given the shared dynamics."""
    shared = shared_draws()
    scenario = department_scenario(name, shared)
    priors = load_priors(DEPARTMENT, scenario.base)
    targets = load_targets(DEPARTMENT, department=scenario.base)
    part, territories = simulated_part(scenario.base)
    simulate = SimulatedDepartment(scenario, part, territories, priors, targets)
    identity = identity_of(simulate, "" if shared is None else shared.identity)
    return Problem(name, priors, targets, simulate, identity, shared)


def simulated_part(tables: Parameters) -> tuple[float, tuple[str, ...]]:
    """The part of a department that is simulated, and the territories that are observed in it.

    A part has whole desks. Where rounding gives a territory more of them than its people are
    worth, its delays say nothing. The part is the one, near `DEPARTMENT_HOUSEHOLDS`, in which
    most desks stand in territories that are rounded by little; those are observed.
    """
    stock = tables.number(STOCK)
    desks = {
        name: tables.number(f"territories.{name}.intake.desks")
        for name in tables.labels("territories")
    }
    wanted = DEPARTMENT_HOUSEHOLDS / stock
    if wanted >= 1.0 / FARTHEST:
        return 1.0, tuple(desks)
    parts = {
        whole / number
        for number in desks.values()
        for whole in range(1, math.ceil(number * wanted * FARTHEST) + 1)
        if 1.0 / FARTHEST <= whole / number / wanted <= FARTHEST
    }

    def exact(part: float) -> tuple[str, ...]:
        kept = [
            name
            for name, number in desks.items()
            if math.ceil(number * part - ROOM) <= number * part * MOST_ROUNDED
        ]
        return tuple(kept)

    def merit(part: float) -> tuple[float, float]:
        return sum(desks[name] for name in exact(part)), -abs(math.log(part / wanted))

    best = max(sorted(parts), key=merit)
    return best, exact(best)


def department_scenario(name: str, shared: Draws | None) -> Scenario:
    """The department before the reforms, with the mean of the shared dynamics."""
    reference = load_scenario(f"{name}_reference").with_months(OFFICE_MONTHS)
    scenario = replace(reference, start=OFFICES_FROM, timeline=())
    if shared is None:
        return scenario
    means = dict(zip(shared.paths, shared.values.mean(axis=0).tolist(), strict=True))
    return scenario.with_draw(means, "mean of the shared draws")


def shared_draws() -> Draws | None:
    """The shipped draws of the country; None before there are any."""
    file = POSTERIOR / f"{SHARED}.parquet"
    return read_draws(file) if file.exists() else None


def tables_of(problem: Problem) -> Parameters:
    """The parameter tables, at full size, that the priors of a problem refer to."""
    simulate = problem.simulate
    if not isinstance(simulate, (SimulatedFigures, SimulatedDepartment)):
        raise TypeError("the problem has no tables of its own")
    return simulate.scenario.base
