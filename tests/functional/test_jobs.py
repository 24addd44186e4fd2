"""Jobs of one seed share people and past, in one thread or two, and leave what they leave alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import kept_experiments
import numpy as np
import pytest

from sim.engine.journey import Cancelled
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.experiments import jobs as jobs_module
from sim.experiments.books import Books
from sim.experiments.experiment import run_plan_of
from sim.experiments.jobs import Job, People, books_of, people_key
from sim.experiments.threads import in_threads

SEEDS = (5, 6, 7)


@pytest.fixture(scope="module")
def plans() -> tuple[RunPlan, ...]:
    return tuple(run_plan_of(one) for one in kept_experiments.experiment().scenarios)


def jobs_of(plans: tuple[RunPlan, ...], seed: int) -> list[Job]:
    return [Job(plan, seed) for plan in plans]


def same(left: Books, right: Books) -> bool:
    return (
        left.ledger.equals_flows(right.ledger)
        and np.array_equal(left.ledger.stocks, right.ledger.stocks)
        and np.array_equal(left.last_state.people, right.last_state.people)
    )


def counting(make: Callable[[RunPlan, int], State], made: list[int]) -> Callable[..., State]:
    def counted(plan: RunPlan, seed: int) -> State:
        made.append(seed)
        return make(plan, seed)

    return counted


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_the_books_are_those_of_runs_alone(plans: tuple[RunPlan, ...], workers: int) -> None:
    people = People(2, on_disk=False)
    found: dict[int, list[Books]] = {}
    assert in_threads(
        lambda seed: list(books_of(jobs_of(plans, seed), people)),
        SEEDS,
        found.__setitem__,
        workers=workers,
    )
    for seed in SEEDS:
        for plan, books in zip(plans, found[seed], strict=True):
            start = build_population(plan, seed)
            assert same(books, Books.of(run_plan(plan, seed, start=start)))


@pytest.mark.slow
def test_jobs_with_logs_have_them_from_the_first_day_on(plans: tuple[RunPlan, ...]) -> None:
    people = People(1, on_disk=False)
    for job, books in zip(
        jobs_of(plans, 5), books_of(jobs_of(plans, 5), people, is_logging=True), strict=True
    ):
        alone = run_plan(job.plan, 5, start=people.of(job.plan, 5), is_logging=True)
        assert books.log is not None
        assert alone.log is not None
        assert np.array_equal(books.log.rows, alone.log.rows)


@pytest.mark.slow
def test_jobs_of_several_seeds_share_no_past(plans: tuple[RunPlan, ...]) -> None:
    people = People(2, on_disk=False)
    jobs = [Job(plan, seed) for plan, seed in zip(plans, SEEDS, strict=False)]
    for job, books in zip(jobs, books_of(jobs, people), strict=True):
        start = people.of(job.plan, job.seed)
        assert same(books, Books.of(run_plan(job.plan, job.seed, start=start)))


def test_people_are_made_once_by_the_first_who_asks(
    plans: tuple[RunPlan, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    is_asked = threading.Event()

    def make(plan: RunPlan, seed: int) -> State:
        assert is_asked.wait(30.0)
        return people_of_seed[seed]

    people_of_seed = {seed: object.__new__(State) for seed in SEEDS}
    monkeypatch.setattr(jobs_module, "build_population", counting(make, made))
    people = People(2, on_disk=False)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(people.of, plans[0], seed) for seed in (5, 6, 5, 6)]
        is_asked.set()
        found = [one.result() for one in asked]
    assert sorted(made) == [5, 6]
    assert found == [people_of_seed[seed] for seed in (5, 6, 5, 6)]
    people.of(plans[1], 5)
    assert len(made) == 2, "a scenario with the same base has the same people"
    people.of(plans[0], 7)
    people.of(plans[0], 5)
    assert sorted(made) == [5, 6, 7], "the last two stay"
    people.of(plans[0], 6)
    assert sorted(made) == [5, 6, 6, 7], "what was asked for longest ago was dropped"


def test_people_that_could_not_be_made_are_made_again(
    plans: tuple[RunPlan, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    state = object.__new__(State)

    def make(plan: RunPlan, seed: int) -> State:
        if len(made) == 1:
            raise MemoryError
        return state

    monkeypatch.setattr(jobs_module, "build_population", counting(make, made))
    people = People(1, on_disk=False)
    with pytest.raises(MemoryError):
        people.of(plans[0], 5)
    assert people.of(plans[0], 5) is state


def test_plans_with_the_same_base_and_start_have_the_same_people(
    plans: tuple[RunPlan, ...],
) -> None:
    reference = kept_experiments.scenario()
    other = reference.with_variant({"job_finding.base_hazard": 0.05})
    assert people_key(plans[0]) == people_key(plans[1])
    assert people_key(plans[0]) != people_key(run_plan_of(other))


@pytest.mark.slow
def test_a_cancel_ends_jobs_between_two_of_them(plans: tuple[RunPlan, ...]) -> None:
    cancel = threading.Event()
    books = books_of(jobs_of(plans, 5), People(1, on_disk=False), should_stop=cancel.is_set)
    assert len(list(islice(books, 1))) == 1
    cancel.set()
    with pytest.raises(Cancelled):
        next(books)


@pytest.mark.slow
def test_new_people_are_told_once(plans: tuple[RunPlan, ...]) -> None:
    told: list[int] = []
    jobs = [*jobs_of(plans, 5), Job(plans[0], 5)]
    people = People(1, on_disk=False)
    count = len(list(books_of(jobs, people, on_people=lambda: told.append(1))))
    assert (count, len(told)) == (3, 1)
