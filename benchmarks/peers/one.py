"""``python -m benchmarks.peers.one ENGINES STOCK ROUNDS``: engines in turns, in this process.

Writes a line of JSON for each round: by engine, nanoseconds an agent-week and what was counted.
Needs what the named engines need, so that a peer of another environment runs beside C there.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from typing import Any

from benchmarks.peers.workload import Outcome, timed

SEED = 1
WARM_UP_STOCK, WARM_UP_DAYS = 100, 30

ENGINES = {
    "c": "benchmarks.peers.c_peer",
    "product": "benchmarks.peers.product.days",
    "kernel": "benchmarks.peers.one_kernel",
    "numpy": "benchmarks.peers.numpy_sweep",
    "mesa": "benchmarks.peers.mesa_days",
    "mesa_simpy": "benchmarks.peers.mesa_simpy",
    "simpy": "benchmarks.peers.simpy_lives",
    "salabim": "benchmarks.peers.salabim_lives",
    "ciw": "benchmarks.peers.ciw_network",
}
"""Modules with a function ``run(stock, seed, days)``."""


def summary(outcome: Outcome) -> dict[str, Any]:
    """What is kept of one run."""
    return {
        "cpu_seconds": outcome.cpu_seconds,
        "nanoseconds": outcome.nanoseconds,
        "agent_weeks": outcome.agent_weeks,
        "totals": outcome.totals,
        "last": outcome.stocks[-1] if outcome.stocks else [],
    }


def main() -> None:
    """The rounds."""
    names, stock, rounds = sys.argv[1].split(","), int(sys.argv[2]), int(sys.argv[3])
    peers = {name: importlib.import_module(ENGINES[name]).run for name in names}
    for peer in peers.values():
        peer(WARM_UP_STOCK, SEED, WARM_UP_DAYS)
    for _ in range(rounds):
        found = {}
        for name, peer in peers.items():
            gc.collect()
            found[name] = summary(timed(peer, stock, SEED))
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
