"""The ladder of sanctions in force at the date, and the department's practice."""

from __future__ import annotations

from sim.compiled import rule
from sim.units import DAYS_PER_MONTH


@rule
def suspended_per_mille(stage: int, first_share: float, repeat_share: float) -> int:
    """Share of the allowance withheld at a stage (1 is the first breach), per mille."""
    share = first_share if stage <= 1 else repeat_share
    return int(share * 1000.0 + 0.5)


@rule
def capped_per_mille(per_mille: int, persons: int, family_cap_share: float) -> int:
    """The cap of households of more than one person."""
    cap = int(family_cap_share * 1000.0 + 0.5)
    return min(per_mille, cap) if persons > 1 else per_mille


@rule
def suspension_end_day(today: int, stage: int, first_months: float, repeat_months: float) -> int:
    """Last day of the suspension."""
    months = first_months if stage <= 1 else repeat_months
    return today + int(months * DAYS_PER_MONTH + 0.5)
