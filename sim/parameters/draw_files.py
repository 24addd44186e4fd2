"""Draws of parameters as Parquet files.

A file has the column ``draw`` and one column per parameter path, in the unit of the table. The
department, the identity of the fit and a badge per path stand in its metadata, with a digest of it
all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.parameters.draws import SHARED, Draws
from sim.parameters.sources import HERE
from sim.sealed_table import read_table, write_table

POSTERIOR = HERE / "posterior"
METADATA_KEY = "rsa_caseload"
NUMBER_COLUMN = "draw"


def shipped_draws(department: str) -> Draws | None:
    """The draws shipped for a department, else the shared ones, else None.

    Raises `InputError` when what was shipped does not hold.
    """
    for name in (department, SHARED):
        path = POSTERIOR / f"{name}.parquet"
        if path.exists():
            draws = read_draws(path)
            if draws.department != name:
                found = f"draws of {draws.department}"
                raise InputError([Fault(str(path), "", found, f"draws of {name}")])
            return draws
    return None


def read_draws(path: Path) -> Draws:
    """The draws of a file; raises `InputError` when it is not one."""
    try:
        columns, about = read_table(path, METADATA_KEY)
        numbers = columns.pop(NUMBER_COLUMN)
        paths = tuple(columns)
        values = np.stack([*columns.values()], axis=1) if paths else np.empty((len(numbers), 0))
        kinds = {name: str(about["kinds"][name]) for name in paths}
        return Draws(str(about["department"]), paths, values, str(about["identity"]), kinds)
    except (OSError, KeyError, TypeError, ValueError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        accepted = "a Parquet file of draws, as `caseload calibrate` writes it"
        raise InputError([Fault(str(path), "", found, accepted)]) from None


def write_draws(path: Path, draws: Draws) -> None:
    """Write draws so that `read_draws` gives them back to the last bit."""
    about = {
        "department": draws.department,
        "identity": draws.identity,
        "kinds": {name: draws.kinds[name] for name in draws.paths},
    }
    columns: dict[str, NDArray[Any]] = {NUMBER_COLUMN: np.arange(len(draws), dtype=np.int32)}
    columns |= {name: draws.values[:, number] for number, name in enumerate(draws.paths)}
    write_table(path, columns, about, METADATA_KEY)
