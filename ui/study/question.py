"""What a scenario was opened to answer: the outcome and the territory that pages begin with."""

from __future__ import annotations

from collections.abc import Mapping

from sim.outcomes.table import ALL
from ui.study.draft import Study
from ui.study.references import experiment_of

INDICATORS = (
    "caseload_households",
    "caseload_persons",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "oriented_within_15_days_share",
    "oriented_within_30_days_share",
    "support_started_within_15_days_share",
    "support_started_within_30_days_share",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "entrants_job_within_6m_share",
    "entrants_job_within_12m_share",
    "entrants_lasting_job_within_12m_share",
    "in_job_six_months_later",
    "ruptures_within_6m_share",
    "jobs_started",
    "exits_work",
    "reentries",
)
"""Outcomes by which results are read, month by month."""
OUTCOME_OF_FOCUS: Mapping[str, str] = {
    "": "caseload_households",
    "recruit": "wait_for_caseworker_days_mean",
    "portfolios": "contacts_held_per_person",
    "delays": "wait_for_orientation_days_mean",
}
"""By the question of the first page that a scenario was opened with."""


def outcome_asked(study: Study, scenario: int) -> str:
    """The outcome that the question of a scenario (1: the first) is about."""
    draft = study.drafts[scenario - 1]
    return draft.asked if draft.asked in INDICATORS else OUTCOME_OF_FOCUS[draft.focus]


def place_asked(study: Study, scenario: int) -> str:
    """The territory that a scenario changes; the whole department where it changes several."""
    experiment = experiment_of(study)
    changed = experiment.changed_in(0, scenario)
    is_one_of_several = len(experiment.reference.base.labels("territories")) > 1
    return changed[0] if len(changed) == 1 and is_one_of_several else ALL
