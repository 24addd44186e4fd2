"""What a store really holds of an experiment: every file that an answer reads, checked first.

A chunk that is not there yet makes an experiment half-done: answers come from what is there, and
say how much that is. A file that is not what was written is a damage: an answer about this
experiment is refused, a question to the whole store leaves the file out and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast

from sim.batch.digests import digest_of
from sim.batch.manifest import DRAWS, SETTINGS, is_sealed, read_manifest
from sim.batch.store import MANIFEST, ChunkRecord, Store
from sim.errors import Fault, InputError
from sim.outcomes.table import period_text
from sim.units import month_number

REPAIR = "what was written, which the same `caseload batch` command with --resume makes again"


@dataclass(frozen=True)
class Holding:
    """One experiment of a store: its manifest, the chunks that are whole, and what is damaged."""

    label: str
    manifest: Mapping[str, object]
    records: tuple[ChunkRecord, ...]
    rows: tuple[Path, ...]
    """The files of the rows of ``records``."""
    settings: Path | None
    draws: Path | None
    damages: tuple[Fault, ...]

    @cached_property
    def runs(self) -> int:
        """The runs of the whole plan."""
        return int(str(self.manifest.get("runs") or 0))

    @cached_property
    def runs_done(self) -> int:
        """The runs whose rows are there."""
        return self._tasks * self._per_task - self.runs_failed

    @cached_property
    def runs_failed(self) -> int:
        """The runs that failed twice."""
        return sum(len(record.failures) for record in self.records) * self._per_task

    @property
    def is_whole(self) -> bool:
        """Whether every run of the plan is there."""
        return not self.damages and self.runs_done >= self.runs > 0

    @property
    def reference(self) -> str:
        """The scenario that the others are compared to."""
        return str(self.manifest.get("reference"))

    @property
    def is_paired(self) -> bool:
        """Whether scenarios and settings share people and luck under one seed."""
        return self.manifest.get("paired") is not False

    @property
    def has_draws(self) -> bool:
        """Whether runs play in draws of the parameters."""
        return bool(self.manifest.get("draws"))

    @property
    def since(self) -> str:
        """The first month that flows and cohorts of the whole period count, as ``2023-04``."""
        return str(self.manifest["since"])

    def period(self, outcome: str) -> str:
        """What the number of an outcome over the whole period covers."""
        start = date.fromisoformat(str(self.manifest["start"]))
        since = month_number(date.fromisoformat(f"{self.since}-01"))
        months, first = int(str(self.manifest["months"])), month_number(start)
        return period_text(outcome, first, months, since - first)

    def notes(self) -> tuple[str, ...]:
        """What whoever reads an answer must know: what is left out of it, what is to be done."""
        damaged = tuple(f"left out of the answer: {damage}" for damage in self.damages)
        if not self.manifest or self.is_whole:
            return damaged
        failed = f", {self.runs_failed:,} failed" if self.runs_failed else ""
        done = f"{self.runs_done:,} of {self.runs:,} runs{failed}"
        text = f"{self.label}: {done}; the same command with --resume runs the others"
        return (text, *damaged)

    @property
    def _per_task(self) -> int:
        scenarios = self.manifest.get("scenarios")
        return len(scenarios) if isinstance(scenarios, list) else 0

    @property
    def _tasks(self) -> int:
        return sum(record.tasks[1] - record.tasks[0] for record in self.records)


def holding_of(store: Store, label: str) -> Holding:
    """What a store holds of an experiment, with its damages."""
    manifest = read_manifest(store, label)
    if manifest is None:
        path = store.folder(label) / MANIFEST
        return Holding(label, {}, (), (), None, None, (_damage(path),))
    damages: list[Fault] = []
    paths = {
        name: _checked(store.folder(label) / name, manifest, damages) for name in (SETTINGS, DRAWS)
    }
    if damages:
        return Holding(label, manifest, (), (), None, None, tuple(damages))
    records: list[ChunkRecord] = []
    rows: list[Path] = []
    for chunk in store.chunk_names(label):
        path = store.rows_path(label, chunk)
        try:
            record = store.read_record(label, chunk, is_seal_needed=is_sealed(manifest))
        except (OSError, ValueError):
            damages.append(_damage(store.record_path(label, chunk)))
            continue
        if _digest(path) != record.sha256:
            damages.append(_damage(path))
            continue
        records.append(record)
        rows.append(path)
    return Holding(
        label, manifest, tuple(records), tuple(rows), paths[SETTINGS], paths[DRAWS], tuple(damages)
    )


def whole_holding(store: Store, label: str) -> Holding:
    """What a store holds of an experiment without a damage; raises `InputError` otherwise."""
    found = holding_of(store, label)
    if found.damages:
        raise InputError(found.damages)
    return found


def holdings_of(store: Store) -> tuple[Holding, ...]:
    """What a store holds of each of its experiments; raises `InputError` when there is none."""
    return tuple(holding_of(store, label) for label in labels_of(store))


def labels_of(store: Store) -> tuple[str, ...]:
    """The experiments of a store; raises `InputError` when there is none."""
    labels = store.labels()
    if not labels:
        accepted = "a folder that `caseload batch` has written to"
        raise InputError([Fault("store", "", f"no experiment in {store.root}", accepted)])
    return labels


def _checked(path: Path, manifest: Mapping[str, object], damages: list[Fault]) -> Path | None:
    """A file beside the manifest when it is there; a damage is added when it should be or differs.

    Manifests of the first layout have no digests.
    """
    digests = cast("Mapping[str, str]", manifest.get("files", {}))
    if not is_sealed(manifest):
        return path if path.is_file() else None
    if path.name not in digests:
        return None
    if _digest(path) != digests[path.name]:
        damages.append(_damage(path))
    return path


def _digest(path: Path) -> str | None:
    try:
        return digest_of(path)
    except OSError:
        return None


def _damage(path: Path) -> Fault:
    found = "something else than what was written" if path.is_file() else "nothing"
    return Fault(str(path), "", found, REPAIR)
