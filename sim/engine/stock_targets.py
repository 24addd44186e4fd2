"""The published stocks that a starting population reaches."""

from __future__ import annotations

from dataclasses import dataclass

from sim.parameters import Parameters
from sim.parameters.rules import STOCK


@dataclass(frozen=True)
class Target:
    """The published stock of one territory on the first day."""

    number: int
    counts_persons: bool


def stock_targets(parameters: Parameters) -> tuple[Target, ...]:
    """Published stocks by territory; a remainder takes what the department's total leaves."""
    adults = parameters.number("population.adults_per_household")
    total = parameters.number(STOCK)
    labels = parameters.labels("territories")
    units = [parameters.word(f"territories.{label}.stock_unit") for label in labels]
    values = [parameters.number(f"territories.{label}.stock_value") for label in labels]
    known = sum(
        value / adults if unit == "persons" else value
        for value, unit in zip(values, units, strict=True)
        if unit != "remainder"
    )
    shares = units.count("remainder")
    return tuple(
        Target(round(max(total - known, 0.0) / shares), False)
        if unit == "remainder"
        else Target(round(value), unit == "persons")
        for value, unit in zip(values, units, strict=True)
    )
