"""What a scenario was opened to answer: the outcome and the territory that pages begin with."""

from __future__ import annotations

from collections.abc import Mapping

from sim.outcomes.table import ALL
from ui.study.draft import Study
from ui.study.references import experiment_of

OUTCOME_OF_FOCUS: Mapping[str, str] = {
    "": "caseload_households",
    "recruit": "wait_for_caseworker_days_mean",
    "portfolios": "contacts_held_per_person",
    "delays": "wait_for_orientation_days_mean",
}
"""By the question of the first page that a scenario was opened with."""


def outcome_asked(study: Study, scenario: int) -> str:
    """The outcome that the question of a scenario (1: the first) is about."""
    return OUTCOME_OF_FOCUS[study.drafts[scenario - 1].focus]


def place_asked(study: Study, scenario: int) -> str:
    """The territory that a scenario changes; the whole department where it changes several."""
    experiment = experiment_of(study)
    changed = experiment.changed_in(0, scenario)
    is_one_of_several = len(experiment.reference.base.labels("territories")) > 1
    return changed[0] if len(changed) == 1 and is_one_of_several else ALL
