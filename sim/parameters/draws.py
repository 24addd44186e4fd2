"""Draws of parameters: what the fit to published figures leaves open, one row per draw.

A Parquet file has the column ``draw`` and one column per parameter path, in the unit of the
table. The department, the identity of the fit and a badge per path stand in its metadata.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.parameters.sources import HERE

POSTERIOR = HERE / "posterior"
SHARED = "national"
"""Name of the draws for departments without their own."""
METADATA_KEY = b"rsa_caseload"
NUMBER_COLUMN = "draw"
BADGES = ("data", "mixed", "literature", "assumption")
"""Where the knowledge of a parameter comes from, best first."""


@dataclass(frozen=True)
class Draws:
    """Equally likely parameter values of one department.

    ``values`` has one row per draw and one column per path. ``identity`` is the hash of engine,
    priors and targets that the fit was made with. ``kinds`` gives the badge of each path.
    ``department`` is `SHARED` for draws that no department's own figures entered.
    """

    department: str
    paths: tuple[str, ...]
    values: NDArray[np.float64]
    identity: str
    kinds: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.paths):
            raise ValueError("draws need one column per path")
        if set(self.kinds) != set(self.paths):
            raise ValueError("draws need one badge per path")

    def __len__(self) -> int:
        return len(self.values)

    def values_of(self, number: int) -> dict[str, float]:
        """The values of one draw by path, in the unit of the table."""
        return dict(zip(self.paths, self.values[number].tolist(), strict=True))


def shipped_draws(department: str) -> Draws | None:
    """The draws shipped for a department, else the shared ones, else None."""
    for name in (department, SHARED):
        path = POSTERIOR / f"{name}.parquet"
        if path.exists():
            return read_draws(path)
    return None


def read_draws(path: Path) -> Draws:
    """The draws of a file; raises `InputError` when it is not one."""
    try:
        table = pq.read_table(path)
        about = json.loads((table.schema.metadata or {})[METADATA_KEY])
        paths = tuple(name for name in table.column_names if name != NUMBER_COLUMN)
        columns = [table.column(name).to_numpy().astype(np.float64) for name in paths]
        values = np.stack(columns, axis=1) if columns else np.empty((table.num_rows, 0))
        kinds = {name: str(about["kinds"][name]) for name in paths}
        return Draws(str(about["department"]), paths, values, str(about["identity"]), kinds)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else type(error).__name__
        accepted = "a Parquet file of draws, as `caseload calibrate` writes it"
        raise InputError([Fault(str(path), "", found, accepted)]) from None


def write_draws(path: Path, draws: Draws) -> None:
    """Write draws so that `read_draws` gives them back to the last bit."""
    about = {
        "department": draws.department,
        "identity": draws.identity,
        "kinds": {name: draws.kinds[name] for name in draws.paths},
    }
    columns = {NUMBER_COLUMN: pa.array(range(len(draws)), type=pa.int32())}
    columns |= {name: pa.array(draws.values[:, number]) for number, name in enumerate(draws.paths)}
    metadata = {METADATA_KEY: json.dumps(about, ensure_ascii=True).encode("ascii")}
    table = pa.table(columns).replace_schema_metadata(metadata)
    temporary = path.with_suffix(".part")
    pq.write_table(table, temporary, compression="zstd")
    temporary.replace(path)
