"""The JSON schema of plan files, for editors; ``make docs`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.batch.form import PlanForm
from sim.policy.schema import DIALECT

SCHEMA_FILE = "plan.schema.json"


def plan_schema() -> dict[str, Any]:
    """The form of a plan file."""
    schema = PlanForm.model_json_schema()
    return {"$schema": DIALECT, **schema, "title": "A batch of the RSA caseload simulation"}


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n"


def write_plan_schema(folder: Path) -> Path:
    """Write the schema into a folder, and say where."""
    path = folder / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8")
    return path
