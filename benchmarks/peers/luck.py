"""The keyed numbers of `sim.randomness` for many agents at once, by NumPy.

Engines of Python objects read them from lists: for a day's looks that takes less time than asking
the generator of Python's library agent by agent.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from benchmarks.peers.workload import BARRIERS_AT_ENTRY, MOST_BARRIERS
from sim.randomness import (
    MASK,
    MIX_1,
    MIX_2,
    STEP_COUNT,
    STEP_DECISION,
    STEP_WHO,
    TO_UNIT,
)

Words: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


def _mix(z: Words) -> Words:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(MIX_2)
    return z ^ (z >> np.uint64(31))


def keys(seed: int, agents: int) -> Words:
    """The keys of the first agents."""
    who = np.arange(agents, dtype=np.uint64) * np.uint64(STEP_WHO)
    return _mix(_mix(np.full(1, seed, np.uint64)) ^ who)


def uniforms(of: Words, decision: int, day: int) -> Numbers:
    """The numbers of a day for these keys."""
    word = np.uint64((decision * STEP_DECISION + day * STEP_COUNT) & MASK)
    bits = _mix(_mix(of ^ word)) >> np.uint64(11)
    return (bits.astype(np.float64) + 0.5) * TO_UNIT


def barriers_at_entry(of: Words) -> np.ndarray[Any, np.dtype[np.int8]]:
    """How many barriers each agent comes with."""
    return (MOST_BARRIERS * uniforms(of, BARRIERS_AT_ENTRY, 0)).astype(np.int8)
