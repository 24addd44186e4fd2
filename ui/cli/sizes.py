"""The size of a piece of work in words: runs, time, memory."""

from __future__ import annotations

import math

from sim.experiments.size import GIGABYTE, Size, duration_parts
from ui.cli.spoken import counted, number, text


def time_text(seconds: float) -> str:
    """A time in the unit that people would use."""
    count, unit = duration_parts(seconds)
    return counted(f"size.{unit}", count)


def costs_text(size: Size) -> str:
    """Time and memory of a piece of work."""
    time = text("size.time", time=time_text(size.seconds))
    if math.isinf(size.memory_bytes):
        return time
    memory = text("size.memory", gigabytes=number(size.memory_bytes / GIGABYTE, 1))
    return text("size.both", time=time, memory=memory)


def size_text(size: Size) -> str:
    """Scenarios, settings, draws and seeds, and the runs that they make."""
    parts = [
        counted("size.scenario", size.scenarios),
        counted("size.setting", size.settings),
        *([counted("size.draw", size.draws)] if size.draws else []),
        counted("size.seed", size.seeds),
    ]
    return f"{' × '.join(parts)} = {counted('size.run', size.runs)}"


def lasting_text(size: Size, workers: int) -> str:
    """The estimated time on a number of workers."""
    time = time_text(size.seconds / workers)
    return text("size.lasting", time=time, workers=counted("size.worker", workers))
