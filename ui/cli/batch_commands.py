"""The commands about batches and their store, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.helping import SpokenCommand
from ui.cli.options import AsJson, Out, Workers
from ui.cli.renamed import FormerOut, FormerTo, renamed

StoreFolder = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option(),
]
OneTerritory = Annotated[str, typer.Option()]
ExperimentName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(),
]
Outcomes = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(),
]


def batch(
    plan: Annotated[Path, typer.Argument()],
    workers: Workers = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    open_scheduler: Annotated[
        bool,
        typer.Option(
            "--open-scheduler",
        ),
    ] = False,
    part: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--slice"),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume")] = False,
    check: Annotated[bool, typer.Option("--check")] = False,
    store: StoreFolder = None,
    out: FormerOut = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload batch`."""
    from ui.cli.batching import BatchRequest
    from ui.cli.batching import batch as run_plan_file

    with told_to_the_user(as_json), allowing_large(allow_large):
        folder = renamed(store, "--store", out, "--out")
        request = BatchRequest(
            plan, workers, scheduler, part, resume, check, folder, open_scheduler
        )
        run_plan_file(request, as_json)


def query(
    question: Annotated[str, typer.Argument()],
    store: StoreFolder = None,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload query`."""
    from ui.cli.querying import ask

    with told_to_the_user(as_json):
        ask(question, store, as_csv, as_json)


def results(
    experiment: ExperimentName = None,
    store: StoreFolder = None,
    outcome: Outcomes = None,
    territory: OneTerritory = "all",
    as_json: AsJson = False,
) -> None:
    """The options of `caseload results`."""
    from ui.cli.storing import results as show_results

    with told_to_the_user(as_json):
        show_results(experiment, store, outcome or [], territory, as_json)


def variance(
    experiment: ExperimentName = None,
    store: StoreFolder = None,
    outcome: Outcomes = None,
    territory: OneTerritory = "all",
    as_json: AsJson = False,
) -> None:
    """The options of `caseload variance`."""
    from ui.cli.splitting import split

    with told_to_the_user(as_json):
        split(experiment, store, outcome or [], territory, as_json)


def export(
    experiment: ExperimentName = None,
    store: StoreFolder = None,
    form: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--format"),
    ] = None,
    out: Out = None,
    to: FormerTo = None,
    overwrite: Annotated[bool, typer.Option("--overwrite")] = False,
    outcome: Outcomes = None,
    territory: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(),
    ] = None,
    totals: Annotated[bool, typer.Option("--totals")] = False,
    french: Annotated[bool, typer.Option("--french")] = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload export`."""
    from ui.cli.storing import write_export

    with told_to_the_user(as_json):
        write_export(
            experiment,
            store,
            form,
            renamed(out, "--out", to, "--to"),
            outcome or [],
            territory or [],
            totals,
            french,
            overwrite,
            as_json,
        )


def describe(store: StoreFolder = None, as_json: AsJson = False) -> None:
    """The options of `caseload data describe`."""
    from ui.cli.storing import describe as tell_the_codebook

    with told_to_the_user(as_json):
        tell_the_codebook(store, as_json)


def add_commands(app: typer.Typer, data: typer.Typer) -> None:
    """Give the commands to the application and to its group of data."""
    for command in (batch, query, results, variance, export):
        app.command(cls=SpokenCommand)(command)
    data.command(cls=SpokenCommand)(describe)
