"""The commands of `caseload` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sim.cli.budget_command import budget
from sim.cli.ending import told_to_the_user
from sim.version import package_version

HORIZON, LONGEST_HORIZON = 12, 24
LARGEST_SEED = 2**31 - 1
LONGEST_MONTHS = 240
MOST_WORKERS = 256
REPLICATIONS = 12
PAGE_REPLICATIONS = 3

app = typer.Typer(
    name="caseload",
    help="Caseload dynamics of RSA beneficiaries: what changed support does, month by month.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(budget)
data = typer.Typer(help="Published data that the program uses.", no_args_is_help=True)
app.add_typer(data, name="data")

ScenarioName = Annotated[
    str, typer.Argument(help="Name of a shipped scenario, or path of a scenario file.")
]
Seed = Annotated[
    int, typer.Option(min=0, max=LARGEST_SEED, help="Same seed, same simulated world.")
]
Replications = Annotated[
    int, typer.Option(min=1, max=10_000, help="Runs that differ only by their seed.")
]
Months = Annotated[
    Optional[int],  # noqa: UP045 (typer reads the annotation)
    typer.Option(min=1, max=LONGEST_MONTHS, help="Length of the run [default: the scenario's]."),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, max=MOST_WORKERS, help="Threads [default: one per processor]."),
]
Out = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="Folder for tables, figures and report [default: a new one in runs/]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Events = Annotated[bool, typer.Option("--events", help="Also write the full log of every run.")]
Share = Annotated[
    float, typer.Option(min=0.0001, max=100.0, help="Part of the department that is simulated.")
]
DepartmentName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(help="A department by its name, its code or the path of its file."),
]
Facts = Annotated[
    bool, typer.Option("--facts", help="Run its scheme and show each rule of its page against it.")
]
PartShare = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        min=0.0001, max=100.0, help="Part of the department [default: about 1,500 persons]."
    ),
]


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(package_version())
        raise typer.Exit


@app.callback()
def caseload(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Caseload dynamics of RSA beneficiaries: what changed support does, month by month."""


@app.command()
def run(
    scenario: ScenarioName,
    seed: Seed = 1,
    replications: Replications = REPLICATIONS,
    months: Months = None,
    workers: Workers = None,
    out: Out = None,
    share: Share = 1.0,
    events: Events = False,
    as_json: AsJson = False,
) -> None:
    """Simulate one scenario."""
    from sim.cli.simulating import Request, simulate

    with told_to_the_user(as_json):
        simulate(
            Request("run", (scenario,), seed, replications, months, workers, out, share, events),
            as_json,
        )


@app.command()
def compare(
    reference: ScenarioName,
    scenarios: Annotated[list[str], typer.Argument(help="Scenarios to compare with it.")],
    seed: Seed = 1,
    replications: Replications = REPLICATIONS,
    months: Months = None,
    workers: Workers = None,
    out: Out = None,
    share: Share = 1.0,
    events: Events = False,
    as_json: AsJson = False,
) -> None:
    """Simulate scenarios under the same luck and show their differences to the reference."""
    from sim.cli.simulating import Request, simulate

    names = (reference, *scenarios)
    with told_to_the_user(as_json):
        simulate(
            Request("compare", names, seed, replications, months, workers, out, share, events),
            as_json,
        )


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A scenario file, or the name of a shipped one.")],
    as_json: AsJson = False,
) -> None:
    """Check a scenario file: everything that is wrong with it, or what it says."""
    from sim.cli.checking import check_scenario

    with told_to_the_user(as_json):
        check_scenario(file, as_json)


@app.command()
def levers(scenario: ScenarioName, as_json: AsJson = False) -> None:
    """List what can be changed in a scenario, with its usual range."""
    from sim.cli.checking import list_levers

    with told_to_the_user(as_json):
        list_levers(scenario, as_json)


@app.command()
def scenarios(as_json: AsJson = False) -> None:
    """List the shipped scenarios."""
    from sim.cli.checking import list_scenarios

    with told_to_the_user(as_json):
        list_scenarios(as_json)


@app.command()
def departments(
    name: DepartmentName = None,
    facts: Facts = False,
    seed: Seed = 1,
    replications: Replications = PAGE_REPLICATIONS,
    months: Months = None,
    workers: Workers = None,
    share: Share = 1.0,
    as_json: AsJson = False,
) -> None:
    """List the departments, describe one, or run its scheme against its own page (--facts)."""
    from sim.cli.departments import list_departments, show_department
    from sim.cli.pages import answer_department

    with told_to_the_user(as_json):
        if facts:
            answer_department(name, seed, replications, months, workers, share, as_json)
        elif name is None:
            list_departments(as_json)
        else:
            show_department(name, as_json)


@app.command()
def trace(
    scenario: ScenarioName,
    person: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Name as printed by trace [default: one to whom much happens]."),
    ] = None,
    seed: Seed = 1,
    months: Months = None,
    share: Share = 1.0,
    as_json: AsJson = False,
) -> None:
    """Tell one simulated life as a story."""
    from sim.cli.following import trace_person

    with told_to_the_user(as_json):
        trace_person(scenario, person, seed, months, share, as_json)


@app.command()
def verify(
    scenario: ScenarioName,
    seed: Seed = 1,
    replications: Replications = 1,
    months: Months = None,
    workers: Workers = None,
    share: PartShare = None,
    as_json: AsJson = False,
) -> None:
    """Run both walkers on the same people and compare every record."""
    from sim.cli.following import verify_walkers

    with told_to_the_user(as_json):
        verify_walkers(scenario, seed, replications, months, workers, share, as_json)


@app.command()
def backtest(
    series: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="A department's own series: department,month,households."),
    ] = None,
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
    as_json: AsJson = False,
) -> None:
    """Score forecasts of the caseload on the past, against simple benchmarks."""
    from sim.cli.backtesting import backtest as score_the_past

    with told_to_the_user(as_json):
        score_the_past(series, origins, horizon, department, as_json)


@data.command()
def update(
    file: Annotated[Path, typer.Argument(help="A newer monthly file of many departments.")],
    as_json: AsJson = False,
) -> None:
    """Import newer published months into your data folder; forecasts then learn from them."""
    from sim.cli.backtesting import update as import_months

    with told_to_the_user(as_json):
        import_months(file, as_json)
