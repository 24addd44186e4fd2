"""What is declared in ``pilots.yaml``: places, published results, the steps of the waterfall."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from calibration.pilots.readings import Reading
from sim.parameters import Parameters, published_figures
from sim.parameters.reading import read_yaml
from sim.parameters.rules import STOCK
from sim.policy import Scenario, load_scenario
from sim.units import date_of, first_day_of_month, month_number

FILE = Path(__file__).with_name("pilots.yaml")
POOLED = "pooled"
MONTHS_AFTER = 2
REMAINDER = "remainder"
ROOM = 0.01
"""Part of a territory's households beside it: the model wants some elsewhere, at any scale."""


@dataclass(frozen=True)
class Place:
    """A scheme in its own territory alone, from ``since`` on, followed to ``until``."""

    name: str
    scheme: str
    territory: str
    since: date
    until: date

    def scenario(self, *, is_scheme: bool = True, until: date | None = None) -> Scenario:
        """The scheme or its reference, over the months that are followed (default: all)."""
        scenario = load_scenario(self.scheme)
        if not is_scheme:
            assert scenario.reference is not None
            scenario = load_scenario(scenario.reference)
        months = month_number(until or self.until) - month_number(scenario.start)
        return scenario.with_variant(alone_in(scenario.base, self.territory)).with_months(months)


@dataclass(frozen=True)
class Published:
    """A published result: its figure, where it is read (`POOLED`: all of them), and how.

    ``enters_model`` says that the number is a source of the scheme or of the tables, ``is_at_most``
    that the source says no more than that.
    """

    key: str
    figure: str
    places: tuple[str, ...]
    reading: Reading
    enters_model: bool = False
    is_at_most: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest value that was published; infinite where it has no such end."""
        row = published_figures()[self.figure]
        if row.value:
            return -math.inf if self.is_at_most else float(row.value), float(row.value)
        return (float(row.low) if row.low else -math.inf, float(row.high) if row.high else math.inf)


@dataclass(frozen=True)
class World:
    """What a world of the waterfall sets over the scheme, by path of the territory."""

    is_scheme: bool = True
    set: Mapping[str, object] = field(default_factory=dict)
    has_effect: bool = True


@dataclass(frozen=True)
class Waterfall:
    """The steps are taken in one place, towards one figure for each definition of a job."""

    place: str
    figures: Mapping[str, str]
    observed: date
    exposure_months: int
    worlds: Mapping[str, World]
    no_effect: Mapping[str, object]

    def scenario(self, name: str, place: Place) -> Scenario:
        """A world as it is run, long enough to see which of the last jobs are of a month."""
        world = self.worlds[name]
        until = date_of(first_day_of_month(month_number(self.observed) + MONTHS_AFTER))
        scenario = place.scenario(is_scheme=world.is_scheme, until=until)
        values = {f"territories.{place.territory}.{path}": v for path, v in world.set.items()}
        if not world.has_effect:
            values |= self.no_effect
        return scenario.with_changes(values, place.since) if values else scenario


@dataclass(frozen=True)
class Declared:
    """The whole file."""

    places: Mapping[str, Place]
    results: tuple[Published, ...]
    waterfall: Waterfall


@cache
def declared() -> Declared:
    """What the package declares; raises `InputError` for a file that cannot be read."""
    raw: Any = read_yaml(FILE, FILE.name)
    places = {name: Place(name, **values) for name, values in raw["places"].items()}
    results = tuple(
        _published(key, dict(values), places, tuple(raw[POOLED]))
        for key, values in raw["results"].items()
    )
    steps = raw["waterfall"]
    worlds = {name: World(**values) for name, values in steps["worlds"].items()}
    return Declared(places, results, Waterfall(**{**steps, "worlds": worlds}))


def _published(
    key: str, raw: dict[str, Any], places: Mapping[str, Place], pooled: tuple[str, ...]
) -> Published:
    figure, place = raw.pop("figure"), raw.pop("place")
    flags = {name: raw.pop(name, False) for name in ("enters_model", "is_at_most")}
    where = pooled if place == POOLED else (place,)
    # Of several places each counts from its own first day; the earliest one leaves nobody out.
    since = raw.pop("since", None) or min(places[name].since for name in where)
    pathways = tuple(raw.pop("pathways", ()))
    reading = Reading(raw.pop("reading"), since, pathways=pathways, **raw)
    return Published(key, figure, where, reading, **flags)


def alone_in(base: Parameters, territory: str) -> dict[str, object]:
    """What leaves a department one territory, at full size, with its offices."""
    values: dict[str, object] = {STOCK: households_of(base, territory)}
    for other in base.labels("territories"):
        if other != territory:
            if base.word(f"territories.{other}.stock_unit") != REMAINDER:
                values[f"territories.{other}.stock_value"] = 0
            for role in base.labels("roles"):
                values[f"territories.{other}.staff.{role}.fte"] = 0
    return values


def households_of(base: Parameters, territory: str) -> int:
    """Households that leave a territory all of its own, and at most few to the others."""
    unit = base.word(f"territories.{territory}.stock_unit")
    room = ROOM if unit == "households" else 0.0
    return math.ceil(_stock(base, territory) * (1.0 + room))


def _stock(base: Parameters, territory: str) -> float:
    """Households of a territory."""
    own = f"territories.{territory}"
    unit, number = base.word(f"{own}.stock_unit"), base.number(f"{own}.stock_value")
    if unit == REMAINDER:
        others = (one for one in base.labels("territories") if one != territory)
        elsewhere = sum(_stock(base, other) for other in others)
        return base.number(STOCK) - elsewhere
    per_household = base.number("population.adults_per_household") if unit == "persons" else 1.0
    return number / per_household
