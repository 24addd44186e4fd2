"""Households as arrays, checked when they are made: one entry or row for each household."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.parameters.values import shown

WHERE = "household"
MOST_ADULTS = 2

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Households:
    """Households of 1 or 2 adults, with what the law asks about them.

    ``children_ages``: one row a household, ages in years, NaN where there is no further child.
    ``earnings_eur``: net earnings of all members; ``other_resources_eur``: unemployment benefit,
    pensions and the like; ``maintenance_eur``: child support received; all euro a month, means of
    the reference months. ``is_recently_isolated``: within twelve months of a separation.
    """

    adults: NDArray[np.int64]
    children_ages: Floats
    has_housing_support: Flags
    earnings_eur: Floats
    other_resources_eur: Floats
    maintenance_eur: Floats
    is_recently_isolated: Flags
    is_pregnant: Flags

    def __len__(self) -> int:
        return len(self.adults)

    @property
    def children(self) -> NDArray[np.int64]:
        """Number of children of each household."""
        return np.asarray((~np.isnan(self.children_ages)).sum(axis=1), dtype=np.int64)

    @property
    def persons(self) -> NDArray[np.int64]:
        """Number of adults and children of each household."""
        return self.adults + self.children

    @property
    def youngest_age(self) -> Floats:
        """Age of the youngest child in years, infinite without a child."""
        ages = np.where(np.isnan(self.children_ages), np.inf, self.children_ages)
        return np.asarray(ages.min(axis=1, initial=np.inf), dtype=np.float64)


def households_of(
    adults: object,
    children_ages: object,
    *,
    dependant_age_limit: float,
    is_one: bool = False,
    **given: object,
) -> Households:
    """Checked households; a single value of the keyword arguments stands for all of them.

    ``is_one``: ``adults`` and ``children_ages`` are those of one household. Raises one InputError
    with the faults: amounts below 0, no adult or more than two, ages that are not a child's.
    """
    reader = _Reader(is_one, dependant_age_limit)
    counts = reader.adults([adults] if is_one else _items(adults))
    ages = reader.ages([children_ages] if is_one else _items(children_ages), len(counts))
    count = len(counts)

    def amounts(name: str) -> Floats:
        return reader.amounts(name, given.get(name, 0.0), count)

    def flags(name: str) -> Flags:
        return reader.flags(name, given.get(name, False), count)

    households = Households(
        adults=counts,
        children_ages=ages,
        has_housing_support=flags("has_housing_support"),
        earnings_eur=amounts("earnings_eur"),
        other_resources_eur=amounts("other_resources_eur"),
        maintenance_eur=amounts("maintenance_eur"),
        is_recently_isolated=flags("is_recently_isolated"),
        is_pregnant=flags("is_pregnant"),
    )
    if reader.faults:
        raise InputError(reader.faults)
    return households


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def _number(value: object) -> float | None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        return None
    return float(value)


@dataclass(slots=True)
class _Reader:
    """Reads columns of households and collects what is wrong with them."""

    is_one: bool
    age_limit: float
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, row: int, value: object, accepted: str) -> None:
        where = name if self.is_one else f"{name}[{row}]"
        plain = value.item() if isinstance(value, np.generic) else value
        self.faults.append(Fault(WHERE, where, shown(plain), accepted))

    def adults(self, items: list[object]) -> NDArray[np.int64]:
        counts = np.ones(len(items), dtype=np.int64)
        for row, item in enumerate(items):
            number = _number(item)
            if number is None or number not in range(1, MOST_ADULTS + 1):
                accepted = f"1 adult, or {MOST_ADULTS} for a couple"
                self.fault("adults", row, item, accepted)
            else:
                counts[row] = int(number)
        return counts

    def ages(self, rows: list[object], count: int) -> Floats:
        if len(rows) != count:
            self.faults.append(
                Fault(WHERE, "children_ages", f"{len(rows)} rows", f"{count}: one a household")
            )
            return np.empty((count, 0))
        lists = [self.ages_of_one(row, ages) for row, ages in enumerate(rows)]
        table = np.full((count, max(map(len, lists), default=0)), np.nan)
        for row, known in enumerate(lists):
            table[row, : len(known)] = known
        return table

    def ages_of_one(self, row: int, ages: object) -> list[float]:
        if isinstance(ages, str) or not isinstance(ages, Iterable):
            self.fault("children_ages", row, ages, "a list of ages in years, () without children")
            return []
        is_padded = isinstance(ages, np.ndarray)
        known: list[float] = []
        for item in ages:
            number = _number(item)
            if is_padded and number is None and item != item:
                continue
            if number is None or not 0 <= number < self.age_limit:
                accepted = f"ages from 0 to below {self.age_limit:g} years"
                self.fault("children_ages", row, item, accepted)
            else:
                known.append(number)
        return known

    def amounts(self, name: str, value: object, count: int) -> Floats:
        result = np.zeros(count)
        for row, item in enumerate(self.spread(name, value, count)):
            number = _number(item)
            if number is None or number < 0:
                self.fault(name, row, item, "euro a month, at least 0")
            else:
                result[row] = number
        return result

    def flags(self, name: str, value: object, count: int) -> Flags:
        result = np.zeros(count, dtype=np.bool_)
        for row, item in enumerate(self.spread(name, value, count)):
            if isinstance(item, bool | np.bool_):
                result[row] = bool(item)
            else:
                self.fault(name, row, item, "true or false")
        return result

    def spread(self, name: str, value: object, count: int) -> list[object]:
        """One value a household; a single one is that of all."""
        is_single = isinstance(value, str) or not isinstance(value, Iterable)
        items = [value] * count if is_single else _items(value)
        if len(items) != count or (self.is_one and not is_single):
            found = f"{len(items)} values" if len(items) != count else "a list"
            accepted = "one value" if self.is_one else f"1 value or {count}: one a household"
            self.faults.append(Fault(WHERE, name, found, accepted))
            return []
        return items
