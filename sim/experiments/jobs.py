"""Runs that belong together: what they share is made once, and whatever is kept is not run again.

A job is a plan under a seed. Jobs of one seed share the starting population of plans with the same
base and, from their reference on, the days before they part; none of it changes a result.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sim.engine.journey import Cancelled
from sim.engine.past import Past
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population, starting_population
from sim.engine.state import State
from sim.experiments.books import Books
from sim.experiments.experiment import parting, run_plan_of, timeline_of
from sim.experiments.kept_pasts import KeptPasts
from sim.experiments.kept_runs import KeptRuns
from sim.ledger import Ledger
from sim.outcomes.table import Outcomes, outcomes_of
from sim.policy import Scenario

WARM_UP_SHARE = 0.005


@dataclass(frozen=True)
class Job:
    """A plan under a seed."""

    plan: RunPlan
    seed: int


class People:
    """Starting populations by what they depend on, each made once, by the first who asks for it.

    Those that were asked for last stay, at most ``most``. Threads share it: who asks for people
    that another thread is making waits for them. Not ``on_disk``: they stay out of the cache on
    disk, for who has too many of them.
    """

    def __init__(self, most: int, *, on_disk: bool = True) -> None:
        self._most = most
        self._on_disk = on_disk
        self._known: OrderedDict[str, Future[State]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, plan: RunPlan, seed: int) -> State:
        """The people of the first day of a plan under a seed; nobody writes to them."""
        key = f"{people_key(plan)} {seed}"
        with self._lock:
            is_mine = key not in self._known
            if is_mine:
                while len(self._known) >= self._most:
                    self._known.popitem(last=False)
                self._known[key] = Future()
            self._known.move_to_end(key)
            people = self._known[key]
        if is_mine:
            self._make(key, people, plan, seed)
        return people.result()

    def made(self, plan: RunPlan, seed: int) -> State:
        """The people of the first day, made anew or read from the cache on disk."""
        make = starting_population if self._on_disk else build_population
        return make(plan, seed)

    def _make(self, key: str, people: Future[State], plan: RunPlan, seed: int) -> None:
        try:
            people.set_result(self.made(plan, seed))
        except BaseException as error:
            # Who waits for them is told; who asks again has them made again.
            people.set_exception(error)
            with self._lock:
                if self._known.get(key) is people:
                    del self._known[key]


def people_key(plan: RunPlan) -> str:
    """Plans with the same key start from the same people under the same seed."""
    return f"{plan.base.fingerprint()} {plan.start}"


def books_of(
    jobs: Sequence[Job],
    people: People | None = None,
    *,
    should_stop: Callable[[], bool] | None = None,
    kept: KeptRuns | None = None,
    is_logging: bool = False,
    on_people: Callable[[], object] = lambda: None,
) -> Iterator[Books]:
    """Run jobs one after another, each when its books are asked for; the first is the reference.

    Their starting populations are in ``people``, or else their own and dropped after the last job.
    With ``kept``, runs found there are read instead of made, and those made are kept there; books
    that were read have no last state. With ``is_logging`` every run is made and its books have the
    log. ``on_people`` is called when the jobs first need a starting population, once it is there.
    Raises ``Cancelled`` when ``should_stop`` says so between two days of a run, or before it.
    """
    own = people or People(len(jobs))
    together = _Together(jobs, own, should_stop, None if is_logging else kept, on_people)
    for job in jobs:
        if should_stop is not None and should_stop():
            raise Cancelled(job.plan.name)
        yield together.logged(job) if is_logging else together.books(job)


@dataclass
class _Together:
    """Makes the runs of some jobs and keeps what they share."""

    jobs: Sequence[Job]
    people: People
    should_stop: Callable[[], bool] | None
    kept: KeptRuns | None
    on_people: Callable[[], object]
    _bases: set[str] = field(default_factory=set)
    _past: Past | None = None

    @cached_property
    def parting(self) -> date | None:
        """The day on which the first of the jobs leaves the reference, if they share their luck."""
        has_one_seed = len({job.seed for job in self.jobs}) == 1
        return parting([job.plan for job in self.jobs]) if has_one_seed else None

    def logged(self, job: Job) -> Books:
        """A run with its log, which is written from the first day on."""
        start = self._start(job)
        return Books.of(
            run_plan(job.plan, job.seed, start=start, is_logging=True, should_stop=self.should_stop)
        )

    def books(self, job: Job) -> Books:
        """A run from where it leaves the others, or else from its starting population."""
        books = None if self.kept is None else self.kept.find(job.plan, job.seed)
        if books is not None:
            return books
        past = self._lived(job)
        result = run_plan(
            job.plan,
            job.seed,
            start=self._start(job) if past is None else None,
            past=past,
            stop_over=self.parting if past is None else None,
            should_stop=self.should_stop,
        )
        books = Books.of(result)
        if self.kept is not None:
            self.kept.keep(books)
        if result.past is not None:
            self._keep_past(job, result.past)
        return books

    def _start(self, job: Job) -> State:
        start = self.people.of(job.plan, job.seed)
        key = people_key(job.plan)
        if key not in self._bases:
            self._bases.add(key)
            self.on_people()
        return start

    def _lived(self, job: Job) -> Past | None:
        """The days before the jobs part, if they were lived already."""
        if self._past is None and self._pasts is not None and self.parting is not None:
            self._past = self._pasts.find(job.plan, job.seed, self.parting)
        return self._past

    @property
    def _pasts(self) -> KeptPasts | None:
        return self.kept.pasts if self.kept is not None and self.kept.has_pasts else None

    def _keep_past(self, job: Job, past: Past) -> None:
        """Have the other jobs, and later ones, begin after it."""
        self._past = past
        if self._pasts is not None and self.parting is not None:
            self._pasts.keep(job.plan, job.seed, self.parting, past)


class BesideReference:
    """The outcomes of runs that belong together, each beside the first of them, the reference.

    ``since`` is the first month of what counts over the whole period. A run of other people or
    another luck than the reference's is told alone: nobody in it gained or lost beside them.
    """

    def __init__(self, since: int) -> None:
        self._since = since
        self._reference: tuple[str, Ledger] | None = None

    def outcomes(self, scenario: Scenario, books: Books) -> Outcomes:
        """The outcomes of the next run."""
        key = f"{people_key(books.plan)} {books.seed}"
        if self._reference is None:
            self._reference = key, books.ledger
        known, ledger = self._reference
        reference = ledger if known == key else None
        return outcomes_of(books.ledger, timeline_of(scenario), self._since, reference)


def outcomes_under(
    seed: int,
    scenarios: Sequence[Scenario],
    since: int = 0,
    people: People | None = None,
    *,
    should_stop: Callable[[], bool] | None = None,
    kept: KeptRuns | None = None,
) -> Iterator[Outcomes]:
    """The outcomes of scenarios under one seed, one after another; the first is the reference.

    ``since`` is the first month, from 0 on, of what counts over the whole period; the rest is as in
    `books_of`.
    """
    jobs = [Job(run_plan_of(scenario), seed) for scenario in scenarios]
    runs = books_of(jobs, people, should_stop=should_stop, kept=kept)
    beside = BesideReference(since)
    for scenario, books in zip(scenarios, runs, strict=True):
        yield beside.outcomes(scenario, books)


def warm_up(scenario: Scenario, seed: int = 1) -> None:
    """Compile or load the kernels by a small run, before several threads want them."""
    small = scenario.scaled(min(1.0, WARM_UP_SHARE / scenario.share)).with_months(1)
    plan = run_plan_of(small)
    run_plan(plan, seed, start=build_population(plan, seed))
