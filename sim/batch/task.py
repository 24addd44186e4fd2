"""One task of a batch: a seed under a setting and a draw, for all scenarios of its plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sim.batch.plan import BatchPlan, plain_setting
from sim.parameters.values import Value


@dataclass(frozen=True)
class Task:
    """One seed under one setting and one draw, for all scenarios of a plan."""

    number: int
    setting: int
    values: tuple[tuple[str, Value], ...]
    """The value of each factor, by its name."""
    draw: int | None
    """Number of the posterior draw; None for the tables as they are."""
    replication: int
    seed: int

    @property
    def identity(self) -> str:
        """SHA-256 of what tells the task from every other one of its plan."""
        content = [plain_setting(dict(self.values)), self.draw, self.seed]
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()

    def inputs(self) -> str:
        """What the task runs with, for a message."""
        setting = ", ".join(f"{name} = {value}" for name, value in self.values)
        draw = "no draw" if self.draw is None else f"draw {self.draw}"
        return f"task {self.number}: seed {self.seed}, {draw}, setting {self.setting} ({setting})"


def task_of(plan: BatchPlan, number: int) -> Task:
    """The task with a number from 0 on: settings change first, then draws, then seeds."""
    rest, setting = divmod(number, len(plan.settings))
    replication, draw = divmod(rest, len(plan.draw_numbers))
    return Task(
        number=number,
        setting=setting,
        values=tuple(plan.settings[setting].items()),
        draw=plan.draw_numbers[draw],
        replication=replication,
        seed=plan.experiment.seeds[replication],
    )


def tasks_of(plan: BatchPlan) -> Iterator[Task]:
    """Every task of a plan, in order of its number."""
    return (task_of(plan, number) for number in range(plan.tasks))
