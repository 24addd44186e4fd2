"""From parameter values and a seed to simulated figures: one population, one observed year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.observation import OPERATORS, ObservedYear
from calibration.priors import Prior, values_of
from calibration.targets import Target
from sim.engine.run import run_plan
from sim.engine.starting_population import build_population
from sim.experiments.experiment import run_plan_of
from sim.experiments.jobs import People
from sim.parameters import scale_changes
from sim.policy import Scenario
from sim.version import engine_version

Floats = NDArray[np.float64]

POPULATIONS = 4
"""Sets of people that the runs of a department start from; their differences are seed noise."""
_PEOPLE = People(2 * POPULATIONS)


@dataclass(frozen=True)
class SimulatedFigures:
    """The simulator of a problem, as a function of (values, seed) that other processes can take.

    ``scenario`` has its full size; ``part`` of it is simulated. A run makes its own starting
    population, which no cache keeps, and is logged.
    """

    scenario: Scenario
    part: float
    priors: tuple[Prior, ...]
    targets: tuple[Target, ...]

    def __call__(self, values: Floats, seed: int) -> Floats:
        """The simulated figures in the order and the units of the targets."""
        return figures(self.observed(values, seed), self.targets)

    def observed(self, values: Floats, seed: int) -> ObservedYear:
        """The observed year under given values."""
        drawn = values_of(self.priors, values, self.scenario.base)
        drawn_world = self.scenario.with_draw(drawn, "values of the fit").scaled(self.part)
        plan = run_plan_of(drawn_world)
        start = build_population(plan, seed)
        return ObservedYear.of(run_plan(plan, seed, is_logging=True, start=start))


@dataclass(frozen=True)
class SimulatedDepartment:
    """The simulator of a department's own figures.

    Runs start from a few sets of people, made once with the tables and the mean of the shared
    dynamics; what the values change acts from the first day on. The first months let queues
    settle, the last twelve are observed, in ``territories``. ``scenario`` and ``part`` as in
    `SimulatedFigures`.
    """

    scenario: Scenario
    part: float
    territories: tuple[str, ...]
    priors: tuple[Prior, ...]
    targets: tuple[Target, ...]

    def __call__(self, values: Floats, seed: int) -> Floats:
        """The simulated figures in the order and the units of the targets."""
        return figures(self.observed(values, seed), self.targets)

    def observed(self, values: Floats, seed: int) -> ObservedYear:
        """The observed year under given values."""
        world = self.scenario.scaled(self.part)
        drawn = values_of(self.priors, values, self.scenario.base)
        changed = world.with_changes(scale_changes(drawn, self.part), label="values of the fit")
        start = _PEOPLE.of(run_plan_of(world), 1 + seed % POPULATIONS)
        run = run_plan(run_plan_of(changed), seed, is_logging=True, start=start)
        return ObservedYear.of(run, self.territories)


def figures(year: ObservedYear, targets: Sequence[Target]) -> Floats:
    """What the operators of targets read from an observed year, in the targets' units."""
    return np.array([OPERATORS[target.operator](year) * target.scale for target in targets])


def identity_of(simulate: SimulatedFigures | SimulatedDepartment, shared: str = "") -> str:
    """SHA-256 of all that decides simulated figures and what they are held against.

    ``shared`` is the identity of the draws that a department takes over.
    """
    content = {
        "engine": engine_version(),
        "scenario": simulate.scenario.fingerprint(),
        "part": simulate.part,
        "shared": shared,
        "priors": [repr(prior) for prior in simulate.priors],
        "targets": [repr(target) for target in simulate.targets],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
