"""``python -m benchmarks.full_model``: the Somme at several sizes, where time goes, start-up.

Each size is a process of its own, in which runs of the department as it is stand before and after
each run of the size: what is compared was measured within minutes. Writes docs/performance.json
and its page.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.cases import REFERENCE, SEED, enlarged, use_own_cache, warm_up
from benchmarks.memory import KILOBYTE, peak_bytes
from benchmarks.performance_kept import keep
from benchmarks.performance_page import write_page
from benchmarks.speed import cost_of
from benchmarks.stages import stage_costs
from sim.engine.run import run_plan
from sim.engine.starting_population import build_population, starting_population
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario
from sim.vocabulary import Stock

ROOT = Path(__file__).resolve().parents[1]
TIMES = {1_500: 0.09, 16_600: 1.0, 166_000: 10.0, 1_800_000: 108.0}
"""Households, rounded, and how many times the Somme that is."""
WHOLE_MONTHS = 36
ROUNDS = {1_500: 7, 16_600: 3, 166_000: 2, 1_800_000: 1}
MONTHS = {1_800_000: 6}
"""Of sizes that take minutes; of the others 36."""
BYTES_PER_HOUSEHOLD = 7_000
"""More than a run with its start and its result holds at once."""
STAGE_SIZES = (16_600, 166_000)
STARTS = {
    "python that does nothing": ["-c", "pass"],
    "`import sim`": ["-c", "import sim"],
    "`caseload check somme_reference`": ["-m", "ui.cli", "check", "somme_reference"],
    "two small departments over six months": ["-m", "benchmarks.full_model", "--first-run"],
}


@dataclass(frozen=True)
class Size:
    """One size: cost of a person-week, and against the department as it is (median of rounds)."""

    months: int
    households: float
    persons: float
    cpu_seconds: float
    nanoseconds: float
    ratio: float
    ratios: list[float]
    population_cpu_seconds: float
    peak_bytes: int
    huge_pages: bool


def measured(name: int, rounds: int) -> Size:
    """Runs in this process."""
    warm_up()
    months = MONTHS.get(name, WHOLE_MONTHS)
    plan = replace(enlarged(REFERENCE, TIMES[name]), months=months)
    began = time.thread_time()
    start = build_population(plan, SEED)
    population = time.thread_time() - began
    ordinary = run_plan_of(load_scenario(REFERENCE).with_months(months))
    ordinary_start = starting_population(ordinary, SEED)
    costs, ratios = [], []
    before = cost_of(run_plan(ordinary, SEED, start=ordinary_start))
    for _ in range(rounds):
        result = run_plan(plan, SEED, start=start)
        after = cost_of(run_plan(ordinary, SEED, start=ordinary_start))
        costs.append(cost_of(result))
        ratios.append(costs[-1] / (0.5 * (before + after)))
        before = after
    stocks = result.ledger.stocks.sum(axis=(2, 3)).mean(axis=1)
    return Size(
        months=months,
        households=float(stocks[Stock.HOUSEHOLDS]),
        persons=float(stocks[[Stock.PERSONS, Stock.PERSONS_IN_POOL]].sum()),
        cpu_seconds=median(costs) * result.person_weeks,
        nanoseconds=1e9 * median(costs),
        ratio=median(ratios),
        ratios=ratios,
        population_cpu_seconds=population,
        peak_bytes=peak_bytes(),
        huge_pages=os.environ.get("NUMPY_MADVISE_HUGEPAGE", "1") != "0",
    )


def in_a_process(*arguments: str, **environment: str) -> Any:
    """What this module answers in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.full_model", *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
    return json.loads(answer.stdout)


def sizes_that_fit(sizes: list[int]) -> list[int]:
    """Those for which the machine has the memory; the others are named."""
    room = available_bytes()
    fit = [size for size in sizes if size * BYTES_PER_HOUSEHOLD < room]
    for size in set(sizes) - set(fit):
        print(f"{size:,} households: skipped, {room / 1e9:.0f} GB of memory are free")
    return fit


def available_bytes() -> int:
    """Memory that a process can have without swapping."""
    told = Path("/proc/meminfo")
    if told.exists():
        found = re.search(r"MemAvailable:\s+(\d+) kB", told.read_text(encoding="ascii"))
        if found is not None:
            return int(found[1]) * KILOBYTE
    return int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))


def start_seconds(repeats: int) -> dict[str, dict[str, float]]:
    """Seconds on the clock and of the processor until a fresh process is done, in turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    for _ in range(repeats):
        for name, command in STARTS.items():
            children, wall = os.times(), time.perf_counter()
            subprocess.run(
                [sys.executable, *command], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
            )
            now = os.times()
            cpu = now.children_user + now.children_system
            cpu -= children.children_user + children.children_system
            found[name].append((time.perf_counter() - wall, cpu))
    return {
        name: {"wall": median(wall for wall, _ in each), "cpu": median(cpu for _, cpu in each)}
        for name, each in found.items()
    }


def cold_start_seconds() -> dict[str, float]:
    """The same of a first start, which compiles every kernel."""
    with tempfile.TemporaryDirectory(prefix="caseload-cold-") as folder:
        children, wall = os.times(), time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sim.engine.warm"],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"XDG_CACHE_HOME": folder, "NUMBA_CACHE_DIR": folder},
        )
        now = os.times()
    cpu = now.children_user + now.children_system
    cpu -= children.children_user + children.children_system
    return {"wall": time.perf_counter() - wall, "cpu": cpu}


def main() -> None:
    """Measure what was asked for, keep it, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.full_model", description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, choices=TIMES, default=list(TIMES)[:3])
    parser.add_argument("--parts", nargs="*", choices=("sizes", "stages", "starts", "cold"),
                        default=("sizes", "stages", "starts"))  # fmt: skip
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--by-stage", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--first-run", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(asdict(measured(arguments.one, ROUNDS[arguments.one]))))
    elif arguments.by_stage:
        print(json.dumps(stage_costs({str(size): TIMES[size] for size in STAGE_SIZES})))
    elif arguments.first_run:
        warm_up()
    else:
        cache = use_own_cache()
        try:
            _measure(arguments.sizes, set(arguments.parts))
        finally:
            shutil.rmtree(cache, ignore_errors=True)
        write_page()


def _measure(sizes: list[int], parts: set[str]) -> None:
    if "sizes" in parts:
        for size in sizes_that_fit(sizes):
            found = in_a_process("--one", str(size))
            keep("sizes", {str(size): found}, joined=True)
            print(
                f"{size:,}: {found['nanoseconds']:.0f} ns, {found['ratio']:.2f} times", flush=True
            )
            if size == STAGE_SIZES[-1]:
                small = in_a_process("--one", str(size), NUMPY_MADVISE_HUGEPAGE="0")
                keep("small_pages", small)
    if "stages" in parts:
        keep("stages", in_a_process("--by-stage"))
    if "starts" in parts:
        keep("starts", start_seconds(repeats=5))
    if "cold" in parts:
        keep("cold", cold_start_seconds())


if __name__ == "__main__":
    main()
