"""The common ground of the Mesa agents of a department."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mesa import Agent, Model

if TYPE_CHECKING:
    from sim.agents.department import Department


class AgentNumbers(WeakKeyDictionary[Model, "count[int]"]):
    """Mesa's numbers of agents by model, which let go of a model that nobody uses any more.

    Mesa 3.3 numbers agents in a dictionary that keeps every model, and its people, alive for
    ever; a study of a thousand runs would fill the memory.
    """

    def __getitem__(self, model: Model) -> count[int]:
        return self.setdefault(model, count(1))


class Actor(Agent):  # type: ignore[misc]
    """Somebody who acts in a department."""

    _ids = AgentNumbers()

    model: Department
    """The department: its rules, its offices and its chronicle."""
