"""The calibration problems: the country, and each department."""

from __future__ import annotations

from pathlib import Path

from calibration.priors import load_priors
from calibration.problem import Problem
from calibration.simulated import SimulatedFigures, identity_of
from calibration.targets import load_targets
from sim.parameters import Parameters
from sim.parameters.draws import SHARED
from sim.policy import Scenario, load_scenario

WORLDS = Path(__file__).with_name("worlds")
NATIONAL_PART = 0.3
"""Part of the national population's 10,000 households that one run simulates."""


def national_scenario(part: float = NATIONAL_PART) -> Scenario:
    """The population that national figures are compared with."""
    scenario = load_scenario(WORLDS / "national_reference.yaml")
    return scenario.with_variant({"history.warm_up_months": 0}).scaled(part)


def problem_of(department: str, part: float = NATIONAL_PART) -> Problem:
    """The problem of the country (`SHARED`) or of a department."""
    if department != SHARED:
        raise NotImplementedError(department)
    scenario = national_scenario(part)
    priors = load_priors(SHARED, scenario.base)
    simulate = SimulatedFigures(scenario, priors, load_targets(SHARED))
    return Problem(SHARED, priors, simulate.targets, simulate, identity_of(simulate))


def tables_of(problem: Problem) -> Parameters:
    """The parameter tables that the priors of a problem refer to."""
    assert isinstance(problem.simulate, SimulatedFigures)
    return problem.simulate.scenario.base
