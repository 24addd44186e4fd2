"""Batches: runs a second on one and two workers, cost of the runner, memory over a long batch.

The clock of a shared machine says little. So each worker's time is split by the scheduler's own
account (``/proc/thread-self/schedstat``, Linux): on a processor, waiting for one that others use,
and idle (for the interpreter's lock, for the next chunk). The speed of a machine of one's own is
that without the second part.
"""

from __future__ import annotations

import gc
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import yaml

from benchmarks.cases import EXPERIMENT, REFERENCE
from benchmarks.worlds import PILOT_ALONE
from sim.batch.chunks import Chunk
from sim.batch.crew import ThreadCrew
from sim.batch.plan import BatchPlan
from sim.batch.reading import read_batch_plan
from sim.batch.runner import BatchProgress, run_batch
from sim.batch.store import Store
from sim.experiments import jobs
from sim.experiments.experiment import Experiment

NANO = 1e-9
SCHEDSTAT = Path("/proc/thread-self/schedstat")
MEMORY_MARKS = (100, 1000)
"""Runs after which the memory is compared."""


@dataclass(frozen=True)
class Case:
    """A plan, how many runs it has in all, and seeds of one block of the comparison."""

    name: str
    variant: dict[str, object]
    runs: int
    block_seeds: int


CASES = (
    Case("pilot territory", dict(PILOT_ALONE), 1000, 8),
    Case("whole department", {}, 100, 4),
)


@dataclass
class Hours:
    """What the workers' time went to, in seconds."""

    wall: float = 0.0
    processor: float = 0.0
    waiting: float = 0.0

    @property
    def idle(self) -> float:
        """Neither on a processor nor kept from one by others."""
        return max(self.wall - self.processor - self.waiting, 0.0)


@dataclass
class Block:
    """One batch on so many workers."""

    workers: int
    runs: int
    seconds: float
    process_cpu: float
    """Of the whole process, from the first chunk to the end."""
    useful_cpu: float
    """In starting populations, runs and outcomes alone."""
    hours: Hours
    memory: dict[int, int] = field(default_factory=dict)
    """Resident bytes after so many runs."""

    @property
    def rate(self) -> float:
        """Runs a second on the clock."""
        return self.runs / self.seconds

    @property
    def own_rate(self) -> float:
        """Runs a second if no one else used the processors."""
        return self.runs * self.workers / (self.hours.processor + self.hours.idle)

    @property
    def overhead(self) -> float:
        """Part of the processor time that is neither people, runs nor outcomes."""
        return 1.0 - self.useful_cpu / self.process_cpu


class _Watched(ThreadCrew):
    """Threads whose time is accounted for."""

    def __init__(self, *arguments: Any, told: Callable[[], None]) -> None:
        plan, workers, cancel, on_task = arguments
        self._told = told

        def account_and_tell() -> None:
            self._account()
            on_task()

        super().__init__(plan, workers, cancel, account_and_tell)
        self.began = 0.0
        self.cpu_before = 0.0
        self._hours: dict[int, Hours] = {}

    def start(self, chunk: Chunk) -> None:
        if not self.began:
            self.began, self.cpu_before = time.perf_counter(), process_cpu()
        super().start(chunk)

    @property
    def hours(self) -> Hours:
        total = Hours()
        for one in self._hours.values():
            total.wall += one.wall
            total.processor += one.processor
            total.waiting += one.waiting
        return total

    def _account(self) -> None:
        wall = time.perf_counter() - self.began
        if SCHEDSTAT.exists():
            processor, waiting, _ = map(int, SCHEDSTAT.read_text().split())
            self._hours[threading.get_ident()] = Hours(wall, processor * NANO, waiting * NANO)
        else:
            self._hours[threading.get_ident()] = Hours(wall, time.thread_time(), 0.0)
        self._told()


def process_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def resident_bytes() -> int:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def plan_of(case: Case, folder: Path) -> BatchPlan:
    """The case as a plan of two scenarios that share their luck."""
    document = {
        "schema_version": 1,
        "name": "benchmark",
        "scenarios": [REFERENCE, EXPERIMENT],
        "variant": case.variant,
        "seeds": {"n": case.runs // 2},
    }
    file = folder / "plan.yaml"
    file.write_text(yaml.safe_dump(document))
    return read_batch_plan(file)


def block(plan: BatchPlan, workers: int, folder: Path) -> Block:
    """Run a plan into a store that is thrown away."""
    store = Path(tempfile.mkdtemp(dir=folder))
    crews: list[_Watched] = []
    memory: dict[int, int] = {}
    lock = threading.Lock()
    done = 0

    def told() -> None:
        nonlocal done
        with lock:
            done += len(plan.names)
            if done in MEMORY_MARKS:
                gc.collect()
                memory[done] = resident_bytes()

    def crew(plan: BatchPlan, cancel: threading.Event, on_task: Callable[[], None]) -> ThreadCrew:
        crews.append(_Watched(plan, workers, cancel, on_task, told=told))
        return crews[0]

    def ignore(_: BatchProgress) -> None:
        return

    with _useful_time() as useful:
        end = run_batch(plan, Store(store), make_crew=crew, on_progress=ignore)
        cpu = process_cpu() - crews[0].cpu_before
    seconds = time.perf_counter() - crews[0].began
    shutil.rmtree(store)
    runs = end.tasks_done * len(plan.names)
    return Block(workers, runs, seconds, cpu, sum(useful), crews[0].hours, memory)


@contextmanager
def _useful_time() -> Iterator[list[float]]:
    """Collects the processor seconds of the work itself while it is inside."""
    spent: list[float] = []

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            began = time.thread_time()
            try:
                return work(*arguments, **named)
            finally:
                spent.append(time.thread_time() - began)

        return run

    names = ("run_plan", "build_population", "outcomes_of")
    patches: dict[str, Any] = {name: timed(getattr(jobs, name)) for name in names}
    with mock.patch.multiple(jobs, **patches):
        yield spent


def measure(case: Case, repeats: int) -> dict[str, Any]:
    """Blocks on one and two workers by turns, then the whole batch on two."""
    folder = Path(tempfile.mkdtemp(prefix="caseload-batch-"))
    try:
        plan = plan_of(case, folder)
        experiment = plan.experiment
        short = replace(
            plan,
            experiment=Experiment(experiment.scenarios, experiment.seed, case.block_seeds),
        )
        turns = [[block(short, workers, folder) for workers in (1, 2)] for _ in range(repeats)]
        whole = block(plan, 2, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    one, two = zip(*turns, strict=True)
    return {
        "runs": whole.runs,
        "seconds": whole.seconds,
        "rate_on_1": median(each.rate for each in one),
        "rate_on_2": median(each.rate for each in two),
        "ratio_on_the_clock": max(each.rate for each in two) / max(each.rate for each in one),
        "own_rate_on_1": median(each.own_rate for each in one),
        "own_rate_on_2": median(each.own_rate for each in two),
        "ratio": median(b.own_rate / a.own_rate for a, b in turns),
        "cpu_ratio": median(b.process_cpu / a.process_cpu for a, b in turns),
        "overhead": whole.overhead,
        "overhead_on_1": median(each.overhead for each in one),
        "memory": whole.memory,
        "hours": asdict(whole.hours),
    }
