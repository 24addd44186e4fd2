"""Experiments: paired replications of scenarios, their comparison and files."""

from sim.experiments.comparison import Row, compare
from sim.experiments.event_file import EventFile
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.run_folder import check_folder, write_run_folder
from sim.experiments.runner import Progress, Replication, Results, run_experiment
from sim.experiments.tables import outcome_table

__all__ = [
    "EventFile",
    "Experiment",
    "Progress",
    "Replication",
    "Results",
    "Row",
    "check_folder",
    "compare",
    "outcome_table",
    "run_experiment",
    "run_plan_of",
    "write_run_folder",
]
