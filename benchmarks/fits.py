"""A department's fit as it ships: its runs, what is not runs, and the time to take it up again."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.batch import process_cpu
from calibration.departments import problem_of
from calibration.fitting import FitSettings, fit
from calibration.study import FitStudy, Floats, study_of

DEPARTMENT = "somme"


@dataclass(frozen=True)
class FitCost:
    """One fit: runs, seconds on the clock, processor seconds of all and of the runs alone."""

    runs: int
    workers: int
    seconds: float
    all_cpu: float
    run_cpu: float
    again_seconds: float
    """On the clock, of the same fit when all of its runs are in its folder."""

    @property
    def overhead(self) -> float:
        """Part of the processor time that no run used: passes of the smoother, files, threads."""
        return 1.0 - self.run_cpu / self.all_cpu


def measure() -> FitCost:
    """The fit of one department with the settings of `caseload calibrate`, in a folder apart."""
    spent: list[float] = []
    study, settings = _timed(study_of(problem_of(DEPARTMENT)), spent), FitSettings()
    folder = Path(tempfile.mkdtemp(prefix="caseload-fit-"))
    try:
        cpu, began = process_cpu(), time.perf_counter()
        fit(study, settings, folder)
        seconds, all_cpu = time.perf_counter() - began, process_cpu() - cpu
        began = time.perf_counter()
        fit(study, settings, folder)
        again = time.perf_counter() - began
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return FitCost(settings.runs, os.cpu_count() or 1, seconds, all_cpu, sum(spent), again)


def _timed(study: FitStudy, spent: list[float]) -> FitStudy:
    def simulate(values: Floats, seed: int) -> Floats:
        began = time.thread_time()
        try:
            return study.simulate(values, seed)
        finally:
            spent.append(time.thread_time() - began)

    return replace(study, simulate=simulate)
