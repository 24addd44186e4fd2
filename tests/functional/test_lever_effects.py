"""Every lever acts in the direction of its mechanism, and only through it.

Runs are paired: both arms start from the same people and share their luck. A reference value
changes nothing, and neither does a lever whose mechanism has no input: the logs are the same,
record for record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pytest
from lever_cases import CASES, Case, Changes
from numpy.typing import NDArray
from scipy import stats

from benchmarks.worlds import pilot_alone
from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.events import COLUMNS
from sim.experiments.experiment import run_plan_of, timeline_of
from sim.outcomes.table import ALL, outcome_over
from sim.policy import Scenario, lever_catalogue, levers, load_scenario

SEEDS = (1, 2, 3, 4, 5, 6)
LEVEL = 0.99
MONTHS = 13
SINCE = 3
"""Cohorts and flows count from the fourth month on, when what changed has begun to act."""
SMALL = 0.03
MIDWAY = date(2023, 2, 14)
NUDGED = "benefit.long_exit_hazard"
RENEWAL = "territories.*.pathways.*.contract_renewal_days"
"""What acts on lives refreshes their slow factors on its day, and a new rhythm makes the offices
look again at everyone: both arms get a trace of both, so that only the lever differs."""
WHO = COLUMNS.index("who")


@cache
def world(name: str) -> Scenario:
    """The pilot territory of the Somme at full size, or a part of the Meuse."""
    if name == "pilot":
        return pilot_alone(load_scenario("somme_reference"), MONTHS)
    return load_scenario("meuse_reference").scaled(0.3).with_months(MONTHS)


class Runs:
    """Runs that several cases share, by what was changed."""

    def __init__(self) -> None:
        self._found: dict[str, RunResult] = {}

    def __call__(self, scenario: Scenario, seed: int, *, is_logging: bool = False) -> RunResult:
        key = f"{scenario.fingerprint()} {seed} {is_logging}"
        if key not in self._found:
            plan = run_plan_of(scenario)
            start = starting_population(plan, seed)
            self._found[key] = run_plan(plan, seed, is_logging=is_logging, start=start)
        return self._found[key]


@pytest.fixture(scope="module")
def runs() -> Runs:
    return Runs()


def read(case: Case, scenario: Scenario, result: RunResult) -> float:
    """The first outcome of a case, in the whole department."""
    if isinstance(case.read, str):
        column = [ALL, *scenario.base.labels("pathways")].index(case.pathway or ALL)
        whole = outcome_over(case.read, result.ledger, timeline_of(scenario), SINCE)
        return float(whole[0, column])
    return case.read(result)


def with_both(scenario: Scenario, given: Changes, changed: Changes) -> Scenario:
    return scenario.with_changes({**given, **changed}) if given or changed else scenario


def test_every_lever_has_a_case() -> None:
    assert sorted(case.key for case in CASES) == sorted(lever_catalogue())


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_a_lever_moves_the_first_outcome_of_its_mechanism(case: Case, runs: Runs) -> None:
    """The mean paired difference has the expected sign, beyond its own Student error at 99 %."""
    reference = with_both(world(case.world), case.given, {})
    changed = with_both(world(case.world), case.given, case.changed)
    difference = case.sign * np.array(
        [
            read(case, changed, runs(changed, seed)) - read(case, reference, runs(reference, seed))
            for seed in SEEDS
        ]
    )
    error = float(np.std(difference, ddof=1)) / len(SEEDS) ** 0.5
    tolerance = float(stats.t.ppf(LEVEL, len(SEEDS) - 1)) * error
    print(f"{case.key}: {difference} against {tolerance:.3g}")
    assert difference.mean() > tolerance


def lives(result: RunResult) -> NDArray[np.int64]:
    """The log of persons and households; that of offices counts staff, not what it does."""
    assert result.log is not None
    return result.log.rows[result.log.rows[:, WHO] >= 0]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_without_its_input_a_lever_changes_nothing(case: Case, runs: Runs) -> None:
    """No staff, no places, nobody eligible: every life is the same to the record."""
    absent = world(case.world).with_variant(case.absent) if case.absent else world(case.world)
    nudge = {NUDGED: absent.base.number(NUDGED) * (1.0 + 1e-9), RENEWAL: 364}
    given = {**nudge, **(case.given if case.absent else {})}
    moved = case.inert(absent.base) if case.inert else case.changed
    absent, changed = with_both(absent, given, {}), with_both(absent, given, moved)
    assert changed.fingerprint() != absent.fingerprint()
    one, other = (runs(scenario, SEEDS[0], is_logging=True) for scenario in (absent, changed))
    assert len(lives(one)) > 1000
    assert np.array_equal(lives(one), lives(other))


@pytest.fixture(scope="module")
def reference() -> Callable[[Changes], NDArray[np.int64]]:
    """The log of a small run of the Somme in which values are said again midway."""
    small = load_scenario("somme_reference").scaled(SMALL).with_months(4)
    start = starting_population(run_plan_of(small), SEEDS[0])

    def log(said_again: Changes) -> NDArray[np.int64]:
        scenario = small.with_changes(said_again, MIDWAY) if said_again else small
        result = run_plan(run_plan_of(scenario), SEEDS[0], is_logging=True, start=start)
        assert result.log is not None
        return result.log.rows

    return log


@pytest.mark.slow
@pytest.mark.parametrize("key", lever_catalogue())
def test_a_lever_at_its_reference_value_changes_nothing(
    key: str, reference: Callable[[Changes], NDArray[np.int64]]
) -> None:
    base = load_scenario("somme_reference").scaled(SMALL).base
    again = {lever.path: base.value(lever.path) for lever in levers(base) if lever.key == key}
    assert again
    before = reference({})
    assert len(before) > 1000
    assert np.array_equal(before, reference(again))
