"""Convocations of a scenario: where a new organisation calls in those who were there before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.parameters import Parameters
from sim.policy.scenario import Scenario


@dataclass(frozen=True)
class Calling:
    """One territory that calls people in.

    ``since`` is the day of the first wave that is called in. ``stopped`` is the day from which
    nobody is called any more, to the end; None where a pace holds at the end of the run.
    ``contact_days`` is what those not called yet have, the shortest and the longest interval of
    the pathways in days.
    """

    territory: str
    since: date
    stopped: date | None
    contact_days: tuple[float, float]


def calling(scenario: Scenario) -> tuple[Calling, ...]:
    """The territories in which a wave is called in, in the order of the tables."""
    found = (_calling_in(scenario, one) for one in scenario.base.labels("territories"))
    return tuple(one for one in found if one is not None)


def pace_path(territory: str) -> str:
    """The parameter that says how many are called a month."""
    return f"territories.{territory}.convocation.calls_per_month"


def _calling_in(scenario: Scenario, territory: str) -> Calling | None:
    """Another wave does not help those of an earlier one: without a pace they stay as they are."""
    wave_path = f"territories.{territory}.reassignment_wave"
    wave, since, stopped = scenario.base.number(wave_path), None, None
    for day in scenario.days_of_change:
        parameters = scenario.parameters_on(day)
        before, wave = wave, parameters.number(wave_path)
        if parameters.number(pace_path(territory)) > 0.0:
            stopped = None
            if since is None and wave > before:
                since = day
        elif since is not None and stopped is None:
            stopped = day
    if since is None:
        return None
    return Calling(
        territory, since, stopped, _contact_days(scenario.parameters_on(since), territory)
    )


def _contact_days(parameters: Parameters, territory: str) -> tuple[float, float]:
    days = [
        parameters.number(f"territories.{territory}.pathways.{pathway}.waiting_contact_days")
        for pathway in parameters.labels("pathways")
    ]
    return min(days), max(days)
