"""Who works in a department, as views: caseworkers, and the offices of territories."""

from __future__ import annotations

import mesa

from sim.agents.view_sets import PeopleSet
from sim.agents.views import Department, View, with_fields


@with_fields("posts")
class Caseworker(View):
    """The holder of a staff post, with a portfolio and the minutes of a day."""

    table = "posts"

    @property
    def portfolio(self) -> PeopleSet:
        """Who is supported or followed by this caseworker now."""
        held = self.model.department.caseworkers[self.model.rows_here]
        return PeopleSet(self.model, self.model.rows_here[(held == self._row).any(axis=1)])


class Office(mesa.Agent):  # type: ignore[misc]
    """The office of one territory: its caseworkers, and whom it receives."""

    model: Department

    def __init__(self, model: Department, identity: int, territory: str) -> None:
        super().__init__(model)
        self.unique_id = identity
        self._territory = territory

    @property
    def territory(self) -> str:
        """Label of the territory."""
        return self._territory

    @property
    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Its staff, vacant posts included."""
        return tuple(one for one in self.model.caseworkers if one.territory == self._territory)

    @property
    def beneficiaries(self) -> PeopleSet:
        """Who lives in the territory now, on RSA or off it for a while."""
        here: PeopleSet = self.model.beneficiaries.where(territory=self._territory)
        return here
