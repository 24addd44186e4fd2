"""The commands about what parameters are known: `calibrate`, `card` and `break-even`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import AsJson, Months, ScenarioName, Seed, Share, Workers

MEMBERS, PASSES = 500, 4
LEAST_MEMBERS, MOST_RUNS, MOST_PASSES = 20, 100_000, 20


def calibrate(
    department: Annotated[str, typer.Argument(help="A department with published figures.")],
    members: Annotated[
        int,
        typer.Option(
            min=LEAST_MEMBERS, max=MOST_RUNS, help="Runs of each pass, and draws at the end."
        ),
    ] = MEMBERS,
    passes: Annotated[
        int, typer.Option(min=1, max=MOST_PASSES, help="Passes of the smoother.")
    ] = PASSES,
    bank: Annotated[
        int,
        typer.Option(min=0, max=MOST_RUNS, help="Prior runs to check coverage and sensitivity on."),
    ] = 0,
    seed: Seed = 1,
    workers: Workers = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045 (typer reads the annotation)
        typer.Option(help="Folder of the fit [default: one in runs/calibration/]."),
    ] = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Fit a department's parameters to published figures; goes on where it was stopped."""
    from ui.cli.calibrating import Request
    from ui.cli.calibrating import calibrate as fit_department

    with told_to_the_user(as_json), allowing_large(allow_large):
        fit_department(Request(department, members, passes, bank, seed, workers, out), as_json)


def card(
    department: Annotated[
        str, typer.Argument(help="A department, or the folder of a fit of your own.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show what was fitted, how well, and where each parameter's value comes from."""
    from ui.cli.calibrating import card as show_card

    with told_to_the_user(as_json):
        show_card(department, as_json)


def break_even(
    scenario: ScenarioName,
    draws: Annotated[
        int, typer.Option(min=2, max=1000, help="Parameter sets; both scenarios run in each.")
    ] = 20,
    seed: Seed = 1,
    months: Months = None,
    share: Share = 1.0,
    workers: Workers = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Find the effect of contacts from which a scenario pays, by what is known of all else."""
    from ui.cli.breaking_even import BreakEvenRequest, show_break_even

    with told_to_the_user(as_json), allowing_large(allow_large):
        request = BreakEvenRequest(scenario, draws, seed, months, share, workers)
        show_break_even(request, as_json)
