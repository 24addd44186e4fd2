"""What a planner entered and the budget does not use, or that is far from it, is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sim.money.budget.landing import Overrun
from sim.money.costs.entered import PaidMonth
from ui.reports.budget.remarks import budget_remarks
from ui.reports.remarks import remark_text


def budget(
    received: dict[int, float] | None = None,
    households: tuple[float, ...] = (),
    level_ratio: float = 1.0,
) -> Any:
    """The parts of a budget of 2026 and 2027 that remarks read."""
    paid = [
        PaidMonth(f"2026-{place:02d}", count, 550.0 * count)
        for place, count in enumerate(households, start=1)
    ]
    return SimpleNamespace(
        years=(2026, 2027), received=received or {}, paid=paid, level_ratio=level_ratio
    )


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
