"""What a finished run leaves in its books: its ledger and places, without its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import RunResult
from sim.engine.run_plan import RunPlan
from sim.engine.state import State
from sim.events import EventLog
from sim.experiments.last_day import last_day_statistics
from sim.ledger import Ledger
from sim.parameters import Parameters


@dataclass(frozen=True, eq=False)
class Books:
    """One run, told by its counts.

    ``places[kind, territory, what]``: places taken on the last day, as in `State.places`.
    ``cpu_seconds`` are those of the run, whenever it was made. ``last`` is the
    state of the last day; None when the books were read back from the disk, where only
    ``kept_statistics`` are left of it. ``log`` is there when the run was made with one.
    """

    plan: RunPlan
    seed: int
    ledger: Ledger
    places: NDArray[np.int64]
    cpu_seconds: float
    last: State | None = None
    kept_statistics: Mapping[str, float] = field(default_factory=dict)
    log: EventLog | None = None

    @classmethod
    def of(cls, result: RunResult) -> Books:
        """The books of a run that was just made."""
        return cls(
            plan=result.plan,
            seed=result.seed,
            ledger=result.ledger,
            places=result.last.places,
            cpu_seconds=result.cpu_seconds,
            last=result.last,
            log=result.log,
        )

    @property
    def parameters(self) -> Parameters:
        """The reference parameters of the run."""
        return self.plan.base

    @cached_property
    def statistics(self) -> Mapping[str, float]:
        """The last day as published statistics would see it (`last_day_statistics`)."""
        if self.last is None:
            return self.kept_statistics
        return last_day_statistics(self.last, self.parameters, self.plan.months)

    @property
    def last_state(self) -> State:
        """The state of the last day; raises ValueError for books read back from the disk."""
        if self.last is None:
            raise ValueError(f"the books of {self.plan.name} were kept without its people")
        return self.last
