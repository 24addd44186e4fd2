"""Actions against barriers: limited places, one action at a time against a barrier, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import somme

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS
from sim.parameters import Parameters, scale_department
from sim.vocabulary import Record

SEED = 2
PLACES = 2
WHO, KIND, TERRITORY, DETAIL = (
    COLUMNS.index(name) for name in ("who", "kind", "territory", "detail")
)


def department(volunteering: int) -> Parameters:
    """Everywhere two places of every other action, frequent appointments."""
    plain = scale_department(somme(), 0.1)
    changes: dict[str, object] = {}
    for territory in plain.labels("territories"):
        own = f"territories.{territory}"
        changes |= {f"{own}.action_places.{name}": PLACES for name in plain.labels("actions")}
        changes[f"{own}.action_places.volunteering"] = volunteering
        for pathway in plain.labels("pathways"):
            changes[f"{own}.pathways.{pathway}.appointment_interval_days"] = 60
            changes[f"{own}.pathways.{pathway}.appointment_shortest_days"] = 45
    return plain.patched(changes, "test")


def rows_of(parameters: Parameters) -> NDArray[np.int64]:
    plan = RunPlan("actions", date(2023, 1, 1), 18, parameters)
    log = run_plan(plan, SEED, is_logging=True).log
    assert log is not None
    return log.rows


@pytest.fixture(scope="module")
def offered() -> NDArray[np.int64]:
    return rows_of(department(volunteering=3))


@pytest.mark.slow
def test_one_action_at_a_time_against_a_barrier_and_never_more_than_the_places(
    offered: NDArray[np.int64],
) -> None:
    parameters = department(volunteering=3)
    names, territories = parameters.labels("actions"), parameters.labels("territories")
    barrier = {
        number: parameters.word(f"actions.{name}.barrier") for number, name in enumerate(names)
    }
    started_before = Counter[tuple[int, int]]()
    held: dict[int, set[int]] = defaultdict(set)
    in_use = Counter[tuple[int, int]]()
    fullest = Counter[str]()
    for row in offered.tolist():
        who, action, cell = row[WHO], row[DETAIL], (row[TERRITORY], row[DETAIL])
        if row[KIND] == Record.ACTION_STARTED:
            assert barrier[action] not in {barrier[other] for other in held[who]}
            held[who].add(action)
            in_use[cell] += 1
            started_before[cell] += 1
            limit = parameters.whole(
                f"territories.{territories[cell[0]]}.action_places.{names[action]}"
            )
            # People of the starting population hold some of the places already.
            assert in_use[cell] <= limit
            fullest[names[action]] = max(fullest[names[action]], in_use[cell])
        elif row[KIND] == Record.ACTION_ENDED and action in held[who]:
            held[who].remove(action)
            in_use[cell] -= 1
    assert fullest["volunteering"] >= 2
    assert len(fullest) == len(names)


@pytest.mark.slow
def test_without_offers_nobody_volunteers() -> None:
    rows = rows_of(department(volunteering=0))
    names = somme().labels("actions")
    started = rows[rows[:, KIND] == Record.ACTION_STARTED, DETAIL]
    assert len(started) > 30
    assert names.index("volunteering") not in started


def test_volunteering_adds_to_what_is_done_against_isolation(offered: NDArray[np.int64]) -> None:
    names = somme().labels("actions")
    mine = [names.index(name) for name in ("collective_action", "volunteering")]

    def started(rows: NDArray[np.int64]) -> int:
        return int(np.isin(rows[rows[:, KIND] == Record.ACTION_STARTED, DETAIL], mine).sum())

    assert started(offered) > started(rows_of(department(volunteering=0)))
