"""What the model keeps on the disk: how each kind of file is written, and what is made of it."""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import numba
import numpy as np

from calibration import bank as bank_module
from calibration.bank import Bank
from calibration.runs import RunStore
from sim import kernel_cache
from sim.engine.starting_population import starting_population
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.runner import run_experiment
from sim.kernel_cache import keep_kernels
from sim.parameters import draw_files
from sim.parameters.draws import Draws
from sim.policy import load_scenario
from sim.user_cache import CACHE_VARIABLE
from tests.small_batches import SHORT_HISTORY

SHARE, MONTHS, SEED = 0.01, 2, 5
RULES = "def twice(x):\n    return x + x\n\n\ndef thrice(x):\n    return 3 * x\n"
DRAWN = np.linspace(0.1, 0.9, 12).reshape(6, 2)
PATHS = ("job_finding.base_hazard", "benefit.long_exit_hazard")
FILE = "table.parquet"


@cache
def experiment() -> Experiment:
    """A reference and a scenario that leaves it after a month, in a small world."""
    reference = load_scenario("somme_reference").with_variant(SHORT_HISTORY).scaled(SHARE)
    reference = reference.with_months(MONTHS)
    later = reference.start.replace(month=reference.start.month + 1)
    other = reference.with_changes({"job_finding.base_hazard": 0.05}, later)
    return Experiment((reference, other), SEED, 2)


def write_population(folder: Path) -> None:
    """Two starting populations."""
    read_population(folder)


def read_population(folder: Path) -> object:
    """Two starting populations, to the byte."""
    plan = run_plan_of(experiment().reference)
    with mock.patch.dict(os.environ, {CACHE_VARIABLE: str(folder)}):
        return [starting_population(plan, seed).to_bytes() for seed in experiment().seeds]


def write_comparison(folder: Path) -> None:
    """Populations, pasts and books of a comparison."""
    read_comparison(folder)


def read_comparison(folder: Path) -> object:
    """The outcomes of a comparison that reads what is there and keeps what is not."""
    with mock.patch.dict(os.environ, {CACHE_VARIABLE: str(folder)}):
        found = run_experiment(experiment(), workers=1, kept=KeptRuns(folder))
    return [one.values.tobytes() for each in found.replications for one in each.outcomes]


def write_kernels(folder: Path) -> None:
    """The machine code of two functions, of which one has two signatures."""
    read_kernels(folder)


def read_kernels(folder: Path) -> object:
    """What the functions give in a process that compiled none of them yet."""
    rules = folder / "rules.py"
    rules.write_text(RULES)
    specification = importlib.util.spec_from_file_location("hostile_rules", rules)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    sys.modules[module.__name__] = module
    with mock.patch.object(kernel_cache, "kernel_folder", return_value=folder / "kernels"):
        twice, thrice = (_compiled(getattr(module, name)) for name in ("twice", "thrice"))
        found = [twice(21), twice(0.5), thrice(7)]
    rules.unlink()
    return found


def _compiled(function: Any) -> Any:
    compiled: Any = numba.njit(function)
    keep_kernels(compiled, function)
    return compiled


def write_runs(folder: Path) -> None:
    """The finished members of a stage of a fit."""
    read_runs(folder)


def read_runs(folder: Path) -> object:
    """Outputs of all members, those that are missing run again."""
    store = RunStore(folder / "stage.runs", DRAWN, np.arange(len(DRAWN)), 2)
    for member in store.missing:
        store.add(member, DRAWN[member] ** 2)
    return store.outputs.tobytes()


def write_draws(folder: Path) -> None:
    """A small file of draws."""
    kinds = dict.fromkeys(PATHS, "data")
    draw_files.write_draws(folder / FILE, Draws("somme", PATHS, DRAWN, "made", kinds))


def read_draws(folder: Path) -> object:
    """Everything in a file of draws."""
    found = draw_files.read_draws(folder / FILE)
    return found.department, found.paths, found.values.tobytes(), found.identity, found.kinds


def write_bank(folder: Path) -> None:
    """A small bank."""
    seeds = np.arange(len(DRAWN))
    bank = Bank("made", PATHS, ("stock", "exits"), DRAWN, seeds, DRAWN**2)
    bank_module.write_bank(folder / FILE, bank)


def read_bank(folder: Path) -> object:
    """Everything in a bank."""
    found = bank_module.read_bank(folder / FILE)
    numbers = (found.positions, found.seeds, found.figures)
    return found.identity, found.parameters, found.outputs, *(one.tobytes() for one in numbers)
