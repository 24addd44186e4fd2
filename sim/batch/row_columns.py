"""The columns of the results, one value a row: what they are called, and their types."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS: Mapping[str, str] = {
    "experiment": "varchar",
    "scenario": "varchar",
    "setting": "integer",
    "draw": "integer",
    "replication": "integer",
    "seed": "bigint",
    "month": "varchar",
    "territory": "varchar",
    "pathway": "varchar",
    "outcome": "varchar",
    "value": "double",
    "unit": "varchar",
}
"""Types by their names in SQL; ``draw`` is null when the tables hold as they are."""
