"""What a post, a place, an action or a session costs on a day, and who pays it.

Every cost is a stated assumption or a legal aid of ``sim/parameters/tables``, with its range.
Amounts are gross: compensation that the department receives is another line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sim.money.costs.taken_over import state_pays
from sim.money.law.in_force import base_amount
from sim.parameters import Parameters

MONTHS_PER_YEAR = 12
DEPARTMENT = "department"
STATE = "state"


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount in euro and the part of each funder in it; the parts sum to the amount."""

    eur: float
    by_funder: Mapping[str, float]

    @property
    def department_eur(self) -> float:
        """The part of the department in euro."""
        return self.by_funder[DEPARTMENT]


def post_cost(parameters: Parameters, role: str, day: date) -> Cost:
    """One full-time post of a role for a month, with employer contributions and overheads."""
    yearly = parameters.number(f"roles.{role}.loaded_cost_eur_per_year")
    employer = parameters.word(f"roles.{role}.employer")
    growth = _growth(parameters, "costs.staff_growth_per_year", day)
    shares = parameters.numbers(f"costs.staff_funded_by.{employer}")
    return _shared(parameters, yearly / MONTHS_PER_YEAR * growth, shares)


def place_cost(
    parameters: Parameters,
    job_type: str,
    day: date,
    *,
    upratings: Mapping[date, float] | None = None,
) -> Cost:
    """One held place of a kind of contract for a month; 0 for a job nobody subsidises.

    The department pays its legal part of the base amount of the RSA, at most the whole; the rest
    is shared as the table says. ``upratings`` as in ``law.law_on``.
    """
    own = f"job_types.{job_type}"
    total = _number_on(parameters, f"{own}.public_cost_eur", day)
    base = base_amount(day, parameters, upratings or {})
    legal_part = min(total, parameters.number(f"{own}.department_part") * base)
    rest = _shared(parameters, total - legal_part, parameters.numbers(f"{own}.cost_funded_by"))
    parts = {**rest.by_funder, DEPARTMENT: rest.department_eur + legal_part}
    return Cost(total, parts)


def action_cost(parameters: Parameters, action: str, day: date) -> Cost:
    """One held place of an action for a month, without the department's own staff."""
    own = f"actions.{action}"
    growth = _growth(parameters, "costs.price_growth_per_year", day)
    shares = parameters.numbers(f"{own}.cost_funded_by")
    return _shared(parameters, parameters.number(f"{own}.cost_eur") * growth, shares)


def workshop_cost(parameters: Parameters, day: date) -> Cost:
    """One session of a workshop, beside the time of the roles that lead it."""
    return _session(parameters, "costs.workshop_session_eur", day)


def collective_cost(parameters: Parameters, day: date) -> Cost:
    """One collective action, beside staff time."""
    return _session(parameters, "costs.collective_session_eur", day)


def allowance_cost(parameters: Parameters, eur: float, day: date) -> Cost:
    """Allowance paid on a day: the department's, unless the State has taken it over there."""
    if state_pays(parameters, day):
        funders = parameters.words("costs.funders")
        return Cost(eur, {name: eur if name == STATE else 0.0 for name in funders})
    return _shared(parameters, eur, parameters.numbers("costs.allowance_funded_by"))


def _session(parameters: Parameters, path: str, day: date) -> Cost:
    growth = _growth(parameters, "costs.price_growth_per_year", day)
    shares = parameters.numbers("costs.workshop_funded_by")
    return _shared(parameters, parameters.number(path) * growth, shares)


def _shared(parameters: Parameters, eur: float, shares: tuple[float, ...]) -> Cost:
    funders = parameters.words("costs.funders")
    parts = [eur * share for share in shares]
    return Cost(eur, dict(zip(funders, parts, strict=True)))


def _growth(parameters: Parameters, path: str, day: date) -> float:
    """Prices of the year of the day as a multiple of those of the year of prices."""
    years = day.year - parameters.whole("costs.price_year")
    return float((1.0 + parameters.number(path)) ** years)


def _number_on(parameters: Parameters, path: str, day: date) -> float:
    value = parameters.value_on(path, day)
    assert isinstance(value, int | float), path
    return float(value)
