"""Outcomes: written definitions, and the tables that a ledger gives of them."""

from sim.outcomes.definitions import (
    OutcomeDefinition,
    outcome_definition,
    outcome_definitions,
)
from sim.outcomes.measures import ParametersInForce
from sim.outcomes.table import (
    ALL,
    OutcomeAxes,
    Outcomes,
    definitions_record,
    month_label,
    outcome_axes,
    outcome_over,
    outcomes_of,
    period_text,
    tidy,
)

__all__ = [
    "ALL",
    "OutcomeAxes",
    "OutcomeDefinition",
    "Outcomes",
    "ParametersInForce",
    "definitions_record",
    "month_label",
    "outcome_axes",
    "outcome_definition",
    "outcome_definitions",
    "outcome_over",
    "outcomes_of",
    "period_text",
    "tidy",
]
