"""The options of `caseload budget`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import (
    LARGEST_SEED,
    Actuals,
    Appropriation,
    AppropriationYear,
    AsJson,
    DrawnParameters,
    Out,
    OwnSeries,
    OwnStock,
    Share,
    UpratingPercent,
    Workers,
)


class Payer(StrEnum):
    """Who pays the allowance after a trial."""

    STATE = "state"
    DEPARTMENT = "department"


def budget(
    names: Annotated[
        list[str],
        typer.Argument(),
    ],
    years: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=10),
    ] = None,
    first_year: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(),
    ] = None,
    actuals: Actuals = None,
    compensation: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(),
    ] = None,
    insertion: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(),
    ] = None,
    uprating: UpratingPercent = None,
    appropriation: Appropriation = None,
    appropriation_year: AppropriationYear = None,
    after_trial: Annotated[
        Optional[Payer],  # noqa: UP045
        typer.Option(),
    ] = None,
    seed: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=0, max=LARGEST_SEED),
    ] = None,
    replications: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=10_000),
    ] = None,
    share: Share = 1.0,
    stock: OwnStock = None,
    series: OwnSeries = None,
    workers: Workers = None,
    draws: DrawnParameters = True,
    out: Out = None,
    note: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(),
    ] = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload budget`."""
    from ui.cli.budgeting import Request
    from ui.cli.budgeting import budget as show_budget
    from ui.cli.restarting import restart_asked

    with told_to_the_user(as_json), allowing_large(allow_large):
        show_budget(
            Request(
                tuple(names), years, first_year, actuals, compensation, uprating, appropriation,
                appropriation_year, seed, replications, share, workers, draws, out,
                note, restart_asked(stock, series), date.today(),
                None if after_trial is None else after_trial.value, insertion,
            ),
            as_json,
        )  # fmt: skip
