"""The folder of a run: everything needed to read it later and to run it again.

Each file is written under a temporary name and renamed when it is whole; the manifest comes last,
so that a folder with a manifest is complete. A run owns its folder: what an earlier run left is
taken away, and a folder with anything else is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import Fault, InputError
from sim.experiments.comparison import compare
from sim.experiments.drawn import draws_record
from sim.experiments.intervals import LEVEL
from sim.experiments.runner import Results
from sim.experiments.tables import arrow_outcomes, spread
from sim.files import TEMPORARY, json_bytes, sha256_of, sweep, write_atomically
from sim.outcomes.table import ALL, definitions_record
from sim.parameters import Parameters
from sim.parameters.department import rests_on_statistics
from sim.parameters.derivation.document import read_files
from sim.policy import Scenario, scenario_text
from sim.version import LIBRARIES as KEYING_LIBRARIES
from sim.version import commit, machine, made_with

MANIFEST = "manifest.json"
EVENTS = "events.parquet"
REPORT = "report.html"
FIGURES = "figures"
COMPARED = "scenarios"
OUTCOMES, SUMMARY = "outcomes.parquet", "summary.json"
SCENARIO, PARAMETERS = "scenario.yaml", "parameters.json"
DEPARTMENT = "department.yaml"
"""The department's file, where it is the user's own: the scenario beside it reads it there."""
FORMAT = 1
LIBRARIES = (*KEYING_LIBRARIES, "pandas", "pyarrow")
SHAPES = (
    *(MANIFEST, EVENTS, REPORT, OUTCOMES, SUMMARY, SCENARIO, PARAMETERS, DEPARTMENT),
    f"{FIGURES}/*.png",
    f"{COMPARED}/*/{SCENARIO}",
    f"{COMPARED}/*/{PARAMETERS}",
    f"{COMPARED}/*/{DEPARTMENT}",
)
"""What a run writes into its folder, as patterns."""
LIKE_ONES_OWN = (SCENARIO, DEPARTMENT)
"""Names that people give their own files: a run's lie beside its parameters, which are written
before them and removed after them."""


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything else than an earlier run; raises `InputError`."""
    accepted = "a new folder, an empty one, or the folder of an earlier run"
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault("command line", "out", f"the file {folder}", accepted)])
    if not folder.exists():
        return
    own = _own_files(folder)
    strangers = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path not in own and not path.is_dir() and not path.name.endswith(TEMPORARY)
    ]
    if strangers:
        found = f"{folder} with {', '.join(sorted(strangers)[:3])}"
        raise InputError([Fault("command line", "out", found, accepted)])


def scenarios_in(folder: Path) -> tuple[str, ...]:
    """The scenarios of the run that a folder holds, by name; none where there is none."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["scenarios"]
        return tuple(str(one["name"]) for one in listed)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()


@dataclass(frozen=True)
class Said:
    """What a folder holds in words: the remarks on its scenarios, what its intervals mean."""

    remarks: tuple[str, ...] = ()
    interval: str = ""


def write_run_folder(
    folder: str | Path,
    results: Results,
    replay: str,
    pictures: Mapping[str, bytes],
    report: str,
    events: Path | None = None,
    said: Said = Said(),
) -> None:
    """Write a finished (or cancelled) experiment; ``replay`` is the command that repeats it.

    ``said`` is what the files hold in words. ``events`` is the log of events of this run
    (`EventFile.close`), which is moved. What an earlier run left goes; the manifest names what this
    one wrote, and nothing else.
    """
    folder = Path(folder)
    contents = _contents(results, said) | {
        **{f"{FIGURES}/{name}.png": picture for name, picture in pictures.items()},
        REPORT: report.encode(),
    }
    _clear(folder)
    for name, content in contents.items():
        write_atomically(folder / name, content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    if events is not None:
        digests[EVENTS] = sha256_of(events)
        events.replace(folder / EVENTS)
    manifest = _manifest(results, replay, said) | {"files": dict(sorted(digests.items()))}
    write_atomically(folder / MANIFEST, json_bytes(manifest))


def table_digests(results: Results, said: Said) -> dict[str, str]:
    """SHA-256 of the scenarios and tables that a folder of these results holds, by file."""
    contents = _contents(results, said)
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def read_manifest(path: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of a run and its manifest; ``path`` is either of them.

    Raises `InputError` for anything else, and for a run that was cancelled.
    """
    file = path / MANIFEST if path.is_dir() else path
    try:
        manifest = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        accepted = "the folder of a run, or its manifest.json"
        raise InputError([Fault("command line", "manifest", str(path), accepted)])
    if manifest.get("status") != "complete":
        accepted = "a run that was not cancelled"
        raise InputError([Fault(str(file), "status", repr(manifest.get("status")), accepted)])
    return file.parent, manifest


def versions() -> dict[str, str]:
    """Versions of the package, of the engine's text, and of what it runs with."""
    return made_with(LIBRARIES)


def _contents(results: Results, said: Said) -> dict[str, bytes]:
    """The scenarios and tables of an experiment, by the name of their file."""
    experiment = results.experiment
    contents = _scenario_contents("", experiment.reference)
    if len(experiment.scenarios) > 1:
        for name, scenario in zip(experiment.names, experiment.scenarios, strict=True):
            contents |= _scenario_contents(f"{COMPARED}/{name}/", scenario)
    contents[OUTCOMES] = _parquet_bytes(arrow_outcomes(results))
    contents[SUMMARY] = json_bytes(summary_record(results, said.interval))
    return contents


def _parquet_bytes(table: pa.Table) -> bytes:
    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()


def _clear(folder: Path) -> None:
    """Take away what an earlier run left, the manifest first: a folder with one is complete."""
    sweep(folder)
    own = _own_files(folder)
    for path in sorted(own, key=lambda path: (path.name != MANIFEST, path.name == PARAMETERS)):
        path.unlink()
    within = {folder / above for path in own for above in path.relative_to(folder).parents}
    for path in sorted(within - {folder}, reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _own_files(folder: Path) -> set[Path]:
    """The files of an earlier run: those its manifest names, or all of their shape without one.

    Not what a person may have made by that name (`LIKE_ONES_OWN`).
    """
    shaped = {path for shape in SHAPES for path in folder.glob(shape) if path.is_file()}
    try:
        named = set(json.loads((folder / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {path for path in shaped if _is_of_a_run(path)}
    return {
        path
        for path in shaped
        if path.name == MANIFEST or path.relative_to(folder).as_posix() in named
    }


def _is_of_a_run(path: Path) -> bool:
    """Whether a file without a manifest is what an interrupted run left."""
    return path.name not in LIKE_ONES_OWN or path.with_name(PARAMETERS).is_file()


def summary_record(results: Results, interval: str) -> dict[str, object]:
    """Numbers of the whole period, differences with their interval, and what it means in words."""
    experiment = results.experiment
    record: dict[str, object] = {
        "scenarios": list(experiment.names),
        "replications": len(results.replications),
        "since": experiment.since_label,
        "spread": {
            "meaning": "mean, 5 % and 95 % quantile over replications",
            "rows": [row for row in spread(results) if row["month"] == ALL],
        },
        "definitions": definitions_record(),
    }
    if len(experiment.scenarios) > 1:
        record["interval"] = {"level": LEVEL, "meaning": interval}
        record["rows"] = [vars(row) for row in compare(results) if row.month == ALL]
    return record


def _scenario_contents(place: str, scenario: Scenario) -> dict[str, bytes]:
    """``parameters.json`` first: `LIKE_ONES_OWN`."""
    contents = {f"{place}{PARAMETERS}": json_bytes(_parameters_record(scenario))}
    if scenario.own_department is not None:
        contents[f"{place}{DEPARTMENT}"] = scenario.own_department
        scenario = replace(scenario, department=DEPARTMENT)
    return contents | {f"{place}{SCENARIO}": scenario_text(scenario).encode()}


def _parameters_record(scenario: Scenario) -> dict[str, object]:
    """Every resolved value at the start, and those that differ from each later date on."""
    steps, before = [], scenario.base
    for day in scenario.days_of_change:
        after = scenario.parameters_on(day)
        steps.append({"date": str(day), "parameters": _changed(before, after)})
        before = after
    return {
        "department": scenario.department_name,
        "share": scenario.share,
        "parameters": scenario.base.records(),
        "changes": steps,
    }


def _changed(before: Parameters, after: Parameters) -> list[dict[str, object]]:
    return [
        after.entry(path).record()
        for path in after.paths()
        if after.value(path) != before.value(path)
    ]


def _manifest(results: Results, replay: str, said: Said) -> dict[str, object]:
    experiment = results.experiment
    return {
        "format": FORMAT,
        "status": "cancelled" if results.is_cancelled else "complete",
        "replay": replay,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "duration_seconds": round(results.seconds, 3),
        "versions": versions(),
        "commit": commit(),
        "platform": machine(),
        "scenarios": [
            {"name": name, "fingerprint": scenario.fingerprint(), "share": scenario.share}
            for name, scenario in zip(experiment.names, experiment.scenarios, strict=True)
        ],
        "start": str(experiment.reference.start),
        "months": experiment.reference.months,
        "seed": experiment.seed,
        "replications": experiment.replications,
        "seeds": list(results.seeds),
        "draws": draws_record(experiment),
        "remarks": list(said.remarks),
        "inputs": input_hashes(experiment.scenarios),
    }


def input_hashes(scenarios: tuple[Scenario, ...]) -> dict[str, str]:
    """SHA-256 of the scenario files and of the parameter tables that were read."""
    hashes = {
        f"scenarios/{file.name}": sha256_of(file)
        for scenario in scenarios
        for file in scenario.files
        if file.is_file()
    }
    package = Path(__file__).resolve().parents[1]
    tables = sorted((package / "parameters" / "tables").glob("*.yaml"))
    for scenario in scenarios:
        if scenario.own_department is not None:
            name = f"departments/{scenario.department_name}"
            hashes[name] = hashlib.sha256(scenario.own_department).hexdigest()
        tables.append(package / "parameters" / "departments" / f"{scenario.department}.yaml")
        tables += read_files() if rests_on_statistics(scenario.base) else []
    for path in tables:
        if path.is_file():
            hashes[f"parameters/{path.parent.name}/{path.name}"] = sha256_of(path)
    return hashes
