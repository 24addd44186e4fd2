"""A server of the app and a real browser, both on this machine alone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from steps import OUT, ROOT

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
SHARE = "0.03"
"""The journey is about the pages: a small part of a department is simulated."""
START_SECONDS = 600

collect_ignore = [] if CHROMIUM else ["test_journey.py", "test_accessibility.py"]


def pytest_report_header() -> str:
    return (
        f"browser: {CHROMIUM or 'NO chromium, run tests/e2e/prepare: tests/e2e is not collected'}"
    )


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "CASELOAD_APP_DATA": str(tmp_path_factory.mktemp("data")),
        "CASELOAD_APP_SHARE": SHARE,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    OUT.mkdir(parents=True, exist_ok=True)
    log = (OUT / "server.log").open("w")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    found = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{found}/_stcore/health", server)
        yield found
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(health: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}: see {OUT}/server.log")
        try:
            with urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()
