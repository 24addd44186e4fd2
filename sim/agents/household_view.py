"""The household of a beneficiary, as a view: it is no agent of Mesa."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.agents.engine_door import Act
from sim.agents.fields import Field
from sim.agents.views import with_fields
from sim.vocabulary import ExitReason

if TYPE_CHECKING:
    from sim.agents.beneficiary_view import Beneficiary
    from sim.agents.view_sets import PeopleSet


@with_fields("households")
class Household:
    """The household of a beneficiary; equal to every other view of the same household."""

    def __init__(self, head: Beneficiary) -> None:
        self._adult = head
        self.model = head.model

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Household) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[int, int]:
        return id(self.model), self._adult.unique_id - self._adult.member

    def _read(self, field: Field) -> Any:
        return self._adult._read_of_household(field)

    @property
    def members(self) -> PeopleSet:
        """Its adults, the head first."""
        first = self.model.tables.raw("households", "first")[self._adult.household_row].item()
        return self.model.people_at(first + np.arange(self._adult.adults))

    @property
    def is_on_rsa(self) -> bool:
        """Whether it is paid."""
        return self._adult.is_on_rsa

    def leave_rsa(self, reason: str = ExitReason.LONG_EXIT.name.lower()) -> None:
        """It is no longer paid from today on, for one of the reasons of `ExitReason`.

        Raises `InputError` for an unknown reason, ValueError if it is not paid now.
        """
        code = self.model.tables.code_of("households", "exit_reason", reason)
        if code == ExitReason.NONE or not self.is_on_rsa:
            raise ValueError("only a household on RSA leaves it, for a reason")
        self._adult._act(Act.LEAVE_RSA, code)

    def enter_rsa(self) -> None:
        """It comes back to the RSA today; raises ValueError if it is paid already."""
        if self.is_on_rsa:
            raise ValueError("the household is on RSA")
        self._adult._act(Act.ENTER_RSA)

    def move(self) -> None:
        """It moves today: to another territory, or out of the department, as the engine draws."""
        self._adult._act(Act.MOVE)

    def change(self, **fields: object) -> None:
        """Write fields of the household as `Beneficiary.change` does."""
        self._adult.change(**fields)
