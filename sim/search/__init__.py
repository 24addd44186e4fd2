"""Searches over levers: goal-seek, the best of several scenarios, what matters most, how many runs.

Each is a question (`ask`, `contest`, `make_study`, `read_precision`), a function that runs it
(`answer`, `run_contest`, `run_study`, `run_to_precision`), words and a picture.
"""

from sim.search.curve import curve_rows, curve_table
from sim.search.demand import Demand, Target
from sim.search.factors import plan_of_factors
from sim.search.figures import race_figure, seek_caption, seek_figure
from sim.search.naming import find_lever, find_outcome, find_target
from sim.search.planned import with_enough_seeds
from sim.search.precision import (
    Precision,
    Stop,
    read_precision,
    replications_needed,
    run_to_precision,
    stop_text,
)
from sim.search.question import Question, answer, ask
from sim.search.racing import Contest, contest, run_contest
from sim.search.racing_words import contest_table, titles_of, told_contest
from sim.search.seek_words import Told, told
from sim.search.seeking import Answer, Threshold
from sim.search.selecting import Podium, Race
from sim.search.sensitivity import Effect, Sensitivity
from sim.search.study import Study, make_study, run_study
from sim.search.study_words import study_rows, study_table, told_study
from sim.search.tornado import tornado_caption, tornado_figure

__all__ = [
    "Answer",
    "Contest",
    "Demand",
    "Effect",
    "Podium",
    "Precision",
    "Question",
    "Race",
    "Sensitivity",
    "Stop",
    "Study",
    "Target",
    "Threshold",
    "Told",
    "answer",
    "ask",
    "contest",
    "contest_table",
    "curve_rows",
    "curve_table",
    "find_lever",
    "find_outcome",
    "find_target",
    "make_study",
    "plan_of_factors",
    "race_figure",
    "read_precision",
    "replications_needed",
    "run_contest",
    "run_study",
    "run_to_precision",
    "seek_caption",
    "seek_figure",
    "stop_text",
    "study_rows",
    "study_table",
    "titles_of",
    "told",
    "told_contest",
    "told_study",
    "tornado_caption",
    "tornado_figure",
    "with_enough_seeds",
]
