"""What a planner entered and the budget does not use, or that is far from it, is told."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from sim.money.budget.landing import Overrun
from sim.money.costs.entered import PaidMonth
from sim.money.costs.taken_over import AFTER_TRIAL
from sim.parameters import Parameters
from ui.reports.budget.remarks import budget_remarks
from ui.reports.remarks import remark_text


def budget(
    received: dict[int, float] | None = None,
    households: tuple[float, ...] = (),
    level_ratio: float = 1.0,
    base: object = SimpleNamespace(code="80", paths=tuple),
    years: tuple[int, ...] = (2026, 2027),
) -> Any:
    """The parts of a budget that remarks read; of 2026 and 2027 in the Somme unless told."""
    paid = [
        PaidMonth(f"2026-{place:02d}", count, 550.0 * count)
        for place, count in enumerate(households, start=1)
    ]
    runs = SimpleNamespace(experiment=SimpleNamespace(reference=SimpleNamespace(base=base)))
    return SimpleNamespace(
        runs=runs,
        years=years,
        received=received or {},
        entered=(),
        paid=paid,
        level_ratio=level_ratio,
    )


def in_trial(somme: Parameters, is_state: bool = False) -> Parameters:
    elsewhere = replace(somme, _schema=replace(somme._schema, code="93"))
    return elsewhere.patched({AFTER_TRIAL: is_state}, "test")


def test_a_budget_after_the_trial_says_that_nobody_knows_who_pays(somme: Parameters) -> None:
    base = in_trial(somme)
    assert not budget_remarks(budget(base=base, years=(2030, 2031)))
    (remark,) = budget_remarks(budget(base=base, years=(2031, 2032, 2033)))
    told = remark_text(remark, "fr")
    assert "31 décembre 2031" in told
    assert "2032, 2033 comptés à la charge de : Département" in told
    (other,) = budget_remarks(budget(base=in_trial(somme, True), years=(2032,)))
    assert "2032 comptés à la charge de : État" in remark_text(other, "fr")


def overrun(appropriation_eur: float) -> Overrun:
    return Overrun("reference", 2026, appropriation_eur, 110e6, 100e6, 120e6, 0.5)


def test_compensation_of_another_year_is_told() -> None:
    (remark,) = budget_remarks(budget({2025: 12.5e6, 2026: 1e6}))
    assert "2025" in remark_text(remark, "en")
    assert "no effect" in remark_text(remark, "en")
    assert "sans effet" in remark_text(remark, "fr")


@pytest.mark.parametrize(("eur", "is_far"), [(105e6, False), (130e6, False), (105e3, True)])
def test_an_appropriation_far_from_the_forecast_is_told(eur: float, is_far: bool) -> None:
    assert bool(budget_remarks(budget(), [overrun(eur)])) == is_far


def test_months_paid_that_jump_or_are_of_another_size_are_told() -> None:
    assert not budget_remarks(budget(households=(16_000, 16_100)))
    (jump,) = budget_remarks(budget(households=(16_000, 1_610)))
    assert "2026-02" in remark_text(jump, "en")
    (other,) = budget_remarks(budget(households=(16_000,), level_ratio=0.4))
    assert "0.4 times" in remark_text(other, "en")
