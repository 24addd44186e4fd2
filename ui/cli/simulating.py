"""`run` and `compare`: from names to results on the screen and in a folder."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import typer

from brought.restarts import Restart
from sim.errors import Fault, InputError
from sim.experiments.comparison import compare, meaning
from sim.experiments.drawn import draws_record
from sim.experiments.event_file import EventFile
from sim.experiments.experiment import Experiment
from sim.experiments.intervals import LEVEL
from sim.experiments.kept_runs import kept_runs
from sim.experiments.run_folder import REPORT, Said, check_folder, scenarios_in, write_run_folder
from sim.experiments.runner import Results, run_experiment
from sim.experiments.tables import spread
from sim.files import plain_numbers
from sim.parameters.derivation.drawn import department_draws
from sim.policy import load_scenario, remarks
from sim.remarks import remarked
from sim.search.precision import Precision, Stop, read_precision, run_to_precision
from ui.cli.before_running import check_before_running
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.fresh_folder import fresh_folder, stems
from ui.cli.progress import showing_progress
from ui.cli.remarking import remark, without_effect
from ui.cli.repeatable import anywhere, file_anywhere
from ui.cli.spoken import language, text
from ui.cli.tables import comparison_table, notes, run_table
from ui.cli.terminal import say_json, screen
from ui.reports.figures import draw_figures
from ui.reports.remarks import remark_text
from ui.reports.search.precision_words import stop_text
from ui.reports.summary import report_html
from ui.reports.why_words import shown_reasons

RUNS = Path("runs")


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    command: str
    names: tuple[str, ...]
    seed: int
    replications: int
    months: int | None
    workers: int | None
    out: Path | None
    share: float
    keeps_events: bool
    precision: str | None = None
    has_draws: bool = False
    since: str | None = None
    restart: Restart | None = None

    def experiment(self) -> Experiment:
        """The scenarios, read and checked; raises `InputError`."""
        found = map(load_scenario, self.names)
        started = found if self.restart is None else map(self.restart.of, found)
        scenarios = tuple(scenario.scaled(self.share) for scenario in started)
        if self.months is not None:
            scenarios = tuple(scenario.with_months(self.months) for scenario in scenarios)
        draws = department_draws(scenarios[0].department) if self.has_draws else None
        return Experiment(scenarios, self.seed, self.replications, draws, self.since)

    def folder(self, is_json: bool) -> Path | None:
        """Where results go; nowhere for JSON alone."""
        if self.out is not None or is_json:
            return self.out
        return fresh_folder(RUNS, stems(self.names))

    def replay(self, experiment: Experiment, folder: Path | None) -> str:
        """The command that gives the same numbers again, from whatever folder."""
        words = ["caseload", self.command, *map(anywhere, self.names)]
        words += ["--seed", str(self.seed), "--replications", str(self.replications)]
        words += ["--months", str(experiment.reference.months)]
        if self.share != 1.0:
            words += ["--share", repr(self.share)]
        if self.restart is not None:
            words += self.restart.words
        if self.since is not None:
            words += ["--since", self.since]
        if self.has_draws:
            words.append("--draws")
        if self.keeps_events:
            words.append("--events")
        if folder is not None:
            words += ["--out", file_anywhere(folder)]
        return shlex.join(words)


def simulate(request: Request, is_json: bool) -> None:
    """Run an experiment, show it and write its folder; exit code 3 when it was cancelled."""
    experiment = request.experiment()
    check_before_running(experiment, request.workers, is_logging=request.keeps_events)
    folder = request.folder(is_json)
    if folder is not None:
        check_folder(folder)
        _remark_on_earlier(folder, experiment)
    else:
        without_effect("unused_not_written", "events")
    remark(*remarks(*experiment.scenarios))
    precision = _precision(request, experiment)
    events = None
    if request.keeps_events and folder is not None:
        events = EventFile(folder, experiment)
    stop = None
    with cancellable() as cancel:
        try:
            with showing_progress() as show:
                if precision is not None:
                    results, stop = run_to_precision(
                        experiment,
                        precision,
                        workers=request.workers,
                        on_progress=show,
                        cancel=cancel,
                    )
                    request = replace(request, replications=results.experiment.replications)
                else:
                    results = run_experiment(
                        experiment,
                        workers=request.workers,
                        is_logging=events is not None,
                        on_progress=show,
                        on_finished=events.add if events is not None else None,
                        cancel=cancel,
                        kept=kept_runs(),
                    )
        except BaseException:
            if events is not None:
                events.discard()
            raise
        if results.replications:
            _write(request, results, folder, events)
        else:
            folder = None
        _show(request, results, folder, is_json, stop)
    if results.is_cancelled:
        raise typer.Exit(CANCELLED)


def _remark_on_earlier(folder: Path, experiment: Experiment) -> None:
    """Say that a folder holds other scenarios, which go; other seeds of the same are no loss."""
    earlier = scenarios_in(folder)
    if earlier and earlier != experiment.names:
        remark(remarked("other_run_goes", folder=str(folder), names=", ".join(earlier)))


def _precision(request: Request, experiment: Experiment) -> Precision | None:
    """The precision that was asked for; raises `InputError`."""
    if request.precision is None:
        return None
    if request.keeps_events:
        found, accepted = (
            text("cli_fault.events_with_precision"),
            text("cli_fault.replications_instead"),
        )
        raise InputError([Fault(text("cli_fault.command_line"), "--events", found, accepted)])
    return read_precision(request.precision, experiment.reference.base)


def _write(
    request: Request, results: Results, folder: Path | None, events: EventFile | None
) -> None:
    if folder is None:
        return
    replay = request.replay(results.experiment, folder)
    pictures = draw_figures(results)
    log = None if events is None else events.close()
    report = report_html(results, pictures, replay)
    write_run_folder(folder, results, replay, pictures, report, log, said_of(results.experiment))


def said_of(experiment: Experiment) -> Said:
    """What the folder of a run holds in words."""
    remarked = tuple(remark_text(one, "en") for one in remarks(*experiment.scenarios))
    return Said(remarked, remark_text(meaning(experiment), "en"))


def _show(
    request: Request, results: Results, folder: Path | None, is_json: bool, stop: Stop | None
) -> None:
    if is_json:
        say_json(_record(request, results, folder, stop))
        return
    console = screen()
    if not results.replications:
        console.print(text("cli_run.nothing"))
        return
    is_comparison = len(results.experiment.scenarios) > 1
    console.print(comparison_table(results) if is_comparison else run_table(results))
    for note in [*notes(results), *([stop_text(stop, language())] if stop else [])]:
        console.print(note, style="dim")
    if folder is not None:
        console.print(text("cli_run.folder", folder=folder), soft_wrap=True)
        console.print(text("cli_run.report", file=folder / REPORT), soft_wrap=True)


def _record(request: Request, results: Results, folder: Path | None, stop: Stop | None) -> object:
    """The object of ``--json``."""
    experiment = results.experiment
    record: dict[str, object] = {
        "command": request.command,
        "scenarios": list(experiment.names),
        "seed": experiment.seed,
        "replications": experiment.replications,
        "finished": len(results.replications),
        "cancelled": results.is_cancelled,
        "months": experiment.reference.months,
        "share": request.share,
        "since": experiment.since_label,
        "folder": None if folder is None else str(folder),
        "replay": request.replay(experiment, request.out),
    }
    if stop is not None:
        record["precision"] = {
            "outcome": stop.precision.outcome.definition.name,
            "territory": stop.precision.outcome.territory,
            "half_width": stop.precision.half_width,
            "is_relative": stop.precision.is_relative,
            "enough": stop.enough,
            "half_widths": list(stop.half_widths),
            "text": stop_text(stop),
        }
    record["why"] = [one.record() for one in shown_reasons(results)]
    if request.command == "compare":
        record["reference"] = experiment.names[0]
        record["draws"] = draws_record(experiment)
        record["interval"] = {"level": LEVEL, "meaning": remark_text(meaning(experiment), "en")}
        record["rows"] = [asdict(row) for row in compare(results)]
    else:
        record["interval"] = {"meaning": "5 % and 95 % quantile over replications"}
        record["rows"] = spread(results)
    return plain_numbers(record)
