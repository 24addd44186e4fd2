"""Which pathway: the band of need first, then the public and the coverage of each scheme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import STANDARD_ERRORS, with_two_schemes

from sim.compiled import u64
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS
from sim.parameters import Parameters, scale_department
from sim.randomness import key_of, uniform
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import MEMBER_BITS, Decision, Record, Support

SEED = 4
START = date(2023, 1, 1)
WAVE = date(2023, 7, 3)
COVERAGE = 0.4
TIME, WHO, KIND, PATHWAY, DETAIL = (
    COLUMNS.index(name) for name in ("time", "who", "kind", "pathway", "detail")
)


def everywhere(parameters: Parameters, rest: str, value: object) -> dict[str, object]:
    return {f"territories.{name}.{rest}": value for name in parameters.labels("territories")}


@dataclass(frozen=True)
class World:
    """One run, the positions of its pathways, and whose mark is below a coverage."""

    parameters: Parameters
    result: RunResult

    def pathway(self, name: str) -> int:
        return self.parameters.labels("pathways").index(name)

    def rows(self, kind: Record) -> NDArray[np.int64]:
        assert self.result.log is not None
        rows = self.result.log.rows
        return rows[rows[:, KIND] == kind]

    def oriented_to(self, name: str) -> NDArray[np.int64]:
        oriented = self.rows(Record.ORIENTED)
        return oriented[oriented[:, PATHWAY] == self.pathway(name), WHO]


def mark(person: int) -> float:
    household = person >> MEMBER_BITS << MEMBER_BITS
    return uniform(u64(key_of(SEED, household)), int(Decision.COVERAGE), 0)


@pytest.fixture(scope="module")
def world() -> World:
    """40 % of the low band are offered the coached scheme; all of it from July on, by a wave."""
    plain = scale_department(with_two_schemes(), 0.08)
    base = plain.patched(everywhere(plain, "pathways.coached.coverage_share", COVERAGE), "test")
    wave = everywhere(base, "pathways.coached.coverage_share", 1.0)
    wave |= everywhere(base, "reassignment_wave", 1)
    plan = RunPlan("schemes", START, 12, base, ((WAVE, base.patched(wave, "wave")),))
    return World(plain, run_plan(plan, SEED, is_logging=True))


def before_the_wave(world: World, name: str) -> NDArray[np.int64]:
    oriented = world.rows(Record.ORIENTED)
    until = oriented[:, TIME] < day_number(WAVE) * MINUTES_PER_DAY
    return oriented[until & (oriented[:, PATHWAY] == world.pathway(name)), WHO]


def test_a_scheme_is_offered_to_the_covered_households_only(world: World) -> None:
    covered, others = before_the_wave(world, "coached"), before_the_wave(world, "employment")
    assert len(covered) > 30
    assert len(others) > 30
    assert all(mark(int(person)) < COVERAGE for person in covered)
    assert all(mark(int(person)) >= COVERAGE for person in others)


def test_coverage_is_the_share_of_the_band_that_gets_the_scheme(world: World) -> None:
    covered = len(before_the_wave(world, "coached"))
    both = covered + len(before_the_wave(world, "employment"))
    # Adults of a household share its mark: at most two, so that the variance at most doubles.
    error = np.sqrt(2.0 * COVERAGE * (1.0 - COVERAGE) / both)
    assert abs(covered / both - COVERAGE) < STANDARD_ERRORS * error


def test_only_the_self_employed_get_the_scheme_for_them(world: World) -> None:
    last = world.result.last
    mine = last.people["pathway"] == world.pathway("own_business")
    assert mine.sum() > 10
    assert last.people["is_self_employed"][mine].all()
    low_band = mine | np.isin(
        last.people["pathway"], [world.pathway("coached"), world.pathway("employment")]
    )
    assert not last.people["is_self_employed"][low_band & ~mine].any()


def test_nobody_is_oriented_to_another_band_because_of_a_scheme(world: World) -> None:
    names = world.parameters.labels("pathways")
    assert {name for name in names if len(world.oriented_to(name))} == {
        *("own_business", "coached", "social", "employment")
    }


def test_a_wave_takes_everyone_in_again_where_the_scheme_is_offered_now(world: World) -> None:
    switched = world.rows(Record.PATHWAY_SWITCHED)
    reassigned = world.rows(Record.REASSIGNED)
    (day,) = set((reassigned[:, TIME] // MINUTES_PER_DAY).tolist())
    assert 0 <= day_number(WAVE) - day <= 3
    of_the_day = switched[switched[:, TIME] // MINUTES_PER_DAY == day]
    assert len(of_the_day) > 100
    assert set(of_the_day[:, PATHWAY].tolist()) == {world.pathway("employment")}
    assert set(of_the_day[:, DETAIL].tolist()) == {world.pathway("coached")}
    # Who comes back after an absence keeps the earlier orientation until a review.
    last = world.result.last
    people, homes = last.people, last.households[last.people["household"]]
    is_cared_for = np.isin(people["support"], [Support.WAITING_CASEWORKER, Support.SUPPORTED])
    is_cared_for &= homes["since"] < day
    assert is_cared_for.sum() > 300
    assert not (people["pathway"][is_cared_for] == world.pathway("employment")).any()
