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
from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE
from sim.parameters import Parameters
from sim.parameters.draws import shipped_draws
from sim.parameters.entry import Entry
from sim.policy import load_scenario, remarks
from ui.cli.backtesting import check_installed
from ui.cli.before_running import check_before_running, refuse_large
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.progress import showing_progress
from ui.cli.remarking import remark
from ui.cli.terminal import messages, say_json, screen
from ui.reports.remarks import remark_text

if TYPE_CHECKING:
    from calibration.break_even import BreakEven

MILLION = 1.0e6
LIMITS = (
    "Gain: allowance saved less posts paid for, over the months simulated; other benefits, other "
    "payers and what is saved later are not counted. The effect rests on the literature alone."
)


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
        words = ["caseload", "break-even", self.scenario, "--draws", str(self.draws)]
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
            accepted = "a scenario that names its reference and changes something"
            raise InputError([Fault("command line", "scenario", self.scenario, accepted)])
        draws = shipped_draws(scenario.base.department)
        if draws is None:
            accepted = "draws of the department or of the country; `caseload calibrate` makes them"
            raise InputError([Fault("posterior", scenario.base.department, "none", accepted)])
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
        )  # fmt: skip
    if found is None:
        messages().print("Cancelled; nothing is shown.")
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
    names = f"{experiment.names[1]} against {experiment.names[0]}"
    console.print(f"{names}, {experiment.reference.months} months", style="bold")
    table = Table("effect of contacts", "mean gain", "90 % interval", box=SIMPLE_HEAD)
    for effect, gains in zip(found.effects, found.gains / MILLION, strict=True):
        low, high = np.quantile(gains, [LOW_QUANTILE, HIGH_QUANTILE])
        table.add_row(
            f"+{100.0 * effect:.0f} %", f"{gains.mean():+.2f} M€", f"[{low:+.2f}, {high:+.2f}] M€"
        )
    console.print(table)
    console.print(_sentence(found))
    value, entry = _of_tables(experiment.reference.base)
    low, high = entry.uncertainty.low, entry.uncertainty.high
    console.print(
        f"The tables take {_percent(value)} [{_percent(low)}, {_percent(high)}] ({entry.kind}).",
    )
    for words in (remark_text(drawn(experiment), "en"), LIMITS, f"Again: {request.replay()}"):
        console.print(words, style="dim")


def _sentence(found: BreakEven) -> str:
    low, middle, high = found.needed
    words = "In most draws no effect tried is enough for it to pay."
    if math.isfinite(middle):
        words = f"It pays from an effect of {_percent(middle)} on job finding (median of draws; "
        words += f"90 %: {_percent(low)} to {_percent(high)})."
    words += f" Without any effect it pays in {100.0 * found.share_without_need:.0f} % of draws"
    return f"{words}; no effect tried is enough in {100.0 * found.share_never_enough:.0f} %."


def _percent(effect: float | None) -> str:
    if effect is None:
        return "–"
    return f"{100.0 * effect:+.0f} %" if math.isfinite(effect) else "more than was tried"
