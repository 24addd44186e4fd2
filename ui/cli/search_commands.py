"""The commands that search, and their options."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import AsJson

LARGEST_SEED = 2**31 - 1
LEAST_LOOK, MOST_SIMULATIONS, MOST_WORKERS = 10, 10_000, 256

ScenarioName = Annotated[
    str, typer.Argument(help="Name of a shipped scenario, or path of a scenario file.")
]
By = Annotated[
    Optional[str],  # noqa: UP045 (typer reads the annotation)
    typer.Option(help="Month that is judged, as 2025-06 [default: the whole period]."),
]
Seed = Annotated[
    int, typer.Option(min=0, max=LARGEST_SEED, help="Same seed, same simulated world.")
]
Share = Annotated[
    float, typer.Option(min=0.0001, max=100.0, help="Part of the department that is simulated.")
]
WithDraws = Annotated[
    bool,
    typer.Option(
        "--draws/--no-draws",
        help="Draw the parameters too, from what the fit leaves open [default: where shipped].",
    ),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, max=MOST_WORKERS, help="Threads [default: one per processor]."),
]
Out = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="Folder for page, figure and tables [default: a new one in runs/]."),
]


def seek(
    scenario: ScenarioName,
    lever: Annotated[
        str,
        typer.Option(
            help="What is moved: staff.fte[coquelicot], portfolio_cap[coquelicot, social_worker] "
            "or a parameter path (`caseload levers` lists them)."
        ),
    ],
    target: Annotated[
        str, typer.Option(help='What is wanted: "wait_for_orientation_days_mean <= 15".')
    ],
    by: By = None,
    probability: Annotated[
        float,
        typer.Option(
            min=0.02, max=0.98, help="Share of the simulations in which the target is reached."
        ),
    ] = 0.8,
    since: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Day from which the lever is moved [default: the scenario's first change].",
        ),
    ] = None,
    between: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Values that are searched, as 0:40 [default: the lever's usual range]."),
    ] = None,
    within: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(min=0.0, help="Width at which the search ends, in the lever's unit."),
    ] = None,
    simulations: Annotated[
        int,
        typer.Option(
            min=LEAST_LOOK, max=MOST_SIMULATIONS, help="At most so many for one value of the lever."
        ),
    ] = 80,
    confidence: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="Confidence of the range of the threshold.")
    ] = 0.9,
    draws: WithDraws = True,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Find from which value of a lever on a target is reached, with its range and cost."""
    from sim.search.demand import Demand
    from ui.cli.searching import SearchFrame
    from ui.cli.seeking_target import seek_target

    with told_to_the_user(as_json), allowing_large(allow_large):
        demand = Demand(probability, confidence, simulations, within)
        day = None if since is None else since.date()
        frame = SearchFrame(draws, seed, share, workers, out)
        seek_target(scenario, lever, target, by, day, between, demand, frame, as_json)


def best(
    scenarios: Annotated[list[str], typer.Argument(help="Scenarios, by name or path.")],
    outcome: Annotated[str, typer.Option(help="Outcome by which they are compared.")],
    prefer: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="lower or higher [default: what the outcome's definition says]."),
    ] = None,
    by: By = None,
    probability: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="Probability of choosing right.")
    ] = 0.95,
    indifference: Annotated[
        float,
        typer.Option(min=0.0, help="Smallest difference that matters [default: 0, all of them]."),
    ] = 0.0,
    simulations: Annotated[
        int,
        typer.Option(min=LEAST_LOOK, max=MOST_SIMULATIONS, help="At most so many per scenario."),
    ] = 160,
    draws: WithDraws = True,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Choose the best of several scenarios with a stated probability of choosing right."""
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
            help="A plan whose factors have ranges; or a scenario; or two, for their difference.",
        ),
    ],
    outcome: Annotated[str, typer.Option(help="The outcome that is explained.")],
    factor: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            help="A lever (staff_fte[coquelicot], its usual range), or a parameter path (* for any "
            "name, its stated uncertainty); =low:high gives another range. Repeat it."
        ),
    ] = None,
    method: Annotated[str, typer.Option(help="morris (screening) or sobol (variance).")] = "morris",
    size: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=2, help="Trajectories [default: 10], or base points of sobol [64]."),
    ] = None,
    simulations: Annotated[
        int, typer.Option(min=1, max=MOST_SIMULATIONS, help="Simulations of each point.")
    ] = 4,
    by: By = None,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    check: Annotated[bool, typer.Option("--check", help="Say the size and stop.")] = False,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Weigh levers and uncertainties: what an outcome depends on most."""
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
    app.command()(seek)
    app.command()(best)
    app.command()(sensitivity)
