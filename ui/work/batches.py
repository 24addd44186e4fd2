"""The experiments that `caseload batch` left on this machine: what they were, and their files.

A store is chosen by the environment or is the command line's own folder, never by a visitor.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.batch.holdings import holding_of, whole_holding
from sim.batch.monthly import MonthlyRange, known_by_month, quantiles_by_month
from sim.batch.store import STORE, Store
from sim.batch.views import opened
from ui.reports.batch_export import Export, Format, export

VARIABLE = "CASELOAD_APP_RESULTS"
MOST_SETTINGS = 200
"""Settings that a page offers; the others are asked for with `caseload query`."""
_SETTINGS = """
select setting, factor, value, unit from settings where setting < $most order by setting, factor
"""


@dataclass(frozen=True)
class Batch:
    """One experiment of the store."""

    label: str
    name: str
    title: str
    department: str
    scenarios: tuple[str, ...]
    reference: str
    factors: tuple[tuple[str, str], ...]
    """Name and unit of each."""
    settings: int
    draws: int
    seeds: int
    share: float
    runs: int
    runs_done: int
    runs_failed: int
    damages: tuple[str, ...]
    """Names of the files that are missing or not what was written."""
    when: datetime | None

    @property
    def status(self) -> str:
        """``complete``, ``partial``, ``damaged`` or ``failed`` (some runs had an error)."""
        if self.damages:
            return "damaged"
        if self.runs_failed:
            return "failed"
        return "complete" if self.runs_done >= self.runs > 0 else "partial"


def store() -> Store:
    """The store of this server."""
    return Store(Path(os.environ.get(VARIABLE) or STORE))


def batches(place: Store) -> list[Batch]:
    """The experiments of a store, the last one first; none when there is no store."""
    found = [_batch(place, label) for label in place.labels()]
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (one.when is None, -(one.when.timestamp() if one.when else 0.0), one.label),
    )


def unreadable() -> tuple[str, ...]:
    """The experiments of the store whose manifest is missing or not what was written."""
    return tuple(label for label in store().labels() if not holding_of(store(), label).manifest)


def _batch(place: Store, label: str) -> Batch | None:
    """An experiment by its manifest and its records; None when its manifest cannot be read."""
    holding = holding_of(place, label)
    manifest = holding.manifest
    if not manifest:
        return None
    scenarios = tuple(str(one.get("name")) for one in _listed(manifest, "scenarios"))
    seeds = manifest.get("seeds")
    return Batch(
        label=label,
        name=str(manifest.get("name") or label),
        title=str(manifest.get("title") or ""),
        department=str(manifest.get("department") or ""),
        scenarios=scenarios,
        reference=str(manifest.get("reference") or ""),
        factors=tuple(_factor(one) for one in _listed(manifest, "factors")),
        settings=_whole(manifest, "settings"),
        draws=_whole(manifest, "draws"),
        seeds=len(seeds) if isinstance(seeds, list) else 0,
        share=float(str(manifest.get("share") or 1.0)),
        runs=holding.runs,
        runs_done=holding.runs_done,
        runs_failed=holding.runs_failed,
        damages=tuple(Path(damage.file).name for damage in holding.damages),
        when=_when(manifest),
    )


def known(batch: Batch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Outcomes and territories with months; raises `InputError`."""
    return known_by_month(store(), batch.label)


def settings_of(batch: Batch) -> list[tuple[tuple[str, str, str], ...]]:
    """Each setting: factor, value and unit of each factor; empty without factors."""
    if not batch.factors:
        return []
    with opened([whole_holding(store(), batch.label)]) as connection:
        rows = connection.execute(_SETTINGS, {"most": MOST_SETTINGS}).fetchall()
    found: dict[int, list[tuple[str, str, str]]] = {}
    for setting, factor, value, unit in rows:
        found.setdefault(int(setting), []).append((str(factor), str(value), str(unit or "")))
    return [tuple(found[number]) for number in sorted(found)]


def monthly(batch: Batch, outcome: str, territory: str, setting: int) -> list[MonthlyRange]:
    """One outcome by month, the reference first; raises `InputError`."""
    found = quantiles_by_month(store(), batch.label, outcome, territory, setting)
    return sorted(found, key=lambda one: one.scenario != batch.reference)


def file_of(batch: Batch, kind: Format, outcome: str, is_french: bool) -> bytes:
    """The months of one outcome as a file, all territories; raises `InputError`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"export.{kind}"
        asked = Export(batch.label, kind, path, (outcome,), is_french=is_french, is_alone=True)
        export(store(), asked)
        return path.read_bytes()


def _listed(manifest: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = manifest.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _factor(one: Mapping[str, object]) -> tuple[str, str]:
    return str(one.get("name")), str(one.get("unit") or "")


def _whole(manifest: Mapping[str, object], name: str) -> int:
    found = manifest.get(name)
    return found if isinstance(found, int) else 0


def _when(manifest: Mapping[str, object]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(manifest.get("written_at")))
    except ValueError:
        return None
