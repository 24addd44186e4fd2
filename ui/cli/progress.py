"""The progress bar of commands that run something, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBar

from sim.experiments.runner import Progress
from ui.cli.terminal import PlainColumn, messages


@contextmanager
def showing_progress() -> Iterator[Callable[[Progress], None]]:
    """A bar that goes away at the end, and the function that moves it."""
    bar = ProgressBar(
        PlainColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=messages(),
        transient=True,
    )
    task = bar.add_task("starting", total=None)

    def show(progress: Progress) -> None:
        done = f"{progress.stage}, {progress.replications_done} replications done"
        total = progress.steps if progress.steps_done else None
        bar.update(task, description=done, completed=progress.steps_done, total=total)

    with bar:
        yield show
