"""Searches over levers: goal-seek, the best of several scenarios, what matters most, how many runs.

Each is a question (`ask`, `contest`, `make_study`, `read_precision`), a function that runs it
(`answer`, `run_contest`, `run_study`, `run_to_precision`). `ui.reports.search` has words and
pictures.
"""

from sim.search.demand import Demand, Goal
from sim.search.factors import plan_of_factors
from sim.search.naming import find_lever, find_outcome, find_target
from sim.search.planned import with_enough_seeds
from sim.search.precision import (
    Precision,
    Stop,
    read_precision,
    replications_needed,
    run_to_precision,
)
from sim.search.question import Question, answer, ask
from sim.search.racing import Contest, contest, run_contest
from sim.search.seeking import SeekAnswer, Threshold
from sim.search.selecting import Podium, Race
from sim.search.sensitivity import FactorEffect, Sensitivity
from sim.search.study import SensitivityStudy, make_study, run_study

__all__ = [
    "Contest",
    "Demand",
    "FactorEffect",
    "Goal",
    "Podium",
    "Precision",
    "Question",
    "Race",
    "SeekAnswer",
    "Sensitivity",
    "SensitivityStudy",
    "Stop",
    "Threshold",
    "answer",
    "ask",
    "contest",
    "find_lever",
    "find_outcome",
    "find_target",
    "make_study",
    "plan_of_factors",
    "read_precision",
    "replications_needed",
    "run_contest",
    "run_study",
    "run_to_precision",
    "with_enough_seeds",
]
