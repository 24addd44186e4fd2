"""The commands of `caseload` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sim.version import package_version
from ui.cli.allowing import AllowLarge, allowing_large
from ui.cli.batch_commands import add_commands
from ui.cli.budget_command import budget
from ui.cli.calibration_commands import break_even, calibrate, card
from ui.cli.ending import told_to_the_user
from ui.cli.forecast_commands import backtest, forecast, update
from ui.cli.helping import SpokenCommand, SpokenGroup
from ui.cli.options import (
    AsJson,
    CountedSince,
    DepartmentName,
    DrawnParameters,
    Events,
    Facts,
    Months,
    Out,
    OwnSeries,
    OwnStock,
    PartShare,
    Repeated,
    Replications,
    ScenarioName,
    Seed,
    Share,
    Spoken,
    WantedPrecision,
    Workers,
)
from ui.cli.remarking import without_effect
from ui.cli.search_commands import add_commands as add_search_commands

REPLICATIONS, MOST_WITH_PRECISION = 12, 200
PAGE_REPLICATIONS = 3

app = typer.Typer(
    name="caseload",
    cls=SpokenGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

data = typer.Typer(cls=SpokenGroup, no_args_is_help=True)
app.add_typer(data, name="data")


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(package_version())
        raise typer.Exit


@app.callback()
def caseload(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
    lang: Spoken = None,
) -> None:
    """The options before the command."""


@app.command(cls=SpokenCommand)
def run(
    scenario: ScenarioName,
    seed: Seed = 1,
    replications: Repeated = None,
    precision: WantedPrecision = None,
    months: Months = None,
    since: CountedSince = None,
    workers: Workers = None,
    out: Out = None,
    share: Share = 1.0,
    stock: OwnStock = None,
    series: OwnSeries = None,
    events: Events = False,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload run`."""
    from ui.cli.restarting import restart_asked
    from ui.cli.simulating import Request, simulate

    with told_to_the_user(as_json), allowing_large(allow_large):
        most = replications or (REPLICATIONS if precision is None else MOST_WITH_PRECISION)
        request = Request(
            "run", (scenario,), seed, most, months, workers, out, share, events, precision,
            since=since, restart=restart_asked(stock, series),
        )  # fmt: skip
        simulate(request, as_json)


@app.command(cls=SpokenCommand)
def compare(
    reference: ScenarioName,
    scenarios: Annotated[list[str], typer.Argument()],
    seed: Seed = 1,
    replications: Repeated = None,
    precision: WantedPrecision = None,
    months: Months = None,
    since: CountedSince = None,
    workers: Workers = None,
    out: Out = None,
    share: Share = 1.0,
    stock: OwnStock = None,
    series: OwnSeries = None,
    events: Events = False,
    draws: DrawnParameters = False,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload compare`."""
    from ui.cli.restarting import restart_asked
    from ui.cli.simulating import Request, simulate

    names = (reference, *scenarios)
    with told_to_the_user(as_json), allowing_large(allow_large):
        most = replications or (REPLICATIONS if precision is None else MOST_WITH_PRECISION)
        request = Request(
            "compare", names, seed, most, months, workers, out, share, events, precision, draws,
            since, restart_asked(stock, series),
        )  # fmt: skip
        simulate(request, as_json)


@app.command(cls=SpokenCommand)
def check(
    file: Annotated[str, typer.Argument()],
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload check`."""
    from ui.cli.checking import check_scenario

    with told_to_the_user(as_json), allowing_large(allow_large):
        check_scenario(file, as_json)


@app.command(cls=SpokenCommand)
def levers(
    scenario: ScenarioName,
    word: Annotated[
        Optional[str],  # noqa: UP045 (typer reads the annotation)
        typer.Argument(),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload levers`."""
    from ui.cli.checking import list_levers

    with told_to_the_user(as_json):
        list_levers(scenario, word, as_json)


@app.command(cls=SpokenCommand)
def scenarios(as_json: AsJson = False) -> None:
    """The options of `caseload scenarios`."""
    from ui.cli.checking import list_scenarios

    with told_to_the_user(as_json):
        list_scenarios(as_json)


@app.command(cls=SpokenCommand)
def departments(
    name: DepartmentName = None,
    facts: Facts = False,
    seed: Seed = 1,
    replications: Replications = PAGE_REPLICATIONS,
    months: Months = None,
    workers: Workers = None,
    share: Share = 1.0,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload departments`."""
    from ui.cli.departments import list_departments, show_department

    with told_to_the_user(as_json), allowing_large(allow_large):
        if facts:
            from ui.cli.pages import answer_department

            answer_department(name, seed, replications, months, workers, share, as_json)
            return
        without_effect("unused_not_run", "seed", "replications", "months", "workers", "share")
        if name is None:
            list_departments(as_json)
        else:
            show_department(name, as_json)


@app.command(cls=SpokenCommand)
def trace(
    scenario: ScenarioName,
    person: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(),
    ] = None,
    seed: Seed = 1,
    months: Months = None,
    share: Share = 1.0,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload trace`."""
    from ui.cli.following import trace_person

    with told_to_the_user(as_json), allowing_large(allow_large):
        trace_person(scenario, person, seed, months, share, as_json)


@app.command(cls=SpokenCommand)
def verify(
    scenario: ScenarioName,
    seed: Seed = 1,
    replications: Replications = 1,
    months: Months = None,
    workers: Workers = None,
    share: PartShare = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload verify`."""
    from ui.cli.following import verify_text

    with told_to_the_user(as_json), allowing_large(allow_large):
        verify_text(scenario, seed, replications, months, workers, share, as_json)


@app.command(cls=SpokenCommand)
def replay(
    manifest: Annotated[Path, typer.Argument()],
    workers: Workers = None,
    allow_large: AllowLarge = False,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload replay`."""
    from ui.cli.replaying import replay as run_again

    with told_to_the_user(as_json), allowing_large(allow_large):
        run_again(manifest, workers, as_json, app)


@app.command(cls=SpokenCommand)
def archive(
    manifest: Annotated[Path, typer.Argument()],
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """The options of `caseload archive`."""
    from ui.cli.replaying import archive as pack

    with told_to_the_user(as_json):
        pack(manifest, out, as_json, app)


@app.command("app", cls=SpokenCommand)
def open_pages(
    port: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1024, max=65535),
    ] = None,
) -> None:
    """The options of `caseload app`."""
    from ui.cli.opening_app import open_app

    with told_to_the_user(False):
        open_app(port)


app.command(cls=SpokenCommand)(budget)
app.command(cls=SpokenCommand)(backtest)
app.command(cls=SpokenCommand)(forecast)
data.command(cls=SpokenCommand)(update)
app.command(cls=SpokenCommand)(calibrate)
app.command(cls=SpokenCommand)(card)
app.command("break-even", cls=SpokenCommand)(break_even)
add_commands(app, data)
add_search_commands(app)
