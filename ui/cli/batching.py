"""`batch`: a plan run into a store, on this machine, on a cluster or slice by slice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as ProgressBar

from sim.batch.chunks import read_slice
from sim.batch.crew import MakeCrew
from sim.batch.plan import BatchPlan
from sim.batch.reading import read_batch_plans, size_of
from sim.batch.runner import BatchEnd, BatchProgress, run_batch
from sim.batch.store import STORE, Store
from sim.experiments.size import Size, together
from sim.policy import remarks
from sim.search.planned import precision_of, with_enough_seeds
from ui.cli.before_running import refuse_large
from ui.cli.ending import CANCELLED, ERROR, cancellable
from ui.cli.progress import showing_progress
from ui.cli.remarking import remark, without_effect
from ui.cli.sizes import lasting_text, size_text, time_text
from ui.cli.spoken import counted, language, number, text, words
from ui.cli.terminal import PlainColumn, messages, say_json, screen
from ui.reports.remarks import BETWEEN
from ui.reports.search.precision_words import stop_text
from ui.texts import at

MOST_FAILURES_SHOWN = 5


@dataclass(frozen=True)
class BatchRequest:
    """What the user asked for."""

    file: Path
    workers: int | None
    scheduler: str | None
    part: str | None
    is_resuming: bool
    is_check: bool
    store: Path | None
    is_open_allowed: bool = False


def batch(request: BatchRequest, is_json: bool) -> None:
    """Run a plan; exit code 3 when it was cancelled, 1 when a task failed twice."""
    part = (1, 1) if request.part is None else read_slice(request.part)
    plans = read_batch_plans(request.file)
    store = Store(request.store or STORE)
    for plan in plans:
        precision_of(plan)
    sizes = [size_of(plan, request.workers) for plan in plans]
    _announce(plans, sizes, request, part)
    remark(*(one for plan in plans for one in remarks(*plan.experiment.scenarios)))
    if request.scheduler is not None:
        without_effect("unused_on_the_cluster", "workers")
    if request.is_check:
        without_effect("unused_only_checked", "resume", "scheduler")
        if is_json:
            records = [
                {"experiment": plan.label, **_size_record(size)}
                for plan, size in zip(plans, sizes, strict=True)
            ]
            say_json({"command": "batch", **_alone_or_listed(records)})
        return
    made = list(_made(plans, store, request, part))
    if is_json:
        records = [_record(plan, size, end) for (plan, end), size in zip(made, sizes, strict=False)]
        say_json({"command": "batch", "store": str(store.root), **_alone_or_listed(records)})
    else:
        _show([end for _, end in made], len(plans[0].names), store)
    if any(end.is_cancelled for _, end in made):
        raise typer.Exit(CANCELLED)
    if any(end.failures for _, end in made):
        raise typer.Exit(ERROR)


def _alone_or_listed(records: list[dict[str, object]]) -> dict[str, object]:
    """The record of one experiment itself; those of several under their name."""
    return records[0] if len(records) == 1 else {"experiments": records}


def _made(
    plans: Sequence[BatchPlan], store: Store, request: BatchRequest, part: tuple[int, int]
) -> Iterator[tuple[BatchPlan, BatchEnd]]:
    """Each plan as it was run and how it ended; none after one that was cancelled."""
    make_crew = _crew(request.scheduler, request.is_open_allowed)
    for asked in plans:
        plan = asked if asked.precision is None else _with_enough_seeds(asked, request)
        with cancellable() as cancel, _showing_progress() as show:
            end = run_batch(
                plan,
                store,
                workers=request.workers,
                part=part,
                is_resuming=request.is_resuming,
                make_crew=make_crew,
                on_progress=show,
                cancel=cancel,
            )
        yield plan, end
        if end.is_cancelled:
            return


def _with_enough_seeds(plan: BatchPlan, request: BatchRequest) -> BatchPlan:
    """As many seeds as the plan's precision needs; exit code 3 when it was cancelled."""
    with cancellable() as cancel, showing_progress() as show:
        found, stop = with_enough_seeds(
            plan, workers=request.workers, cancel=cancel, on_progress=show
        )
    if cancel.is_set() and (stop is None or stop.enough is None):
        raise typer.Exit(CANCELLED)
    if stop is not None:
        messages().print(stop_text(stop, language()), soft_wrap=True)
    return found


def _crew(scheduler: str | None, is_open_allowed: bool) -> MakeCrew | None:
    if scheduler is None:
        return None
    from sim.batch.cluster import crew_of

    return crew_of(scheduler, is_open_allowed=is_open_allowed)


def _announce(
    plans: Sequence[BatchPlan],
    sizes: Sequence[Size],
    request: BatchRequest,
    part: tuple[int, int],
) -> None:
    """The size of what is asked, before anything runs."""
    size = together(sizes)
    name = plans[0].name if len(plans) == 1 else request.file.stem
    parts = [text("cli_batch.announced", name=name, size=size_text(size))]
    if part[1] > 1:
        parts.append(text("cli_batch.slice", part=part[0], parts=part[1]))
    if request.scheduler is None:
        parts.append(lasting_text(size, request.workers or os.cpu_count() or 1))
    messages().print(BETWEEN[language()].join(parts), soft_wrap=True)
    refuse_large(replace(size, seconds=size.seconds / part[1]))


def _size_record(size: Size) -> dict[str, object]:
    return {
        "scenarios": size.scenarios,
        "settings": size.settings,
        "draws": size.draws,
        "seeds": size.seeds,
        "runs": size.runs,
        "estimated_cpu_seconds": round(size.seconds, 1),
    }


@contextmanager
def _showing_progress() -> Iterator[Callable[[BatchProgress], None]]:
    """A bar with the time left, and the function that moves it."""
    bar = ProgressBar(
        PlainColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        PlainColumn(text("progress.left")),
        TimeRemainingColumn(),
        console=messages(),
        transient=True,
    )
    row = bar.add_task(text("progress.starting"), total=None)
    found: list[int] = []
    stages, failing = words("progress.stages"), at("progress.failed", language())

    def show(progress: BatchProgress) -> None:
        # What was there at the start says nothing about the speed of this machine.
        if not found:
            found.append(progress.tasks_done)
        said = stages[progress.stage]
        if progress.failures:
            said = failing.format(stage=said, count=progress.failures)
        done = progress.tasks_done - found[0]
        bar.update(row, description=said, completed=done, total=progress.tasks - found[0])

    with bar:
        yield show


def _show(ends: Sequence[BatchEnd], per_task: int, store: Store) -> None:
    console = screen()
    found = per_task * sum(end.tasks_found for end in ends)
    ran = per_task * sum(end.tasks_done for end in ends) - found
    seconds = sum(end.seconds for end in ends)
    if found:
        console.print(counted("cli_batch.there", found))
    made = text("cli_batch.ran", runs=counted("size.run", ran), time=time_text(seconds))
    rate = number(ran / seconds, 1) if ran else ""
    console.print(", ".join([made, *([text("cli_batch.rate", rate=rate)] if rate else [])]))
    failures = [failure for end in ends for failure in end.failures]
    for failure in failures[:MOST_FAILURES_SHOWN]:
        console.print(text("cli_batch.failed", inputs=failure.inputs, error=failure.error))
    if len(failures) > MOST_FAILURES_SHOWN:
        console.print(counted("cli_batch.more_failed", len(failures) - MOST_FAILURES_SHOWN))
    left = per_task * sum(end.tasks - end.tasks_done for end in ends)
    if left:
        console.print(counted("cli_batch.left", left))
    if len(ends) > 1:
        stored = counted("cli_batch.all_stored", len(ends), folder=store.root)
    else:
        stored = text("cli_batch.stored", label=ends[0].label, folder=store.root)
    console.print(stored, soft_wrap=True)


def _record(plan: BatchPlan, size: Size, end: BatchEnd) -> dict[str, object]:
    seeds = plan.experiment.replications
    return {
        "experiment": end.label,
        **_size_record(replace(size, seeds=seeds, seconds=size.seconds * seeds / size.seeds)),
        "tasks": end.tasks,
        "tasks_found": end.tasks_found,
        "tasks_done": end.tasks_done,
        "cancelled": end.is_cancelled,
        "failures": [asdict(failure) for failure in end.failures],
        "seconds": round(end.seconds, 3),
        "cpu_seconds": round(end.cpu_seconds, 3),
    }
