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
    hint: dict[str, Any] = {"type": _type_of(entry), "description": f"{label} ({entry.unit})"}
    if entry.range is not None:
        usual = f"usually {entry.range.low:g} to {entry.range.high:g} {entry.unit}"
        hint["description"] = f"{label} ({entry.unit}), {usual}"
    return hint


def _type_of(entry: LeverEntry) -> str | list[str]:
    """What an editor accepts: one value, a list, or (for a dated value) a block of dates too."""
    if entry.unit == "words" or entry.shape == "list":
        return "array"
    one = "string" if entry.unit == "word" else "number"
    return [one, "object"] if entry.shape == "dated" else one


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema(folder: Path | None = None) -> Path:
    """Write the schema beside the scenario files, and say where."""
    path = (folder or scenario_folder()) / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8")
    return path
