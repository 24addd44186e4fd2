"""The trials as they are declared in ``trials.yaml``: arms, populations, what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from calibration.priors import Prior
from sim.parameters.reading import read_yaml
from sim.policy import Scenario, load_scenario
from sim.units import date_of, first_day_of_month, month_number

FILE = Path(__file__).with_name("trials.yaml")
WORLD = Path(__file__).parents[1] / "worlds" / "national_reference.yaml"
MONTHS_OF_READING = 24
MONTHS_OF_ENTRY = 6
"""Entrants of the first half year are followed as long as those who were there."""


@dataclass(frozen=True)
class Figure:
    """What a trial published: ``value`` is the logarithm of a ratio, or days for a difference."""

    reading: str
    group: str
    value: float
    standard_error: float
    is_fitted: bool
    note: str


@dataclass(frozen=True)
class Trial:
    """A trial: words about it, its two arms, its figures."""

    name: str
    source: tuple[str, ...]
    population: str
    control: str
    treated: str
    world: Mapping[str, object]
    treatment: tuple[tuple[date, Mapping[str, object]], ...]
    figures: tuple[Figure, ...]

    def arms(self, effects: Mapping[str, float], share: float) -> tuple[Scenario, Scenario]:
        """Control and treated under effects that hold from the first day on, at a part of the size.

        Before that day both are the same people under the tables' own effects.
        """
        months = months_before_first_day() + MONTHS_OF_ENTRY + MONTHS_OF_READING
        world = load_scenario(WORLD).with_variant(self.world).with_months(months)
        control = world.with_changes(effects, declared().first_day)
        treated = control
        for when, values in self.treatment:
            treated = treated.with_changes(values, when)
        return control.scaled(share), treated.scaled(share)


@dataclass(frozen=True)
class Declared:
    """All trials, what is believed before them, and how far they may be from recipients."""

    first_day: date
    transfer_sd: float
    transfer_note: str
    priors: tuple[Prior, ...]
    trials: tuple[Trial, ...]


@cache
def declared() -> Declared:
    """The trials of the package; raises `InputError` for a file that cannot be read."""
    raw: Any = read_yaml(FILE)
    first_day = raw["first_day"]
    priors = tuple(
        Prior(path, (path,), unit="", source=(), kind="literature", **values)
        for path, values in raw["priors"].items()
    )
    trials = tuple(
        _trial(name, values, raw["both_arms"], first_day) for name, values in raw["trials"].items()
    )
    return Declared(first_day, raw["transfer_sd"], raw["transfer_note"], priors, trials)


def _trial(name: str, raw: Any, both_arms: Mapping[str, object], first_day: date) -> Trial:
    treatment = tuple(
        (_months_later(first_day, step["after_months"]), step["set"]) for step in raw["treatment"]
    )
    words = (raw["population"], raw["control"], raw["treated"])
    figures = tuple(_figure(one) for one in raw["figures"])
    world = {**both_arms, **raw["world"]}
    return Trial(name, tuple(raw["source"]), *words, world, treatment, figures)


def _figure(raw: Any) -> Figure:
    value = raw["log_ratio"] if "log_ratio" in raw else raw["days"]
    told = (raw["standard_error"], raw["is_fitted"], raw["note"])
    return Figure(raw["reading"], raw["group"], float(value), *told)


def _months_later(day: date, months: int) -> date:
    return date_of(first_day_of_month(month_number(day) + months))


def months_before_first_day() -> int:
    """Months that both arms live alike, from the start of their world to the trial."""
    return month_number(declared().first_day) - month_number(load_scenario(WORLD).start)
