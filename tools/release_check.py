"""A release as somebody else gets it: ``make release-check``.

The source distribution is built, and the wheel from it. Then, under each Python that the project
declares and this machine has, the wheel is installed into an empty environment, in the versions of
the lock and from published wheels alone. There the demo runs, the app answers, and the quick tests
that need no checkout pass, with the slow ones of some files. Every demo must give the same tables.
Pythons that are not here are named.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from release_metadata import project

ROOT = Path(__file__).resolve().parents[1]
DECLARED = re.compile(r"Programming Language :: Python :: (3\.\d+)$")
NEEDS_CHECKOUT = re.compile(r"parents\[|\bROOT\b|from (?:tests\.)?(?:benchmarks|tools)\b")
"""What a test file says that reads more than the installed package and its own folder."""
TABLES = frozenset((".json", ".parquet", ".yaml"))
"""Pictures and the report say when and with which libraries they were made."""
QUICK, SLOW = "not slow and not e2e", "slow and not e2e"
WORTH_THEIR_TIME = (
    "tests/agreement/test_pasts.py",
    "tests/forecast/test_forecasts.py",
    "tests/functional/test_kept_pasts.py",
    "tests/functional/test_replay.py",
    "tests/functional/test_restarts.py",
    "tests/statistical/test_randomness.py",
    "tests/unit/test_kernel_cache.py",
)
"""Files whose slow tests are run too, a minute or two in all: what another Python or library could
break without a word (compiled code and its text, what is kept on the disk, numbers)."""
OF_TESTS = re.compile(r"^from (tests(?:\.\w+)+) import", re.MULTILINE)
NEWEST = "newest"
APP_SECONDS, STOP_SECONDS, LAST_LINES, MOST_WORDS = 300, 20, 30, 8


@dataclass(frozen=True)
class Checked:
    """What was found under one Python."""

    python: str
    seconds: dict[str, float]
    tables: dict[str, str]
    """Digests of the demo's tables, by file."""
    tests: str


class ReleaseError(Exception):
    """A command that did not do what a release must do; what it said."""


def declared() -> list[str]:
    """The minor versions of Python that the project declares."""
    return [found[1] for one in project()["classifiers"] if (found := DECLARED.match(one))]


def interpreters(version: str) -> Iterator[Path]:
    """Where a Python of a minor version may be: on the path, or kept by pyenv."""
    if named := shutil.which(f"python{version}"):
        yield Path(named)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    yield from sorted(kept.glob(f"{version}.*/bin/python"))


def interpreter(version: str) -> Path | None:
    """A Python that starts and is of this version."""
    asked = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    for python in interpreters(version):
        told = subprocess.run([str(python), *asked], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.strip() == version:
            return python
    return None


def chosen(asked: Sequence[str] | None) -> list[str]:
    """The minor versions to check; `NEWEST` is the newest declared one that this machine has."""
    if not asked:
        return declared()
    here = [version for version in declared() if interpreter(version)]
    newest = max(here, key=lambda version: int(version.partition(".")[2]), default=NEWEST)
    return [newest if version == NEWEST else version for version in asked]


def said_by(command: Sequence[str | Path], folder: Path, environment: dict[str, str]) -> str:
    """The output of a command; raises `ReleaseError` when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=folder, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-LAST_LINES:])
        raise ReleaseError(f"{' '.join(words[:MOST_WORDS])} …\n{last}")
    return done.stdout


def built(folder: Path) -> tuple[Path, Path]:
    """A wheel that was built from the source distribution, and the unpacked distribution."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t"]
    said_by([*command, "sdist"], ROOT, {**os.environ})
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    source = folder / archive.name.removesuffix(".tar.gz")
    said_by([*command, "wheel"], source, {**os.environ})
    (wheel,) = folder.glob("*.whl")
    return wheel, source


def pins(folder: Path) -> Path:
    """The versions of the lock as constraints, which have no digests."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = re.findall(r"^[a-z0-9][^\\\n]*==[^\\\n]*", text, re.MULTILINE)
    file = folder / "pins.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def environment_of(folder: Path, python: Path) -> dict[str, str]:
    """The variables of a new user: empty folders for caches, data and settings of the program."""
    cache = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=False
    )
    own = ("CASELOAD_", "NUMBA_", "STREAMLIT_", "PYTEST_", "PYTHONPATH", "DASK_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    places = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CACHE", "DATA", "STATE")}
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    return {**kept, **places, "PIP_CACHE_DIR": cache.stdout.strip(), "PATH": path}


def asked_of_app(folder: Path, environment: dict[str, str]) -> None:
    """Start the app from an empty folder; raises `ReleaseError` unless it answers with a page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "app.log"
    with log.open("w") as written:
        server = subprocess.Popen(
            ["caseload", "app", "--port", str(port)],
            cwd=folder, env=environment, stdout=written, stderr=written,
        )  # fmt: skip
        try:
            until = time.monotonic() + APP_SECONDS
            while time.monotonic() < until and server.poll() is None:
                try:
                    with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as health:
                        is_well = health.read().strip() == b"ok"
                    with urlopen(f"http://127.0.0.1:{port}", timeout=10) as page:
                        if is_well and b"<title>" in page.read():
                            return
                except OSError:
                    time.sleep(0.3)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)
    raise ReleaseError(f"the app did not answer\n{log.read_text()[-2000:]}")


def free_tests(source: Path) -> list[str]:
    """The test files that need nothing beside the package and their folder."""
    files = [file for file in source.glob("tests/**/test_*.py") if "e2e" not in file.parts]
    return sorted(str(file.relative_to(source)) for file in files if is_free(file, source))


def is_free(file: Path, source: Path) -> bool:
    """Whether a file of the tests, and each of theirs that it imports, needs no checkout."""
    text = file.read_text(encoding="utf-8")
    named = [source.joinpath(*name.split(".")) for name in OF_TESTS.findall(text)]
    files = [one.with_suffix(".py") for one in named]
    return not NEEDS_CHECKOUT.search(text) and all(
        one.is_file() and is_free(one, source) for one in files
    )


def checked(
    python: Path, version: str, wheel: Path, source: Path, demo: list[str], folder: Path
) -> Checked:
    """All that a release must do, under one Python; raises `ReleaseError`."""
    seconds: dict[str, float] = {}
    clock = time.monotonic()

    def took(what: str) -> None:
        nonlocal clock
        seconds[what], clock = time.monotonic() - clock, time.monotonic()
        print(f"  {version}: {what}, {seconds[what]:.0f} s", flush=True)

    empty = folder / "empty"
    empty.mkdir()
    said_by([python, "-m", "venv", folder / "venv"], empty, {**os.environ})
    own = folder / "venv" / "bin" / "python"
    environment = environment_of(folder, own)
    install: list[str | Path] = [own, "-m", "pip", "install", "--quiet"]
    install += ["--only-binary", ":all:", "-c", pins(folder)]

    said_by([*install, wheel], empty, environment)
    took("installed")
    said_by(["caseload", *demo, "--out", "demo"], empty, environment)
    files = json.loads((empty / "demo" / "manifest.json").read_bytes())["files"]
    tables = {name: digest for name, digest in files.items() if Path(name).suffix in TABLES}
    took("demo")
    said_by([*install, f"{wheel}[app]"], empty, environment)
    asked_of_app(empty, environment)
    took("app")
    said_by([*install, f"{wheel}[app,build,calibration,cluster,dev]"], empty, environment)
    shutil.copytree(source / "tests", empty / "tests")
    shutil.copy(source / "pyproject.toml", empty)
    free = free_tests(source)
    if strangers := set(WORTH_THEIR_TIME).difference(free):
        raise ReleaseError(f"no tests without a checkout: {sorted(strangers)}")
    told = []
    for what, marks, files in (("tests", QUICK, free), ("slow tests", SLOW, WORTH_THEIR_TIME)):
        command = [own, "-m", "pytest", "-p", "no:cacheprovider", "-m", marks, *files]
        told.append(f"{what}: {said_by(command, empty, environment).splitlines()[-1]}")
        took(what)
    return Checked(version, seconds, tables, "; ".join(told))


def main() -> int:
    """Check every Python that is here; 1 when one fails or two differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--python",
        action="append",
        help=f"a minor version, or {NEWEST} of those declared and here; all, if none is named",
    )
    parser.add_argument("demo", nargs=argparse.REMAINDER, help="the words of its command")
    asked = parser.parse_args()
    found: list[Checked] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        wheel, source = built(Path(place))
        print(f"{wheel.name}, built from its source distribution", flush=True)
        for version in chosen(asked.python):
            python = interpreter(version)
            if python is None:
                print(f"Python {version}: NOT RUN, there is none on this machine")
                continue
            folder = Path(place, version)
            folder.mkdir()
            try:
                found.append(checked(python, version, wheel, source, asked.demo, folder))
            except ReleaseError as reason:
                failed.append(version)
                print(f"Python {version}: FAILED at {reason}", flush=True)
    for one in found:
        print(f"Python {one.python}: demo and app hold; {one.tests}")
    differ = [one.python for one in found if one.tables != found[0].tables]
    if len(found) > 1:
        print("the tables of the demo: " + (f"DIFFER under {differ}" if differ else "the same"))
    return 1 if failed or differ or not found else 0


if __name__ == "__main__":
    raise SystemExit(main())
