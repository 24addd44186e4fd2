"""`departments NAME --facts`: the scheme of a department against its own page."""

from __future__ import annotations

import math

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.page_answers import FactAnswer, PageAnswers, Read, answer_page
from sim.files import plain_numbers
from sim.parameters import load_department
from sim.policy import Scenario, load_scenario
from sim.policy.facts import departments_with_facts, page_of
from ui.cli.before_running import check_before_running
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.progress import showing_progress
from ui.cli.terminal import say_json, screen
from ui.reports.wording import number_text, unit_text

FACT_COLUMNS = (
    ("Rule of the page", 34),
    ("Promise", 14),
    ("In the model", 44),
    ("The run gives", 40),
)
"""Heads and relative widths."""


def answer_department(
    name: str | None,
    seed: int,
    replications: int,
    months: int | None,
    workers: int | None,
    share: float,
    is_json: bool,
) -> None:
    """Run the scheme of a department and print its page against it; 3 when it was cancelled."""
    known = departments_with_facts()
    department = "no department" if name is None else load_department(name).department
    if department not in known:
        accepted = f"one of {', '.join(known)}"
        raise InputError(
            [Fault("", "department", f"{department}, whose page is not listed", accepted)]
        )
    page = page_of(department)
    written = load_scenario(page.scenario)
    simulated = written if months is None else written.with_months(months)
    experiment = Experiment((simulated.scaled(share),), seed, replications)
    check_before_running(experiment, workers)
    with cancellable() as cancel, showing_progress() as show:
        found = answer_page(
            page, experiment, written, workers=workers, on_progress=show, cancel=cancel
        )
    if is_json:
        say_json(plain_numbers(_answers_record(found)))
    elif found.finished:
        _print_answers(found)
    else:
        screen().print("No replication was finished.")
    if found.is_cancelled:
        raise typer.Exit(CANCELLED)


def _print_answers(found: PageAnswers) -> None:
    console = screen()
    experiment, scenario = found.experiment, found.experiment.reference
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_lines=True)
    for head, ratio in FACT_COLUMNS:
        table.add_column(head, overflow="fold", ratio=ratio)
    for answer in found.answers:
        table.add_row(*_cells(answer, scenario))
    console.print(f"{found.page.page}, against {scenario.name}", style="bold")
    console.print(table)
    part = "whole department" if scenario.share == 1.0 else f"{scenario.share:g} of the department"
    simulated = sum(answer.fact.not_simulated is None for answer in found.answers)
    for note in (
        f"{len(found.answers)} facts, {simulated} of them in the model, each with what it cites.",
        f"Run: {part}, {scenario.months} months from {scenario.start}, seed {experiment.seed}, "
        f"mean of {found.finished} of {experiment.replications} replications; the scheme starts "
        f"on {found.page.start}, and values count from its month on.",
        "Kept or not kept compares the mean with the promise where both have one unit. "
        "A projection under assumptions, not a measurement.",
    ):
        console.print(note, style="dim")


def _cells(answer: FactAnswer, scenario: Scenario) -> tuple[str, str, str, str]:
    fact = answer.fact
    what = fact.what.en + (f" ({', '.join(fact.figures)})" if fact.figures else "")
    promise = "–" if fact.promise is None else f"{fact.promise.text} {fact.promise.unit}"
    if fact.not_simulated is not None:
        return what, promise, f"not simulated: {fact.not_simulated.en}", "–"
    where = [*answer.carried, *([fact.how.en] if fact.how else [])] or ["an outcome"]
    gives = [_read_text(read, scenario) for read in answer.reads] or ["–"]
    return what, promise, "\n".join(where), "\n".join(gives)


def _read_text(read: Read, scenario: Scenario) -> str:
    places = [
        scenario.base.label_text(group, label)
        for group, label in (
            ("territories", read.reading.territory),
            ("pathways", read.reading.pathway),
            ("roles", read.reading.role),
        )
        if label is not None
    ]
    value = _value_text(read.mean, read.unit)
    verdict = {None: "", True: " (kept)", False: " (not kept)"}[read.is_kept]
    where = ", ".join(places) or "department"
    return f"{read.label}, {where}, {read.period}: {value}{verdict}"


def _value_text(value: float, unit: str) -> str:
    if math.isnan(value):
        return "not observed long enough"
    if unit in ("hours_per_week", "persons_per_fte"):
        return f"{value:.1f}"
    return f"{number_text(value, unit)} {unit_text(unit)}".strip()


def _answers_record(found: PageAnswers) -> dict[str, object]:
    """The object of ``--json``."""
    experiment = found.experiment
    return {
        "command": "departments",
        "department": found.page.department,
        "page": found.page.page,
        "scenario": experiment.reference.name,
        "start_of_the_scheme": str(found.page.start),
        "months": experiment.reference.months,
        "share": experiment.reference.share,
        "seed": experiment.seed,
        "replications": experiment.replications,
        "finished": found.finished,
        "cancelled": found.is_cancelled,
        "facts": [
            {
                **answer.fact.model_dump(exclude={"read", "in_force_on"}),
                "carried": list(answer.carried),
                "read": [
                    {
                        **read.reading.model_dump(mode="json"),
                        "label": read.label,
                        "period": read.period,
                        "unit": read.unit,
                        "mean": read.mean,
                        "values": list(read.values),
                        "is_kept": read.is_kept,
                    }
                    for read in answer.reads
                ],
            }
            for answer in found.answers
        ],
    }
