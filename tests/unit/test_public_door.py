"""The names that others may rely on."""

from __future__ import annotations

import subprocess
import sys

import sim

NAMES = {
    "BatchPlan", "Beneficiary", "Caseworker", "DepartmentModel", "Experiment", "InputError",
    "Lever", "Life", "Office", "OutcomeDefinition", "Parameters", "Progress", "Replication",
    "Results", "Row", "Scenario", "Store", "Verification", "__version__", "compare", "evaluate",
    "event_table", "levers", "life_of", "load_department", "load_scenario", "outcome_definitions",
    "outcome_table", "query", "read_batch_plan", "rsa_amount", "rsa_amounts", "run_batch",
    "run_experiment", "shipped_departments", "shipped_scenarios", "split_of_variance", "verify",
    "write_run_folder", "arrow_spells", "comparison_table", "cumulative_incidence",
    "discovery_tables", "kaplan_meier", "spell_table", "arrow_outcomes", "batch_summary",
    "batch_table",
}  # fmt: skip


def test_the_door_has_these_names_and_no_other() -> None:
    assert set(sim.__all__) == NAMES
    assert set(sim.HOMES) == NAMES - {"__version__"}
    for name in sim.__all__:
        assert getattr(sim, name) is not None


def test_opening_the_door_loads_nothing_heavy() -> None:
    heavy = {"numba", "pandas", "matplotlib", "mesa", "simpy"}
    code = f"import sim, sys; print(sorted({heavy!r} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
