"""A closed world that measurements and tests share: one territory of the Somme at full size."""

from __future__ import annotations

from collections.abc import Mapping

from sim.policy import Scenario

PILOT = "coquelicot"
"""The territory that the scenarios of the Somme change."""

PILOT_ALONE: Mapping[str, object] = {
    "department.stock_households": 1306,
    "territories.amiens_nord.stock_value": 0,
    "territories.amiens_nord.staff.social_worker.fte": 0,
    "territories.amiens_nord.staff.job_counsellor.fte": 0,
    "territories.rest.staff.social_worker.fte": 0,
    "territories.rest.staff.job_counsellor.fte": 0,
}
"""The pilot territory at full size (1,500 persons), the others empty but for one household."""


def pilot_alone(scenario: Scenario, months: int = 36) -> Scenario:
    """A scenario of the Somme in its pilot territory, the others left out."""
    return scenario.with_variant(PILOT_ALONE).with_months(months)
