"""A scheme against its own page: what a run gives for each rule and number of the page."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.runner import Progress, ScenarioRun, run_experiment
from sim.experiments.why import Why, why
from sim.observation import persons_per_fte, weekly_activity_hours
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL, month_label, outcome_over
from sim.policy import Scenario
from sim.policy.facts import ACTIVITY_HOURS, OBSERVED, PERSONS_PER_FTE, Fact, Page, Reading, carried
from sim.units import DAYS_PER_MONTH, month_number

OBSERVED_UNITS = {ACTIVITY_HOURS: "hours_per_week", PERSONS_PER_FTE: "persons_per_fte"}
OBSERVED_LABELS = {
    ACTIVITY_HOURS: "Hours of activity a week of the supported",
    PERSONS_PER_FTE: "Persons in the portfolios for one funded post",
}
DAYS_BETWEEN = "days_between"


@dataclass(frozen=True)
class Read:
    """One reading: its value in each replication (NaN where it is not observed)."""

    reading: Reading
    label: str
    period: str
    unit: str
    values: tuple[float, ...]
    is_kept: bool | None
    """Whether the mean keeps the promise; None when nothing is compared."""

    @property
    def mean(self) -> float:
        """Mean over replications, NaN without any."""
        return float(np.mean(self.values)) if self.values else math.nan


@dataclass(frozen=True)
class FactAnswer:
    """One fact, the parameters that carry it, and what the runs give."""

    fact: Fact
    carried: tuple[str, ...]
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class PageAnswers:
    """All facts of a page; ``finished`` replications were run.

    ``reasons`` are what is asked of the offices in every territory that a fact is read in.
    """

    page: Page
    scenario: Scenario
    experiment: Experiment
    finished: int
    is_cancelled: bool
    answers: tuple[FactAnswer, ...]
    reasons: tuple[Why, ...]


def answer_page(
    page: Page,
    experiment: Experiment,
    written: Scenario,
    *,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> PageAnswers:
    """Run the scheme and read every fact of its page.

    ``written`` is the scenario as its file states it; ``experiment`` may hold a part of it.
    """
    found: dict[int, list[list[float]]] = {}

    def read_run(run: ScenarioRun) -> None:
        found[run.books.seed] = [
            [_value(reading, page, run.scenario, run.books) for reading in fact.read]
            for fact in page.facts
        ]

    results = run_experiment(
        experiment, workers=workers, on_progress=on_progress, on_run=read_run, cancel=cancel
    )
    runs = [found[seed] for seed in results.seeds]
    answers = tuple(
        FactAnswer(
            fact,
            tuple(one.text for one in carried(fact, written)),
            tuple(
                _read(
                    fact,
                    position,
                    page,
                    experiment.reference,
                    tuple(run[number][position] for run in runs),
                )
                for position in range(len(fact.read))
            ),
        )
        for number, fact in enumerate(page.facts)
    )
    read_in = (one.territory for fact in page.facts for one in fact.read)
    reasons = why(results, [*dict.fromkeys(name for name in read_in if name is not None)])
    return PageAnswers(page, written, experiment, len(runs), results.is_cancelled, answers, reasons)


def _read(
    fact: Fact, position: int, page: Page, scenario: Scenario, values: tuple[float, ...]
) -> Read:
    reading = fact.read[position]
    since, until = _months(reading, page, scenario)
    last = until or scenario.months
    period = f"end of {_label(scenario, last - 1)}"
    if reading.outcome in OBSERVED:
        label, unit = OBSERVED_LABELS[reading.outcome], OBSERVED_UNITS[reading.outcome]
    else:
        definition = outcome_definition(reading.outcome)
        label, unit = definition.label.en, definition.unit
        if definition.kind != "stock":
            ends = "on" if until is None else f"to {_label(scenario, last - 1)}"
            period = f"from {_label(scenario, since)} {ends}"
    if reading.shown_as == DAYS_BETWEEN:
        label, unit = "Days between two contacts held", "days"
    read = Read(reading, label, period, unit, values, None)
    if not reading.answers or fact.promise is None or math.isnan(read.mean):
        return read
    return replace(read, is_kept=fact.promise.is_kept_by(read.mean))


def _months(reading: Reading, page: Page, scenario: Scenario) -> tuple[int, int | None]:
    """First month and the month after the last one, counted from the first month of the run."""
    begins = month_number(reading.since or page.start) - month_number(scenario.start)
    since = max(begins, 0) + reading.after_months
    return since, None if reading.for_months is None else since + reading.for_months


def _label(scenario: Scenario, month: int) -> str:
    return month_label(month_number(scenario.start) + month)


def _value(reading: Reading, page: Page, scenario: Scenario, books: Books) -> float:
    """One reading of one run."""
    in_force = scenario.parameters_on(scenario.end)
    territory, pathway = reading.territory, reading.pathway
    if reading.outcome == ACTIVITY_HOURS:
        return weekly_activity_hours(books.last_state, in_force, territory, pathway)
    if reading.outcome == PERSONS_PER_FTE:
        return persons_per_fte(books.last_state, in_force, territory or "", reading.role or "")
    since, until = _months(reading, page, scenario)
    whole = outcome_over(reading.outcome, books.ledger, timeline_of(scenario), since, until)
    base = scenario.base
    place = [ALL, *base.labels("territories")].index(territory or ALL)
    column = [ALL, *base.labels("pathways")].index(pathway or ALL)
    value = float(whole[place, column])
    if reading.shown_as == DAYS_BETWEEN:
        return DAYS_PER_MONTH / value if value > 0.0 else math.nan
    return value
