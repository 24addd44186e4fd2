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
from sim.policy import Scenario
from sim.version import engine_version

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SimulatedFigures:
    """The simulator of a problem, as a function of (values, seed) that other processes can take.

    A run makes its own starting population, which no cache keeps, and is logged.
    """

    scenario: Scenario
    priors: tuple[Prior, ...]
    targets: tuple[Target, ...]

    def __call__(self, values: Floats, seed: int) -> Floats:
        """The simulated figures in the order and the units of the targets."""
        return figures(self.observed(values, seed), self.targets)

    def observed(self, values: Floats, seed: int) -> ObservedYear:
        """The observed year under given values."""
        drawn = values_of(self.priors, values, self.scenario.base)
        plan = run_plan_of(self.scenario.with_draw(drawn, "values of the fit"))
        start = build_population(plan, seed)
        return ObservedYear.of(run_plan(plan, seed, is_logging=True, start=start))


def figures(year: ObservedYear, targets: Sequence[Target]) -> Floats:
    """What the operators of targets read from an observed year, in the targets' units."""
    return np.array([OPERATORS[target.operator](year) * target.scale for target in targets])


def identity_of(simulate: SimulatedFigures) -> str:
    """SHA-256 of all that decides simulated figures and what they are held against."""
    content = {
        "engine": engine_version(),
        "scenario": simulate.scenario.fingerprint(),
        "priors": [repr(prior) for prior in simulate.priors],
        "targets": [repr(target) for target in simulate.targets],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
