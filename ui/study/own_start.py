"""A reference or a scenario from a department's own figures on: level, staff, time to invite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from brought.restarts import Restart
from brought.series import month_of
from sim.errors import Fault, InputError
from sim.language import Language
from sim.parameters.rules import STOCK
from sim.policy import Lever, Scenario
from sim.policy.form import Wording
from ui.study.allowed import bounds_of, known_levers
from ui.study.draft import OwnStart
from ui.texts import at, said
from ui.texts.figures import in_figures

STAFF, CAP, INVITATION = "staff_fte", "portfolio_cap", "notification_days"
OWN_LEVERS = (STAFF, CAP, INVITATION)
"""What own figures may state beside the number of households."""
FIELD = "own"


def restarted(scenario: Scenario, own: OwnStart) -> Scenario:
    """The scenario from own figures on, with a title that says so; raises `InputError`."""
    _check(scenario, own)
    restart = Restart(own.households, month_of(own.month, FIELD), ())
    made = restart.of(scenario)
    if own.values:
        made = made.with_variant(own.values)
    title = Wording(en=_titled(scenario, own, "en"), fr=_titled(scenario, own, "fr"))
    return replace(made, title=title)


def own_start_of(made: Scenario, today: Scenario) -> OwnStart | None:
    """The own figures that a file's scenario starts from, beside today's reference.

    None where it has that reference's own households, or those of the tables.
    """
    households = made.variant.get(STOCK)
    if made.stock_as_of is None or not isinstance(households, int):
        return None
    if (made.stock_as_of, households) == (today.stock_as_of, today.variant.get(STOCK)):
        return None
    values = {
        path: value
        for path, value in made.variant.items()
        if path in levers_of_own(today)
        and isinstance(value, int | float)
        and value != today.variant.get(path)
    }
    known = {"households": households, "month": f"{made.stock_as_of:%Y-%m}", "values": values}
    try:
        return OwnStart.model_validate(known)
    except ValidationError:
        return None


def levers_of_own(scenario: Scenario, keys: Iterable[str] = OWN_LEVERS) -> Mapping[str, Lever]:
    """The levers that own figures may state, by path."""
    return {one.path: one for one in known_levers(scenario.base) if one.key in keys}


def month_in(label: str, language: Language) -> str:
    """``2026-01`` as people say it."""
    year, month = label.split("-")
    return f"{at('date.months', language)[int(month) - 1]} {year}"


def _check(scenario: Scenario, own: OwnStart) -> None:
    known, faults = levers_of_own(scenario), []
    for path, value in own.values.items():
        lever = known.get(path)
        if lever is None:
            accepted = "staff, a portfolio or the time to the invitation"
            faults.append(Fault("scenario", path, str(value), accepted))
            continue
        low, high = bounds_of(lever, scenario.base)
        if not low <= value <= high:
            accepted = f"a number from {low:g} to {high:g} ({lever.unit})"
            faults.append(Fault("scenario", path, str(value), accepted))
    if faults:
        raise InputError(faults)


def _titled(scenario: Scenario, own: OwnStart, language: Language) -> str:
    return said(
        "restart.titled",
        language,
        title=getattr(scenario.title, language),
        households=in_figures(f"{own.households:,}", language),
        month=month_in(own.month, language),
    )
