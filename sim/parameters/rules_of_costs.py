"""Rules of the money: shares of who pays for one thing, and of ages, sum to 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.errors import Fault
from sim.parameters.rule import SUM_TOLERANCE, Rule, Values

WHOLES = (
    "family_benefits.age_shares",
    "costs.allowance_funded_by",
    "costs.workshop_funded_by",
    "costs.staff_funded_by.department",
    "costs.staff_funded_by.france_travail",
    "costs.staff_funded_by.partner",
)


@dataclass(frozen=True, slots=True)
class ListSumsToOne:
    """The shares of a list sum to 1: nothing is paid twice, nothing by nobody."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The one list."""
        return (self.path,)

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the sum is off by more than the tolerance."""
        shares = values[self.path]
        numbers = shares if isinstance(shares, tuple) else ()
        total = math.fsum(item for item in numbers if isinstance(item, int | float))
        if abs(total - 1.0) <= SUM_TOLERANCE:
            return None
        return Fault(file, self.path, f"shares that sum to {total:.10g}", "shares that sum to 1")


def cost_rules(labels: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """The rules of the money of a department with the given labels."""
    groups = ("actions", "job_types")
    owned = [f"{group}.{name}.cost_funded_by" for group in groups for name in labels[group]]
    return tuple(ListSumsToOne(path) for path in (*WHOLES, *owned))
