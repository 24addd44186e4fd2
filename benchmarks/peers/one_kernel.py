"""The yardstick of `benchmarks.mini`: everything in one compiled loop, with a shorter generator."""

from __future__ import annotations

from benchmarks.mini import run_mini
from benchmarks.peers.workload import Outcome


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    result = run_mini(stock, seed, days)
    return Outcome(result.agent_weeks, result.totals, [list(result.last_counts)])
