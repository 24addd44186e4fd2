"""The licences of the packages of the lock, as the installed packages declare them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.metadata import PackageMetadata
from pathlib import Path

PERMISSIVE = frozenset(
    {
        "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause",
        "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU", "PSF-2.0", "Zlib",
    }
)  # fmt: skip
"""By their SPDX names; ``BSD`` is either of its two usual forms."""

SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What packages write instead of the SPDX name."""

EXCEPTIONS = {
    "certifi": ("MPL-2.0", "a list of certificates, used unchanged"),
    "hypothesis": ("MPL-2.0", "runs tests, is not part of the program"),
    "pathspec": ("MPL-2.0", "builds and checks the package, is not part of the program"),
    "tqdm": ("MPL-2.0 AND MIT", "asked for by mesa, used unchanged"),
}
"""Packages under a licence that asks more, with that licence and why it is no trouble here."""

LOCKED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==", re.MULTILINE)


@dataclass(frozen=True)
class Judged:
    """The packages of a lock by what was found."""

    permissive: tuple[str, ...]
    excepted: tuple[str, ...]
    refused: tuple[str, ...]
    """Each with the licence that it declares."""
    absent: tuple[str, ...]
    """Packages of other machines, which are not installed here: nothing is known of them."""


def locked_names(lock: Path) -> list[str]:
    """Every package of a lock once, in its order."""
    return list(dict.fromkeys(LOCKED.findall(lock.read_text(encoding="utf-8"))))


def licence_of(declared: PackageMetadata) -> str:
    """The licence in a package's metadata by its SPDX name; empty where it declares none."""
    for expression in declared.get_all("License-Expression") or []:
        return str(expression)
    classes = [text.split(" :: ") for text in declared.get_all("Classifier") or []]
    names = [words[-1] for words in classes if words[0] == "License" and len(words) > 2]
    if not names:
        texts = declared.get_all("License") or []
        names = [line.strip() for text in texts for line in text.splitlines()[:1]]
    return " AND ".join(SPELLINGS.get(name, name) for name in names if name)


def is_permissive(licence: str) -> bool:
    """Whether every licence of an expression asks no more than to be named."""
    return all(part in PERMISSIVE for part in re.split(r" (?:AND|OR) ", licence))


def packages_of(environment: Path) -> list[str]:
    """Where an environment has its packages."""
    found = environment.glob("lib*/python*/site-packages"), environment.glob("Lib/site-packages")
    return [str(folder) for folders in found for folder in folders]


def judged(names: list[str], folders: Sequence[str]) -> Judged:
    """The packages by their licence as installed in some folders."""
    found: dict[str, list[str]] = {"permissive": [], "excepted": [], "refused": [], "absent": []}
    for name in names:
        installed = next(iter(metadata.distributions(name=name, path=list(folders))), None)
        if installed is None:
            found["absent"].append(name)
            continue
        licence = licence_of(installed.metadata)
        if is_permissive(licence):
            found["permissive"].append(name)
        elif EXCEPTIONS.get(name, ("",))[0] == licence:
            found["excepted"].append(f"{name} ({licence}): {EXCEPTIONS[name][1]}")
        else:
            found["refused"].append(f"{name}: {licence or 'no licence declared'}")
    return Judged(**{kind: tuple(lines) for kind, lines in found.items()})
