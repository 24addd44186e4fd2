"""``python -m benchmarks.app``: the first page, the preview, the memory of the app.

Everything runs on this machine: a server of the app on a free port, previews in this process.
On a shared machine read the CPU seconds; the wall clock there says more about the others.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np
import psutil

from ui.study import Draft
from ui.study.references import new_study
from ui.work.job import warm_up
from ui.work.preview import Previews

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
REFERENCE = "somme_reference"
MEGABYTE = 2**20


def draft(posts: float) -> Draft:
    known = {"key": "mine", "title": "mine", "origin": REFERENCE, "values": {POSTS: posts}}
    return Draft.model_validate(known)


def previews(moves: int) -> tuple[list[float], list[float]]:
    """Seconds of wall clock and of CPU of each move of the slider, the model being loaded."""
    study, made = new_study("somme"), Previews()
    made.preview(study, draft(1.0))
    wall, cpu = [], []
    for move in range(moves):
        began, used = time.perf_counter(), time.process_time()
        made.preview(study, draft(1.5 + move))
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    return wall, cpu


def memory(runs: int) -> list[float]:
    """Megabytes held after every ten previews."""
    study, made = new_study("somme"), Previews()
    process, held = psutil.Process(), []
    for run in range(runs):
        made.preview(study, draft(1.0 + 0.5 * run))
        if run % 10 == 9:
            held.append(process.memory_info().rss / MEGABYTE)
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--runs", type=int, default=100)
    chosen = parser.parse_args()
    warm_up()
    wall, cpu = previews(chosen.moves)
    say = sys.stdout.write
    for name, seconds in (("wall", wall), ("CPU", cpu)):
        median, high = np.quantile(seconds, [0.5, 0.95])
        say(f"preview, {name}: median {median:.2f} s, 95th percentile {high:.2f} s\n")
    held = memory(chosen.runs)
    say(f"memory after every 10 of {chosen.runs} previews, MB: {[round(one) for one in held]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
