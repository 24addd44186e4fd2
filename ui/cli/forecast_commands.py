"""The commands about levels: `backtest`, `forecast`, `data update`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.ending import told_to_the_user
from ui.cli.options import (
    Actuals,
    Appropriation,
    AppropriationYear,
    AsJson,
    DepartmentName,
    Out,
    Seed,
    Share,
    UpratingPercent,
    Workers,
)
from ui.cli.remarking import without_effect

HORIZON, LONGEST_HORIZON, LONGEST_FORECAST = 12, 24, 120
LONGEST_SPENDING_YEARS = 10
USUAL_ODDS = 0.1
OwnSeries = Annotated[
    Optional[Path],  # noqa: UP045 (typer reads the annotation)
    typer.Option(),
]


def backtest(
    series: OwnSeries = None,
    origins: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    horizon: Annotated[int, typer.Option(min=1, max=LONGEST_HORIZON)] = HORIZON,
    department: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    spending: Annotated[bool, typer.Option("--spending")] = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload backtest`."""
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
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=LONGEST_FORECAST),
    ] = None,
    scenario: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(),
    ] = None,
    level_only: Annotated[bool, typer.Option("--level-only")] = False,
    begins: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    draws: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=2, max=500),
    ] = None,
    seed: Seed = 1,
    share: Share = 1.0,
    workers: Workers = None,
    spending: Annotated[bool, typer.Option("--spending")] = False,
    years: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, max=LONGEST_SPENDING_YEARS),
    ] = None,
    until_year: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(),
    ] = None,
    actuals: Actuals = None,
    uprating: UpratingPercent = None,
    appropriation: Appropriation = None,
    appropriation_year: AppropriationYear = None,
    odds: Annotated[float, typer.Option()] = USUAL_ODDS,
    out: Out = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload forecast`."""
    from ui.cli.forecasting import ForecastRequest
    from ui.cli.forecasting import forecast as look_ahead
    from ui.cli.spending_ahead import SpendingRequest, forecast_spending

    with told_to_the_user(as_json), allowing_large(allow_large):
        if spending:
            forecast_spending(
                SpendingRequest(
                    department, series, years, until_year, actuals, uprating, appropriation,
                    appropriation_year, odds, out, date.today(),
                ),
                as_json,
            )  # fmt: skip
            return
        without_effect(
            "unused_no_spending",
            "years", "until_year", "actuals", "uprating", "appropriation", "appropriation_year",
            "odds",
        )  # fmt: skip
        look_ahead(
            ForecastRequest(
                department, series, months, tuple(scenario or ()), level_only, begins, draws, seed,
                share, workers, out, date.today(),
            ),
            as_json,
        )  # fmt: skip


def update(
    file: Annotated[Path, typer.Argument()],
    confirm: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(),
    ] = None,
    scores: Annotated[bool, typer.Option("--scores")] = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload data update`."""
    from ui.cli.updating import update as import_months

    with told_to_the_user(as_json):
        import_months(file, tuple(confirm or ()), scores, as_json)
