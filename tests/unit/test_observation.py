"""Observation operators on memories written by hand: one line per adult, this month first."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import observation
from sim.engine.state import State
from sim.observation import Memory
from sim.population.layout import empty_households, empty_people
from sim.population.life_courses import MONTHS_REMEMBERED, brought_up
from sim.units import day_number, month_number
from sim.vocabulary import Benefit, ExitReason

MONTH_NOW = month_number(date(2024, 12, 1))


def months(*runs: tuple[str, int]) -> list[bool]:
    """Months from now back: ("x", 3), (".", 2) is three months yes, two no, then no."""
    flags = [sign == "x" for sign, length in runs for _ in range(length)]
    return flags[:MONTHS_REMEMBERED] + [False] * (MONTHS_REMEMBERED - len(flags))


def memory(
    paid: list[list[bool]],
    worked: list[list[bool]] | None = None,
    job: list[int] | None = None,
    reason: list[int] | None = None,
) -> Memory:
    people = len(paid)
    return Memory(
        paid=np.array(paid),
        worked=np.array(worked or [months()] * people),
        job=np.array(job or [-1] * people),
        reason=np.array(reason or [ExitReason.NONE] * people),
        day=day_number(date(2025, 1, 1)),
    )


ALWAYS = months(("x", 63))
LEFT_HALF_A_YEAR_AGO = months((".", 6), ("x", 57))
CAME_HALF_A_YEAR_AGO = months(("x", 6))
AWAY_IN_BETWEEN = months(("x", 4), (".", 3), ("x", 56))
NEVER = months()


def test_exit_rate_counts_those_of_a_year_ago_who_are_in_no_minimum() -> None:
    lives = [ALWAYS, AWAY_IN_BETWEEN, CAME_HALF_A_YEAR_AGO, NEVER]
    lives += [LEFT_HALF_A_YEAR_AGO, LEFT_HALF_A_YEAR_AGO]
    reasons = [ExitReason.NONE] * 4 + [ExitReason.WORK, ExitReason.OTHER_MINIMUM]
    assert observation.annual_exit_rate(memory(lives, reason=list(reasons))) == 1 / 4


def test_entry_rate_counts_those_of_now_who_were_not_there() -> None:
    lives = [ALWAYS, AWAY_IN_BETWEEN, CAME_HALF_A_YEAR_AGO, LEFT_HALF_A_YEAR_AGO, NEVER]
    assert observation.annual_entry_rate(memory(lives)) == 1 / 3


def test_the_year_is_twelve_months_back() -> None:
    twelve, thirteen = months(("x", 12)), months(("x", 13))
    assert observation.annual_entry_rate(memory([twelve, thirteen])) == 1 / 2
    assert observation.annual_exit_rate(memory([months((".", 12), ("x", 1)), ALWAYS])) == 1 / 2
    assert observation.annual_exit_rate(memory([months((".", 13), ("x", 1)), ALWAYS])) == 0


def test_paid_every_month_allows_no_gap() -> None:
    lives = [months(("x", 12)), months(("x", 11)), AWAY_IN_BETWEEN, LEFT_HALF_A_YEAR_AGO]
    assert observation.paid_every_month(memory(lives)) == 1 / 3


def test_worked_in_the_next_year_is_any_month_since() -> None:
    worked = [
        months((".", 11), ("x", 1)),
        months(("x", 1)),
        months((".", 12), ("x", 20)),
        NEVER,
        ALWAYS,
    ]
    lives = [ALWAYS, LEFT_HALF_A_YEAR_AGO, ALWAYS, ALWAYS, CAME_HALF_A_YEAR_AGO]
    assert observation.worked_in_the_next_year(memory(lives, worked)) == 2 / 4


def test_salaried_a_year_later_looks_at_those_without_contract() -> None:
    salaried, self_employed, none = 0, 1, -1
    worked_a_year_ago = months((".", 12), ("x", 1))
    found = memory(
        paid=[ALWAYS] * 5,
        worked=[NEVER, NEVER, NEVER, NEVER, worked_a_year_ago],
        job=[salaried, self_employed, none, none, salaried],
    )
    assert observation.salaried_a_year_later(found, np.array([True, False])) == 1 / 4


def test_in_job_share_is_of_those_paid_now() -> None:
    job, training, none = 0, 1, -1
    lives = [ALWAYS, ALWAYS, ALWAYS, LEFT_HALF_A_YEAR_AGO]
    found = memory(lives, job=[job, training, none, job])
    assert observation.in_job_share(found, np.array([True, False])) == 1 / 3


def test_an_empty_population_has_no_rate() -> None:
    assert observation.annual_exit_rate(memory([NEVER])) == 0


@pytest.mark.parametrize(
    ("life", "tenure"),
    [
        (months(("x", 1)), 1),
        (months(("x", 12)), 12),
        (months(("x", 3), (".", 6), ("x", 5)), 14),
        (months(("x", 3), (".", 7), ("x", 5)), 3),
        (months(("x", 3), (".", 6), ("x", 1), (".", 6), ("x", 1)), 17),
        (ALWAYS, MONTHS_REMEMBERED),
    ],
)
def test_tenure_ignores_gaps_of_up_to_six_months(life: list[bool], tenure: int) -> None:
    assert observation.tenure_months(memory([life])).tolist() == [tenure]


def test_tenure_without_tolerance_and_only_of_those_paid_now() -> None:
    lives = [AWAY_IN_BETWEEN, LEFT_HALF_A_YEAR_AGO, CAME_HALF_A_YEAR_AGO]
    assert observation.tenure_months(memory(lives), 0).tolist() == [4, 6]


def state(households: NDArray[np.void], people: NDArray[np.void]) -> State:
    return State(
        day=day_number(date(2025, 1, 1)),
        households=households,
        people=people,
        agenda=np.zeros(len(households), np.int32),
        office=np.zeros(len(people), np.int32),
        caseworkers=np.zeros((len(people), 2), np.int16),
        posts=(),
        post_loads=np.zeros(0, np.int64),
        places=np.zeros((5, 1, 1), np.int64),
        desks=np.zeros((1, 1), np.int64),
        arrival_time=np.zeros(1),
        arrival_number=np.zeros(1, np.int64),
        arrival_hazard=np.zeros(1),
    )


def test_memories_are_brought_up_to_the_last_complete_month() -> None:
    """A couple paid since April 2024 whose masks were last touched then, one of them in a job."""
    households, people = empty_households(1), empty_people(2, barriers=1)
    households["members"] = 2
    households["benefit"] = Benefit.PAID
    households["mask_month"] = month_number(date(2024, 5, 1))
    households["paid_mask"] = 0b11
    people["mask_month"] = month_number(date(2024, 10, 1))
    people["worked_mask"] = [0b1, 0b100]
    people["job"] = [3, -1]
    found = Memory.of(state(households, people), np.array([True] * 4))
    since_april = [column <= MONTH_NOW - month_number(date(2024, 4, 1)) for column in range(12)]
    assert found.paid[:, :12].tolist() == [since_april] * 2
    assert found.worked[0, :4].tolist() == [True, True, True, False]
    assert found.worked[1, :6].tolist() == [False, False, False, False, True, False]
    assert found.job.tolist() == [3, -1]


def test_a_job_that_began_this_month_does_not_shift_the_past() -> None:
    """The memory of work already holds the present month on the eve of a later one."""
    households, people = empty_households(1), empty_people(1, barriers=1)
    households["members"] = 1
    households["benefit"] = Benefit.OUT
    households["reason"] = ExitReason.WORK
    households["mask_month"] = MONTH_NOW
    households["paid_mask"] = 0b10
    people["mask_month"] = MONTH_NOW
    people["worked_mask"] = 0b1
    people["job"] = 0
    found = Memory.of(state(households, people), np.array([True] * 4))
    assert found.worked[0, :3].tolist() == [True, False, False]
    assert found.paid[0, :3].tolist() == [False, True, False]
    assert found.reason.tolist() == [ExitReason.WORK]


def test_a_training_is_not_work() -> None:
    """A person in a training since long ago; the last job ended in October."""
    job, training = 0, 1
    households, people = empty_households(1), empty_people(1, barriers=1)
    households["members"] = 1
    people["mask_month"] = month_number(date(2024, 10, 1))
    people["worked_mask"] = 0b1
    people["job"] = training
    found = Memory.of(state(households, people), np.array([True, False]))
    assert found.worked[0, :4].tolist() == [False, False, True, False]
    people["job"] = job
    found = Memory.of(state(households, people), np.array([True, False]))
    assert found.worked[0, :4].tolist() == [True, True, True, False]


@pytest.mark.parametrize("is_paid", [True, False])
def test_memories_move_as_the_engine_moves_them(is_paid: bool) -> None:
    from sim.processes.resources import shifted_mask

    rng = np.random.default_rng(3)
    masks = rng.integers(0, 2**63 - 1, 400)
    counts = rng.integers(-2, 70, 400).astype(np.int16)
    expected = [
        shifted_mask(int(mask), int(count), is_paid)
        for mask, count in zip(masks, counts, strict=True)
    ]
    assert brought_up(masks, counts, np.full(400, is_paid)).tolist() == expected
