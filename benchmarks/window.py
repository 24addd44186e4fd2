"""What the Mesa window costs: days one by one, a collector every day, acts on lives, memory."""

from __future__ import annotations

import gc
import statistics
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import mesa
import numpy as np

from benchmarks.cases import REFERENCE, SEED
from sim import Beneficiary, DepartmentModel
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario

MONTHS = 12
MODELS, TINY_SHARE = 200, 0.001
TOUCHED = 2_000


@dataclass(frozen=True)
class Window:
    """Processor seconds of a year of the whole Somme; ``ratio`` is the median of those in turns."""

    persons: int
    days: int
    plain_seconds: float
    stepped_seconds: float
    ratio: float
    collected_ms_a_day: float
    views_seconds: float
    act_microseconds: float
    models: int
    models_left: int


def measure(repeats: int) -> Window:
    """A plain run and a model without observers, in turns; then what observers add."""
    plan = run_plan_of(load_scenario(REFERENCE).with_months(MONTHS))
    run_plan(plan, SEED)
    turns = [
        (_seconds(lambda: run_plan(plan, SEED)), _seconds(lambda: _live(plan)))
        for _ in range(repeats)
    ]
    plain, stepped = (statistics.median(each) for each in zip(*turns, strict=True))
    model = DepartmentModel(plan, SEED)
    model.step()
    persons = len(model.beneficiaries)
    collected = statistics.median(
        _seconds(lambda: _live(plan, collector())) for _ in range(repeats)
    )
    days = _live(plan).steps
    views = _seconds(lambda: list(model.agents))
    people = list(islice(model.beneficiaries.where(job=None), TOUCHED))
    people[0].find_occupation()
    acts = _seconds(lambda: [person.find_occupation() for person in people[1:]])
    return Window(
        persons=persons,
        days=days,
        plain_seconds=plain,
        stepped_seconds=stepped,
        ratio=statistics.median(one / other for other, one in turns),
        collected_ms_a_day=1000.0 * (collected - stepped) / days,
        views_seconds=views,
        act_microseconds=1e6 * acts / (len(people) - 1),
        models=MODELS,
        models_left=models_left(),
    )


def collector() -> mesa.DataCollector:
    """Three reporters of everybody, as a user of Mesa writes them."""
    return mesa.DataCollector(
        model_reporters={
            "waiting": lambda model: len(model.beneficiaries.where(support="waiting_orientation")),
            "contacts": lambda model: model.agents_by_type[Beneficiary].agg(
                "contact_level", np.mean
            ),
            "by pathway": lambda model: model.beneficiaries.where(benefit="paid").agg(
                "income_cents", sum
            ),
        }
    )


def models_left() -> int:
    """How many of some models are alive after their last use."""
    scenario = load_scenario(REFERENCE).with_months(1).scaled(TINY_SHARE)
    models = []
    for seed in range(MODELS):
        model = DepartmentModel(scenario, seed=seed)
        model.step()
        list(model.agents)
        models.append(weakref.ref(model))
    del model
    gc.collect()
    return sum(one() is not None for one in models)


def _live(plan: RunPlan, observer: mesa.DataCollector | None = None) -> DepartmentModel:
    model = DepartmentModel(plan, SEED)
    while model.running:
        model.step()
        if observer is not None:
            observer.collect(model)
    return model


def _seconds(act: Callable[[], object]) -> float:
    gc.collect()
    began = time.thread_time()
    act()
    return time.thread_time() - began
