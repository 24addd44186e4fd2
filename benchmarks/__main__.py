"""Measure this machine: ``python -m benchmarks``; prints a table, writes out/benchmarks.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numba
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import app, batch, cluster, fits, questions, speed, window
from benchmarks.cases import use_own_cache, warm_up
from benchmarks.layout import layouts
from benchmarks.memory import Memory, measured_sizes
from benchmarks.performance_kept import keep
from benchmarks.performance_page import SHEETS, write_page
from sim.version import engine_version, package_version

OUT = Path(__file__).parents[1] / "out" / "benchmarks.json"
PARTS = (
    "speed", "schemes", "population", "layout", "threads", "large", "memory", "plain", "batch",
    "cluster", "questions", "calibration", "app", "window",
)  # fmt: skip
CLUSTER_RUNS = 400
LAYOUT_PERSONS = (50_000, 500_000)
YARDSTICK_CPU_SECONDS = 0.144
"""Of the same yardstick on the machine of the design papers (46 to 50 ns an agent-week)."""


def main() -> None:
    """Measure the parts that were asked for; each is shown and kept as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="runs of each scenario (median)")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--page", action="store_true", help="keep what docs/performance.md shows")
    arguments = parser.parse_args()
    screen = Console()
    cache = use_own_cache()
    sheet = Sheet(screen)
    try:
        screen.print("warming up (the first time compiles the model)")
        warm_up()
        measure(set(arguments.only), arguments.repeats, sheet)
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    screen.print(sheet.table())
    screen.print(f"written to {OUT}")
    if arguments.page:
        for part in SHEETS:
            if sheet.rows_of(part):
                keep(part, {"rows": sheet.rows_of(part)})
        write_page()


class Sheet:
    """What was measured: rows for the screen, numbers for the file."""

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self._rows: list[tuple[str, str, str]] = []
        self._found: dict[str, Any] = {"machine": machine()}

    def row(self, what: str, figure: str, detail: str) -> None:
        """One line of the table."""
        self._rows.append((what, figure, detail))
        self._screen.print(f"{what}: {figure} ({detail})", soft_wrap=True)

    def rows_of(self, part: str) -> list[tuple[str, str, str]]:
        """The lines of one part: their measure begins with its name."""
        return [row for row in self._rows if row[0].startswith(f"{part}, ")]

    def speed(self, each: speed.Speed, mini_nanoseconds: float) -> None:
        """The line of one scenario."""
        self.row(
            each.name,
            f"{each.nanoseconds_per_person_week:.0f} ns per person-week",
            f"{each.nanoseconds_per_person_week / mini_nanoseconds:.1f} times the yardstick; "
            f"{each.cpu_seconds:.2f} CPU s; {each.persons_on_rsa:,.0f} on RSA + "
            f"{each.persons_in_pool:,.0f} in the pool",
        )

    def keep(self, part: str, numbers: dict[str, Any]) -> None:
        """Numbers of one part, written at once."""
        self._found[part] = numbers
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(json.dumps(self._found, indent=2) + "\n", encoding="utf-8")

    def table(self) -> Table:
        """All lines."""
        table = Table(
            "measure",
            "figure",
            "detail",
            title="Warm; the Somme over 36 months unless said",
        )
        for row in self._rows:
            table.add_row(*row)
        return table


def measure(parts: set[str], repeats: int, sheet: Sheet) -> None:
    """Every part that was asked for; what it is compared with is measured in the same run."""
    if parts & {"speed", "population"}:
        beside = speed.beside_the_yardstick(speed.ready_cases(), repeats)
        sheet.keep("speed", asdict(beside))
        sheet.row(
            "yardstick (caseload-mini, 16,600)",
            f"{beside.mini_nanoseconds:.0f} ns per agent-week",
            f"{beside.mini_cpu_seconds:.3f} CPU s a run (design papers: {YARDSTICK_CPU_SECONDS})",
        )
        for each in beside.scenarios:
            sheet.speed(each, beside.mini_nanoseconds)
        if "population" in parts:
            _population(sheet, beside.scenarios[0].cpu_seconds, max(1, repeats // 2))
    if "schemes" in parts:
        schemes = speed.beside_the_yardstick(speed.ready_schemes(), max(1, repeats // 2))
        sheet.keep("schemes", asdict(schemes))
        for each in schemes.scenarios:
            sheet.speed(each, schemes.mini_nanoseconds)
    if "layout" in parts:
        _layout(sheet, repeats)
    if "threads" in parts:
        _threads(sheet, repeats)
    if "large" in parts:
        _large(sheet, max(1, repeats // 3))
    if "memory" in parts:
        _memory(sheet, measured_sizes())
    if "plain" in parts:
        _plain(sheet)
    if "batch" in parts:
        _batch(sheet, repeats)
    if "cluster" in parts:
        _cluster(sheet)
    if "questions" in parts:
        _questions(sheet, repeats)
    if "calibration" in parts:
        _calibration(sheet)
    if "app" in parts:
        _app(sheet)
    if "window" in parts:
        _window(sheet, repeats)


def _population(sheet: Sheet, cpu_of_run: float, repeats: int) -> None:
    found = speed.population_cost(repeats)
    ratio = found.build_cpu_seconds / cpu_of_run
    sheet.keep("population", asdict(found) | {"ratio": ratio})
    sheet.row(
        "starting population",
        f"{ratio:.2f} times the run",
        f"{found.build_cpu_seconds:.2f} CPU s; read from the cache in "
        f"{found.read_cpu_seconds:.3f} CPU s, {found.file_bytes / 1e6:.0f} MB",
    )


def _threads(sheet: Sheet, repeats: int) -> None:
    both = speed.threads(replications=4, repeats=max(2, repeats // 2))
    ratios = {"ratio": both.ratio, "mini_ratio": both.mini_ratio, "cpu_ratio": both.cpu_ratio}
    sheet.keep("threads", asdict(both) | ratios)
    sheet.row(
        f"{both.replications} replications, 2 threads against 1",
        f"{both.ratio:.2f} times faster",
        f"{both.wall_seconds[0]:.1f} s and {both.wall_seconds[1]:.1f} s on the clock; "
        f"{both.cpu_ratio:.2f} times the CPU time; yardstick {both.mini_ratio:.2f} times faster",
    )


def _layout(sheet: Sheet, repeats: int) -> None:
    found = [layouts(persons, repeats) for persons in LAYOUT_PERSONS]
    sheet.keep("layout", {str(each.persons): asdict(each) for each in found})
    for each in found:
        sheet.row(
            f"touching one adult among {each.persons:,}",
            f"{each.rows_nanoseconds:.0f} ns in rows",
            f"{each.columns_nanoseconds:.0f} ns with one array for each field",
        )


def _large(sheet: Sheet, repeats: int) -> None:
    large = speed.large_department(repeats)
    sheet.keep("large", asdict(large))
    sheet.speed(large.speed, large.mini_nanoseconds)
    ratio = f"{large.ratio:.2f} times"
    sheet.row("166,000 against 16,600 households", ratio, "cost per person-week, in turns")


def _memory(sheet: Sheet, memory: Memory) -> None:
    sheet.keep(
        "memory",
        {
            "sizes": [asdict(size) for size in memory.sizes],
            "table_bytes_per_person": memory.table_bytes_per_person,
            "peak_bytes_per_person": memory.peak_bytes_per_person,
        },
    )
    sheet.row(
        "memory, tables",
        _each(memory.table_bytes_per_person),
        "per person more: households, adults, agendas, rows of people gone included",
    )
    sheet.row(
        "memory, whole process",
        _each(memory.peak_bytes_per_person),
        "per person more: start, run and result held at once",
    )


def _batch(sheet: Sheet, repeats: int) -> None:
    found = {case.name: batch.measure(case, repeats) for case in batch.CASES}
    sheet.keep("batch", found)
    for name, each in found.items():
        sheet.row(
            f"batch, {name}",
            f"{each['own_rate_on_1']:.2f} and {each['own_rate_on_2']:.2f} runs a second",
            f"on 1 and 2 workers without other users: {each['ratio']:.2f} times "
            f"({each['rate_on_1']:.2f} and {each['rate_on_2']:.2f} on the clock); "
            f"{each['runs']:,} runs in {each['seconds']:.0f} s",
        )
        memory = ", ".join(f"{size / 1e6:.0f} MB after {n}" for n, size in each["memory"].items())
        sheet.row(
            f"batch, {name}, cost of the runner",
            f"{100 * each['overhead']:.1f} %",
            f"of the processor time; memory {memory}",
        )


def _cluster(sheet: Sheet) -> None:
    found = cluster.measure(CLUSTER_RUNS)
    sheet.keep("cluster", asdict(found) | {"overhead": found.overhead})
    sheet.row(
        "batch on Dask, cost of the cluster",
        f"{100 * found.overhead:.1f} %",
        f"of the processor time of all processes; {found.runs:,} runs on {cluster.WORKERS} "
        f"workers in {found.seconds:.0f} s",
    )


def _questions(sheet: Sheet, repeats: int) -> None:
    found = questions.measure(repeats)
    sheet.keep("questions", asdict(found))
    sheet.row(
        "quantiles by month and scenario",
        f"{found.one_outcome_seconds:.2f} s",
        f"of one outcome among {found.rows:,} rows in {found.files} files; "
        f"of every outcome {found.every_outcome_seconds:.2f} s",
    )


def _calibration(sheet: Sheet) -> None:
    found = fits.measure()
    sheet.keep("calibration", asdict(found) | {"overhead": found.overhead})
    sheet.row(
        f"calibration, fit of the department {fits.DEPARTMENT}",
        f"{found.seconds / 60:.1f} min on the clock",
        f"{found.runs:,} runs of a part of it on {found.workers} processors; "
        f"{found.all_cpu:.0f} CPU s, {100 * found.overhead:.1f} % of them outside the runs",
    )
    sheet.row(
        "calibration, the same fit taken up again",
        f"{found.again_seconds:.1f} s on the clock",
        "all of its runs are in its folder",
    )


def _app(sheet: Sheet) -> None:
    found = app.measure()
    sheet.keep("app", found.record())
    for line in found.lines():
        sheet.row(*line)


def _window(sheet: Sheet, repeats: int) -> None:
    found = window.measure(repeats)
    sheet.keep("window", asdict(found))
    sheet.row(
        "Mesa window, a year day by day",
        f"{found.ratio:.2f} times a plain run",
        f"{found.stepped_seconds:.2f} against {found.plain_seconds:.2f} CPU s, {found.days} days, "
        f"{found.persons:,} persons, in turns; no observers",
    )
    sheet.row(
        "Mesa window, three reporters every day",
        f"{found.collected_ms_a_day:.1f} ms a day more",
        f"all agents made in {found.views_seconds:.2f} s; an act {found.act_microseconds:.0f} µs; "
        f"{found.models_left} of {found.models} models left alive",
    )


def _plain(sheet: Sheet) -> None:
    plain = speed.plain_python()
    sheet.keep("plain", asdict(plain))
    sheet.row(
        plain.name,
        f"{plain.nanoseconds_per_person_week / 1000:.0f} µs per person-week",
        f"{plain.cpu_seconds:.1f} CPU s, {plain.persons_on_rsa:,.0f} on RSA + "
        f"{plain.persons_in_pool:,.0f} in the pool",
    )


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "architecture": platform.machine(),
        "system": platform.system(),
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "package": package_version(),
        "engine": engine_version(),
    }


def _each(values: tuple[float, ...]) -> str:
    return " and ".join(f"{value:.0f}" for value in values) + " bytes"


if __name__ == "__main__":
    main()
