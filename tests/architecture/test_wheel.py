"""An installed wheel has the scenario files and the app, and finds them from any folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from sim.policy import shipped_scenarios

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sim.policy as policy
from ui.scoreboard import scoreboard
print(policy.scenario_folder())
print(*policy.shipped_scenarios())
print(policy.load_scenario("somme_experiment").name)
print(len(scoreboard().scores))
"""
START_SECONDS, STOP_SECONDS = 120, 20


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a freshly built wheel was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


@pytest.mark.slow
def test_a_wheel_carries_the_scenarios(installed: Path, tmp_path: Path) -> None:
    assert (installed / "sim" / "py.typed").is_file()
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    folder, names, loaded, scores = run.stdout.splitlines()
    assert Path(folder).resolve().is_relative_to(installed.resolve())
    assert tuple(names.split()) == shipped_scenarios()
    assert loaded == "somme_experiment"
    assert int(scores) > 0


@pytest.mark.slow
def test_a_wheel_opens_the_app_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "empty").mkdir()
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "app", "--port", str(port)],
            cwd=tmp_path / "empty",
            env={
                **os.environ,
                "PYTHONPATH": str(installed),
                "CASELOAD_APP_DATA": str(tmp_path / "data"),
            },
            stdout=log,
            stderr=log,
        )
        try:
            page, policy = page_of(f"http://127.0.0.1:{port}", server)
            # A server that listens on every address of the machine would answer here too.
            with pytest.raises(ConnectionRefusedError), socket.socket() as other:
                other.connect(("127.0.0.2", port))
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)
        log.seek(0)
        said = log.read()
    assert "<title>" in page, said
    assert "default-src 'none'" in policy, "the front door goes with the wheel"
    assert "usage statistics" not in said.lower()
    settings = Path("top", ".streamlit", "config.toml")
    assert (installed / "sim" / settings).read_text(encoding="utf-8") == (
        ROOT / ".streamlit" / "config.toml"
    ).read_text(encoding="utf-8")


def page_of(address: str, server: subprocess.Popen[bytes]) -> tuple[str, str]:
    """The first page of a server and its content policy; empty when it ends or stays silent."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=2) as answer:
                return answer.read().decode(), answer.headers["content-security-policy"]
        except OSError:
            time.sleep(0.2)
    return "", ""
