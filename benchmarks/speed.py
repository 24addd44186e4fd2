"""CPU time: the full model beside the yardstick, larger departments, threads, populations."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from benchmarks.cases import EXPERIMENT, REFERENCE, SCHEMES, SEED, Case, case, enlarged
from benchmarks.mini import run_mini
from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import build_population, starting_population
from sim.experiments.experiment import run_plan_of
from sim.experiments.plain_run import plain_run
from sim.policy import load_scenario
from sim.vocabulary import Stock

STOCK = 16_600
LARGE_TIMES = 10.0
PLAIN_SHARE = 150 / 19_073
PLAIN_MONTHS = 12
MINI_RUNS_PER_REPLICATION = 10


@dataclass(frozen=True)
class Speed:
    """Median over runs. A person is a living adult: on RSA or in the re-entry pool."""

    name: str
    runs: int
    cpu_seconds: float
    nanoseconds_per_person_week: float
    persons_on_rsa: float
    persons_in_pool: float
    person_weeks: float


def speed_of(name: str, results: Sequence[RunResult]) -> Speed:
    """Medians over results of the same plan."""
    stocks = results[0].ledger.stocks
    return Speed(
        name=name,
        runs=len(results),
        cpu_seconds=median(result.cpu_seconds for result in results),
        nanoseconds_per_person_week=median(
            1e9 * result.cpu_seconds / result.person_weeks for result in results
        ),
        persons_on_rsa=float(stocks[Stock.PERSONS].sum(axis=(1, 2)).mean()),
        persons_in_pool=float(stocks[Stock.PERSONS_IN_POOL].sum(axis=(1, 2)).mean()),
        person_weeks=results[0].person_weeks,
    )


@dataclass(frozen=True)
class Beside:
    """The full model and the yardstick, measured in turns in one process."""

    mini_nanoseconds: float
    mini_cpu_seconds: float
    mini_agent_weeks: int
    scenarios: tuple[Speed, ...]


def beside_the_yardstick(cases: Sequence[Case], repeats: int) -> Beside:
    """Run the yardstick, then every scenario, and so on."""
    run_mini(STOCK)
    minis = []
    results: dict[str, list[RunResult]] = {each.name: [] for each in cases}
    for _ in range(repeats):
        for each in cases:
            minis.append(run_mini(STOCK))
            results[each.name].append(run_plan(each.plan, SEED, start=each.start))
    return Beside(
        mini_nanoseconds=median(mini.nanoseconds for mini in minis),
        mini_cpu_seconds=median(mini.cpu_seconds for mini in minis),
        mini_agent_weeks=minis[0].agent_weeks,
        scenarios=tuple(speed_of(name, found) for name, found in results.items()),
    )


@dataclass(frozen=True)
class Large:
    """A department ten times as large, and the ordinary one in turns with it."""

    speed: Speed
    ratio: float
    """Cost per person-week of the large one against the ordinary one (median of the turns)."""
    population_cpu_seconds: float
    mini_nanoseconds: float


def large_department(repeats: int, times: float = LARGE_TIMES) -> Large:
    """The reference with ten times the people, staff and places; population not kept."""
    plan = enlarged(REFERENCE, times)
    began = time.thread_time()
    start = build_population(plan, SEED)
    population = time.thread_time() - began
    ordinary = run_plan_of(load_scenario(REFERENCE))
    ordinary_start = starting_population(ordinary, SEED)
    minis, results, ratios = [], [], []
    for _ in range(repeats):
        minis.append(run_mini(round(STOCK * times)))
        before = run_plan(ordinary, SEED, start=ordinary_start)
        results.append(run_plan(plan, SEED, start=start))
        after = run_plan(ordinary, SEED, start=ordinary_start)
        beside = 0.5 * (cost_of(before) + cost_of(after))
        ratios.append(cost_of(results[-1]) / beside)
    return Large(
        speed_of(f"{REFERENCE} x {times:g}", results),
        median(ratios),
        population,
        median(m.nanoseconds for m in minis),
    )


def cost_of(result: RunResult) -> float:
    """CPU seconds of a run for a person-week."""
    return result.cpu_seconds / result.person_weeks


@dataclass(frozen=True)
class Population:
    """CPU seconds to make the starting population of the Somme, and to read it again."""

    build_cpu_seconds: float
    read_cpu_seconds: float
    file_bytes: int


def population_cost(repeats: int) -> Population:
    """Build without the cache; then read from the cache, where the cases left it."""
    plan = run_plan_of(load_scenario(REFERENCE))
    build, read = [], []
    for _ in range(repeats):
        began = time.thread_time()
        state = build_population(plan, SEED)
        build.append(time.thread_time() - began)
        starting_population(plan, SEED)
        began = time.thread_time()
        starting_population(plan, SEED)
        read.append(time.thread_time() - began)
    return Population(median(build), median(read), len(state.to_bytes()))


@dataclass(frozen=True)
class Threads:
    """The same work on one and on two threads: wall seconds, and CPU seconds of all threads.

    The yardstick shares nothing and never waits for the interpreter: its ratio is what the
    machine gave to two threads at that moment. CPU seconds hardly depend on other processes.
    """

    replications: int
    wall_seconds: tuple[float, float]
    cpu_seconds: tuple[float, float]
    mini_wall_seconds: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times faster two threads are."""
        return self.wall_seconds[0] / self.wall_seconds[1]

    @property
    def mini_ratio(self) -> float:
        """The same for the yardstick."""
        return self.mini_wall_seconds[0] / self.mini_wall_seconds[1]

    @property
    def cpu_ratio(self) -> float:
        """CPU seconds on two threads for one CPU second on one."""
        return self.cpu_seconds[1] / self.cpu_seconds[0]


def threads(replications: int, repeats: int) -> Threads:
    """Replications with seeds of their own, populations read before; best of the repeats."""
    plan = run_plan_of(load_scenario(EXPERIMENT))
    seeds = range(SEED, SEED + replications)
    starts = {seed: starting_population(plan, seed) for seed in seeds}

    def run(seed: int) -> None:
        run_plan(plan, seed, start=starts[seed])

    def yardstick(seed: int) -> None:
        for _ in range(MINI_RUNS_PER_REPLICATION):
            run_mini(STOCK, seed)

    full, mini = [], []
    for _ in range(repeats):
        full.append([_timed(run, seeds, workers) for workers in (1, 2)])
        mini.append([_timed(yardstick, seeds, workers) for workers in (1, 2)])
    return Threads(
        replications,
        (min(one[0] for one, _ in full), min(two[0] for _, two in full)),
        (min(one[1] for one, _ in full), min(two[1] for _, two in full)),
        (min(one[0] for one, _ in mini), min(two[0] for _, two in mini)),
    )


def _timed(work: Callable[[int], None], seeds: Sequence[int], workers: int) -> tuple[float, float]:
    """Wall and CPU seconds of the work on so many threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, seeds))
    return time.perf_counter() - wall, time.process_time() - cpu


def plain_python() -> Speed:
    """The same text without compilation, on a small department."""
    scenario = load_scenario(EXPERIMENT).scaled(PLAIN_SHARE).with_months(PLAIN_MONTHS)
    plan = run_plan_of(scenario)
    result = plain_run(plan, SEED, build_population(plan, SEED))
    return speed_of(f"plain Python, {PLAIN_MONTHS} months", [result])


def ready_cases() -> list[Case]:
    """The two scenarios that are timed."""
    return [case(REFERENCE), case(EXPERIMENT)]


def ready_schemes() -> list[Case]:
    """The schemes of other departments that are timed."""
    return [case(name) for name in SCHEMES]
