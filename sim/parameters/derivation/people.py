"""Who is on the RSA in a derived department: households, adults, types of households."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sim.parameters.derivation.carried import EVE, carried_stock, starting_households
from sim.parameters.derivation.stated import INTERVAL, Doubt, Entry, note, said_of, stated
from sim.parameters.derivation.statistics import (
    DECEMBERS,
    Figure,
    adults_per_household,
    latest_stock,
)

STOCK_DOUBT, ADULTS_DOUBT, TYPES_DOUBT = Doubt(0.06), Doubt(0.009), Doubt(0.07)
"""Stocks moved by -6.2 to +7.4 % a year (F0143 to F0146)."""
SOURCES_OF_TYPES = ("F0148", "F0165", "published_annual_stock")


@dataclass(frozen=True)
class Counted:
    """The people of a department, by its code."""

    code: str
    on: date
    """The day that doubts are seen from: the start of today's reference."""

    @cached_property
    def stock(self) -> Figure:
        """Households, the last published figure."""
        return latest_stock(self.code)

    @cached_property
    def adults(self) -> Figure:
        """Adults per household."""
        return adults_per_household(self.code)

    @property
    def persons(self) -> int:
        """Adults on the RSA."""
        return round(starting_households(self.code) * self.adults.value)

    @property
    def persons_text(self) -> str:
        """The persons, as notes write them."""
        return f"{self.persons:,}"

    def stock_entry(self) -> Entry:
        """Households of the department on the day before today's reference starts."""
        carried = carried_stock(self.code)
        if carried is not None:
            words = {"day": EVE, "count": carried.count, "published": f"{self.stock.value:,.0f}"}
            low, high = float(f"{carried.low:.4g}"), float(f"{carried.high:.4g}")
            return stated(
                round(carried.households),
                note("stock_carried", own=self.stock.as_of, **words),
                (self.stock.source, DECEMBERS),
                {"low": low, "high": high, "interval": INTERVAL},
                as_of=self.stock.as_of,
            )
        return stated(
            round(self.stock.value),
            note("stock", day=self.stock.as_of),
            self.stock.source,
            STOCK_DOUBT.range_of(self.stock.value, [self.stock], self.on),
            as_of=self.stock.as_of,
        )

    def adults_entry(self) -> Entry:
        """Adults per household."""
        return stated(
            round(self.adults.value, 4),
            note("adults", **said_of(self.adults)),
            self.adults.source,
            ADULTS_DOUBT.range_of(self.adults.value, [self.adults], self.on),
            as_of=self.adults.as_of,
        )

    def type_entries(self, national: Mapping[str, tuple[float, int]]) -> dict[str, Entry]:
        """Shares of household types: national ones, couples rescaled to the adults of the place.

        ``national`` has the share and the adults of each type.
        """
        couples = sum(share for share, adults in national.values() if adults > 1)
        here = self.adults.value - 1.0
        words = {"couples": f"{here:.3f}", "others": f"{1.0 - here:.3f}"}
        written = note("types", adults=f"{self.adults.value:.3f}", **words)
        found: dict[str, Entry] = {}
        for name, (share, adults) in national.items():
            value = share * (here / couples if adults > 1 else (1.0 - here) / (1.0 - couples))
            doubt = TYPES_DOUBT.range_of(value, [self.adults], self.on)
            found[name] = {"share": stated(value, written, SOURCES_OF_TYPES, doubt)}
        last = next(reversed(found))
        rest = 1.0 - sum(_value(found[name]) for name in found if name != last)
        found[last]["share"]["value"] = rest  # type: ignore[index]
        return found


def _value(entry: Entry) -> float:
    share = entry["share"]
    assert isinstance(share, dict)
    return float(share["value"])
