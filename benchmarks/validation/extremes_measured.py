"""The extreme conditions as they are run: beside their reference, under a few seeds."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from benchmarks.validation.balances import unbalanced
from benchmarks.validation.extremes import EXTREMES, NEARLY, Extreme, Must
from benchmarks.validation.extremes_kept import Extremes, Outcome, Run
from benchmarks.worlds import pilot_alone
from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.experiments.experiment import run_plan_of, timeline_of
from sim.outcomes.table import Outcomes, outcomes_of
from sim.policy import Scenario, load_scenario
from sim.version import engine_version

REFERENCE = "somme_reference"
MONTHS = 24
"""To the end of 2024: the law of January 2025 orients without a session."""
SEEDS = (1, 2, 3)
DIGITS = 6
SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "≈": lambda found, bound: abs(found - bound) <= NEARLY * abs(bound),
}


def scenarios_of(one: Extreme, months: int = MONTHS) -> tuple[Scenario, Scenario]:
    """The reference and the condition."""
    world = pilot_alone(load_scenario(REFERENCE), months)
    reference = world.with_variant(one.given) if one.given else world
    if one.is_past:
        return reference, world.with_variant({**one.given, **one.changed})
    return reference, reference.with_changes(one.changed)


def run_of(one: Extreme, seeds: Sequence[int] = SEEDS, months: int = MONTHS) -> Run:
    """Run a condition beside its reference under every seed."""
    reference, extreme = scenarios_of(one, months)
    found: list[list[tuple[float, float]]] = []
    broken: set[str] = set()
    for seed in seeds:
        before, _ = _outcomes(reference, seed)
        after, result = _outcomes(extreme, seed)
        found.append([(after.one(must.outcome), _bound(must, before, after)) for must in one.must])
        broken |= set(unbalanced(result.ledger))
    outcomes = tuple(
        _outcome(must, [pairs[place] for pairs in found]) for place, must in enumerate(one.must)
    )
    return Run(outcomes, tuple(sorted(broken)))


def _outcomes(scenario: Scenario, seed: int) -> tuple[Outcomes, RunResult]:
    plan = run_plan_of(scenario)
    result = run_plan(plan, seed, start=starting_population(plan, seed))
    ledger = result.ledger
    return outcomes_of(ledger, timeline_of(scenario), reference=ledger), result


def _bound(must: Must, before: Outcomes, after: Outcomes) -> float:
    if not must.than:
        return must.times
    return must.times * (before if must.is_of_reference else after).one(must.than)


def _outcome(must: Must, pairs: Sequence[tuple[float, float]]) -> Outcome:
    held = sum(SIGNS[must.sign](found, bound) for found, bound in pairs)
    found, bound = (_mean(values) for values in zip(*pairs, strict=True))
    return Outcome(must.outcome, must.sign, found, bound, held)


def _mean(values: Sequence[float]) -> float | None:
    mean = float(np.mean(values))
    return None if math.isnan(mean) else float(f"{mean:.{DIGITS}g}")


def measure() -> Extremes:
    """Run every condition."""
    runs = {}
    for one in EXTREMES:
        runs[one.key] = run_of(one)
        print(one.key, flush=True)
    return Extremes(SEEDS, MONTHS, engine_version(), date.today().isoformat(), runs)
