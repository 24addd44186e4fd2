"""Chunks: neighbouring tasks that are run, written and taken over together.

How a plan is cut depends on the plan alone, so that every process, machine and slice agrees on
the names and the contents of the files.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.batch.plan import BatchPlan
from sim.batch.reading import size_of
from sim.errors import Fault, InputError

CHUNK_SECONDS = 10.0
"""Estimated processor time of a chunk: long against its overhead, short against its loss."""
MOST_TASKS = 64
FEWEST_CHUNKS = 32
"""A plan is cut into as many chunks at least, where it has the tasks, to keep workers busy."""


@dataclass(frozen=True)
class Chunk:
    """The tasks from ``first`` to before ``stop``; ``name`` is that of its file."""

    name: str
    first: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.first


def chunks_of(plan: BatchPlan) -> tuple[Chunk, ...]:
    """The whole plan in chunks, in order."""
    length = _length(plan)
    return tuple(
        _chunk(plan, first, min(first + length, plan.tasks))
        for first in range(0, plan.tasks, length)
    )


def slice_of(chunks: Sequence[Chunk], number: int, count: int) -> tuple[Chunk, ...]:
    """Every ``count``-th chunk from the ``number``-th on (counted from 1)."""
    return tuple(chunks[number - 1 :: count])


def read_slice(text: str) -> tuple[int, int]:
    """``2/4`` as (2, 4); raises `InputError`."""
    number, _, count = text.partition("/")
    if number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
        return int(number), int(count)
    accepted = "a number and how many there are, such as 2/4"
    raise InputError([Fault("command line", "--slice", repr(text), accepted)])


def _length(plan: BatchPlan) -> int:
    """Tasks of one chunk; whole groups of settings where they fit, as these share their people."""
    by_time = max(1, math.floor(CHUNK_SECONDS * plan.tasks / size_of(plan).seconds))
    length = min(by_time, MOST_TASKS, math.ceil(plan.tasks / FEWEST_CHUNKS))
    settings = len(plan.settings)
    if length < settings <= min(by_time, MOST_TASKS):
        return settings
    return length - length % settings if length > settings else length


def _chunk(plan: BatchPlan, first: int, stop: int) -> Chunk:
    mark = hashlib.sha256(f"{plan.identity} {first} {stop}".encode()).hexdigest()[:12]
    return Chunk(f"{first:07d}-{mark}", first, stop)
