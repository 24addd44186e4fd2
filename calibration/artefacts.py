"""The folder of a fit, addressed by the hash of all that decides its content.

Draws, posterior, bank, card and report are each written whole or not at all; the card comes last,
so a folder with a card is complete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from calibration.bank import write_bank
from calibration.fitting import FitSettings, Fitted
from calibration.inference_file import write_inference
from calibration.priors import from_normal, values_of
from calibration.problem import Problem
from calibration.sensitivity import contraction, path_badges
from calibration.study import Floats
from sim.errors import Fault, InputError
from sim.files import json_bytes, write_atomically
from sim.parameters import Parameters
from sim.parameters.draw_files import POSTERIOR, write_draws
from sim.parameters.draws import Draws

DRAWS, NETCDF, BANK, CARD, REPORT, REQUEST = (
    "draws.parquet", "posterior.nc", "bank.parquet", "calibration_card.json", "report.html",
    "request.json",
)  # fmt: skip
KEY_LENGTH = 16


def key_of(identity: str, settings: FitSettings) -> str:
    """The address of a fit: engine, priors and targets by their identity, and the settings."""
    text = json.dumps([identity, settings.record()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def open_folder(folder: Path, key: str) -> None:
    """Make the folder of a fit, or take it up; raises `InputError` when it holds another thing."""
    accepted = "a new folder, an empty one, or the one of the same fit"
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault("command line", "--out", f"the file {folder}", accepted)])
    request = folder / REQUEST
    if request.exists():
        try:
            found = str(json.loads(request.read_text(encoding="utf-8"))["key"])
        except (ValueError, KeyError, TypeError):
            found = "unreadable"
        if found != key:
            text = f"{folder} with the fit {found} (other engine, priors, targets or settings)"
            raise InputError([Fault("command line", "--out", text, accepted)])
        return
    if folder.exists() and any(folder.iterdir()):
        raise InputError([Fault("command line", "--out", f"{folder}, not empty", accepted)])
    write_atomically(request, json_bytes({"key": key}))


def draws_of(problem: Problem, positions: Floats, tables: Parameters) -> Draws:
    """The posterior in the units of the tables, with the badge of every path."""
    values = from_normal(problem.priors, positions)
    rows = [values_of(problem.priors, row, tables) for row in values]
    paths = tuple(rows[0])
    kinds = path_badges(problem.priors, contraction(positions), paths)
    table = np.array([[row[path] for path in paths] for row in rows])
    own = Draws(problem.name, paths, table, problem.identity, kinds)
    return own if problem.shared is None else completed(own, problem.shared)


def completed(own: Draws, shared: Draws) -> Draws:
    """Draws of a department with the shared dynamics that each of them lives in.

    Both are drawn independently of each other, so they are paired in turn until each was used.
    """
    further = [number for number, path in enumerate(shared.paths) if path not in own.paths]
    paths = tuple(shared.paths[number] for number in further)
    rows = np.arange(max(len(own), len(shared)))
    left, right = own.values[rows % len(own)], shared.values[rows % len(shared)]
    kinds = {**{path: shared.kinds[path] for path in paths}, **own.kinds}
    values = np.hstack([left, right[:, further]])
    return Draws(own.department, own.paths + paths, values, own.identity, kinds)


def write_artefacts(
    folder: Path,
    problem: Problem,
    fitted: Fitted,
    draws: Draws,
    card: Mapping[str, object],
    report: str,
) -> None:
    """Write everything but the runs themselves, which are there."""
    (folder / CARD).unlink(missing_ok=True)
    write_draws(folder / DRAWS, draws)
    write_inference(folder / NETCDF, problem, fitted)
    if fitted.bank is not None:
        write_bank(folder / BANK, fitted.bank)
    write_atomically(folder / REPORT, report.encode())
    write_atomically(folder / CARD, json_bytes(card))


def read_card(file: Path) -> dict[str, object]:
    """A card; raises `InputError` when the file is not one."""
    try:
        card = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(card, dict) or not {"parameters", "targets", "identity"} <= set(card):
            raise ValueError("not a card")
    except (OSError, ValueError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else type(error).__name__
        accepted = f"a {CARD} as `caseload calibrate` writes it"
        raise InputError([Fault(str(file), "", found, accepted)]) from None
    return card


def shipped_card(department: str) -> Path:
    """Where the card of a department's shipped draws is."""
    return POSTERIOR / f"{department}.card.json"
