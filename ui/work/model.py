"""The compiled model in a process of the app: loaded once, before anything is timed or runs."""

from __future__ import annotations

from functools import cache

from sim.experiments import jobs
from sim.policy import load_scenario, shipped_scenarios


@cache
def load_model() -> None:
    """Load the model, or compile it where nobody did."""
    jobs.warm_up(load_scenario(shipped_scenarios()[0]))
