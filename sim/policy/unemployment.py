"""Unemployment in a scenario: a path of the rate, told to the model as job finding and entries.

The model knows no unemployment. A path of the rate is relative to the rate at the start of the run,
which is in the department's tables already; each step of it multiplies job finding and first
entries by powers of that ratio (`labour_market.*` of the tables).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.reading import read_yaml
from sim.parameters.rules_of_arrivals import CANDIDATES, ELASTICITY, SEASON, highest_arrivals
from sim.parameters.unemployment import Quarter, published_rates, rate_in
from sim.policy.form import CONSTANT, PUBLISHED, Form, Number, UnemploymentRule
from sim.policy.plan import months_later

ALTERNATIVES = Path(__file__).with_name("unemployment.yaml")
FIELD = "unemployment"
JOB_FINDING, ENTRIES = "labour_market.job_finding_elasticity", "labour_market.entries_elasticity"
LAG = "labour_market.lag_months"
LOWEST, HIGHEST = 0.5, 60.0
"""Rates in percent that are accepted: beyond, it is a slip of the pen."""


class Alternative(Form):
    """A named path, by quarter: points beside the rate at the start, or factors on it."""

    points: list[Number] = Field(default=[])
    factors: list[Number] = Field(default=[])

    @model_validator(mode="after")
    def _one_of_them(self) -> Alternative:
        if bool(self.points) == bool(self.factors):
            raise ValueError("a path has points or factors")
        return self

    def rates(self, at_start: float) -> tuple[float, ...]:
        """The rates, in percent, for a department that starts with one."""
        if self.points:
            return tuple(at_start + float(points) for points in self.points)
        return tuple(at_start * float(factor) for factor in self.factors)


@dataclass(frozen=True)
class Step:
    """From ``day`` on the rate of a quarter acts; ``ratio`` is that to the rate at the start."""

    day: date
    quarter: Quarter
    rate: float
    ratio: float


@dataclass(frozen=True)
class UnemploymentPath:
    """The rate at the start of a run (with the quarter it was published for), and its steps."""

    start_quarter: Quarter
    start_rate: float
    steps: tuple[Step, ...]

    def ratio_on(self, day: date) -> float:
        """The rate that acts on a day over that at the start."""
        return next((step.ratio for step in reversed(self.steps) if step.day <= day), 1.0)


@lru_cache(maxsize=1)
def alternatives() -> Mapping[str, Alternative]:
    """The named paths; raises `InputError` for a faulty file."""
    found = {}
    for name, written in read_yaml(ALTERNATIVES, ALTERNATIVES.name).items():
        try:
            found[name] = Alternative.model_validate(written)
        except ValidationError as error:
            accepted = "points or factors by quarter"
            raise InputError([Fault(ALTERNATIVES.name, name, str(error), accepted)]) from None
    return found


def path_of(
    rule: UnemploymentRule, base: Parameters, start: date, months: int, file: str
) -> UnemploymentPath | None:
    """The path that a scenario states, as far as it acts within the run; None for a constant rate.

    Raises `InputError` for a name that is not known, a rate that cannot be, or a department without
    a published rate.
    """
    if rule == CONSTANT:
        return None
    lag = base.whole(LAG)
    before = rate_at_start(base, start)
    if before is None:
        accepted = f"{CONSTANT}: Insee publishes no rate of it up to its start"
        raise InputError([Fault(file, FIELD, f"a path for {base.label}", accepted)])
    end = months_later(start, months)
    rates = _rates(rule, base.code, before[1], _first_after(start, lag), file)
    faults, steps = [], []
    for quarter, rate in sorted(rates.items()):
        day = months_later(quarter.first_day, lag)
        if not LOWEST <= rate <= HIGHEST:
            accepted = f"a rate in percent from {LOWEST:g} to {HIGHEST:g}"
            faults.append(Fault(file, FIELD, f"{rate:g} in {quarter}", accepted))
        if start < day < end:
            steps.append(Step(day, quarter, rate, rate / before[1]))
    if faults:
        raise InputError(faults)
    return UnemploymentPath(*before, tuple(steps))


def rate_at_start(base: Parameters, start: date) -> tuple[Quarter, float] | None:
    """The published rate that acts on the first day of a run, and its quarter; None without one."""
    return rate_in(base.code, Quarter.of(months_later(start, -base.whole(LAG))))


def first_acting(base: Parameters, day: date) -> Quarter:
    """The first quarter whose rate begins to act on a day or after it."""
    lag = base.whole(LAG)
    quarter = Quarter.of(months_later(day, -lag))
    return quarter if months_later(quarter.first_day, lag) >= day else quarter.later(1)


def quarters_outside(
    rule: UnemploymentRule, base: Parameters, start: date, months: int, file: str
) -> list[Fault]:
    """A fault for every quarter of a written path that does not begin to act within the run."""
    if not isinstance(rule, Mapping):
        return []
    end, found = months_later(start, months), []
    for written in rule:
        day = _acts_on(written, base)
        if not start < day < end:
            accepted = f"a quarter whose rate acts after {start} and before {end}"
            found.append(Fault(file, f"{FIELD}.{written}", f"a rate that acts on {day}", accepted))
    return found


def rule_until(rule: UnemploymentRule, base: Parameters, end: date) -> UnemploymentRule:
    """The rule without the quarters of a written path whose rate acts only after a run."""
    if not isinstance(rule, Mapping):
        return rule
    acting = {written: rate for written, rate in rule.items() if _acts_on(written, base) < end}
    return acting or CONSTANT


def _acts_on(written: str, base: Parameters) -> date:
    """The day on which the rate of a quarter begins to act."""
    return months_later(Quarter.read(written).first_day, base.whole(LAG))


def _rates(
    rule: UnemploymentRule, code: str, at_start: float, first: Quarter, file: str
) -> Mapping[Quarter, float]:
    if isinstance(rule, Mapping):
        return {Quarter.read(written): float(rate) for written, rate in rule.items()}
    if rule == PUBLISHED:
        return {when: rate for when, rate in published_rates()[code].items() if when >= first}
    named = alternatives().get(rule)
    if named is None:
        accepted = (
            f"one of {', '.join((CONSTANT, PUBLISHED, *alternatives()))}, or quarters with rates"
        )
        raise InputError([Fault(file, FIELD, f"the word '{rule}'", accepted)])
    return {first.later(place): rate for place, rate in enumerate(named.rates(at_start))}


def _first_after(start: date, lag: int) -> Quarter:
    """The first quarter whose rate acts after the start."""
    quarter = Quarter.of(months_later(start, -lag))
    is_begun = months_later(quarter.first_day, lag) <= start
    return quarter.later(1) if is_begun else quarter


@dataclass(frozen=True)
class Effects:
    """What a ratio of rates does: factors on job finding and on first entries."""

    job_finding: float
    entries: float


def effects_of(ratio: float, parameters: Parameters) -> Effects:
    """The factors of a ratio of unemployment rates under the elasticities of the parameters."""
    return Effects(
        float(ratio ** parameters.number(JOB_FINDING)), float(ratio ** parameters.number(ENTRIES))
    )


def under_unemployment(parameters: Parameters, ratio: float, origin: str) -> Parameters:
    """The parameters with the labour market of another unemployment rate.

    First entries follow the level of the market by themselves: the multiplier does the rest. They
    end at the bound of the candidates (`is_bounded`).
    """
    values: dict[str, object] = {}
    effects = effects_of(ratio, parameters)
    for market_path, inflow_path in _paths(parameters):
        level, multiplier = parameters.number(market_path), parameters.number(inflow_path)
        _, most = parameters.entry(market_path).bounds
        least = parameters.entry(market_path).bounds[0] or 0.0
        found = min(max(level * effects.job_finding, least), most or level * effects.job_finding)
        by_itself = (found / level) ** parameters.number(ELASTICITY)
        wanted = multiplier * effects.entries / by_itself
        values[market_path] = found
        values[inflow_path] = min(wanted, max(_room(parameters, found), multiplier / by_itself))
    return parameters.patched(values, origin=origin)


def is_bounded(parameters: Parameters, ratio: float) -> bool:
    """Whether the candidates for arrival are too few for the entries of a ratio, anywhere."""
    wanted = effects_of(ratio, parameters).entries
    given = under_unemployment(parameters, ratio, FIELD)
    return any(
        _arrivals(given, market, inflow) < 0.999 * wanted * _arrivals(parameters, market, inflow)
        for market, inflow in _paths(parameters)
    )


def _paths(parameters: Parameters) -> Sequence[tuple[str, str]]:
    return [
        (f"territories.{one}.market_level", f"territories.{one}.inflow_multiplier")
        for one in parameters.labels("territories")
    ]


def _arrivals(parameters: Parameters, market: str, inflow: str) -> float:
    return highest_arrivals(
        parameters.numbers(SEASON),
        parameters.number(inflow),
        parameters.number(market),
        parameters.number(ELASTICITY),
    )


def _room(parameters: Parameters, market: float) -> float:
    """The largest multiplier of first entries that the candidates allow."""
    at_one = highest_arrivals(
        parameters.numbers(SEASON), 1.0, market, parameters.number(ELASTICITY)
    )
    return parameters.number(CANDIDATES) / at_one if at_one > 0.0 else float("inf")
