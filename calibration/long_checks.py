"""The long checks of the fit, one dated file of JSON for each.

``python -m calibration.long_checks FOLDER --runs 2000`` works on the country's problem. Its bank
is kept in ``runs/`` and taken up where it was, so the checks may be stopped and started again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from calibration.bank import BLOCK, Bank, run_bank
from calibration.bank_checks import (
    CHAIN_TRUTHS,
    TRUTHS,
    verdict_in_emulated_world,
    verdict_on_chains,
    verdict_on_smoother,
    whole_outputs,
)
from calibration.card import versions
from calibration.departments import problem_of
from calibration.designs import CENTRE_STAGE, member_seeds
from calibration.emulator import fit_emulator
from calibration.fitting import covariance_of
from calibration.runs import RunProgress, Watch, run_members
from calibration.sensitivity import sobol_indices
from calibration.smoother import SmootherSettings
from calibration.study import FitStudy, Floats, study_of
from sim.files import json_bytes, write_atomically
from sim.parameters.draws import SHARED

CENTRE_RUNS = 100
BANKS = Path("runs") / "calibration"
TRUTHS_ARE = (
    "runs of the simulator at positions drawn from the prior, kept from the emulator; to their "
    "figures errors with the covariance of the published ones are added"
)
METHODS: Mapping[str, str] = {
    "smoother": "4 passes of 500 members, answered by the emulator with its noise as seed noise",
    "chains": "Metropolis chains on the emulator",
    "emulated_world": "the smoother where the emulator's means with the noise of seeds alone are "
    "the world, of the truths too: a test under figures that teach as much as the simulator's",
}


def coverage_record(
    study: FitStudy, bank: Bank, seed_covariance: Floats, truths: int, chain_truths: int
) -> dict[str, object]:
    """Simulation-based calibration of both methods, and how good their emulator is."""
    with threadpool_limits(limits=1):
        smoother = verdict_on_smoother(study, bank, SmootherSettings(), truths)
        chains = verdict_on_chains(study, bank, chain_truths)
        emulated = verdict_in_emulated_world(
            study, bank, seed_covariance, SmootherSettings(), truths
        )
        emulator = fit_emulator(bank.positions, bank.figures[:, study.read])
    explained = dict(zip((study.outputs[n] for n in study.read), emulator.explained, strict=True))
    return {
        "truths_are": TRUTHS_ARE,
        "runs_learned_from": len(bank) - truths,
        "methods": dict(METHODS),
        "smoother": smoother.record(),
        "chains": chains.record(),
        "emulated_world": emulated.record(),
        "variance_explained_by_emulator": {
            name: round(float(share), 3) for name, share in explained.items()
        },
    }


def seed_noise(study: FitStudy, place: Path, workers: int | None) -> Floats:
    """Covariance of one run's seed at the prior's centre, (read, read)."""
    centre = np.zeros((CENTRE_RUNS, len(study.parameters)))
    seeds = member_seeds(1, CENTRE_STAGE, CENTRE_RUNS)
    outputs = run_members(study, "centre", centre, seeds, place, workers=workers)
    return covariance_of(outputs[:, study.read])


def sensitivity_record(study: FitStudy, bank: Bank) -> dict[str, object]:
    """Sobol indices of every output that nearly all runs give."""
    chosen = whole_outputs(bank)
    emulator = fit_emulator(bank.positions, bank.figures[:, chosen])
    names = tuple(study.outputs[number] for number in chosen)
    return {"runs": len(bank), "sobol": sobol_indices(emulator, study.parameters, names).record()}


def dated(study: FitStudy, record: Mapping[str, object]) -> dict[str, object]:
    """A record with what it was made with, and when."""
    head = {"date": date.today().isoformat(), "problem": study.name, "identity": study.identity}
    return {**head, "versions": versions(), **record}


def write_long_checks(folder: Path, runs: int, truths: int, workers: int | None) -> None:
    """Run what is missing of the bank, then write every record."""
    study = study_of(problem_of(SHARED))
    place = BANKS / f"bank-{study.identity[:16]}"
    began = time.monotonic()
    bank = run_bank(study, runs, place, workers=workers, watch=Watch(runs, _tell))
    seconds = time.monotonic() - began
    noise = seed_noise(study, place, workers)
    records: dict[str, Mapping[str, object]] = {
        "coverage": coverage_record(study, bank, noise, truths, min(truths, CHAIN_TRUTHS)),
        "sensitivity": sensitivity_record(study, bank),
        "bank": {
            "runs": len(bank),
            "seconds_of_last_start": round(seconds, 1),
            "without_figures": int(np.sum(~np.isfinite(bank.figures[:, study.read]).all(axis=1))),
        },
    }
    for name, record in records.items():
        content = json_bytes(dated(study, record))
        write_atomically(folder / f"{study.name}_{name}.json", content)


def _tell(progress: RunProgress) -> None:
    if progress.done % BLOCK == 0 and progress.seconds_left is not None:
        print(f"{progress.done} of {progress.runs} runs, {progress.seconds_left:.0f} s left")


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description="The long checks of the fit.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--truths", type=int, default=TRUTHS)
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.parse_args()
    write_long_checks(asked.folder, asked.runs, asked.truths, asked.workers)


if __name__ == "__main__":
    main()
