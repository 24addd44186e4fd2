"""Files that the program keeps and reads back, damaged: the true answer, or word of what is gone.

Each kind in `KINDS` says how its files are written into an empty folder and what the program makes
of them. Right is: the answer is the true one, and was made again where a file did not hold; or what
cannot be made again is refused by name, or left out and said. The next reading is right and silent.
"""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError
from tests.hostile import kept_by_app, kept_by_model
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import damaged


@dataclass(frozen=True)
class Kind:
    """One kind of kept files.

    ``write`` makes them in an empty folder; ``read`` gives what the program makes of that folder,
    to be compared, None where the program says that it has nothing. ``kept`` is the pattern of the
    files that are there before the damage.
    """

    name: str
    write: Callable[[Path], None]
    read: Callable[[Path], object]
    is_made_again: bool = True
    kept: str = "*"


MODEL = kept_by_model
APP = kept_by_app
KINDS: tuple[Kind, ...] = (
    Kind("population", MODEL.write_population, MODEL.read_population),
    Kind("books", MODEL.write_comparison, MODEL.read_comparison, kept="*.books"),
    Kind("pasts", MODEL.write_comparison, MODEL.read_comparison, kept="*.past"),
    Kind("people of books", MODEL.write_comparison, MODEL.read_comparison, kept="*.state"),
    Kind("kernels", MODEL.write_kernels, MODEL.read_kernels),
    Kind("runs of a fit", MODEL.write_runs, MODEL.read_runs),
    Kind("draws", MODEL.write_draws, MODEL.read_draws, is_made_again=False),
    Kind("bank", MODEL.write_bank, MODEL.read_bank, is_made_again=False),
    Kind("run of the app", APP.write_run, APP.read_run, is_made_again=False),
    Kind("answer of the app", APP.write_answer, APP.read_answer, is_made_again=False),
    Kind("what a person keeps", APP.write_owned, APP.read_owned, is_made_again=False),
)


def prepared(folder: Path, kinds: tuple[Kind, ...] = KINDS) -> Attempt:
    """Attempts at one damaged file each; every kind is written once."""
    true: dict[str, object] = {}
    for kind in kinds:
        whole = folder / "whole" / kind.name
        whole.mkdir(parents=True)
        kind.write(whole)
        for path in _files(whole):
            if not path.match(kind.kept):
                path.unlink()
        true[kind.name], _ = _read(kind, _restored(folder, kind))

    def attempt(luck: random.Random) -> Ending:
        kind = luck.choice(kinds)
        return _attempt(kind, _restored(folder, kind), true[kind.name], luck)

    return attempt


def _attempt(kind: Kind, place: Path, true: object, luck: random.Random) -> Ending:
    victim = corrupted(place, luck)
    try:
        found, told = _read(kind, place)
    except InputError:
        if kind.is_made_again:
            raise
        return Ending.REFUSED
    if found != true and (kind.is_made_again or found is not None):
        raise SilentDifferenceError(f"{kind.name}: another answer after damage to {victim.name}")
    if found is None and not told:
        raise SilentDifferenceError(f"{kind.name}: nothing is said of damage to {victim.name}")
    again, told = _read(kind, place)
    if again != found or told:
        raise SilentDifferenceError(f"{kind.name}: the next reading differs, or says {told!r}")
    return Ending.TAKEN if found == true else Ending.REFUSED


def corrupted(place: Path, luck: random.Random) -> Path:
    """Damage one file of a folder, or give two whole ones each other's names."""
    files = _files(place)
    victim = luck.choice(files)
    others = [one for one in files if one != victim and one.suffix == victim.suffix]
    content = victim.read_bytes()
    if others and luck.random() < 0.2:
        other = luck.choice(others)
        victim.write_bytes(other.read_bytes())
        other.write_bytes(content)
    else:
        victim.write_bytes(damaged(content, luck, luck.choice(others or files).read_bytes()))
    return victim


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _read(kind: Kind, place: Path) -> tuple[object, str]:
    told = io.StringIO()
    with redirect_stderr(told):
        found = kind.read(place)
    return found, told.getvalue()


def _restored(folder: Path, kind: Kind) -> Path:
    place = folder / "damaged" / kind.name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder / "whole" / kind.name, place)
    return place
