"""The outcomes that a first look at a comparison shows, and where it looks."""

from __future__ import annotations

from sim.experiments.comparison import Row
from sim.experiments.experiment import Experiment
from sim.outcomes.table import ALL

HEADLINES: tuple[str, ...] = (
    "stock_job_within_12m_share",
    "entrants_job_within_12m_share",
    "stock_gained_job_within_12m",
    "stock_lost_job_within_12m",
    "stock_lasting_job_within_12m_share",
    "stock_off_rsa_at_12m_share",
    "stock_months_with_contact_within_12m",
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "oriented_within_15_days_share",
    "oriented_within_30_days_share",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "support_entries",
    "ruptures_within_6m_share",
    "jobs_started",
    "exits_work",
)
"""Names of outcomes, in the order of a table: first what became of the same people.

Rates among those who entered support are of another population in each scenario: they are for the
comparison with published gross rates, not for a headline.
"""
MOST_TERRITORIES = 3


def territories_shown(experiment: Experiment) -> tuple[str, ...]:
    """The territories that the scenarios change, then the whole department.

    The one territory of a department is the department, and is told once.
    """
    changed = experiment.changed_territories
    is_one = len(experiment.reference.base.labels("territories")) == 1
    if is_one or len(changed) > MOST_TERRITORIES:
        return (ALL,)
    return (*changed, ALL)


def headline_rows(rows: list[Row]) -> dict[tuple[str, str, str], Row]:
    """Rows of the whole period by (territory, outcome, scenario)."""
    return {(row.territory, row.outcome, row.scenario): row for row in rows if row.month == ALL}
