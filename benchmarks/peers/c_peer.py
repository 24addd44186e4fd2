"""The workload in C, compiled by the compiler of this machine when there is one."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers import workload
from benchmarks.peers.workload import Outcome, arrivals, caseworkers_for, named
from sim import randomness

SOURCE = Path(__file__).with_name("peer.c")
OPTIONS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC", "-Wall", "-Werror")
"""Without fused operations, so that counts are those of the other engines."""
SPARE_AGENTS = 64


def compiler() -> str | None:
    """The C compiler of this machine."""
    return os.environ.get("CC") or next(
        filter(None, map(shutil.which, ("gcc", "clang", "cc"))), None
    )


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days; raises RuntimeError without a compiler, MemoryError without memory."""
    come = arrivals(stock, seed, days)
    stocks = np.zeros((days, workload.STATES), np.int64)
    totals = np.zeros(len(workload.COUNTERS), np.int64)
    agent_weeks = _library().run(
        stock, seed, days, caseworkers_for(stock), room_for(stock, come),
        come.ctypes.data, stocks.ctypes.data, totals.ctypes.data,
    )  # fmt: skip
    if agent_weeks < 0:
        raise MemoryError(f"no memory for {stock:,} agents")
    return Outcome(agent_weeks, named(totals), stocks.tolist())


def room_for(stock: int, come: np.ndarray[Any, Any]) -> int:
    """Rows for all agents."""
    return stock + int(come.sum()) + SPARE_AGENTS


@cache
def _library() -> Any:
    program = compiler()
    if program is None:
        raise RuntimeError("no C compiler")
    numbers = [f"-D{name}={_literal(value)}" for name, value in _numbers().items()]
    with tempfile.TemporaryDirectory(prefix="caseload-peer-") as folder:
        made = Path(folder) / "peer.so"
        subprocess.run([program, *OPTIONS, *numbers, "-o", made, SOURCE, "-lm"], check=True)
        library = ctypes.CDLL(str(made))
    word, address = ctypes.c_int64, ctypes.c_void_p
    library.run.argtypes = [word, ctypes.c_uint64, word, word, word, address, address, address]
    library.run.restype = word
    return library


def _numbers() -> dict[str, float]:
    """The numbers of the workload and of keyed chance by name."""
    both = {**vars(workload), **vars(randomness)}
    names = {name: value for name, value in both.items() if isinstance(value, int | float)}
    first, second = workload.SESSION_WEEKDAYS
    return names | {"SESSION_WEEKDAY_1": first, "SESSION_WEEKDAY_2": second}


def _literal(value: float) -> str:
    if isinstance(value, float):
        return value.hex()
    return f"{value:#x}ULL" if value > 0x7FFFFFFF else str(value)
