"""The department: the Mesa model that holds its offices, households and rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from mesa import Model
from numpy.typing import NDArray

from sim.agents.caseworker import Caseworker
from sim.agents.chronicle import Chronicle
from sim.agents.office import Office
from sim.agents.rules import Rules, rules_of

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary
    from sim.agents.household import Household

UNUSED_SEED = 0
"""Mesa wants a generator. Nobody draws from it: chance is keyed by person (``randomness``)."""


class Department(Model):  # type: ignore[misc]
    """Everybody in one department, in the order of the tables.

    Mesa's own ``agents`` are the caseworkers and the beneficiaries who have not left for good.
    """

    nation: Rules
    """What is the same everywhere in the department."""

    def __init__(self, chronicle: Chronicle) -> None:
        super().__init__(rng=UNUSED_SEED)
        self.chronicle = chronicle
        self.offices: list[Office] = []
        self.caseworkers: list[Caseworker] = []
        self.households: list[Household] = []
        self.stocks_taken = 0
        """Months of the ledger, its eve included, whose stocks are counted."""

    def adopt(
        self,
        national: NDArray[np.void],
        territories: NDArray[np.void],
        organisation: NDArray[np.void],
    ) -> None:
        """Put packed parameters in force."""
        self.nation = rules_of(national[0])
        for office in self.offices:
            pathways = [rules_of(pathway) for pathway in organisation[office.territory]]
            office.adopt(rules_of(territories[office.territory]), pathways)

    @property
    def first_month(self) -> int:
        """Month number from which the ledger counts."""
        return self.chronicle.ledger.shape.first_month

    @property
    def beneficiaries(self) -> Iterator[Beneficiary]:
        """Every adult, household after household."""
        return chain.from_iterable(household.adults for household in self.households)

    @property
    def roles(self) -> range:
        """Every role that some post of the roster has."""
        return range(max((worker.role + 1 for worker in self.caseworkers), default=0))
