"""The bank: many runs of the prior, made once, from which emulators, checks and what-ifs live.

It is run and kept block by block, so a larger bank takes up the runs of a smaller one.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.designs import BANK_STAGE, member_seeds, prior_positions
from calibration.runs import Watch, run_members
from calibration.study import FitStudy, Floats, Whole
from sim.errors import Fault, InputError
from sim.sealed_table import Columns, read_table, write_table

BLOCK = 500
METADATA_KEY = "rsa_caseload_bank"


@dataclass(frozen=True)
class Bank:
    """Positions (runs, parameters), seeds (runs,) and outputs (runs, outputs) of prior runs."""

    identity: str
    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    positions: Floats
    seeds: Whole
    figures: Floats

    def __len__(self) -> int:
        return len(self.positions)


def run_bank(
    study: FitStudy,
    runs: int,
    folder: Path,
    *,
    seed: int = 1,
    workers: int | None = None,
    watch: Watch | None = None,
    cancel: threading.Event | None = None,
) -> Bank:
    """Run what is missing of a bank; raises `runs.Interrupted` when cancelled."""
    positions = prior_positions(runs, len(study.parameters), seed)
    seeds = member_seeds(seed, BANK_STAGE, runs)
    watch = watch or Watch(runs)
    blocks = []
    for start in range(0, runs, BLOCK):
        block = slice(start, start + BLOCK)
        stage = f"bank-{start // BLOCK + 1:03d}"
        blocks.append(
            run_members(
                study, stage, positions[block], seeds[block], folder,
                workers=workers, watch=watch, cancel=cancel,
            )
        )  # fmt: skip
    figures = np.concatenate(blocks)
    return Bank(study.identity, study.parameters, study.outputs, positions, seeds, figures)


def write_bank(file: Path, bank: Bank) -> None:
    """One row for each run: its seed, its position by parameter, its outputs."""
    columns: dict[str, NDArray[Any]] = {"seed": bank.seeds}
    for kind, names, values in (
        ("position", bank.parameters, bank.positions),
        ("output", bank.outputs, bank.figures),
    ):
        for number, name in enumerate(names):
            columns[f"{kind}: {name}"] = values[:, number]
    about = {
        "identity": bank.identity, "parameters": bank.parameters, "outputs": bank.outputs,
    }  # fmt: skip
    write_table(file, columns, about, METADATA_KEY)


def read_bank(file: Path) -> Bank:
    """The bank of a file; raises `InputError` when it is not one."""
    try:
        columns, about = read_table(file, METADATA_KEY)
        parameters, outputs = tuple(about["parameters"]), tuple(about["outputs"])
        return Bank(
            identity=str(about["identity"]),
            parameters=parameters,
            outputs=outputs,
            positions=_stacked(columns, "position", parameters),
            seeds=columns["seed"],
            figures=_stacked(columns, "output", outputs),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        accepted = "a bank of runs as `caseload calibrate` writes it"
        raise InputError([Fault(str(file), "", found, accepted)]) from None


def _stacked(columns: Columns, kind: str, names: tuple[str, ...]) -> Floats:
    return np.stack([columns[f"{kind}: {name}"] for name in names], axis=1)
