"""`break-even`: the effect of contacts that one has to believe in for a scenario to pay."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.experiments.drawn import drawn
from sim.experiments.experiment import Experiment
from sim.experiments.kept_runs import kept_runs
from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE
from sim.parameters import Parameters
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.entry import Entry
from sim.policy import load_scenario, remarks
from ui.cli.backtesting import check_installed
from ui.cli.before_running import check_before_running, refuse_large
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.progress import showing_progress
from ui.cli.remarking import remark
from ui.cli.repeatable import anywhere
from ui.cli.spoken import in_language, language, text
from ui.cli.terminal import messages, say_json, screen
from ui.reports.remarks import remark_text
from ui.texts import said_each
from ui.texts.figures import bracketed

if TYPE_CHECKING:
    from calibration.break_even import BreakEven

MILLION = 1.0e6
INTERVAL_PERCENT = f"{100.0 * (HIGH_QUANTILE - LOW_QUANTILE):.0f}"


@dataclass(frozen=True)
class BreakEvenRequest:
    """What the user asked for."""

    scenario: str
    draws: int
    seed: int
    months: int | None
    share: float
    workers: int | None

    def replay(self) -> str:
        """The command that gives the same numbers again."""
        words = ["caseload", "break-even", anywhere(self.scenario), "--draws", str(self.draws)]
        words += ["--seed", str(self.seed)]
        words += [] if self.months is None else ["--months", str(self.months)]
        words += [] if self.share == 1.0 else ["--share", repr(self.share)]
        return shlex.join(words)

    def experiment(self) -> Experiment:
        """The scenario beside its reference, each replication in another draw.

        Raises `InputError` for a scenario without a reference or a department without draws.
        """
        scenario = load_scenario(self.scenario)
        if scenario.reference is None or not scenario.days_of_change:
            where, accepted = text("cli_fault.command_line"), text("cli_fault.reference_and_change")
            raise InputError([Fault(where, "scenario", self.scenario, accepted)])
        draws = department_draws(scenario.base.department)
        if draws is None:
            found, accepted = text("cli_fault.no_draws"), text("cli_fault.draws_needed")
            raise InputError([Fault("posterior", scenario.base.department, found, accepted)])
        both = [load_scenario(scenario.reference), scenario]
        if self.months is not None:
            both = [one.with_months(self.months) for one in both]
        if self.share != 1.0:
            both = [one.scaled(self.share) for one in both]
        return Experiment(tuple(both), self.seed, self.draws, draws)


def show_break_even(request: BreakEvenRequest, is_json: bool) -> None:
    """Run, show; raises `InputError`; exit code 3 when cancelled."""
    check_installed()
    from calibration.break_even import effects_to_try, measured_break_even

    experiment = request.experiment()
    remark(*remarks(*experiment.scenarios))
    parameters = experiment.reference.base
    effects = effects_to_try(parameters)
    each = check_before_running(experiment, request.workers)
    refuse_large(replace(each, settings=len(effects), seconds=each.seconds * len(effects)))
    with cancellable() as cancel, showing_progress() as show:
        found = measured_break_even(
            experiment, effects,
            workers=request.workers, on_progress=show, cancel=cancel,
            kept=kept_runs(has_pasts=False),
        )  # fmt: skip
    if found is None:
        messages().print(text("cli_break_even.cancelled"))
        raise typer.Exit(CANCELLED)
    whole = found.of_whole(request.share)
    if is_json:
        value, entry = _of_tables(parameters)
        tables = {
            "value": value,
            "low": entry.uncertainty.low,
            "high": entry.uncertainty.high,
            "kind": entry.kind,
            "sources": list(entry.source),
        }
        known = {"scenario": request.scenario, "tables": tables}
        say_json({"command": "break-even", "replay": request.replay(), **known, **whole.record()})
        return
    _show(request, experiment, whole)


def _of_tables(parameters: Parameters) -> tuple[float, Entry]:
    """What the tables say of the effect: its value, and its entry with range, kind and sources."""
    from calibration.break_even import EFFECT

    return parameters.number(EFFECT), parameters.entry(EFFECT)


def _show(request: BreakEvenRequest, experiment: Experiment, found: BreakEven) -> None:
    console = screen()
    reference, scenario = experiment.names
    named = {"reference": reference, "scenario": scenario}
    title = text("cli_break_even.title", months=experiment.reference.months, **named)
    console.print(title, style="bold")
    heads = said_each("cli_break_even.heads", language(), percent=INTERVAL_PERCENT)
    table = Table(*heads, box=SIMPLE_HEAD)
    for effect, gains in zip(found.effects, found.gains / MILLION, strict=True):
        low, high = np.quantile(gains, [LOW_QUANTILE, HIGH_QUANTILE])
        ends = bracketed((in_language(f"{end:+.2f}") for end in (low, high)), language())
        mean = in_language(f"{gains.mean():+.2f}")
        table.add_row(f"+{100.0 * effect:.0f} %", f"{mean} M€", f"{ends} M€")
    console.print(table)
    console.print(_sentence(found))
    value, entry = _of_tables(experiment.reference.base)
    low, high = (_percent(end) for end in (entry.uncertainty.low, entry.uncertainty.high))
    known = {"value": _percent(value), "low": low, "high": high, "kind": entry.kind}
    console.print(text("cli_break_even.tables", **known))
    replay = text("cli_break_even.again", replay=request.replay())
    drawing = remark_text(drawn(experiment), language())
    for sentence in (drawing, text("cli_break_even.limits"), replay):
        console.print(sentence, style="dim")


def _sentence(found: BreakEven) -> str:
    low, middle, high = map(_percent, found.needed)
    has_most = math.isfinite(found.needed[1])
    ends = {"percent": INTERVAL_PERCENT, "low": low, "high": high}
    pays = text("cli_break_even.pays", middle=middle, **ends)
    shares = {
        "without": f"{100.0 * found.share_without_need:.0f}",
        "never": f"{100.0 * found.share_never_enough:.0f}",
    }
    first = pays if has_most else text("cli_break_even.never")
    return f"{first} {text('cli_break_even.shares', **shares)}"


def _percent(effect: float | None) -> str:
    if effect is None:
        return "–"
    is_known = math.isfinite(effect)
    return f"{100.0 * effect:+.0f} %" if is_known else text("cli_break_even.more_than_tried")
