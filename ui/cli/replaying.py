"""`replay`: a run again from its folder, and whether its tables are the same, byte by byte.

`archive` packs what another machine needs for it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import typer
from typer.exceptions import TyperException

from sim.errors import Fault, InputError
from sim.experiments.event_file import EventFile
from sim.experiments.experiment import Experiment
from sim.experiments.run_archive import ENDING, Unpacked, own_files, unpacked, write_archive
from sim.experiments.run_folder import (
    EVENTS,
    FIGURES,
    REPORT,
    input_hashes,
    read_manifest,
    table_digests,
    versions,
)
from sim.experiments.runner import run_experiment
from sim.files import sha256_of
from sim.version import machine
from ui.cli.before_running import check_before_running
from ui.cli.ending import CANCELLED, ERROR, cancellable
from ui.cli.progress import showing_progress
from ui.cli.restarting import restart_asked
from ui.cli.simulating import Request, said_of
from ui.cli.spoken import text
from ui.cli.terminal import say_json, screen

REPLAYED = ("run", "compare")


@dataclass(frozen=True)
class Replayed:
    """What differs between a folder and its run made again: names, none of them if it is equal."""

    tables: tuple[str, ...]
    """Files whose digest is not that of the manifest."""
    altered: tuple[str, ...]
    """Files that are no longer what the run wrote, or gone."""
    inputs: tuple[str, ...]
    """Scenario and parameter files that have changed since: they explain a difference."""
    versions: tuple[str, ...]
    """Versions that are others, and ``platform``: they explain one too."""

    @property
    def is_equal(self) -> bool:
        """Whether every table is the same, and the folder still holds it."""
        return not (self.tables or self.altered)


def replay(manifest: Path, workers: int | None, is_json: bool, commands: typer.Typer) -> None:
    """Run a folder again and compare; exit code 1 when it differs, 3 when it was cancelled.

    ``commands`` read the command of the manifest.
    """
    with unpacked(manifest) as run:
        _replay(run, str(manifest), workers, is_json, commands)


def archive(manifest: Path, target: Path | None, is_json: bool, commands: typer.Typer) -> None:
    """Pack a run's folder with the files of one's own that it read."""
    folder, known = read_manifest(manifest)
    scenarios = _request_of(known, str(manifest), commands).experiment().scenarios
    target = target or folder.with_name(f"{folder.resolve().name}{ENDING}")
    files = write_archive(folder, own_files(scenarios), target)
    if is_json:
        say_json({"command": "archive", "archive": str(target), "files": files})
    else:
        screen().print(text("cli_replay.archived", files=files, path=target), soft_wrap=True)


def _replay(
    run: Unpacked, said: str, workers: int | None, is_json: bool, commands: typer.Typer
) -> None:
    folder, known = read_manifest(run.folder)
    request = _request_of(known, said, commands, run.moved)
    experiment = request.experiment()
    check_before_running(experiment, workers, is_logging=request.keeps_events)
    made = _made_again(replace(request, workers=workers), experiment)
    written = {
        name: digest
        for name, digest in known["files"].items()
        if name != REPORT and not name.startswith(f"{FIGURES}/")
    }
    found = Replayed(
        tables=_others(written, made),
        altered=tuple(name for name, digest in written.items() if not _is(folder / name, digest)),
        inputs=_others(known["inputs"], input_hashes(experiment.scenarios)),
        versions=_others(
            {**known["versions"], "platform": known.get("platform")},
            {**versions(), "platform": machine()},
        ),
    )
    _show(request, len(written), found, is_json)
    if not found.is_equal:
        raise typer.Exit(ERROR)


def _request_of(
    manifest: Mapping[str, Any],
    name: str,
    commands: typer.Typer,
    moved: Mapping[str, str] = MappingProxyType({}),
) -> Request:
    """What the command of a manifest asks for; raises `InputError` when it is none of ours.

    ``moved`` tells where files that the command names lie now.
    """
    said = str(manifest.get("replay"))
    try:
        program, command, *words = (moved.get(word, word) for word in shlex.split(said))
        if program != "caseload" or command not in REPLAYED or "--help" in words:
            raise ValueError(said)
        group = typer.main.get_command(commands)
        options = group.commands[command].make_context(command, words).params  # type: ignore[attr-defined]
        if options["replications"] is None:
            raise ValueError(said)
    except (ValueError, TyperException):
        accepted = text("cli_replay.a_command")
        raise InputError([Fault(name, "replay", repr(said), accepted)]) from None
    first = options.get("scenario") or options["reference"]
    return Request(
        command,
        (first, *options.get("scenarios", ())),
        options["seed"],
        options["replications"],
        options["months"],
        workers=None,
        out=None,
        share=options["share"],
        keeps_events=options["events"],
        has_draws=options.get("draws", False),
        since=options["since"],
        restart=restart_asked(options["stock"], options["series"]),
    )


def _made_again(request: Request, experiment: Experiment) -> dict[str, str]:
    """Digests of the tables of the run made again; no kept run is read."""
    with TemporaryDirectory() as folder, cancellable() as cancel:
        events = EventFile(Path(folder), experiment) if request.keeps_events else None
        with showing_progress() as show:
            results = run_experiment(
                experiment,
                workers=request.workers,
                is_logging=events is not None,
                on_progress=show,
                on_finished=None if events is None else events.add,
                cancel=cancel,
            )
        if results.is_cancelled:
            raise typer.Exit(CANCELLED)
        digests = table_digests(results, said_of(experiment))
        log = None if events is None else events.close()
        return digests if log is None else {**digests, EVENTS: sha256_of(log)}


def _others(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Names whose value is another one, or that only one of both has."""
    return tuple(
        name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)
    )


def _is(file: Path, digest: str) -> bool:
    return file.is_file() and sha256_of(file) == digest


def _show(request: Request, files: int, found: Replayed, is_json: bool) -> None:
    if is_json:
        record = {name: list(names) for name, names in vars(found).items()}
        asked = {"command": "replay", "replayed": request.command, "files": files}
        say_json({**asked, "identical": found.is_equal, **record})
        return
    console = screen()
    verdict = "cli_replay.equal" if found.is_equal else "cli_replay.differs"
    console.print(text(verdict, files=files), style="bold")
    for key, names in (
        ("cli_replay.tables", found.tables),
        ("cli_replay.altered", found.altered),
        ("cli_replay.inputs", found.inputs),
        ("cli_replay.versions", found.versions),
    ):
        if names:
            console.print(text(key, names=", ".join(names)), soft_wrap=True)
