"""The last day of a run as published statistics would see it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.state import State
from sim.observation import (
    Memory,
    annual_entry_rate,
    annual_exit_rate,
    in_job_share,
    paid_every_month,
    salaried_a_year_later,
    worked_in_the_next_year,
)
from sim.parameters import Parameters

MONTHS_OF_MEMORY = 13
"""Statistics over a year need a run that is longer."""


def last_day_statistics(last: State, parameters: Parameters, months: int) -> dict[str, float]:
    """Shares by name; none after a run that is too short for them.

    ``last`` is the state of the last day of a run of so many months, ``parameters`` its base.
    """
    if months < MONTHS_OF_MEMORY:
        return {}
    in_job, salaried = (flags_of_jobs(parameters, name) for name in ("is_job", "is_salaried"))
    memory = Memory.of(last, in_job)
    return {
        "annual_exit_rate": annual_exit_rate(memory),
        "annual_entry_rate": annual_entry_rate(memory),
        "paid_every_month": paid_every_month(memory),
        "worked_in_the_next_year": worked_in_the_next_year(memory),
        "salaried_a_year_later": salaried_a_year_later(memory, salaried),
        "in_job_share": in_job_share(memory, in_job),
    }


def flags_of_jobs(parameters: Parameters, name: str) -> NDArray[np.bool_]:
    """A yes-or-no property of each job type, in the order of the tables."""
    labels = parameters.labels("job_types")
    return np.array([parameters.flag(f"job_types.{label}.{name}") for label in labels])
