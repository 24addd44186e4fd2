"""The folder of a run: everything needed to read it later and to run it again.

Each file is written under a temporary name and renamed when it is whole; the manifest comes last,
so that a folder with a manifest is complete.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sim.errors import Fault, InputError
from sim.experiments.comparison import compare, meaning
from sim.experiments.drawn import draws_record
from sim.experiments.intervals import LEVEL
from sim.experiments.runner import Results
from sim.experiments.tables import outcome_table, spread
from sim.files import (
    TEMPORARY,
    json_bytes,
    sha256_of,
    write_atomically,
)
from sim.outcomes import ALL, definitions_record
from sim.parameters import Parameters
from sim.policy import Scenario, remarks, scenario_text
from sim.version import engine_version, package_version

MANIFEST = "manifest.json"
EVENTS = "events.parquet"
REPORT = "report.html"
FIGURES = "figures"
COMPARED = "scenarios"
FORMAT = 1
LIBRARIES = ("numpy", "numba", "pandas", "pyarrow", "scipy", "simpy")
OWN_NAMES = frozenset(
    {
        MANIFEST,
        EVENTS,
        REPORT,
        FIGURES,
        COMPARED,
        "outcomes.parquet",
        "parameters.json",
        "scenario.yaml",
        "summary.json",
    }
)


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything else than an earlier run; raises `InputError`."""
    accepted = "a new folder, an empty one, or the folder of an earlier run"
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault("command line", "out", f"the file {folder}", accepted)])
    if not folder.exists():
        return
    strangers = [
        path.name
        for path in folder.iterdir()
        if path.name not in OWN_NAMES and not path.name.endswith(TEMPORARY)
    ]
    if strangers:
        found = f"{folder} with {', '.join(sorted(strangers)[:3])}"
        raise InputError([Fault("command line", "out", found, accepted)])


def write_run_folder(
    folder: Path,
    results: Results,
    replay: str,
    pictures: Mapping[str, bytes],
    report: str,
) -> None:
    """Write a finished (or cancelled) experiment; ``replay`` is the command that repeats it."""
    clear(folder)
    scenarios = results.experiment.scenarios
    _write_scenario(folder, scenarios[0])
    if len(scenarios) > 1:
        for name, scenario in zip(results.experiment.names, scenarios, strict=True):
            _write_scenario(folder / COMPARED / name, scenario)
    table = outcome_table(results)
    write_atomically(folder / "outcomes.parquet", table.to_parquet(index=False))
    write_atomically(folder / "summary.json", json_bytes(summary_record(results)))
    for name, picture in pictures.items():
        write_atomically(folder / FIGURES / f"{name}.png", picture)
    write_atomically(folder / REPORT, report.encode())
    write_atomically(folder / MANIFEST, json_bytes(_manifest(folder, results, replay)))


def clear(folder: Path) -> None:
    """Take away what an earlier run left, the manifest first; the log of events stays."""
    (folder / MANIFEST).unlink(missing_ok=True)
    if not folder.is_dir():
        return
    stale = [folder / name for name in OWN_NAMES - {EVENTS, FIGURES, COMPARED}]
    stale += list((folder / FIGURES).glob("*.png"))
    stale += [path for path in (folder / COMPARED).glob("*/*") if path.name in OWN_NAMES]
    for path in stale:
        path.unlink(missing_ok=True)
    for path in (folder / COMPARED).glob("*"):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def summary_record(results: Results) -> dict[str, object]:
    """Numbers of the whole period, differences with their interval, and what they mean."""
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
        record["interval"] = {"level": LEVEL, "meaning": meaning(experiment)}
        record["rows"] = [vars(row) for row in compare(results) if row.month == ALL]
    return record


def _write_scenario(folder: Path, scenario: Scenario) -> None:
    write_atomically(folder / "scenario.yaml", scenario_text(scenario).encode())
    write_atomically(folder / "parameters.json", json_bytes(_parameters_record(scenario)))


def _parameters_record(scenario: Scenario) -> dict[str, object]:
    """Every resolved value at the start, and those that differ from each later date on."""
    steps, before = [], scenario.base
    for day in scenario.days_of_change:
        after = scenario.parameters_on(day)
        steps.append({"date": str(day), "parameters": _changed(before, after)})
        before = after
    return {
        "department": scenario.department,
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


def _manifest(folder: Path, results: Results, replay: str) -> dict[str, object]:
    experiment = results.experiment
    return {
        "format": FORMAT,
        "status": "cancelled" if results.is_cancelled else "complete",
        "replay": replay,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "duration_seconds": round(results.seconds, 3),
        "versions": {
            "rsa-caseload": package_version(),
            "engine": engine_version(),
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in LIBRARIES},
        },
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
        "remarks": [one.en for one in remarks(*experiment.scenarios)],
        "inputs": input_hashes(experiment.scenarios),
        "files": {
            str(path.relative_to(folder)): sha256_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != MANIFEST
        },
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
        shipped = package / "parameters" / "departments" / f"{scenario.department}.yaml"
        tables.append(shipped if shipped.is_file() else Path(scenario.department))
    for path in tables:
        if path.is_file():
            hashes[f"parameters/{path.parent.name}/{path.name}"] = sha256_of(path)
    return hashes
