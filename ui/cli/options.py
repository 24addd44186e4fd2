"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sim.language import Language
from ui.cli.remarking import keep_context
from ui.cli.spoken import LANGUAGE_OPTION

LARGEST_SEED = 2**31 - 1
LONGEST_MONTHS = 240
MOST_WORKERS = 256

Spoken = Annotated[
    Optional[Language],  # noqa: UP045 (typer reads the annotation)
    typer.Option(LANGUAGE_OPTION, expose_value=False),
]
"""Declared once, beside the name of the program; every command takes it from there (`helping`)."""
ScenarioName = Annotated[str, typer.Argument()]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED)]
Replications = Annotated[int, typer.Option(min=1, max=10_000)]
Repeated = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        min=1,
        max=10_000,
    ),
]
WantedPrecision = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--precision",
    ),
]
Months = Annotated[
    Optional[int],  # noqa: UP045 (typer reads the annotation)
    typer.Option(min=1, max=LONGEST_MONTHS),
]
CountedSince = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--since",
    ),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, max=MOST_WORKERS),
]
Out = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", callback=keep_context),
]
Events = Annotated[bool, typer.Option("--events")]
DrawnParameters = Annotated[
    bool,
    typer.Option(
        "--draws/--no-draws",
    ),
]
Share = Annotated[float, typer.Option(min=0.0001, max=100.0)]
OwnStock = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--stock"),
]
OwnSeries = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--series"),
]
Actuals = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(),
]
UpratingPercent = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(),
]
Appropriation = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(),
]
AppropriationYear = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(),
]
DepartmentName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(),
]
Facts = Annotated[bool, typer.Option("--facts")]
PartShare = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(min=0.0001, max=100.0),
]
