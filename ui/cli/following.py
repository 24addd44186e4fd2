"""`trace` and `verify`: one life in words, compiled code beside its plain text."""

from __future__ import annotations

from dataclasses import asdict

import typer

from replay.verification import Relived, relived
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.threads import in_threads
from sim.experiments.verification import Verification, default_share, verify
from sim.policy import Scenario, load_scenario, remarks
from ui.cli.before_running import check_before_running
from ui.cli.ending import ERROR
from ui.cli.remarking import remark
from ui.cli.spoken import language, number, text
from ui.cli.terminal import messages, say_json, screen
from ui.reports.story import tell


def trace_person(
    name: str, person: str | None, seed: int, months: int | None, share: float, is_json: bool
) -> None:
    """Tell the life of one simulated person."""
    scenario = _loaded(name, months).scaled(share)
    check_before_running(Experiment((scenario,), seed, 1), is_logging=True)
    with messages().status(text("progress.logging")):
        story = tell(scenario, seed, person, language())
    if is_json:
        say_json({"command": "trace", "scenario": scenario.name, **asdict(story)})
        return
    console = screen()
    known = {"person": story.person, "scenario": scenario.name, "seed": seed}
    console.print(text("cli_story.person", **known), style="bold")
    console.print(text("cli_story.nobody"), style="dim")
    console.print(story.opening)
    for line in story.lines:
        days = text("cli_story.from_to", since=line.date, until=line.until)
        when = line.date if line.until == line.date else days
        console.print(f"{when:<24}  {line.text}")
    if not story.lines:
        console.print(text("cli_story.nothing"))


def verify_text(
    name: str,
    seed: int,
    replications: int,
    months: int | None,
    workers: int | None,
    share: float | None,
    is_json: bool,
) -> None:
    """Compare compiled code with its text under one or more seeds; exit code 1 when they differ."""
    whole = _loaded(name, months)
    part = default_share(whole) if share is None else share
    scenario = whole.scaled(part)
    experiment = Experiment((scenario,), seed, replications)
    check_before_running(experiment, workers, is_logging=True)
    seeds = experiment.seeds
    by_seed: dict[int, tuple[Verification, Relived]] = {}
    plan = run_plan_of(scenario)

    def compare(one: int) -> tuple[Verification, Relived]:
        return verify(scenario, one), relived(plan, one)

    with messages().status(text("progress.both")):
        in_threads(compare, seeds, by_seed.__setitem__, workers=workers)
    found = [by_seed[one] for one in seeds]
    records = sum(result.records for result, _ in found)
    again = [one for _, one in found]
    counts = {
        name: sum(getattr(one, name) for one in again)
        for name in ("households", "events", "undecided", "days", "rows")
    }
    differences = [
        (one, difference)
        for one, (result, relived_run) in zip(seeds, found, strict=True)
        for difference in (result.difference, *relived_run.differences)
        if difference
    ]
    if is_json:
        say_json(
            {
                "command": "verify",
                "compared": "compiled code with its plain text; its log with a naive replay",
                "scenario": scenario.name,
                "identical": all(result.is_identical for result, _ in found),
                "relived": {"foretold": all(one.is_foretold for one in again), **counts},
                "records": records,
                "kinds_of_record": max(result.kinds for result, _ in found),
                "seeds": list(seeds),
                "months": scenario.months,
                "share": part,
                "first_difference": differences[0][1] if differences else None,
            }
        )
    else:
        console = screen()
        console.print(text("cli_verify.compared", records=number(records)))
        told = {name: number(count) for name, count in counts.items()}
        console.print(text("cli_verify.relived", **told))
        verdict = "cli_verify.different" if differences else "cli_verify.identical"
        console.print(text(verdict), style="bold")
        for one, difference in differences:
            console.print(text("cli_verify.seed", seed=one, difference=difference))
    if differences:
        raise typer.Exit(ERROR)


def _loaded(name: str, months: int | None) -> Scenario:
    scenario = load_scenario(name)
    scenario = scenario if months is None else scenario.with_months(months)
    remark(*remarks(scenario))
    return scenario
