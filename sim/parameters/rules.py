"""Rules between several values: shares that sum to 1, orders, stocks that fit, pairs that exist.

A rule names the paths it reads, so that a change checks only the rules it touches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sim.errors import Fault
from sim.parameters.rule import SUM_TOLERANCE, Rule, Values, number
from sim.parameters.rules_of_arrivals import arrival_rules
from sim.parameters.rules_of_costs import cost_rules
from sim.parameters.rules_of_support import support_rules

SHARE_GROUPS = ("education", "household_types", "job_types")
ORDERED = (
    ("population.entry_age_youngest", "population.entry_age_oldest"),
    ("population.pension_age_low", "population.pension_age_high"),
    ("wages.part_time_low", "wages.part_time_high"),
    ("unemployment.minimum_months", "unemployment.maximum_months"),
    ("job_types.{job_types}.length_low_months", "job_types.{job_types}.length_high_months"),
    (
        "territories.{territories}.assessment.employment_at_most",
        "territories.{territories}.assessment.social_at_least",
    ),
    ("territories.{territories}.priority.age_low", "territories.{territories}.priority.age_high"),
    (
        "territories.{territories}.pathways.{pathways}.contact_shortest_days",
        "territories.{territories}.pathways.{pathways}.contact_interval_days",
    ),
    (
        "territories.{territories}.pathways.{pathways}.appointment_shortest_days",
        "territories.{territories}.pathways.{pathways}.appointment_interval_days",
    ),
)
STRICTLY_ORDERED = ("assessment.employment_at_most",)

STOCK = "department.stock_households"
"""The path of the households on the RSA at the start."""


@dataclass(frozen=True, slots=True)
class SumsToOne:
    """The shares of a group sum to 1."""

    group: str
    paths: tuple[str, ...]

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the sum is off by more than the tolerance."""
        total = math.fsum(number(values, path) for path in self.paths)
        if abs(total - 1.0) <= SUM_TOLERANCE:
            return None
        found = f"shares that sum to {total:.10g}"
        return Fault(file, f"{self.group}.*.share", found, "shares that sum to 1")


@dataclass(frozen=True, slots=True)
class InOrder:
    """One value is not above (or, if strict, is below) another."""

    low: str
    high: str
    strict: bool

    @property
    def paths(self) -> tuple[str, ...]:
        """The two values."""
        return self.low, self.high

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the two values are in the wrong order."""
        low, high = number(values, self.low), number(values, self.high)
        if low < high or (low == high and not self.strict):
            return None
        word = "below" if self.strict else "at most"
        return Fault(file, self.low, f"{low:g}", f"{word} {self.high}, which is {high:g}")


@dataclass(frozen=True, slots=True)
class StocksFit:
    """The territories fit into the department: stated stocks within it, one remainder at most."""

    territories: tuple[str, ...]
    whole: str = STOCK
    adults: str = "population.adults_per_household"

    @property
    def paths(self) -> tuple[str, ...]:
        """The stocks and units of all territories, the department's stock."""
        own = tuple(
            f"territories.{name}.{what}"
            for name in self.territories
            for what in ("stock_value", "stock_unit")
        )
        return (self.whole, self.adults, *own)

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the territories do not add up to the department."""
        stated, remainders = 0.0, 0
        for name in self.territories:
            unit = values[f"territories.{name}.stock_unit"]
            stock = number(values, f"territories.{name}.stock_value")
            if unit == "remainder":
                remainders += 1
            else:
                stated += stock / (number(values, self.adults) if unit == "persons" else 1.0)
        whole = number(values, self.whole)
        if remainders > 1:
            found = f"{remainders} territories that hold the remainder"
            return Fault(file, "territories.*.stock_unit", found, "one at most")
        slack = 0.5 * (len(self.territories) + 1)
        if remainders == 0 and abs(stated - whole) > slack:
            accepted = f"{whole:g} households in all, or one territory as remainder"
            return Fault(file, "territories.*.stock_value", f"{stated:.1f} in all", accepted)
        if remainders == 1 and stated >= whole:
            found = f"{stated:.1f} households without the remainder"
            accepted = f"fewer than the {whole:g} households of {self.whole}"
            return Fault(file, "territories.*.stock_value", found, accepted)
        return None


def rules_of(labels: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """All rules of a department with the given labels."""
    rules: list[Rule] = [
        SumsToOne(group, tuple(f"{group}.{name}.share" for name in labels[group]))
        for group in SHARE_GROUPS
    ]
    rules.append(StocksFit(tuple(labels["territories"])))
    for low, high in ORDERED:
        groups = [group for group in labels if f"{{{group}}}" in low]
        for names in product(*(labels[group] for group in groups)):
            given = dict(zip(groups, names, strict=True))
            strict = low.endswith(STRICTLY_ORDERED)
            rules.append(InOrder(low.format(**given), high.format(**given), strict))
    rules.extend(arrival_rules(labels))
    rules.extend(support_rules(labels))
    rules.extend(cost_rules(labels))
    return tuple(rules)


def broken_rules(rules: Iterable[Rule], values: Values, file: str) -> list[Fault]:
    """The faults of the rules that the values break; rules on absent values are left out."""
    faults = []
    for rule in rules:
        if all(path in values for path in rule.paths):
            fault = rule.fault(values, file)
            if fault is not None:
                faults.append(fault)
    return faults
