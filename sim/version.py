"""Versions: of the package, and of the engine's own text, which keys what is cached."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "rsa-caseload"
LIBRARIES = ("holidays", "llvmlite", "numba", "numpy", "scipy", "simpy")
ENGINE_FOLDERS = ("compiler", "engine", "processes", "population", "world")
ENGINE_FILES = (
    "money/law/allowance.py",
    "money/law/family_benefits.py",
    "money/law/households.py",
    "money/law/in_force.py",
    "money/law/typical.py",
    "compiled.py",
    "compiled_bundle.py",
    "compiled_prefetch.py",
    "events.py",
    "ledger.py",
    "randomness.py",
    "units.py",
    "vocabulary.py",
)


def package_version() -> str:
    """The installed version, or 0 when run from a checkout that is not installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


@cache
def commit() -> str | None:
    """The commit of the checkout that is run; None where the package is installed without one."""
    found = Path(__file__).resolve().parents[1] / ".git"
    try:
        if found.is_file():  # a worktree: it names its own folder
            found = found.parent / found.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (found / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        common = found / "commondir"
        if common.is_file():
            found = found / common.read_text(encoding="utf-8").strip()
        if (found / name).is_file():
            return (found / name).read_text(encoding="ascii").strip()
        lines = (found / "packed-refs").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), None)


def machine() -> str:
    """The system and the processor: what floating-point numbers may depend on beside versions."""
    return platform.platform()


def made_with(libraries: Iterable[str]) -> dict[str, str]:
    """Versions of the package, of the engine's text, and of what it runs with."""
    return {
        DISTRIBUTION: package_version(),
        "engine": engine_version(),
        "python": platform.python_version(),
        **{name: version(name) for name in libraries},
    }


@cache
def results_version() -> str:
    """SHA-256 over all of the program that a result depends on: it keys what is kept of runs.

    To the text of the engine come the libraries that draw, compile and know the holidays, and the
    interpreter.
    """
    words = [engine_version(), platform.python_version()]
    words += [f"{name} {version(name)}" for name in LIBRARIES]
    return hashlib.sha256("|".join(words).encode("ascii")).hexdigest()


@cache
def engine_version() -> str:
    """SHA-256 over the text of the engine, which names the model that gave a result."""
    root = Path(__file__).parent
    files = [root / name for name in ENGINE_FILES]
    for folder in ENGINE_FOLDERS:
        files += sorted((root / folder).rglob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
