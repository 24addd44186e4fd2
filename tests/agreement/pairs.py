"""The same plan compiled and as plain Python, and what it means that they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from small_worlds import with_two_schemes

from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.events import first_difference
from sim.experiments.plain_run import plain_run
from sim.parameters import Parameters, load_department
from sim.parameters.scaling import scale_department

SMALL = {"history.years": 12, "history.warm_up_months": 6}


@dataclass(frozen=True)
class Pair:
    """The run of compiled code, and that of its plain text from the same people."""

    compiled: RunResult
    plain: RunResult


def small_department(scale: float) -> Parameters:
    """A department of a few hundred people with a short past."""
    return scale_department(load_department("somme"), scale).patched(SMALL, "test")


def small_schemes(scale: float) -> Parameters:
    """The same department with two schemes beside the ordinary pathway of a band."""
    return scale_department(with_two_schemes(), scale).patched(SMALL, "test")


def both(plan: RunPlan, seed: int) -> Pair:
    """Run a plan twice from one population."""
    start = build_population(plan, seed)
    return Pair(run_plan(plan, seed, is_logging=True, start=start), plain_run(plan, seed, start))


def everywhere(
    parameters: Parameters, group: str, values: Mapping[str, object]
) -> dict[str, object]:
    """Changes of parameters in every territory; a group of pathways or staff in all of its rows."""
    rows = {
        "pathways": parameters.labels("pathways"),
        "staff": parameters.labels("roles"),
        "places": [
            job
            for job in parameters.labels("job_types")
            if parameters.flag(f"job_types.{job}.has_limited_places")
        ],
        "action_places": parameters.labels("actions"),
    }
    if group == "":
        prefixes = [f"territories.{label}" for label in parameters.labels("territories")]
    else:
        prefixes = [
            f"territories.{label}.{group}.{row}"
            for label in parameters.labels("territories")
            for row in rows[group]
        ]
    return {
        f"{prefix}.{name}" if name else prefix: value
        for prefix in prefixes
        for name, value in values.items()
    }


def assert_same_state(left: State, right: State) -> None:
    assert (left.day, left.posts) == (right.day, right.posts)
    for name in left.__dataclass_fields__:
        one, other = getattr(left, name), getattr(right, name)
        if not isinstance(one, np.ndarray):
            continue
        assert one.dtype == other.dtype, name
        assert one.shape == other.shape, name
        for field in one.dtype.names or ():
            np.testing.assert_array_equal(one[field], other[field], f"{name}.{field}", strict=True)
        if one.dtype.names is None:
            np.testing.assert_array_equal(one, other, name, strict=True)


def assert_same_log(pair: Pair) -> None:
    left, right = pair.compiled.log, pair.plain.log
    assert left is not None
    assert right is not None
    found = first_difference(left, right)
    if found is not None:
        rows = slice(max(found - 3, 0), found + 2)
        raise AssertionError(f"row {found}\n{left.frame()[rows]}\n{right.frame()[rows]}")


def assert_same_ledger(pair: Pair) -> None:
    left, right = pair.compiled.ledger, pair.plain.ledger
    assert left.equals_flows(right)
    np.testing.assert_array_equal(left.stocks, right.stocks)
