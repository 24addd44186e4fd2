"""The commands about batches and their store, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sim.cli.ending import told_to_the_user

MOST_WORKERS = 256

Out = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option(help="Folder of the store of experiments [default: runs/experiments]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def batch(
    plan: Annotated[Path, typer.Argument(help="A plan file: scenarios, factors, draws, seeds.")],
    workers: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=MOST_WORKERS, help="Threads [default: one per processor]."),
    ] = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Address of a Dask scheduler, as tcp://host:8786, instead of threads."),
    ] = None,
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
    as_json: AsJson = False,
) -> None:
    """Run a plan of scenarios × factors × draws × seeds into a store of results."""
    from sim.cli.batching import BatchRequest
    from sim.cli.batching import batch as run_plan_file

    with told_to_the_user(as_json):
        request = BatchRequest(plan, workers, scheduler, part, resume, check, out)
        run_plan_file(request, as_json)


def add_commands(app: typer.Typer, data: typer.Typer) -> None:
    """Give the commands to the application and to its group of data."""
    app.command()(batch)
