"""`break-even`: the effect of contacts that one has to believe in for a scenario to pay."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.cli.backtesting import check_installed
from sim.cli.ending import CANCELLED, cancellable, messages, say_json, screen
from sim.cli.progress import showing_progress
from sim.errors import Fault, InputError
from sim.experiments import Experiment
from sim.experiments.drawn import drawn_text
from sim.parameters import Parameters
from sim.parameters.draws import shipped_draws
from sim.policy import load_scenario

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
    parameters = experiment.reference.base
    with cancellable() as cancel, showing_progress() as show:
        found = measured_break_even(
            experiment, effects_to_try(parameters),
            workers=request.workers, on_progress=show, cancel=cancel,
        )  # fmt: skip
    if found is None:
        messages().print("Cancelled; nothing is shown.")
        raise typer.Exit(CANCELLED)
    record = found.of_whole(request.share).record()
    if is_json:
        known = {"scenario": request.scenario, "tables": _of_tables(parameters)}
        say_json({"command": "break-even", "replay": request.replay(), **known, **record})
        return
    _show(request, experiment, found.of_whole(request.share))


def _of_tables(parameters: Parameters) -> dict[str, object]:
    """What the tables say of the effect: value, 90 % range, kind, sources."""
    from calibration.break_even import EFFECT

    entry = parameters.entry(EFFECT)
    spread = entry.uncertainty
    return {
        "value": parameters.number(EFFECT),
        "low": None if spread is None else spread.low,
        "high": None if spread is None else spread.high,
        "kind": entry.kind,
        "sources": list(entry.source),
    }


def _show(request: BreakEvenRequest, experiment: Experiment, found: BreakEven) -> None:
    console = screen()
    names = f"{experiment.names[1]} against {experiment.names[0]}"
    console.print(f"{names}, {experiment.reference.months} months", style="bold", markup=False)
    table = Table("effect of contacts", "mean gain", "90 % interval", box=SIMPLE_HEAD)
    record = found.record()
    gains = record["gain_eur_by_effect"]
    assert isinstance(gains, dict)
    for effect, gain in gains.items():
        low, high = gain["low"] / MILLION, gain["high"] / MILLION
        table.add_row(
            f"+{100.0 * float(effect):.0f} %", f"{gain['mean'] / MILLION:+.2f} M€",
            f"[{low:+.2f}, {high:+.2f}] M€",
        )  # fmt: skip
    console.print(table)
    console.print(_sentence(found), markup=False)
    known = _of_tables(experiment.reference.base)
    console.print(
        f"The tables take {_percent(known['value'])} "
        f"[{_percent(known['low'])}, {_percent(known['high'])}] ({known['kind']}).",
        markup=False,
    )
    for words in (drawn_text(experiment), LIMITS, f"Again: {request.replay()}"):
        console.print(words, style="dim", markup=False)


def _sentence(found: BreakEven) -> str:
    record = found.record()
    needed = record["effect_needed"]
    assert isinstance(needed, dict)
    none_is_enough = float(str(record["draws_where_none_is_enough"]))
    no_need = float(str(record["draws_without_need"]))
    words = f"It pays from an effect of {_percent(needed['median'])} on job finding (median of "
    words += f"draws; 90 %: {_percent(needed['low'])} to {_percent(needed['high'])})."
    if needed["median"] is None:
        words = "In most draws no effect tried is enough for it to pay."
    words += f" Without any effect it pays in {100.0 * no_need:.0f} % of draws"
    return f"{words}; no effect tried is enough in {100.0 * none_is_enough:.0f} %."


def _percent(effect: object) -> str:
    if effect is None:
        return "more than was tried"
    return f"{100.0 * float(str(effect)):+.0f} %"
