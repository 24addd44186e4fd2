"""``python -m benchmarks --only app``: first page, previews, five visitors at once, memory.

Everything runs on this machine: a server of the app on a free port, previews in this process.
On a shared machine read the CPU seconds; the wall clock there says more about the others.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import psutil

from benchmarks.app_users import MEGABYTE, USERS, Users, draft, is_possible, measure_users
from ui.study.references import new_study
from ui.work.job import warm_up
from ui.work.preview import Previews

MOVES, RUNS = 50, 100
BETWEEN = 10
"""The memory is read after so many previews."""


@dataclass(frozen=True)
class AppFigures:
    """What was measured; seconds of every move, megabytes after every ten previews."""

    preview_wall_seconds: tuple[float, ...]
    preview_cpu_seconds: tuple[float, ...]
    megabytes: tuple[float, ...]
    users: Users | None
    """None without a browser."""

    def lines(self) -> list[tuple[str, str, str]]:
        """Measure, figure and detail, as the sheet shows them."""
        wall, high = np.quantile(self.preview_wall_seconds, [0.5, 0.95])
        cpu, high_cpu = np.quantile(self.preview_cpu_seconds, [0.5, 0.95])
        first, last = self.megabytes[0], self.megabytes[-1]
        lines = [
            (
                "app, preview after a slider move",
                f"{high:.2f} s at the 95th percentile",
                f"median {wall:.2f} s; CPU {cpu:.2f} s and {high_cpu:.2f} s; "
                f"{len(self.preview_wall_seconds)} moves of the Somme",
            ),
            (
                "app, memory over previews",
                f"{last - first:+.0f} MB",
                f"from {first:.0f} MB after {BETWEEN} previews to {last:.0f} MB after "
                f"{BETWEEN * len(self.megabytes)}",
            ),
        ]
        if self.users is None:
            return [*lines, ("app, in a browser", "not measured", "no chromium or no playwright")]
        moves, users = self.users.move_seconds, self.users
        return [
            *lines,
            (
                "app, first page on a warm server",
                f"{np.median(users.first_page_seconds):.2f} s",
                f"slowest of {len(users.first_page_seconds)}: "
                f"{max(users.first_page_seconds):.2f} s",
            ),
            (
                f"app, {USERS} visitors at once",
                f"{np.quantile(moves, 0.95):.2f} s a move at the 95th percentile",
                f"median {np.median(moves):.2f} s over {len(moves)} moves; "
                f"{users.strangers} of {USERS} with another answer than alone; server "
                f"{users.megabytes[0]:.0f} MB before and {users.megabytes[1]:.0f} MB after",
            ),
        ]

    def record(self) -> dict[str, Any]:
        """Numbers for the file of results."""
        return asdict(self)


def measure(moves: int = MOVES, runs: int = RUNS) -> AppFigures:
    """All of it; several minutes on two cores."""
    warm_up()
    wall, cpu = _previews(moves)
    return AppFigures(wall, cpu, _memory(runs), measure_users() if is_possible() else None)


def _previews(moves: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds of wall clock and of CPU of each move of the slider, the model being loaded."""
    study, made = new_study("somme"), Previews()
    made.preview(study, draft(1.0))
    wall, cpu = [], []
    for move in range(moves):
        began, used = time.perf_counter(), time.process_time()
        made.preview(study, draft(1.5 + move))
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    return tuple(wall), tuple(cpu)


def _memory(runs: int) -> tuple[float, ...]:
    """Megabytes held after every ten previews, each of another scenario."""
    study, made = new_study("somme"), Previews()
    process, held = psutil.Process(), []
    for run in range(runs):
        made.preview(study, draft(1.0 + 0.5 * run))
        if run % BETWEEN == BETWEEN - 1:
            held.append(process.memory_info().rss / MEGABYTE)
    return tuple(held)
