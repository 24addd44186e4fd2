"""The small world of one territory, in which searches run: one home for its size and months."""

from __future__ import annotations

from sim.policy import Scenario
from ui.study import Study
from ui.study.references import reference_of, scenario_of
from ui.work.preview import Small, households_of

WANTED_HOUSEHOLDS = 1200.0
MONTHS = 24


def scenario_of_study(study: Study) -> Scenario:
    """The last scenario of a study, or its reference, at full size; raises `InputError`."""
    return scenario_of(study.drafts[-1], study.months) if study.drafts else reference_of(study)


def territory_alone(scenario: Scenario, territory: str) -> Scenario:
    """The scenario with the people and staff of one territory, over a short period.

    It keeps its full size: levers are moved at full size, and all is scaled together afterwards.
    """
    return Small((territory,), 1.0, min(scenario.months, MONTHS)).of(scenario)


def share_of_territory(scenario: Scenario, territory: str) -> float:
    """The part of a territory that is simulated."""
    return min(1.0, WANTED_HOUSEHOLDS / max(households_of(scenario, (territory,)), 1.0))
