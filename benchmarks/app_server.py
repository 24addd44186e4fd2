"""A server of the app on this machine alone, for measurements and for tests in a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
START_SECONDS = 600
STOP_SECONDS = 20


@dataclass(frozen=True)
class Serving:
    """A server that is ready: its address and its process."""

    address: str
    process: int


@contextmanager
def serving(environment: Mapping[str, str], log: Path) -> Iterator[Serving]:
    """Start the app with some environment variables; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as written:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=written, stderr=written
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield Serving(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _wait(health: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}: see {log}")
        try:
            with urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not start")
