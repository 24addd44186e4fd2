"""The commands about what parameters are known: `calibrate`, `card` and `break-even`."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import AsJson, Months, Out, ScenarioName, Seed, Share, Workers

MEMBERS, PASSES = 500, 4
LEAST_MEMBERS, MOST_RUNS, MOST_PASSES = 20, 100_000, 20


def calibrate(
    department: Annotated[str, typer.Argument()],
    members: Annotated[
        int,
        typer.Option(min=LEAST_MEMBERS, max=MOST_RUNS),
    ] = MEMBERS,
    passes: Annotated[int, typer.Option(min=1, max=MOST_PASSES)] = PASSES,
    bank: Annotated[
        int,
        typer.Option(min=0, max=MOST_RUNS),
    ] = 0,
    seed: Seed = 1,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload calibrate`."""
    from ui.cli.calibrating import Request
    from ui.cli.calibrating import calibrate as fit_department

    with told_to_the_user(as_json), allowing_large(allow_large):
        fit_department(Request(department, members, passes, bank, seed, workers, out), as_json)


def card(
    department: Annotated[str, typer.Argument()],
    as_json: AsJson = False,
) -> None:
    """The options of `caseload card`."""
    from ui.cli.calibrating import card as show_card

    with told_to_the_user(as_json):
        show_card(department, as_json)


def break_even(
    scenario: ScenarioName,
    draws: Annotated[int, typer.Option(min=2, max=1000)] = 12,
    seed: Seed = 1,
    months: Months = None,
    share: Share = 1.0,
    workers: Workers = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload break-even`."""
    from ui.cli.breaking_even import BreakEvenRequest, show_break_even

    with told_to_the_user(as_json), allowing_large(allow_large):
        request = BreakEvenRequest(scenario, draws, seed, months, share, workers)
        show_break_even(request, as_json)
