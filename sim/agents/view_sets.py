"""Sets of beneficiaries: Mesa's `AgentSet`, read column by column where that is possible."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from mesa.agent import AgentSet, GroupBy
from numpy.typing import NDArray

from sim.agents.views import Department
from sim.errors import Fault, InputError
from sim.parameters.schema import nearest

AT_ONCE: dict[Any, Callable[[NDArray[Any]], Any]] = {sum: np.sum, min: np.min, max: np.max}
"""What Python does with the numbers of a list, one by one, and NumPy with an array at once."""


class PeopleSet(AgentSet):  # type: ignore[misc]
    """Some beneficiaries. ``get``, ``agg``, ``groupby`` of a field read the engine's columns.

    Views are only made for who iterates. As in Mesa, who left for good is no member any more.
    """

    def __init__(self, model: Department, rows: NDArray[np.intp]) -> None:
        self._model = model
        self._held: Any = None
        self._rows = rows
        self._who: NDArray[np.int64] | None = None
        self._moment = model.moment
        self.random = model.random
        model.rows_are_held(self)

    @property
    def rows(self) -> NDArray[np.intp]:
        """Rows of the members in the tables of the engine now, in the order of the set."""
        model = self._model
        model.follow()
        if self._held is not None:
            return np.array([view.row for view in self._agents], dtype=np.intp)
        if self._moment != model.moment:
            self._rows = model.rows_of(self.pinned())
            self._moment = model.moment
        return self._rows

    def pinned(self) -> NDArray[np.int64]:
        """Identities of the members, noted once, before the rows move."""
        if self._who is None:
            self._who = self._model.identities(self._rows)
        return self._who

    @property
    def _agents(self) -> Any:
        """Mesa's own dictionary: from here on the set is one of views."""
        if self._held is None:
            views = self._model.views_of(self._model.identities(self.rows))
            self._held = weakref.WeakKeyDictionary(dict.fromkeys(views))
        elif self._moment != self._model.moment:
            for view in [view for view in self._held if not view.is_here]:
                del self._held[view]
        self._moment = self._model.moment
        return self._held

    @_agents.setter
    def _agents(self, agents: Any) -> None:
        self._held = agents

    def __len__(self) -> int:
        return len(self.rows) if self._held is None else len(self._agents)

    def __copy__(self) -> PeopleSet:
        return PeopleSet(self._model, self.rows)

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> Any:
        """As Mesa's; a field of the tables comes as a NumPy array in the order of the set."""
        if isinstance(attr_names, str):
            values = self._model.tables.of_people(attr_names, self.rows)
            if values is not None:
                return values
        return super().get(attr_names, handle_missing, default_value)

    def agg(self, attribute: str, func: Any) -> Any:
        """As Mesa's, over the array of a field."""
        values = self.get(attribute)
        if not isinstance(values, np.ndarray):
            return super().agg(attribute, func)
        if callable(func):
            return AT_ONCE.get(func, func)(values)
        return [AT_ONCE.get(one, one)(values) for one in func]

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
    ) -> AgentSet:
        """As Mesa's; `where` is faster for the values of fields."""
        chosen = super().select(filter_func, at_most, inplace, agent_type)
        return chosen if inplace or isinstance(chosen, PeopleSet) else self._of(chosen)

    def where(self, **fields: Any) -> PeopleSet:
        """Members whose fields say what is given: a value, a list of values, a test of an array.

        ``where(support="waiting_caseworker", contact_level=lambda level: level > 1)``. Raises
        `InputError` for an unknown field, word or label, with the nearest ones.
        """
        rows = self.rows
        for name, wanted in fields.items():
            place = self._model.tables.place(name, rows)
            if place is None:
                accepted = nearest(name, self._model.field_names)
                raise InputError([Fault("agents", name, "no such field", accepted)])
            rows = rows[self._model.tables.meets(*place, wanted)]
        return PeopleSet(self._model, rows)

    def groupby(self, by: Any, result_type: str = "agentset") -> GroupBy:
        """As Mesa's; the groups of a field are found at once."""
        rows = self.rows
        values = self._model.tables.of_people(by, rows) if isinstance(by, str) else None
        if values is None or result_type != "agentset":
            return super().groupby(by, result_type)
        names, codes = _codes(values)
        parts = {name: rows[codes == code] for code, name in enumerate(names)}
        return PeopleGroups({name: PeopleSet(self._model, part) for name, part in parts.items()})

    def _of(self, agents: Iterable[Any]) -> PeopleSet:
        return PeopleSet(self._model, np.fromiter((one.row for one in agents), np.intp))


class PeopleGroups(GroupBy):  # type: ignore[misc]
    """Mesa's groups, aggregated column by column."""

    def agg(self, attr_name: str, func: Callable[[Any], Any]) -> dict[Any, Any]:
        """As Mesa's, over the array of a field."""
        return {name: group.agg(attr_name, func) for name, group in self.groups.items()}


class Everybody(PeopleSet):
    """The beneficiaries who are here, whenever it is asked; in the order of the tables."""

    def __init__(self, model: Department) -> None:
        self._model = model
        self._made_at = -1
        self._views: Any = None
        self.random = model.random

    @property
    def rows(self) -> NDArray[np.intp]:
        """Rows of everybody who has not left for good."""
        return self._model.rows_here

    @property  # type: ignore[misc]
    def _agents(self) -> Any:
        rows = self.rows
        if self._made_at != self._model.moment:
            self._made_at = self._model.moment
            views = self._model.views_of(self._model.identities(rows))
            self._views = weakref.WeakKeyDictionary(dict.fromkeys(views))
        return self._views

    def __len__(self) -> int:
        return len(self.rows)


class AllAgents(AgentSet):  # type: ignore[misc]
    """What ``model.agents`` is: offices, caseworkers, beneficiaries, and agents of a user."""

    def __init__(self, model: Department) -> None:
        self._model = model
        self._made_at = (-1, -1)
        self._views: Any = None
        self.random = model.random

    @property
    def _agents(self) -> Any:
        model = self._model
        everybody = list(model.beneficiaries)
        now = (model.moment, len(model._agents))
        if self._made_at != now:
            self._made_at = now
            agents = [*model.other_agents(), *everybody]
            self._views = weakref.WeakKeyDictionary(dict.fromkeys(agents))
        return self._views

    def __len__(self) -> int:
        return len(self._model.other_agents()) + len(self._model.beneficiaries)


def _codes(values: NDArray[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    """The different values as Python ones, in the order of their first member, and their places."""
    plain = values.tolist()
    names = list(dict.fromkeys(plain))
    place = {name: code for code, name in enumerate(names)}
    return names, np.fromiter((place[value] for value in plain), np.intp, len(plain))
