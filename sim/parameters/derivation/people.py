"""Who is on the RSA in a derived department: households, adults, types of households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil, floor

from sim.parameters.derivation.carried import Carried, carried_stock
from sim.parameters.derivation.stated import INTERVAL, Doubt, Entry, note, said_of, stated
from sim.parameters.derivation.statistics import (
    DECEMBERS,
    Figure,
    adults_per_household,
    latest_december,
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
    def carried(self) -> Carried | None:
        """What an older figure has become by the day that it is seen from."""
        return carried_stock(self.code)

    @property
    def has_derived_rule(self) -> bool:
        """Whether the rules send people to pathways; else the file of the department does."""
        return True

    @property
    def households(self) -> float:
        """Households on that day."""
        return self.stock.value if self.carried is None else self.carried.households

    @cached_property
    def adults(self) -> Figure:
        """Adults per household."""
        return adults_per_household(self.code)

    @property
    def persons(self) -> float:
        """Adults on the RSA."""
        return round(self.households * self.adults.value)

    @property
    def persons_text(self) -> str:
        """The persons, as notes write them."""
        return f"{round(self.persons):,}"

    @property
    def part(self) -> float:
        """The part of the department's persons that is looked at."""
        return 1.0

    def range_of(self, kind: str, doubt: Doubt, value: float, figures: Sequence[Figure]) -> Entry:
        """The range around a value made from these figures; ``kind``: what it counts."""
        return doubt.range_of(value, figures, self.on)

    def printed(self, what: str, value: float) -> float:
        """A share at the precision with which the rules go on from it."""
        return value

    def stock_entry(self) -> Entry:
        """Households of the department on the day before today's reference starts."""
        if (carried := self.carried) is not None:
            words = {
                "day": latest_december(),
                "count": carried.count,
                "published": f"{self.stock.value:,.0f}",
            }
            return stated(
                round(carried.households),
                note("stock_carried", own=self.stock.as_of, **words),
                (self.stock.source, DECEMBERS),
                {"low": floor(carried.low), "high": ceil(carried.high), "interval": INTERVAL},
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
            self.range_of("adults", ADULTS_DOUBT, self.adults.value, [self.adults]),
            as_of=self.adults.as_of,
        )

    def taker_of_the_rest(self, types: dict[str, Entry]) -> str:
        """The household type whose share is what all others leave."""
        return next(reversed(types))

    def type_entries(self, national: Mapping[str, tuple[float, int]]) -> dict[str, Entry]:
        """Shares of household types: national ones, couples rescaled to the adults of the place.

        ``national`` has the share and the adults of each type.
        """
        couples = sum(share for share, adults in national.values() if adults > 1)
        here = self.printed("couples", self.adults.value - 1.0)
        words = {"couples": f"{here:.3f}", "others": f"{1.0 - here:.3f}"}
        written = note("types", adults=f"{self.adults.value:.3f}", **words)
        found: dict[str, Entry] = {}
        for name, (share, adults) in national.items():
            exact = share * (here / couples if adults > 1 else (1.0 - here) / (1.0 - couples))
            value = self.printed("share_of_type", exact)
            doubt = self.range_of("types", TYPES_DOUBT, value, [self.adults])
            found[name] = {"share": stated(value, written, SOURCES_OF_TYPES, doubt)}
        taker = self.taker_of_the_rest(found)
        rest = 1.0 - sum(share_in(found[name]) for name in found if name != taker)
        found[taker]["share"]["value"] = self.printed("share_of_type", rest)  # type: ignore[index]
        return found


def share_in(entry: Entry) -> float:
    """The share that the entry of a household type states."""
    share = entry["share"]
    assert isinstance(share, dict)
    return float(share["value"])
