"""What the commands that search share: their frame, their progress, their screen and folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import typer
from rich.box import SIMPLE_HEAD
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn
from rich.table import Table

from sim.engine.journey import Cancelled
from sim.errors import Fault, InputError
from sim.files import json_bytes, plain_numbers, write_atomically
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.draws import Draws
from sim.policy import Scenario
from ui.cli.ending import CANCELLED, cancellable
from ui.cli.fresh_folder import fresh_folder
from ui.cli.spoken import text
from ui.cli.terminal import PlainColumn, messages, say_json, screen
from ui.reports.search.page import Page, page_html
from ui.reports.search.seek_words import Told

RUNS = Path("runs")
OWN_NAMES = frozenset({"answer.html", "answer.json", "figure.png", "values.csv"})


@dataclass(frozen=True)
class SearchFrame:
    """What every search is told beside its question."""

    has_draws: bool
    seed: int
    share: float
    workers: int | None
    out: Path | None

    def draws(self, scenario: Scenario) -> Draws | None:
        """The draws of the department, when they are wanted and shipped."""
        return department_draws(scenario.department) if self.has_draws else None

    def words(self) -> list[str]:
        """The options as they are written."""
        words = [] if self.has_draws else ["--no-draws"]
        words += ["--seed", str(self.seed)]
        return words if self.share == 1.0 else [*words, "--share", repr(self.share)]


@contextmanager
def searching() -> Iterator[tuple[threading.Event, Callable[[int], None]]]:
    """Progress on standard error; a cancelled search ends with its exit code, nothing written."""
    searched = text("cli_search.searching", count="{task.completed:.0f}")
    bar = Progress(
        SpinnerColumn(),
        PlainColumn(searched),
        TimeElapsedColumn(),
        console=messages(),
        transient=True,
    )
    with cancellable() as cancel, bar:
        task = bar.add_task("", total=None)
        try:
            yield cancel, lambda runs: bar.advance(task, runs)
        except Cancelled:
            raise typer.Exit(CANCELLED) from None


def folder_of(frame: SearchFrame, name: str, is_json: bool) -> Path | None:
    """Where the page goes, nowhere for JSON alone.

    Raises `InputError` when the folder holds files that are not of a search.
    """
    if frame.out is None:
        return None if is_json else fresh_folder(RUNS, name)
    strangers = (
        [path.name for path in frame.out.iterdir() if path.name not in OWN_NAMES]
        if frame.out.is_dir()
        else [frame.out.name]
        if frame.out.exists()
        else []
    )
    if strangers:
        names = ", ".join(sorted(strangers)[:3])
        found = text("cli_fault.folder_with", folder=frame.out, names=names)
        accepted = text("cli_fault.folder_of_search")
        raise InputError([Fault(text("cli_fault.command_line"), "--out", found, accepted)])
    return frame.out


def write_answer(folder: Path, page: Page, record: object, values: pd.DataFrame) -> None:
    """Write the folder of a search; the page comes last."""
    write_atomically(folder / "figure.png", page.figure)
    write_atomically(folder / "values.csv", values.to_csv(index=False).encode())
    write_atomically(folder / "answer.json", json_bytes(record))
    write_atomically(folder / "answer.html", page_html(page).encode())


def show_answer(
    words: Told, rows: Sequence[Sequence[str]], record: object, folder: Path | None, is_json: bool
) -> None:
    """Print the answer, or the one object of ``--json``."""
    if is_json:
        say_json(plain_numbers(record))
        return
    console = screen()
    console.print(words.title, style="bold")
    for sentence in words.findings:
        console.print(sentence)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    heads, *lines = rows
    for position, head in enumerate(heads):
        table.add_column(head, justify="right" if position else "left", overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)
    for sentence in words.basis:
        console.print(sentence, style="dim")
    if folder is not None:
        console.print(text("cli_search.folder", file=folder / "answer.html"), soft_wrap=True)
