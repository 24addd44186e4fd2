"""The year of the first replication as pages show it: rows of persons by week, for one place."""

from __future__ import annotations

import numpy as np

from sim.experiments.kept_runs import kept_runs
from sim.experiments.weeks import (
    ELSEWHERE,
    IN_WORK,
    OFF_RSA,
    QUEUED,
    STANDINGS,
    SUPPORTED,
    WAITING,
    YearOfWeeks,
    first_year,
)
from sim.parameters import Parameters
from ui.charts.weeks import Row
from ui.spoken import language, text
from ui.study import Draft, Study, experiment_of
from ui.work.model import load_model

BY_PATHWAY = (QUEUED, SUPPORTED)
ORDER = (WAITING, QUEUED, SUPPORTED, ELSEWHERE, IN_WORK, OFF_RSA)
"""From the queue to work, downwards."""


def year_of(study: Study, draft: Draft) -> tuple[YearOfWeeks, YearOfWeeks]:
    """The year of the reference and of one scenario; raises `InputError`."""
    load_model()
    experiment = experiment_of(study.model_copy(update={"drafts": (draft,)}))
    before, after = first_year(experiment, kept_runs())
    return before, after


def rows_of(before: YearOfWeeks, after: YearOfWeeks, base: Parameters, place: str) -> list[Row]:
    """Where people stand, by pathway where the offices have one; rows that stay empty left out."""
    sides = before.of(place), after.of(place)
    found = []
    for standing in ORDER:
        name = text(f"year.{STANDINGS[standing]}")
        if standing not in BY_PATHWAY:
            found.append(Row(name, *(side[:, standing].sum(axis=1) for side in sides)))
            continue
        for column, pathway in enumerate(before.pathways, start=1):
            label = base.label_text("pathways", pathway, language())
            both = [side[:, standing, column] for side in sides]
            found.append(Row(text("year.in_pathway", standing=name, pathway=label), *both))
    return [row for row in found if np.any(row.reference) or np.any(row.scenario)]


def persons(year: YearOfWeeks, place: str, standing: int, week: int) -> int:
    """Persons who stand there in a week, all pathways together."""
    return int(year.of(place)[week, standing].sum())
