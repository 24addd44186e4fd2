"""``python -m benchmarks --only app``: first page, previews, five visitors at once, memory.

Everything runs on this machine: a server of the app on a free port, previews in this process.
On a shared machine read the CPU seconds; the wall clock there says more about the others.
"""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import psutil

from benchmarks.app_protocol import Answers, measure_answers
from benchmarks.app_users import MEGABYTE, Users, is_possible, measure_users
from benchmarks.visitors import LOOKING_SECONDS, USERS, draft
from ui.study.references import new_study
from ui.work.model import load_model
from ui.work.preview import Previews

MOVES, RUNS = 50, 100
BETWEEN = 10
"""The memory is read after so many previews."""
MOST_POSTS = 600.0
"""The largest number of added posts that the page accepts: the dearest preview."""


@dataclass(frozen=True)
class AppFigures:
    """What was measured; seconds of every move, megabytes after every ten previews."""

    preview_wall_seconds: tuple[float, ...]
    preview_cpu_seconds: tuple[float, ...]
    beside_wall_seconds: tuple[float, ...]
    """Of moves made while another visitor asks for the dearest previews without a pause."""
    megabytes: tuple[float, ...]
    answers: Answers
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
                "app, preview beside another visitor's dearest ones",
                f"{max(self.beside_wall_seconds):.2f} s at most",
                f"median {np.median(self.beside_wall_seconds):.2f} s of "
                f"{len(self.beside_wall_seconds)} moves",
            ),
            (
                "app, memory over previews",
                f"{last - first:+.0f} MB",
                f"from {first:.0f} MB after {BETWEEN} previews to {last:.0f} MB after "
                f"{BETWEEN * len(self.megabytes)}",
            ),
        ]
        answered = self.answers.move_seconds
        lines.append(
            (
                f"app, {USERS} visitors at once, what the server takes",
                f"{np.quantile(answered, 0.95):.2f} s a move at the 95th percentile",
                f"median {np.median(answered):.2f} s, slowest {max(answered):.2f} s of "
                f"{len(answered)} moves, {LOOKING_SECONDS:.0f} s apart, begun together; "
                f"{self.answers.strangers} of {USERS} with another answer than alone",
            )
        )
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
                f"median {np.median(moves):.2f} s over {len(moves)} moves, {LOOKING_SECONDS:.0f} s "
                f"apart, browsers on the same machine; "
                f"{users.strangers} of {USERS} with another answer than alone; server "
                f"{users.megabytes[0]:.0f} MB before and {users.megabytes[1]:.0f} MB after",
            ),
        ]

    def record(self) -> dict[str, Any]:
        """Numbers for the file of results."""
        return asdict(self)


def measure(moves: int = MOVES, runs: int = RUNS) -> AppFigures:
    """All of it; several minutes on two cores."""
    load_model()
    wall, cpu = _previews(moves)
    beside = _beside_another(moves)
    users = measure_users() if is_possible() else None
    return AppFigures(wall, cpu, beside, _memory(runs), measure_answers(), users)


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


def _beside_another(moves: int) -> tuple[float, ...]:
    """Seconds of wall clock of each move while another visitor's dearest previews run."""
    study, made = new_study("somme"), Previews()
    over = threading.Event()

    def move_all_the_time() -> None:
        theirs, posts = new_study("somme"), MOST_POSTS
        while not over.is_set():
            made.preview(theirs, draft(posts))
            posts -= 0.5

    other = threading.Thread(target=move_all_the_time)
    other.start()
    try:
        wall = []
        for move in range(moves):
            began = time.perf_counter()
            made.preview(study, draft(1.5 + move))
            wall.append(time.perf_counter() - began)
    finally:
        over.set()
        other.join()
    return tuple(wall)


def _memory(runs: int) -> tuple[float, ...]:
    """Megabytes held after every ten previews, each of another scenario."""
    study, made = new_study("somme"), Previews()
    process, held = psutil.Process(), []
    for run in range(runs):
        made.preview(study, draft(1.0 + 0.5 * run))
        if run % BETWEEN == BETWEEN - 1:
            held.append(process.memory_info().rss / MEGABYTE)
    return tuple(held)
