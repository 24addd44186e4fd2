"""What posts, places and actions cost, and who pays: nothing twice, nothing by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from sim.errors import InputError
from sim.money.costs.taken_over import AFTER_TRIAL, trial_end_year
from sim.money.costs.unit_costs import (
    Cost,
    action_cost,
    allowance_cost,
    collective_cost,
    place_cost,
    post_cost,
    workshop_cost,
)
from sim.money.law.in_force import base_amount, law_on, nearest_law
from sim.parameters import Parameters, load_department, shipped_departments

DAY = date(2025, 6, 1)


def all_costs(parameters: Parameters, day: date) -> list[Cost]:
    kinds: tuple[tuple[str, Callable[[Parameters, str, date], Cost]], ...] = (
        ("roles", post_cost),
        ("job_types", place_cost),
        ("actions", action_cost),
    )
    found = [
        cost(parameters, name, day) for group, cost in kinds for name in parameters.labels(group)
    ]
    return [*found, workshop_cost(parameters, day), collective_cost(parameters, day)]


@pytest.mark.parametrize("department", shipped_departments())
def test_the_parts_of_the_funders_are_the_whole_cost(department: str) -> None:
    parameters = load_department(department)
    for day in (date(2019, 6, 1), DAY):
        for cost in [*all_costs(parameters, day), allowance_cost(parameters, 512.34, day)]:
            assert sum(cost.by_funder.values()) == pytest.approx(cost.eur)
            assert all(part >= 0 for part in cost.by_funder.values())


def test_only_places_of_limited_contracts_cost_public_money(somme: Parameters) -> None:
    for job_type in somme.labels("job_types"):
        is_limited = somme.flag(f"job_types.{job_type}.has_limited_places")
        assert (place_cost(somme, job_type, DAY).eur > 0) == is_limited, job_type


@pytest.mark.parametrize("job_type", ["integration", "pec"])
def test_the_department_pays_88_percent_of_the_base_amount_of_a_contract(
    somme: Parameters, job_type: str
) -> None:
    cost = place_cost(somme, job_type, DAY)
    assert cost.department_eur == pytest.approx(0.88 * 646.52)
    assert cost.by_funder["state"] == pytest.approx(cost.eur - 0.88 * 646.52)


def test_the_part_of_the_department_is_at_most_the_aid(somme: Parameters) -> None:
    cheap = somme.patched({"job_types.pec.public_cost_eur": 300.0}, "test")
    cost = place_cost(cheap, "pec", DAY)
    assert (cost.department_eur, cost.by_funder["state"]) == (300.0, 0.0)


def test_the_aid_for_a_place_follows_its_orders(somme: Parameters) -> None:
    """19,897 euro a year and full-time place in 2018, 23,921 from November 2024; 26 of 35 hours."""
    for day, aid in ((date(2019, 1, 1), 19_897), (date(2024, 11, 1), 23_921)):
        cost = place_cost(somme, "integration", day)
        assert cost.eur == pytest.approx(aid * 26 / 35 / 12, abs=0.005)


def test_subsidised_contracts_of_the_somme_are_near_the_published_spending(
    somme: Parameters,
) -> None:
    """420 contracts (F0050, F0051) beside 2.75 million euro of 2019: within a fifth."""
    day = date(2019, 6, 1)
    yearly = 12 * (
        220 * place_cost(somme, "pec", day).department_eur
        + 200 * place_cost(somme, "cie", day).department_eur
    )
    assert yearly == pytest.approx(2_753_415, rel=0.2)


def test_a_post_is_paid_by_its_employer_and_grows_from_the_year_of_prices(
    somme: Parameters,
) -> None:
    year = somme.whole("costs.price_year")
    monthly = [
        post_cost(somme, "job_counsellor", date(year + step, 1, 1)).eur for step in (0, 1, 2)
    ]
    assert monthly[0] == pytest.approx(52_000 / 12)
    growth = 1.0 + somme.number("costs.staff_growth_per_year")
    assert [later / earlier for earlier, later in pairwise(monthly)] == pytest.approx([growth] * 2)
    assert post_cost(somme, "job_counsellor", DAY).department_eur == 0.0
    worker = post_cost(somme, "social_worker", DAY)
    assert worker.department_eur == worker.eur


def test_the_allowance_is_the_states_where_it_was_taken_over(somme: Parameters) -> None:
    assert allowance_cost(somme, 100.0, DAY).department_eur == 100.0
    elsewhere = replace(somme, _schema=replace(somme._schema, code="93"))
    before = allowance_cost(elsewhere, 100.0, date(2021, 12, 31))
    after = allowance_cost(elsewhere, 100.0, date(2022, 1, 1))
    assert (before.department_eur, before.by_funder["state"]) == (100.0, 0.0)
    assert (after.department_eur, after.by_funder["state"]) == (0.0, 100.0)


@pytest.mark.parametrize("code", ["93", "66", "09"])
def test_after_a_trial_the_department_pays_again_unless_it_is_told_otherwise(
    somme: Parameters, code: str
) -> None:
    there = replace(somme, _schema=replace(somme._schema, code=code))
    longer = there.patched({AFTER_TRIAL: True}, "test")
    shorter = there.patched({f"costs.trial_end_year.code_{code}": 2026}, "test")
    last, next_day = date(2031, 12, 31), date(2032, 1, 1)
    assert allowance_cost(there, 100.0, last).department_eur == 0.0
    assert allowance_cost(there, 100.0, next_day).department_eur == 100.0
    assert allowance_cost(longer, 100.0, next_day).by_funder["state"] == 100.0
    assert allowance_cost(shorter, 100.0, date(2027, 1, 1)).department_eur == 100.0


def test_where_there_is_no_trial_nothing_ends(somme: Parameters) -> None:
    for_good = replace(somme, _schema=replace(somme._schema, code="974"))
    assert allowance_cost(for_good, 100.0, date(2050, 1, 1)).department_eur == 0.0
    assert trial_end_year(for_good) is trial_end_year(somme) is None
    never = somme.patched({AFTER_TRIAL: True}, "test")
    assert allowance_cost(never, 100.0, date(2050, 1, 1)).department_eur == 100.0


@pytest.mark.parametrize(
    "path",
    ["costs.allowance_funded_by", "actions.care.cost_funded_by", "job_types.pec.cost_funded_by"],
)
def test_shares_of_who_pays_that_do_not_sum_to_one_are_refused(
    somme: Parameters, path: str
) -> None:
    with pytest.raises(InputError) as caught:
        somme.patched({path: [0.5, 0.4, 0, 0, 0, 0]}, "test")
    (fault,) = caught.value.faults
    assert (fault.field, fault.accepted) == (path, "shares that sum to 1")


@pytest.mark.parametrize(
    ("path", "value"),
    [("costs.staff_growth_per_year", -0.11), ("costs.price_growth_per_year", 0.21)],
)
def test_growth_that_cannot_be_is_refused(somme: Parameters, path: str, value: float) -> None:
    with pytest.raises(InputError):
        somme.patched({path: value}, "test")


def test_an_amount_without_a_date_holds_on_every_day(somme: Parameters) -> None:
    """A scenario may state one number: it is the law of each day that the other base covers."""
    stated = somme.patched({"allowance.base_eur": 650.0}, "test")
    for day in (date(1970, 1, 1), date(2023, 5, 1), date(2040, 1, 1)):
        assert nearest_law(day, stated).base_eur == 650.0
    assert law_on(date(2024, 6, 1), parameters=stated).base_eur == 650.0
    both = stated.patched({"family_benefits.base_eur": 450.0}, "test")
    assert law_on(date(2030, 1, 1), parameters=both).family_base_eur == 450.0


def test_the_base_amount_alone_is_that_of_the_whole_law(somme: Parameters) -> None:
    assumed = {date(2027, 4, 1): 0.01, date(2028, 4, 1): 0.015}
    for day in (date(2019, 6, 1), DAY, date(2027, 3, 31), date(2027, 4, 1), date(2028, 12, 31)):
        law = law_on(day, parameters=somme, upratings=assumed)
        assert base_amount(day, somme, assumed) == law.base_eur
    with pytest.raises(InputError, match="stated upratings"):
        base_amount(date(2030, 1, 1), somme, {})
