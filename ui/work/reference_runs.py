"""The reference of a study, run ahead: which runs are kept already, and making the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.kept_runs import KeptRuns, kept_runs, name_of_run
from sim.experiments.literature import without_literature
from sim.experiments.threads import in_threads
from sim.parameters.imported import kept_while_imported
from sim.units import date_of, month_number
from ui.study import Study, experiment_of
from ui.study.draft import REPLICATIONS
from ui.study.references import usual_day_of_effect

MOST_REPLICATIONS = max(REPLICATIONS)
KNOWN_REFERENCES = 8


def reference_alone(study: Study) -> Study:
    """The reference of a study under as many replications as a full run may have."""
    return study.model_copy(update={"drafts": (), "replications": MOST_REPLICATIONS})


@kept_while_imported(KNOWN_REFERENCES)
def _experiments(study_json: str) -> tuple[Experiment, Experiment]:
    experiment = experiment_of(Study.model_validate_json(study_json))
    return experiment, without_literature(experiment)


def prepared(study: Study) -> tuple[int, int] | None:
    """How many runs of the reference are kept, of those that the full run of a study needs.

    None where nothing is kept.
    """
    kept = kept_runs()
    if kept is None:
        return None
    names = _names(reference_alone(study).model_dump_json())[: study.replications]
    return sum(kept.has(name) for name in names), len(names)


@kept_while_imported(KNOWN_REFERENCES)
def _names(study_json: str) -> tuple[str, ...]:
    experiment, _ = _experiments(study_json)
    return tuple(
        name_of_run(run_plan_of(experiment.scenarios_of(number)[0]), seed)
        for number, seed in enumerate(experiment.seeds)
    )


def prepare_reference(study: Study, workers: int, cancel: threading.Event) -> None:
    """Make the starting populations, pasts and reference's runs that a full comparison needs.

    Those without the effects of literature come last; what is on the disk is not made again.
    """
    kept = kept_runs()
    if kept is None:
        return
    for experiment in _experiments(reference_alone(study).model_dump_json()):
        in_threads(
            partial(_prepare_one, experiment, kept, cancel.is_set),
            range(experiment.replications),
            lambda *_: None,
            workers=workers,
            cancel=cancel,
        )


def _prepare_one(
    experiment: Experiment, kept: KeptRuns, should_stop: Callable[[], bool], number: int
) -> None:
    plan, seed = run_plan_of(experiment.scenarios_of(number)[0]), experiment.seeds[number]
    _make(plan, seed, starting_population(plan, seed), kept, should_stop)


def _make(
    plan: RunPlan, seed: int, start: State, kept: KeptRuns, should_stop: Callable[[], bool]
) -> None:
    """The books of a reference, and its past where a visitor's scenario leaves it, if not kept."""
    parting = usual_day_of_effect(plan.start)
    has_past = kept.pasts.has(plan, seed, parting) or parting >= date_of(plan.end_day)
    stop_over = None if has_past else parting
    if not kept.has(name_of_run(plan, seed)):
        result = run_plan(plan, seed, start=start, stop_over=stop_over, should_stop=should_stop)
        kept.keep(Books.of(result))
    elif not has_past:
        until_then = replace(plan, months=1 + month_number(parting) - plan.first_month)
        result = run_plan(
            until_then, seed, start=start, stop_over=stop_over, should_stop=should_stop
        )
    else:
        return
    if result.past is not None:
        kept.pasts.keep(plan, seed, parting, result.past)
