"""The archive of a run: its folder, and the files of one's own that it read, in one file.

Another machine with the same version makes the run again from it (`caseload replay`). Own files lie
as they lay beside each other, so that a scenario still finds what it extends.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sim.errors import Fault, InputError
from sim.experiments.run_folder import MANIFEST, read_manifest
from sim.files import json_bytes, temporary_path
from sim.policy import Scenario
from sim.policy.places import scenario_folder

ENDING = ".zip"
RUN, INPUTS, INDEX = "run", "inputs", "archive.json"
FORMAT = 1
MOST_BYTES = 20_000_000_000
"""Of all that an archive unpacks into."""


@dataclass(frozen=True)
class Unpacked:
    """A run out of its archive: its manifest's folder, and where files of its command lie now."""

    folder: Path
    moved: Mapping[str, str]


def own_files(scenarios: Iterable[Scenario]) -> list[Path]:
    """The scenario and department files behind scenarios that the package does not ship."""
    shipped, found = scenario_folder().resolve(), []
    for scenario in scenarios:
        found += [file.resolve() for file in scenario.files if file.is_file()]
        if scenario.department_file is not None:
            found.append(scenario.department_file)
    return [file for file in dict.fromkeys(found) if file.parent != shipped]


def write_archive(folder: Path, inputs: Iterable[Path], target: Path) -> int:
    """Pack a finished run and its own files into a new file; the number of files in it.

    Raises `InputError` when the folder holds no finished run, or the target is there already or
    named as something else.
    """
    folder, manifest = read_manifest(folder)
    if target.suffix.lower() != ENDING:
        accepted = f"a name that ends in {ENDING}"
        raise InputError([Fault("command line", "out", str(target), accepted)])
    if target.exists():
        raise InputError([Fault("command line", "out", str(target), "the name of a new file")])
    own = list(inputs)
    top = Path(os.path.commonpath([file.parent for file in own])) if own else Path()
    packed = {f"{INPUTS}/{file.relative_to(top).as_posix()}": file for file in own}
    moved = {str(file): name for name, file in packed.items()}
    packed |= {f"{RUN}/{name}": folder / name for name in (MANIFEST, *manifest["files"])}
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = temporary_path(target)
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(INDEX, json_bytes({"format": FORMAT, "moved": moved}))
            for name, file in packed.items():
                archive.write(file, name)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return len(packed)


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """A run for as long as it is read: a folder or manifest as it is, an archive in a place apart.

    Raises `InputError` for an archive that is none of ours, or is damaged.
    """
    if not zipfile.is_zipfile(path):
        yield Unpacked(path, {})
        return
    with TemporaryDirectory() as name:
        place = Path(name).resolve()
        try:
            with zipfile.ZipFile(path) as archive:
                _check(archive, path)
                archive.extractall(place)
            index = json.loads((place / INDEX).read_bytes())
            moved = {str(old): str(place / new) for old, new in index["moved"].items()}
        except (zipfile.BadZipFile, OSError, ValueError, KeyError, AttributeError) as error:
            raise _refused(path, f"a damaged archive ({error})") from None
        yield Unpacked(place / RUN, moved)


def _check(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse what lies elsewhere than an archive's files do, or is too much."""
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        if name != INDEX and (parts[0] not in (RUN, INPUTS) or ".." in parts):
            raise _refused(path, f"{name} in it")
    if INDEX not in archive.namelist():
        raise _refused(path, f"no {INDEX} in it")
    if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
        raise _refused(path, f"more than {MOST_BYTES} bytes")


def _refused(path: Path, found: str) -> InputError:
    return InputError([Fault(str(path), "", found, "an archive that `caseload archive` wrote")])
