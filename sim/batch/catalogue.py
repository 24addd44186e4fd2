"""Writes the catalogue's entry of an experiment: what it was made with, what its numbers mean."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shlex
from datetime import UTC, datetime

import pyarrow as pa

from sim.batch.chunks import chunks_of
from sim.batch.digests import sealed_json
from sim.batch.manifest import DRAWS, PLAN, SETTINGS, read_manifest
from sim.batch.plan import FORMAT, BatchPlan, plain_setting
from sim.batch.rows import parquet_bytes
from sim.batch.store import MANIFEST, Store
from sim.experiments.run_folder import LIBRARIES, input_hashes
from sim.outcomes.table import month_label
from sim.units import month_number
from sim.version import commit, engine_version, machine, package_version

MADE_WITH = (*LIBRARIES, "duckdb")


def write_catalogue(plan: BatchPlan, store: Store) -> None:
    """Write the entry of a plan; files that are there and whole stay as they are."""
    label = plan.label
    files = {PLAN: plan.document.encode(), SETTINGS: parquet_bytes(settings_table(plan))}
    if plan.draws is not None:
        files[DRAWS] = parquet_bytes(draws_table(plan))
    for name, content in files.items():
        store.write_file(label, name, content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = read_manifest(store, label)
    if (
        manifest is None
        or manifest.get("identity") != plan.identity
        or manifest.get("files") != digests
    ):
        entry = manifest_of(plan) | {"replay": _replay(plan, store), "files": digests}
        store.write_file(label, MANIFEST, sealed_json(entry))


def _replay(plan: BatchPlan, store: Store) -> str | None:
    """The command that runs the plan again, from whatever folder; None for one without a file."""
    if plan.file is None:
        return None
    return shlex.join(["caseload", "batch", str(plan.file), "--store", str(store.root.absolute())])


def manifest_of(plan: BatchPlan) -> dict[str, object]:
    """What identifies an experiment and what is needed to repeat it."""
    reference = plan.experiment.reference
    first = month_number(reference.start)
    return {
        "experiment": plan.label,
        "format": FORMAT,
        "identity": plan.identity,
        "name": plan.name,
        "title": plan.title,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "rsa-caseload": package_version(),
            "engine": engine_version(),
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in MADE_WITH},
        },
        "commit": commit(),
        "platform": machine(),
        "department": reference.department_name,
        "share": plan.share,
        "start": str(reference.start),
        "months": reference.months,
        "since": month_label(first + plan.since),
        "scenarios": [
            {"name": name, "fingerprint": scenario.fingerprint()}
            for name, scenario in zip(plan.names, plan.experiment.scenarios, strict=True)
        ],
        "reference": plan.names[0],
        "factors": [
            {
                "name": factor.name,
                "paths": list(factor.paths),
                "unit": factor.unit,
                "since": "always" if factor.is_always else str(factor.since or reference.start),
                "scenarios": [plan.names[position] for position in factor.scenarios],
            }
            for factor in plan.factors
        ],
        "settings": len(plan.settings),
        "draws": plan.draw_count,
        "draws_of": None if plan.draws is None else plan.draws.department,
        "draws_identity": None if plan.draws is None else plan.draws.identity,
        "seeds": list(plan.experiment.seeds),
        "paired": plan.is_paired,
        "outcomes": list(plan.keep.outcomes),
        "by_month": plan.keep.by_month,
        "by_pathway": plan.keep.by_pathway,
        "tasks": plan.tasks,
        "runs": plan.runs,
        "chunks": len(chunks_of(plan)),
        "inputs": {**input_hashes(plan.experiment.scenarios), **plan.inputs},
    }


def settings_table(plan: BatchPlan) -> pa.Table:
    """One row for each setting and factor: the value as text, and as a number if it is one."""
    rows = [
        (number, factor.name, factor.unit, plain_setting(setting)[factor.name])
        for number, setting in enumerate(plan.settings)
        for factor in plan.factors
    ]
    numbers = [
        float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
        for *_, value in rows
    ]
    return pa.table(
        {
            "experiment": pa.array([plan.label] * len(rows), pa.string()),
            "setting": pa.array([row[0] for row in rows], pa.int32()),
            "factor": pa.array([row[1] for row in rows], pa.string()),
            "value": pa.array([str(row[3]) for row in rows], pa.string()),
            "number": pa.array(numbers, pa.float64()),
            "unit": pa.array([row[2] for row in rows], pa.string()),
        }
    )


def draws_table(plan: BatchPlan) -> pa.Table:
    """One row for each draw and parameter path."""
    draws = plan.draws
    if draws is None:
        raise ValueError("a plan without draws has no table of them")
    count, paths = plan.draw_count, draws.paths
    return pa.table(
        {
            "experiment": pa.array([plan.label] * count * len(paths), pa.string()),
            "draw": pa.array([n for n in range(count) for _ in paths], pa.int32()),
            "path": pa.array(list(paths) * count, pa.string()),
            "value": pa.array(draws.values[:count].ravel(), pa.float64()),
        }
    )
