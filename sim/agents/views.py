"""What every view of an agent shares: read-only properties from the declared fields.

A view holds the identity of its agent and finds its row when it is asked something, since rows
move. Fields are read-only. What changes a life are the methods: each calls the engine's own
transition at the end of the last day that was lived, so that clocks, queues, places and books
follow, and the lives of others stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.agents.engine_door import RunningDepartment
from sim.agents.fields import FIELDS, Field
from sim.agents.tables import Tables

Class = TypeVar("Class", bound=type)


class Department(Protocol):
    """What views and sets ask of the model that holds them (`DepartmentModel`)."""

    department: RunningDepartment
    tables: Tables
    moment: int
    random: Any
    running: bool
    beneficiaries: Any
    caseworkers: tuple[Any, ...]
    _agents: dict[mesa.Agent, None]

    @property
    def rows_here(self) -> NDArray[np.intp]:
        """Rows of people who have not left for good."""

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of every field of a beneficiary."""

    def follow(self) -> None:
        """See who is here and in which rows."""

    def identities(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Identities of people by row."""

    def rows_of(self, who: NDArray[np.int64]) -> NDArray[np.intp]:
        """Rows of those who are still here."""

    def rows_are_held(self, people: Any) -> None:
        """A set knows its people by row until the rows move."""

    def views_of(self, who: NDArray[np.int64]) -> list[Any]:
        """The agents of some identities."""

    def other_agents(self) -> list[mesa.Agent]:
        """Agents that are no beneficiaries."""

    def prepare_act(self) -> None:
        """Before a transition between two days."""

    def note_departure(self, household: int) -> None:
        """After a transition: somebody may have left for good."""


class ReadOnlyField:
    """The property of one declared field."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.__doc__ = f"{field.meaning} ({field.type_text})"

    def __get__(self, view: Any, owner: Any = None) -> Any:
        return self if view is None else view._read(self.field)

    def __set__(self, view: Any, value: object) -> None:
        raise AttributeError(
            f"{self.field.name} is read-only: written by hand, the clocks, queues and books of the "
            f"engine would not follow, and lives would go wrong without a word. {self.field.way}"
        )


def with_fields(*tables: str) -> Callable[[Class], Class]:
    """Give a class a property for each declared field of some tables."""

    def give(kind: Class) -> Class:
        for table in tables:
            for field in FIELDS[table]:
                if field.name not in kind.__dict__:
                    setattr(kind, field.name, ReadOnlyField(field))
        return kind

    return give


class View(mesa.Agent):  # type: ignore[misc]
    """An agent whose state is a row of a table."""

    model: Department
    table: str

    def __init__(self, model: Department, identity: int, row: int) -> None:
        super().__init__(model)
        self.unique_id = identity
        self._row = row

    def _read(self, field: Field) -> Any:
        return self.model.tables.value(self.table, field, self._row)

    def change(self, **fields: object) -> None:
        """Caseworkers and offices have no field that is written between two days."""
        names = ", ".join(fields)
        raise AttributeError(
            f"{names} of a {type(self).__name__.lower()} follows from the parameters of each day: "
            "change them from a date on, with Scenario.with_changes"
        )
