"""Caseload dynamics of RSA beneficiaries in French departments: the public door.

Names are loaded when they are first used, so that ``import sim`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.agents.beneficiary_view import Beneficiary
    from sim.agents.model import DepartmentModel
    from sim.agents.staff_views import Caseworker, Office
    from sim.batch.discovery import discovery_tables
    from sim.batch.plan import BatchPlan
    from sim.batch.query import query
    from sim.batch.reading import read_batch_plan
    from sim.batch.runner import run_batch
    from sim.batch.store import Store
    from sim.batch.tables import batch_summary, batch_table
    from sim.batch.tasks import evaluate
    from sim.batch.variance import split_of_variance
    from sim.errors import InputError
    from sim.experiments.comparison import Row, compare
    from sim.experiments.event_table import event_table
    from sim.experiments.experiment import Experiment
    from sim.experiments.lives import Life, life_of
    from sim.experiments.run_folder import write_run_folder
    from sim.experiments.runner import Progress, Replication, Results, run_experiment
    from sim.experiments.spell_table import arrow_spells, spell_table
    from sim.experiments.survival import cumulative_incidence, kaplan_meier
    from sim.experiments.tables import arrow_outcomes, comparison_table, outcome_table
    from sim.experiments.verification import Verification, verify
    from sim.money.law import rsa_amount, rsa_amounts
    from sim.outcomes.definitions import OutcomeDefinition, outcome_definitions
    from sim.parameters import Parameters, load_department, shipped_departments
    from sim.policy import Scenario, load_scenario, shipped_scenarios
    from sim.policy.levers import Lever, levers

HOMES: dict[str, str] = {
    "BatchPlan": "sim.batch.plan",
    "Beneficiary": "sim.agents.beneficiary_view",
    "Caseworker": "sim.agents.staff_views",
    "DepartmentModel": "sim.agents.model",
    "Experiment": "sim.experiments.experiment",
    "InputError": "sim.errors",
    "Lever": "sim.policy.levers",
    "Life": "sim.experiments.lives",
    "Office": "sim.agents.staff_views",
    "OutcomeDefinition": "sim.outcomes.definitions",
    "Parameters": "sim.parameters",
    "Progress": "sim.experiments.runner",
    "Replication": "sim.experiments.runner",
    "Results": "sim.experiments.runner",
    "Row": "sim.experiments.comparison",
    "Scenario": "sim.policy",
    "Store": "sim.batch.store",
    "Verification": "sim.experiments.verification",
    "arrow_outcomes": "sim.experiments.tables",
    "arrow_spells": "sim.experiments.spell_table",
    "batch_summary": "sim.batch.tables",
    "batch_table": "sim.batch.tables",
    "compare": "sim.experiments.comparison",
    "comparison_table": "sim.experiments.tables",
    "cumulative_incidence": "sim.experiments.survival",
    "discovery_tables": "sim.batch.discovery",
    "evaluate": "sim.batch.tasks",
    "event_table": "sim.experiments.event_table",
    "kaplan_meier": "sim.experiments.survival",
    "levers": "sim.policy.levers",
    "life_of": "sim.experiments.lives",
    "load_department": "sim.parameters",
    "load_scenario": "sim.policy",
    "outcome_definitions": "sim.outcomes.definitions",
    "outcome_table": "sim.experiments.tables",
    "query": "sim.batch.query",
    "read_batch_plan": "sim.batch.reading",
    "rsa_amount": "sim.money.law",
    "rsa_amounts": "sim.money.law",
    "run_batch": "sim.batch.runner",
    "run_experiment": "sim.experiments.runner",
    "shipped_departments": "sim.parameters",
    "shipped_scenarios": "sim.policy",
    "spell_table": "sim.experiments.spell_table",
    "split_of_variance": "sim.batch.variance",
    "verify": "sim.experiments.verification",
    "write_run_folder": "sim.experiments.run_folder",
}
"""Where each public name lives."""

__version__: str

__all__ = [
    "BatchPlan",
    "Beneficiary",
    "Caseworker",
    "DepartmentModel",
    "Experiment",
    "InputError",
    "Lever",
    "Life",
    "Office",
    "OutcomeDefinition",
    "Parameters",
    "Progress",
    "Replication",
    "Results",
    "Row",
    "Scenario",
    "Store",
    "Verification",
    "__version__",
    "arrow_outcomes",
    "arrow_spells",
    "batch_summary",
    "batch_table",
    "compare",
    "comparison_table",
    "cumulative_incidence",
    "discovery_tables",
    "evaluate",
    "event_table",
    "kaplan_meier",
    "levers",
    "life_of",
    "load_department",
    "load_scenario",
    "outcome_definitions",
    "outcome_table",
    "query",
    "read_batch_plan",
    "rsa_amount",
    "rsa_amounts",
    "run_batch",
    "run_experiment",
    "shipped_departments",
    "shipped_scenarios",
    "spell_table",
    "split_of_variance",
    "verify",
    "write_run_folder",
]


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name == "__version__":
        from sim.version import package_version

        return package_version()
    if name not in HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    found = getattr(import_module(HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
