"""The JSON schema of scenario files, for editors; ``make docs`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.policy.form import PATH_ACCEPTED, ScenarioForm
from sim.policy.levers import LeverEntry, lever_catalogue
from sim.policy.places import scenario_folder

SCHEMA_FILE = "scenario.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """The form of a scenario file, with the levers of the catalogue as documented paths."""
    schema = ScenarioForm.model_json_schema()
    levers = {_pattern(entry): _hint(entry) for entry in lever_catalogue().values()}
    for block in (schema["properties"]["variant"], schema["$defs"]["Change"]["properties"]["set"]):
        any_path, any_value = next(iter(block.pop("patternProperties").items()))
        block |= {
            "propertyNames": {"pattern": any_path, "description": PATH_ACCEPTED},
            "patternProperties": levers,
            "additionalProperties": any_value,
        }
    return {"$schema": DIALECT, **schema, "title": "A scenario of the RSA caseload simulation"}


def _pattern(entry: LeverEntry) -> str:
    return "^" + entry.pattern.replace(".", r"\.").replace("*", "[a-z0-9_*]+") + "$"


def _hint(entry: LeverEntry) -> dict[str, Any]:
    label = entry.label.en.replace("{", "").replace("}", "")
    usual = f"usually {entry.range.low:g} to {entry.range.high:g} {entry.unit}"
    return {"type": "number", "description": f"{label} ({entry.unit}), {usual}"}


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema(folder: Path | None = None) -> Path:
    """Write the schema beside the scenario files, and say where."""
    path = (folder or scenario_folder()) / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8")
    return path
