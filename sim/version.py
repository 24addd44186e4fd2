"""Versions: of the package, and of the engine's own text, which keys what is cached."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "rsa-caseload"
ENGINE_FOLDERS = ("engine", "processes", "population")
ENGINE_FILES = (
    "budget/allowance.py",
    "budget/family_benefits.py",
    "budget/households.py",
    "budget/law.py",
    "budget/typical.py",
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
def engine_version() -> str:
    """SHA-256 over the text of the engine: it keys starting populations and compiled code."""
    root = Path(__file__).parent
    files = [root / name for name in ENGINE_FILES]
    for folder in ENGINE_FOLDERS:
        files += sorted((root / folder).rglob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
