"""The progress bar of commands that run something, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context

from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBar

from sim.experiments.runner import Progress
from ui.cli.spoken import counted, text, words
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
    task = bar.add_task(text("progress.starting"), total=None)
    # The bar is moved by threads that know nothing of the language.
    context, stages = copy_context(), words("progress.stages")

    def said(progress: Progress) -> str:
        stage = stages[progress.stage]
        return counted("progress.done", progress.replications_done, stage=stage)

    def show(progress: Progress) -> None:
        done = context.copy().run(said, progress)
        total = progress.steps if progress.steps_done else None
        bar.update(task, description=done, completed=progress.steps_done, total=total)

    with bar:
        yield show
