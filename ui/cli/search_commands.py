"""The commands that search, and their options."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.helping import SpokenCommand
from ui.cli.options import AsJson, DrawnParameters, Out, ScenarioName, Seed, Share, Workers

LEAST_LOOK, MOST_SIMULATIONS = 10, 10_000

By = Annotated[
    Optional[str],  # noqa: UP045 (typer reads the annotation)
    typer.Option(),
]


def seek(
    scenario: ScenarioName,
    lever: Annotated[
        str,
        typer.Option(),
    ],
    target: Annotated[str, typer.Option()],
    by: By = None,
    probability: Annotated[
        float,
        typer.Option(min=0.02, max=0.98),
    ] = 0.8,
    since: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option(
            formats=["%Y-%m-%d"],
        ),
    ] = None,
    between: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    within: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(min=0.0),
    ] = None,
    simulations: Annotated[
        int,
        typer.Option(min=LEAST_LOOK, max=MOST_SIMULATIONS),
    ] = 80,
    confidence: Annotated[float, typer.Option(min=0.5, max=0.999)] = 0.9,
    draws: DrawnParameters = True,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload seek`."""
    from sim.search.demand import Demand
    from ui.cli.searching import SearchFrame
    from ui.cli.seeking_target import seek_target

    with told_to_the_user(as_json), allowing_large(allow_large):
        demand = Demand(probability, confidence, simulations, within)
        day = None if since is None else since.date()
        frame = SearchFrame(draws, seed, share, workers, out)
        seek_target(scenario, lever, target, by, day, between, demand, frame, as_json)


def best(
    scenarios: Annotated[list[str], typer.Argument()],
    outcome: Annotated[str, typer.Option()],
    prefer: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    by: By = None,
    probability: Annotated[float, typer.Option(min=0.5, max=0.999)] = 0.95,
    indifference: Annotated[
        float,
        typer.Option(min=0.0),
    ] = 0.0,
    simulations: Annotated[
        int,
        typer.Option(min=LEAST_LOOK, max=MOST_SIMULATIONS),
    ] = 160,
    draws: DrawnParameters = True,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload best`."""
    from ui.cli.choosing_best import choose_best
    from ui.cli.searching import SearchFrame

    with told_to_the_user(as_json), allowing_large(allow_large):
        frame = SearchFrame(draws, seed, share, workers, out)
        choose_best(
            scenarios, outcome, prefer, by, probability, indifference, simulations, frame, as_json
        )


def sensitivity(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN.yaml | SCENARIO [SCENARIO]",
        ),
    ],
    outcome: Annotated[str, typer.Option()],
    factor: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(),
    ] = None,
    method: Annotated[str, typer.Option()] = "morris",
    size: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=2),
    ] = None,
    simulations: Annotated[int, typer.Option(min=1, max=MOST_SIMULATIONS)] = 4,
    by: By = None,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    check: Annotated[bool, typer.Option("--check")] = False,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload sensitivity`."""
    from ui.cli.searching import SearchFrame
    from ui.cli.weighing import StudyRequest, weigh

    with told_to_the_user(as_json), allowing_large(allow_large):
        frame = SearchFrame(False, seed, share, workers, out)
        chosen = tuple(factor or ())
        weigh(
            StudyRequest(
                tuple(names), outcome, chosen, method, size, simulations, by, check, frame
            ),
            as_json,
        )


def add_commands(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.command(cls=SpokenCommand)(seek)
    app.command(cls=SpokenCommand)(best)
    app.command(cls=SpokenCommand)(sensitivity)
