"""The options of `caseload budget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import LARGEST_SEED, AsJson, Workers


def budget(
    names: Annotated[
        list[str],
        typer.Argument(help="Folder of a run, a department, or scenarios (the reference first)."),
    ],
    years: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=10, help="Budget years [default: 3; all whole ones of a run]."),
    ] = None,
    first_year: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="First budget year [default: the first whole one, or that in course]."),
    ] = None,
    actuals: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Months already paid: month,households,allowance_eur."),
    ] = None,
    compensation: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Compensation received: date,label,amount,unit."),
    ] = None,
    uprating: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Uprating assumed after the last published amount, per cent a year."),
    ] = None,
    appropriation: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Appropriation for the allowance, euro: its probability of overrun."),
    ] = None,
    appropriation_year: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Its year [default: the year in course, or the first one]."),
    ] = None,
    seed: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=0, max=LARGEST_SEED, help="Same seed, same world [default: 1]."),
    ] = None,
    replications: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=10_000, help="Runs that differ by luck and effects [default: 12]."),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.0001, max=100.0, help="Part that is run; euro are of the whole.")
    ] = 1.0,
    workers: Workers = None,
    draws: Annotated[
        bool, typer.Option("--draws/--no-draws", help="Draw the sizes of effects in their ranges.")
    ] = True,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Folder for workbook, CSV and figure [default: a new one in budgets/]."),
    ] = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Spending by budget year, who pays, the landing of the year and the price of results."""
    from ui.cli.budgeting import Request
    from ui.cli.budgeting import budget as show_budget

    with told_to_the_user(as_json), allowing_large(allow_large):
        show_budget(
            Request(
                tuple(names), years, first_year, actuals, compensation, uprating, appropriation,
                appropriation_year, seed, replications, share, workers, draws, out,
            ),
            as_json,
        )  # fmt: skip
