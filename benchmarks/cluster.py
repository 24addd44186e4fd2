"""A batch on a Dask scheduler with two workers of this machine: what the cluster itself costs."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from benchmarks.batch import CASES, plan_of
from sim.batch.cluster import crew_of
from sim.batch.runner import run_batch
from sim.batch.store import Store
from sim.experiments.experiment import Experiment
from tests.functional.interruptions import DaskCluster, dask_cluster

WARM_SEEDS = 8
"""Seeds of a first batch that is not counted: the workers load the compiled model in it."""
WORKERS = 2


@dataclass(frozen=True)
class ClusterCost:
    """One batch: runs, seconds on the clock, processor seconds of all processes and of chunks."""

    runs: int
    seconds: float
    all_cpu: float
    chunk_cpu: float

    @property
    def overhead(self) -> float:
        """Part of the processor time that no chunk used: scheduler, workers' loops, this process.

        What a chunk spends on its rows is in the runner's own overhead (`benchmarks.batch`).
        """
        return 1.0 - self.chunk_cpu / self.all_cpu


def measure(runs: int) -> ClusterCost:
    """The pilot territory under two scenarios, so many runs in all, on ordinary Dask processes."""
    folder = Path(tempfile.mkdtemp(prefix="caseload-cluster-"))
    try:
        case = replace(CASES[0], runs=runs)
        plan = plan_of(case, folder)
        experiment = plan.experiment
        warm = replace(
            plan, experiment=Experiment(experiment.scenarios, experiment.seed + 1, WARM_SEEDS)
        )
        with dask_cluster(folder / "dask", workers=WORKERS) as cluster:
            run_batch(warm, Store(folder / "warm"), make_crew=crew_of(cluster.address))
            before, began = cpu_of(cluster), time.perf_counter()
            store = Store(folder / "store")
            end = run_batch(plan, store, make_crew=crew_of(cluster.address))
            seconds = time.perf_counter() - began
            spent = cpu_of(cluster) - before
        chunks = sum(record.cpu_seconds for record in store.records(plan.label))
        return ClusterCost(end.tasks_done * len(plan.names), seconds, spent, chunks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cpu_of(cluster: DaskCluster) -> float:
    """Processor seconds so far of this process, the scheduler and the workers."""
    others = [process.pid for process in (cluster.scheduler, *cluster.workers)]
    times = [psutil.Process(pid).cpu_times() for pid in (os.getpid(), *others)]
    return float(sum(each.user + each.system for each in times))
