"""Ways to interrupt a batch at a random moment; each leaves a store that is then taken up again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sim.batch.chunks import chunks_of
from sim.batch.cluster import crew_of
from sim.batch.plan import BatchPlan
from sim.batch.runner import run_batch
from sim.batch.store import Store

ROOT = Path(__file__).resolve().parents[2]
LONGEST_PAUSE = 0.2
PATIENCE = 120.0
RECONNECT_SECONDS = 8.0
"""After which a scheduler that is gone is given up."""


def environment() -> dict[str, str]:
    """That of this process, with the package of this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def records(root: Path) -> int:
    """How many chunks were written."""
    return sum(1 for _ in root.glob("catalogue/*/records/*.json"))


def at_a_random_moment(root: Path, chunks: int, luck: random.Random) -> None:
    """Wait until some chunks are written, and a little longer."""
    wanted = luck.randrange(chunks)
    until = time.monotonic() + PATIENCE
    while records(root) < wanted and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(luck.uniform(0.0, LONGEST_PAUSE))


def kill_main_process(file: Path, root: Path, chunks: int, luck: random.Random) -> None:
    """``kill -9`` of ``caseload batch`` with two threads."""
    words = [sys.executable, "-m", "ui.cli", "batch", str(file), "--store", str(root)]
    with subprocess.Popen(
        [*words, "--workers", "2"],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        at_a_random_moment(root, chunks, luck)
        process.send_signal(signal.SIGKILL)


@dataclass
class DaskCluster:
    """A scheduler and its workers on this machine, started with the ordinary commands."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self, threads: int) -> None:
        """One more worker; it is not waited for."""
        place = self.folder / f"worker{len(list(self.folder.iterdir()))}"
        self.workers.append(
            dask(
                "worker", self.address, "--nthreads", str(threads), "--no-nanny",
                "--no-dashboard", "--local-directory", str(place),
            )
        )  # fmt: skip

    def wait_for(self, workers: int) -> None:
        """Until so many workers are there."""
        from distributed import Client

        with Client(self.address, set_as_default=False, timeout=PATIENCE) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """``kill -9``."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.workers = [worker for worker in self.workers if worker is not process]


def dask(*words: str) -> subprocess.Popen[bytes]:
    """An ordinary ``dask`` command, silent."""
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def dask_cluster(folder: Path, workers: int = 2, threads: int = 1) -> Iterator[DaskCluster]:
    """A scheduler with so many workers of so many threads."""
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "scheduler.json"
    known.unlink(missing_ok=True)
    where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(known))
    cluster = DaskCluster(folder, dask("scheduler", "--no-dashboard", *where), "")
    try:
        cluster.address = _address(known)
        for _ in range(workers):
            cluster.start_worker(threads)
        cluster.wait_for(workers)
        yield cluster
    finally:
        for process in (*cluster.workers, cluster.scheduler):
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(ValueError, KeyError, OSError):
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError("the scheduler did not say its address")


def kill_in_cluster(
    cluster: DaskCluster, plan: BatchPlan, root: Path, luck: random.Random, who: str
) -> str:
    """``kill -9`` of a worker or of the scheduler while a batch runs; what the batch said."""
    import dask.config

    said: list[str] = []

    def run() -> None:
        try:
            run_batch(plan, Store(root), make_crew=crew_of(cluster.address))
        except OSError as error:
            said.append(str(error))

    with dask.config.set({"distributed.comm.timeouts.connect": RECONNECT_SECONDS}):
        thread = threading.Thread(target=run)
        thread.start()
        at_a_random_moment(root, len(chunks_of(plan)), luck)
        victim = cluster.scheduler if who == "scheduler" else luck.choice(cluster.workers)
        cluster.kill(victim)
        thread.join(PATIENCE)
    assert not thread.is_alive(), "the batch hangs"
    return " ".join(said)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own, so small; raises PermissionError where none can be made."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={kilobytes}k"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        raise PermissionError(made.stderr.decode())
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def enlarge(folder: Path, kilobytes: int) -> None:
    """Give the file system more room."""
    options = f"remount,size={kilobytes}k"
    subprocess.run(["mount", "-o", options, str(folder)], check=True)


def truncate_last_file(root: Path, luck: random.Random) -> Path:
    """Cut one of the files that were written last, as a power cut may."""
    files = sorted(
        (path for path in root.rglob("*") if path.is_file() and path.stat().st_size),
        key=lambda path: path.stat().st_mtime_ns,
    )
    victim = luck.choice(files[-4:])
    size = victim.stat().st_size
    os.truncate(victim, luck.randrange(size))
    return victim
