"""The commands about batches and their store, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import AsJson

MOST_WORKERS = 256

Out = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option(help="Folder of the store of experiments [default: runs/experiments]."),
]
StoreFolder = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="Folder of the store of experiments [default: runs/experiments]."),
]
OneTerritory = Annotated[str, typer.Option(help="A territory, or all of them together.")]
ExperimentName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(help="Label of an experiment, or its beginning."),
]
Outcomes = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(help="Only this outcome; may be repeated."),
]


def batch(
    plan: Annotated[Path, typer.Argument(help="A plan file: scenarios, factors, draws, seeds.")],
    workers: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=MOST_WORKERS, help="Threads [default: one per processor]."),
    ] = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Address of a Dask scheduler, as tls://host:8786, instead of threads."),
    ] = None,
    open_scheduler: Annotated[
        bool,
        typer.Option(
            "--open-scheduler",
            help="Also a scheduler of another machine without TLS: who reaches it runs code here.",
        ),
    ] = False,
    part: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--slice", help="Run one part of several, as 2/4, for array jobs."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep what the store has of this plan, run the rest.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the plan, say its size and stop.")
    ] = False,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Run a plan of scenarios × factors × draws × seeds into a store of results."""
    from ui.cli.batching import BatchRequest
    from ui.cli.batching import batch as run_plan_file

    with told_to_the_user(as_json), allowing_large(allow_large):
        request = BatchRequest(plan, workers, scheduler, part, resume, check, out, open_scheduler)
        run_plan_file(request, as_json)


def query(
    question: Annotated[str, typer.Argument(help='SQL, such as "from totals limit 5".')],
    store: StoreFolder = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask a store in SQL; `caseload data describe` tells its tables and columns."""
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
    """List the experiments of a store, or show the outcomes of one."""
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
    """Split the variance of an experiment with draws: parameters, luck, and both together."""
    from ui.cli.splitting import split

    with told_to_the_user(as_json):
        split(experiment, store, outcome or [], territory, as_json)


def export(
    experiment: ExperimentName = None,
    store: StoreFolder = None,
    form: Annotated[
        str, typer.Option("--format", help="csv, xlsx (a workbook) or parquet.")
    ] = "csv",
    to: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="File to write [default: the name of the experiment, here]."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
    outcome: Outcomes = None,
    territory: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Only this territory; may be repeated [default: all of them]."),
    ] = None,
    totals: Annotated[
        bool, typer.Option("--totals", help="The whole period instead of months.")
    ] = False,
    french: Annotated[
        bool, typer.Option("--french", help="French words; semicolons and decimal commas in CSV.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Export an experiment with definitions, units, starting points, draws and seeds."""
    from ui.cli.storing import write_export

    with told_to_the_user(as_json):
        write_export(
            experiment,
            store,
            form,
            to,
            outcome or [],
            territory or [],
            totals,
            french,
            overwrite,
            as_json,
        )


def describe(store: StoreFolder = None, as_json: AsJson = False) -> None:
    """The codebook: columns of the store, definition and unit of every outcome."""
    from ui.cli.storing import describe as tell_the_codebook

    with told_to_the_user(as_json):
        tell_the_codebook(store, as_json)


def add_commands(app: typer.Typer, data: typer.Typer) -> None:
    """Give the commands to the application and to its group of data."""
    for command in (batch, query, results, variance, export):
        app.command()(command)
    data.command()(describe)
