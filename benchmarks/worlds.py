"""A closed world that measurements and tests share: one territory of the Somme at full size."""

from __future__ import annotations

from collections.abc import Mapping

from calibration.pilots.declared import alone_in
from sim.parameters import load_department
from sim.policy import Scenario

PILOT = "coquelicot"
"""The territory that the scenarios of the Somme change."""

PILOT_ALONE: Mapping[str, object] = alone_in(load_department("somme"), PILOT)
"""The pilot territory at full size (1,500 persons), the others empty but for one household."""


def pilot_alone(scenario: Scenario, months: int = 36) -> Scenario:
    """A scenario of the Somme in its pilot territory, the others left out."""
    return scenario.with_variant(PILOT_ALONE).with_months(months)
