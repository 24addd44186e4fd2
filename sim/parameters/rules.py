"""Rules between several values: shares that sum to 1, orders, stocks that fit, pairs that exist.

A rule names the paths it reads, so that a change checks only the rules it touches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from sim.errors import Fault
from sim.parameters.values import Value

SUM_TOLERANCE = 1e-9
ADULTS_TOLERANCE = 0.002
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

Values = Mapping[str, Value]


class Rule(Protocol):
    """A condition over several values."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths the rule reads."""
        ...

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the values break the rule."""
        ...


def number(values: Values, path: str) -> float:
    """A value known to be one number."""
    value = values[path]
    return float(value) if isinstance(value, (int, float)) else math.nan


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
    whole: str = "department.stock_households"
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


@dataclass(frozen=True, slots=True)
class AttendanceExists:
    """A pathway served by one role names no second role as attending."""

    attendance: str
    roles: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Who attends, and the roles of the pathway."""
        return self.attendance, self.roles

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if a second role is named where there is one role."""
        roles = values[self.roles]
        if values[self.attendance] != "second" or (isinstance(roles, tuple) and len(roles) > 1):
            return None
        return Fault(file, self.attendance, "second", f"all or first: {self.roles} has one role")


@dataclass(frozen=True, slots=True)
class CoversPathways:
    """The seen points lead somewhere: the last pathway of each band takes whoever is left."""

    pathways: tuple[str, ...]
    bands: tuple[str, ...] = ("low", "middle", "high")

    @property
    def paths(self) -> tuple[str, ...]:
        """The band and the public of every pathway."""
        fields = ("rule", "public")
        return tuple(f"pathways.{name}.{field}" for name in self.pathways for field in fields)

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if a band has no pathway, or a last one that is not for everyone."""
        last = {
            str(values[f"pathways.{name}.rule"]): values[f"pathways.{name}.public"]
            for name in self.pathways
        }
        if all(last.get(band) == "everyone" for band in self.bands):
            return None
        given = ", ".join(str(values[f"pathways.{name}.rule"]) for name in self.pathways)
        accepted = "low, middle and high, the last pathway of each for everyone"
        return Fault(file, "pathways.*.rule", given, accepted)


def rules_of(labels: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """All rules of a department with the given labels."""
    rules: list[Rule] = [
        SumsToOne(group, tuple(f"{group}.{name}.share" for name in labels[group]))
        for group in SHARE_GROUPS
    ]
    rules.append(StocksFit(tuple(labels["territories"])))
    rules.append(CoversPathways(tuple(labels["pathways"])))
    for low, high in ORDERED:
        groups = [group for group in labels if f"{{{group}}}" in low]
        for names in product(*(labels[group] for group in groups)):
            given = dict(zip(groups, names, strict=True))
            strict = low.endswith(STRICTLY_ORDERED)
            rules.append(InOrder(low.format(**given), high.format(**given), strict))
    for territory, pathway in product(labels["territories"], labels["pathways"]):
        own = f"territories.{territory}.pathways.{pathway}"
        for what in ("contact_attendance", "appointment_attendance"):
            rules.append(AttendanceExists(f"{own}.{what}", f"pathways.{pathway}.roles"))
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
