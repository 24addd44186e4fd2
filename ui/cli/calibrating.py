"""`calibrate` and `card`: fit a department's parameters to published figures, and read the fit."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import BarColumn, MofNCompleteColumn
from rich.progress import Progress as ProgressBar

from sim.errors import Fault, InputError
from sim.extras import check_extra
from ui.cli.card_tables import parameter_table, remarks, target_table
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.repeatable import anywhere
from ui.cli.spoken import language, text
from ui.cli.terminal import PlainColumn, messages, say_json, screen
from ui.texts import at

if TYPE_CHECKING:
    from calibration.fitting import FitSettings
    from calibration.runs import RunProgress

NEEDED = ("SALib", "h5netcdf", "threadpoolctl")
FITS = Path("runs") / "calibration"


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    department: str
    members: int
    passes: int
    bank: int
    seed: int
    workers: int | None
    out: Path | None

    def settings(self) -> FitSettings:
        """The settings of the fit."""
        from calibration.fitting import FitSettings
        from calibration.smoother import SmootherSettings

        smoother = SmootherSettings(members=self.members, passes=self.passes, seed=self.seed)
        return FitSettings(smoother, bank=self.bank)

    def replay(self) -> str:
        """The command that gives the same draws again."""
        words = ["caseload", "calibrate", anywhere(self.department), "--members", str(self.members)]
        words += ["--passes", str(self.passes), "--seed", str(self.seed)]
        return shlex.join([*words, "--bank", str(self.bank)] if self.bank else words)


def calibrate(request: Request, is_json: bool) -> None:
    """Run or take up a fit and write its folder; exit code 3 when it was stopped."""
    check_installed()
    from calibration.artefacts import draws_of, key_of, open_folder, write_artefacts
    from calibration.bank_checks import bank_checks
    from calibration.card import card_of
    from calibration.departments import problem_of, tables_of
    from calibration.fitting import fit
    from calibration.runs import Interrupted
    from calibration.study import study_of
    from ui.reports.calibration.fit_report import fit_report

    problem = problem_of(request.department)
    study, settings = study_of(problem), request.settings()
    key = key_of(problem.identity, settings)
    folder = request.out or FITS / f"{problem.name}-{key}"
    open_folder(folder, key)
    began = time.monotonic()
    with cancellable() as cancel:
        try:
            with _progress() as (show, say):
                fitted = fit(
                    study, settings, folder,
                    workers=request.workers, on_progress=show, cancel=cancel,
                )  # fmt: skip
                seconds = time.monotonic() - began
                checks = bank_checks(study, settings, fitted, say)
        except Interrupted:
            messages().print(text("cli_fit.stopped", folder=folder), soft_wrap=True)
            if is_json:
                say_json({"command": "calibrate", "cancelled": True, "folder": str(folder)})
            raise typer.Exit(CANCELLED) from None
    card = card_of(problem, fitted, settings, key, seconds, checks)
    draws = draws_of(problem, fitted.positions, tables_of(problem))
    write_artefacts(folder, problem, fitted, draws, card, fit_report(card, request.replay()))
    if is_json:
        say_json({"command": "calibrate", "folder": str(folder), "card": card})
        return
    _show(card)
    screen().print(text("cli_fit.folder", folder=folder), soft_wrap=True)


def card(name: str, is_json: bool) -> None:
    """Show the card of a department's shipped draws, or of the folder of a fit."""
    check_installed()
    from calibration.artefacts import CARD, read_card, shipped_card
    from sim.parameters import shipped_departments
    from sim.parameters.draws import SHARED

    place = Path(name)
    if place.exists():
        file = place / CARD if place.is_dir() else place
    else:
        own, shared = shipped_card(name), shipped_card(SHARED)
        file = own if own.exists() else shared
        if not file.exists() or name not in (SHARED, *shipped_departments()):
            names = ", ".join((SHARED, *shipped_departments()))
            accepted = text("cli_fault.folder_of_fit", names=names)
            raise InputError(
                [Fault(text("cli_fault.command_line"), "department", repr(name), accepted)]
            )
    found = read_card(file)
    if is_json:
        say_json({"command": "card", "file": str(file), "card": found})
        return
    if not place.exists() and found["name"] != name:
        messages().print(text("cli_fit.shared", name=name))
    _show(found)


def _show(found: dict[str, object]) -> None:
    console = screen()
    console.print(target_table(found))
    console.print(parameter_table(found))
    for remark in remarks(found):
        console.print(remark)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[RunProgress], None], Callable[[str], None]]]:
    """A bar with the time left, and what moves it: runs, then stages without runs."""
    columns = (PlainColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = ProgressBar(*columns, console=messages(), transient=True)
    task = bar.add_task(text("progress.starting"), total=None)
    # The bar is moved by threads that know nothing of the language.
    with_time = str(at("cli_fit.left", language()))

    def show(progress: RunProgress) -> None:
        said = progress.stage
        if progress.seconds_left is not None:
            said = with_time.format(stage=said, time=time_left(progress.seconds_left))
        bar.update(
            task,
            description=said,
            completed=progress.done,
            total=progress.runs,
        )

    def say(stage: str) -> None:
        bar.update(task, description=stage)

    with bar:
        yield show, say


def time_left(seconds: float) -> str:
    """``2 h 05 min``, ``7 min`` or ``40 s``."""
    minutes = round(seconds / 60.0)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02d} min"
    return f"{minutes} min" if seconds >= 90 else f"{round(seconds)} s"


def check_installed() -> None:
    """Raises `InputError` when the extra of the calibration is missing."""
    check_extra("calibration", NEEDED)
