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
from ui.cli.spoken import in_language, language, number, text, texts
from ui.cli.terminal import say_json, screen
from ui.reports.wording import number_text, unit_text

FACT_WIDTHS = (34, 14, 44, 40)
"""Relative widths of the columns of facts."""
VERDICTS = {True: "cli_facts.kept", False: "cli_facts.not_kept"}


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
    department = (
        text("cli_fault.no_department") if name is None else load_department(name).department
    )
    if department not in known:
        found_there = text("cli_fault.page_not_listed", department=department)
        accepted = text("cli_fault.one_of", names=", ".join(known))
        raise InputError([Fault("", "department", found_there, accepted)])
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
        screen().print(text("cli_facts.nothing_finished"))
    if found.is_cancelled:
        raise typer.Exit(CANCELLED)


def _print_answers(found: PageAnswers) -> None:
    console = screen()
    experiment, scenario = found.experiment, found.experiment.reference
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_lines=True)
    for head, ratio in zip(texts("cli_facts.heads"), FACT_WIDTHS, strict=True):
        table.add_column(head, overflow="fold", ratio=ratio)
    for answer in found.answers:
        table.add_row(*_cells(answer, scenario))
    title = text("cli_facts.title", page=found.page.page, scenario=scenario.name)
    console.print(title, style="bold")
    console.print(table)
    is_whole, share = scenario.share == 1.0, in_language(f"{scenario.share:g}")
    part = text("cli.whole_department") if is_whole else text("cli_facts.part", share=share)
    simulated = sum(answer.fact.not_simulated is None for answer in found.answers)
    for note in (
        text("cli_facts.counted", facts=len(found.answers), simulated=simulated),
        text(
            "cli_facts.run",
            part=part,
            months=scenario.months,
            start=scenario.start,
            seed=experiment.seed,
            finished=found.finished,
            replications=experiment.replications,
            begins=found.page.start,
        ),
        text("cli_facts.verdict"),
    ):
        console.print(note, style="dim")


def _cells(answer: FactAnswer, scenario: Scenario) -> tuple[str, str, str, str]:
    fact = answer.fact
    what = getattr(fact.what, language()) + (
        f" ({', '.join(fact.figures)})" if fact.figures else ""
    )
    promise = "–" if fact.promise is None else f"{fact.promise.text} {fact.promise.unit}"
    if fact.not_simulated is not None:
        why = getattr(fact.not_simulated, language())
        return what, promise, text("cli_facts.not_simulated", why=why), "–"
    where = [*answer.carried, *([getattr(fact.how, language())] if fact.how else [])]
    where = where or [text("cli_facts.an_outcome")]
    gives = [_read_text(read, scenario) for read in answer.reads] or ["–"]
    return what, promise, "\n".join(where), "\n".join(gives)


def _read_text(read: Read, scenario: Scenario) -> str:
    places = [
        scenario.base.label_text(group, label, language())
        for group, label in (
            ("territories", read.reading.territory),
            ("pathways", read.reading.pathway),
            ("roles", read.reading.role),
        )
        if label is not None
    ]
    value = _value_text(read.mean, read.unit)
    verdict = "" if read.is_kept is None else " " + text(VERDICTS[read.is_kept])
    where = ", ".join(places) or text("cli_facts.department")
    words = {"label": read.label, "where": where, "period": read.period}
    return text("cli_facts.read", value=value, verdict=verdict, **words)


def _value_text(value: float, unit: str) -> str:
    if math.isnan(value):
        return text("cli_facts.too_short")
    if unit in ("hours_per_week", "persons_per_fte"):
        return number(value, 1)
    return f"{number_text(value, unit, language())} {unit_text(unit, language())}".strip()


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
