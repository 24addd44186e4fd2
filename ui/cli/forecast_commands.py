"""The commands about levels: `backtest`, `forecast`, `data update`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import (
    AsJson,
    DepartmentName,
    Out,
    Seed,
    Share,
    Workers,
)
from ui.cli.remarking import without_effect

HORIZON, LONGEST_HORIZON, LONGEST_FORECAST = 12, 24, 60
OwnSeries = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option(help="A department's own series: department,month,households."),
]


def backtest(
    series: OwnSeries = None,
    origins: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Last known months, as 2018-06,2018-12 [default: three, or fitting]."),
    ] = None,
    horizon: Annotated[
        int, typer.Option(min=1, max=LONGEST_HORIZON, help="Months ahead.")
    ] = HORIZON,
    department: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Code of one department of the panel [default: all]."),
    ] = None,
    spending: Annotated[
        bool, typer.Option("--spending", help="Yearly spending of 2018 and 2019 instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score forecasts of the caseload on the past, against simple benchmarks."""
    from ui.cli.backtesting import backtest as score_the_past
    from ui.cli.spending_scores import backtest_spending

    with told_to_the_user(as_json):
        if spending:
            without_effect("unused_own_years", "horizon")
            backtest_spending(department, series is not None or origins is not None, as_json)
            return
        if series is not None:
            without_effect("unused_of_the_series", "department")
        score_the_past(series, origins, horizon, department, as_json)


def forecast(
    department: DepartmentName = None,
    series: OwnSeries = None,
    months: Annotated[
        int, typer.Option(min=1, max=LONGEST_FORECAST, help="Months ahead.")
    ] = LONGEST_HORIZON,
    scenario: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Compared with its reference; repeatable [default: its published one]."),
    ] = None,
    level_only: Annotated[
        bool, typer.Option("--level-only", help="No simulation: the level without change.")
    ] = False,
    begins: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Month of the first change [default: its own, or the first month]."),
    ] = None,
    draws: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=2, max=500, help="Parameter sets, three runs each [default: 12 or less]."),
    ] = None,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """Forecast a caseload with its uncertainty, and what scenarios would change in it."""
    from ui.cli.forecasting import ForecastRequest
    from ui.cli.forecasting import forecast as look_ahead

    with told_to_the_user(as_json), allowing_large(allow_large):
        look_ahead(
            ForecastRequest(
                department, series, months, tuple(scenario or ()), level_only, begins, draws, seed,
                share, workers, out,
            ),
            as_json,
        )  # fmt: skip


def update(
    file: Annotated[Path, typer.Argument(help="A newer monthly file of many departments.")],
    confirm: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            help="Take a month that is far from every change seen before, as 80:2020-11 or 2020-11 "
            "for all departments; repeatable."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import newer published months into your data folder; forecasts then learn from them."""
    from ui.cli.backtesting import update as import_months

    with told_to_the_user(as_json):
        import_months(file, tuple(confirm or ()), as_json)
