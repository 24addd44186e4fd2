"""The numbers of the law in force on a day, read from the national tables.

The last amounts of the tables hold until the eve of the next yearly uprating. A later day needs
upratings that the caller states: none is assumed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, isfinite

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.entry import Entry, dated_pairs
from sim.parameters.national import load_tables
from sim.parameters.values import shown
from sim.units import EPOCH

LOWEST_UPRATING, HIGHEST_UPRATING = -0.10, 0.20
CENTS_PER_EUR = 100
LADDER_IN_FORCE = "sanctions.ladder"
AMOUNT = "allowance.base_eur"
FAMILY_BASE = "family_benefits.base_eur"
UPRATING_MONTH = "allowance.uprating_month"

PATHS = {
    "base_eur": AMOUNT,
    "second_person": "allowance.coefficient_second_person",
    "child": "allowance.coefficient_child",
    "third_child": "allowance.coefficient_third_child",
    "increased_base": "allowance.increased_base",
    "increased_child": "allowance.increased_child",
    "increased_age_limit": "allowance.increased_age_limit",
    "dependant_age_limit": "allowance.dependant_age_limit",
    "housing_1": "allowance.housing_deduction_1",
    "housing_2": "allowance.housing_deduction_2",
    "housing_3": "allowance.housing_deduction_3",
    "minimum_paid_eur": "allowance.minimum_paid_eur",
    "reference_month_count": "allowance.reference_month_count",
    "first_reference_lag": "benefit.declaration_lag_months",
    "family_base_eur": FAMILY_BASE,
    "allowances_two_children": "family_benefits.allowances_two_children",
    "allowances_further_child": "family_benefits.allowances_further_child",
    "child_age_limit": "family_benefits.child_age_limit",
    "support_rate": "family_benefits.support_rate",
    "support_counted": "family_benefits.support_counted",
    "support_minimum_eur": "family_benefits.support_minimum_eur",
    "supplement_rate": "family_benefits.supplement_rate",
    "supplement_children": "family_benefits.supplement_children",
    "supplement_age_from": "family_benefits.supplement_age_from",
    "supplement_age_limit": "family_benefits.supplement_age_limit",
    "early_childhood_rate": "family_benefits.early_childhood_rate",
    "early_childhood_age_limit": "family_benefits.early_childhood_age_limit",
    "early_childhood_frozen_eur": "family_benefits.early_childhood_frozen_eur",
    "repaid_months_limit": "sanctions.repaid_months_limit",
}
"""Field of ``Law``, and the path of its value in the tables."""


@dataclass(frozen=True, slots=True)
class Law:
    """The law of the allowance on a day. Amounts are euro a month, ages years.

    Rates of family benefits are shares of ``family_base_eur`` (the BMAF); coefficients of the
    scale are multiples of ``base_eur``.
    """

    day: date
    base_eur: float
    second_person: float
    child: float
    third_child: float
    increased_base: float
    increased_child: float
    increased_age_limit: float
    dependant_age_limit: float
    housing_1: float
    housing_2: float
    housing_3: float
    minimum_paid_eur: float
    reference_month_count: float
    first_reference_lag: float
    family_base_eur: float
    allowances_two_children: float
    allowances_further_child: float
    child_age_limit: float
    support_rate: float
    support_counted: float
    support_minimum_eur: float
    supplement_rate: float
    supplement_children: float
    supplement_age_from: float
    supplement_age_limit: float
    early_childhood_rate: float
    early_childhood_age_limit: float
    early_childhood_frozen_eur: float
    early_childhood_reform: date
    repaid_months_limit: float
    family_cap_share: float
    repaid_share: float


def law_on(
    day: date | str,
    *,
    parameters: Parameters | None = None,
    upratings: Mapping[date, float] | None = None,
) -> Law:
    """The law in force on a day.

    ``parameters`` are those of a scenario; without them, the national tables. ``upratings`` are
    assumed ones after the last published amount, {day: share}, 0.01 for +1 %; they raise the
    base amount and the base of family benefits alike, to the cent.

    Raises InputError on a day before the first or after the last amount, and on an uprating
    below -10 % or above +20 %, or of a day that already has a published amount.
    """
    when = _as_day(day)
    if parameters is None and not upratings:
        return _published_law(when)
    return _law(when, parameters, dict(upratings or {}))


def nearest_law(day: date, parameters: Parameters) -> Law:
    """The law on a day, or on the nearest day that has published amounts."""
    amount, family_base, month = map(parameters.entry, (AMOUNT, FAMILY_BASE, UPRATING_MONTH))
    first, last = _days_covered(amount, family_base, month, {})
    return _law(min(max(day, first), last), parameters, {})


@lru_cache(maxsize=256)
def _published_law(day: date) -> Law:
    return _law(day, None, {})


def base_amount(day: date, parameters: Parameters, upratings: Mapping[date, float]) -> float:
    """``base_eur`` of the law on a day, as in ``law_on`` with the same faults, without the rest."""
    _check_day(day, parameters.entry, upratings)
    return _uprated(_number_on(parameters.entry(AMOUNT), day), day, upratings)


def _law(day: date, parameters: Parameters | None, upratings: Mapping[date, float]) -> Law:
    entry = load_tables().entries.__getitem__ if parameters is None else parameters.entry
    _check_day(day, entry, upratings)
    numbers = {field: _number_on(entry(path), day) for field, path in PATHS.items()}
    for field in ("base_eur", "family_base_eur"):
        numbers[field] = _uprated(numbers[field], day, upratings)
    ladder = f"ladders.{_word_on(entry(LADDER_IN_FORCE), day)}"
    reform = dated_pairs(entry(PATHS["early_childhood_frozen_eur"]).value)[0][0]
    return Law(
        day=day,
        early_childhood_reform=reform,
        family_cap_share=_number_on(entry(f"{ladder}.family_cap_share"), day),
        repaid_share=_number_on(entry(f"{ladder}.repaid_on_remobilisation"), day),
        **numbers,
    )


def _check_day(day: date, entry: Callable[[str], Entry], upratings: Mapping[date, float]) -> None:
    first, last = _days_covered(entry(AMOUNT), entry(FAMILY_BASE), entry(UPRATING_MONTH), upratings)
    if not first <= day <= last:
        accepted = f"a day from {first} to {last}, or stated upratings for later ones"
        raise InputError([Fault("law", "date", day.isoformat(), accepted)])


def _days_covered(
    amount: Entry, family_base: Entry, month: Entry, upratings: Mapping[date, float]
) -> tuple[date, date]:
    """First and last day with an amount; faults of the stated upratings are raised here.

    An amount that is stated without dates holds on every day.
    """
    known = [[day for day, _ in dated_pairs(entry.value)] for entry in (amount, family_base)]
    known = [days for days in known if days != [EPOCH]]
    if not known:
        return EPOCH, date.max
    first, latest = max(days[0] for days in known), min(days[-1] for days in known)
    end = _next_uprating(latest, int(_number_on(month, latest)))
    faults = []
    for day, share in sorted(upratings.items()):
        field = f"upratings[{day}]"
        if not LOWEST_UPRATING <= share <= HIGHEST_UPRATING or not isfinite(share):
            accepted = f"a share from {LOWEST_UPRATING} to {HIGHEST_UPRATING}"
            faults.append(Fault("law", field, str(share), accepted))
        if day <= latest:
            faults.append(Fault("law", field, "a day with a published amount", f"after {latest}"))
        elif day > end:
            faults.append(Fault("law", field, f"no uprating on {end}", "that one too, 0 if none"))
        else:
            end = _next_uprating(day, int(_number_on(month, latest)))
    if faults:
        raise InputError(faults)
    return first, end - timedelta(days=1)


def _next_uprating(day: date, month: int) -> date:
    this_year = date(day.year, month, 1)
    return this_year if this_year > day else date(day.year + 1, month, 1)


def _uprated(amount: float, day: date, upratings: Mapping[date, float]) -> float:
    for start, share in sorted(upratings.items()):
        if start <= day:
            amount = floor(amount * (1.0 + share) * CENTS_PER_EUR + 0.5) / CENTS_PER_EUR
    return amount


def _in_force(entry: Entry, day: date) -> object:
    pairs = dated_pairs(entry.value)
    if not pairs:
        return entry.value
    return next((item for start, item in reversed(pairs) if start <= day), pairs[0][1])


def _number_on(entry: Entry, day: date) -> float:
    found = _in_force(entry, day)
    assert isinstance(found, int | float), entry.path
    return float(found)


def _word_on(entry: Entry, day: date) -> str:
    return str(_in_force(entry, day))


def _as_day(day: object) -> date:
    if isinstance(day, date):
        return date(day.year, day.month, day.day)
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        accepted = "a day such as 2025-04-01"
        raise InputError([Fault("law", "date", shown(day), accepted)]) from None
