"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.remarking import keep_context

LARGEST_SEED = 2**31 - 1
LONGEST_MONTHS = 240
MOST_WORKERS = 256

ScenarioName = Annotated[
    str, typer.Argument(help="Name of a shipped scenario, or path of a scenario file.")
]
Seed = Annotated[
    int, typer.Option(min=0, max=LARGEST_SEED, help="Same seed, same simulated world.")
]
Replications = Annotated[
    int, typer.Option(min=1, max=10_000, help="Runs that differ only by their seed.")
]
Repeated = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        min=1,
        max=10_000,
        help="Runs that differ only by their seed [default: 12; with --precision at most 200].",
    ),
]
WantedPrecision = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--precision",
        help="Add replications until the 90 % interval of an outcome (of its difference, when "
        "comparing) has this half-width: caseload_households=50, =0.5% or job_rate_6m=2pt.",
    ),
]
Months = Annotated[
    Optional[int],  # noqa: UP045 (typer reads the annotation)
    typer.Option(min=1, max=LONGEST_MONTHS, help="Length of the run [default: the scenario's]."),
]
CountedSince = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--since",
        help="First month that flows and cohorts of the whole period count, such as 2023-04 "
        "[default: the first in which one of these scenarios changes something].",
    ),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, max=MOST_WORKERS, help="Threads [default: one per processor]."),
]
Out = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="Folder for tables, figures and report [default: a new one in runs/]."),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", callback=keep_context, help="Print one JSON object and nothing else."),
]
Events = Annotated[bool, typer.Option("--events", help="Also write the full log of every run.")]
DrawnParameters = Annotated[
    bool,
    typer.Option(
        "--draws/--no-draws",
        help="Each replication in another draw of the parameters, from what the fit leaves open.",
    ),
]
Share = Annotated[
    float, typer.Option(min=0.0001, max=100.0, help="Part of the department that is simulated.")
]
DepartmentName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(help="A department by its name, its code or the path of its file."),
]
Facts = Annotated[
    bool, typer.Option("--facts", help="Run its scheme and show each rule of its page against it.")
]
PartShare = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        min=0.0001, max=100.0, help="Part of the department [default: about 1,500 persons]."
    ),
]
