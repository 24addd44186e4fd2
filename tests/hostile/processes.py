"""The whole program on a bad day: no room on the disk, a cache that cannot be written, ``kill -9``.

The same question is asked three times: on a good day, on a bad one, and on the day after in the
folders that the bad day left. Each must give the answer of the good day, or say why there is none.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from sim.files import TEMPORARY
from sim.user_cache import CACHE_VARIABLE
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.small_batches import SHORT_HISTORY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 900.0
"""Seconds for an attempt: three runs of the program on a busy machine."""
NAMES = ("somme_reference", "somme_plus14")
SAID_ERRORS = (1, 2)
"""Exit codes with which a command says that it could not, or what was wrong."""


@dataclass(frozen=True)
class Day:
    """Where a question is asked: folders of its own for what is kept and for what is written."""

    folder: Path

    @property
    def cache(self) -> Path:
        """Populations, pasts and runs."""
        return self.folder / "cache"

    @property
    def out(self) -> Path:
        """The folder of the run."""
        return self.folder / "out"

    @property
    def environment(self) -> dict[str, str]:
        """That of this process with the cache of this day."""
        return {**os.environ, CACHE_VARIABLE: str(self.cache), "PYTHONPATH": str(ROOT)}

    def words(self, scenarios: tuple[Path, ...]) -> list[str]:
        """A comparison of two small worlds, as one object of JSON."""
        options = ["--replications", "2", "--workers", "2", "--share", "0.004", "--json"]
        names = [str(path) for path in scenarios]
        words = [sys.executable, "-m", "ui.cli", "compare", *names, *options]
        return [*words, "--out", str(self.out)]


@dataclass(frozen=True)
class Said:
    """What a process said before it ended."""

    code: int
    out: str
    errors: str

    @property
    def answer(self) -> Mapping[str, object] | None:
        """The rows of its answer; None where it gave none."""
        if self.code:
            return None
        rows: Mapping[str, object] = {"rows": json.loads(self.out)["rows"]}
        return rows


def no_room(folder: Path) -> Attempt:
    """Attempts without room for files above a size, from nothing to the size of the largest."""

    def bad_day(day: Day, words: list[str], luck: random.Random) -> Said:
        most = luck.choice((0, 1, 100, 4_000, 60_000, 400_000))

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        return _asked(day, words, limited)

    return _attempts(folder, bad_day)


def no_cache(folder: Path) -> Attempt:
    """Attempts with a cache folder that is a file, or lies below one."""

    def bad_day(day: Day, words: list[str], luck: random.Random) -> Said:
        day.folder.mkdir(parents=True, exist_ok=True)
        place = luck.choice((day.cache, day.cache.parent / "cache" / "populations"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"in the way")
        said = _asked(day, words)
        place.unlink()
        return said

    return _attempts(folder, bad_day)


def killed(folder: Path) -> Attempt:
    """Attempts that are killed at a random moment."""

    def bad_day(day: Day, words: list[str], luck: random.Random) -> Said:
        with subprocess.Popen(
            words, env=day.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(luck.uniform(0.5, 12.0))
            process.send_signal(signal.SIGKILL)
        return Said(SAID_ERRORS[0], "", "killed")

    return _attempts(folder, bad_day)


BadDay = Callable[[Day, list[str], random.Random], Said]


def _attempts(folder: Path, bad_day: BadDay) -> Attempt:
    scenarios = tuple(_small(folder, name) for name in NAMES)
    good = Day(folder / "good")
    said = _asked(good, good.words(scenarios))
    right = said.answer
    if right is None:
        raise RuntimeError(f"no answer on a good day: {said.errors}")

    def attempt(luck: random.Random) -> Ending:
        day = Day(folder / f"bad{luck.getrandbits(48):x}")
        words = day.words(scenarios)
        said = bad_day(day, words, luck)
        _check(said, right)
        after = _asked(day, words)
        if after.answer is None:
            raise SilentDifferenceError(f"no answer on the day after: {after.errors[-800:]}")
        _check(after, right)
        left = [str(path) for path in day.folder.rglob(f"*{TEMPORARY}")]
        if left:
            raise SilentDifferenceError(f"left behind: {left}")
        return Ending.REFUSED if said.answer is None else Ending.TAKEN

    return attempt


def _check(said: Said, right: Mapping[str, object]) -> None:
    """The right answer, or a word and the exit code that goes with it."""
    if "Traceback" in said.errors or "Traceback" in said.out:
        raise RuntimeError(f"exit code {said.code}\n{said.errors[-1500:]}")
    if said.code not in (0, *SAID_ERRORS):
        raise RuntimeError(f"exit code {said.code}\n{said.errors[-1500:]}")
    if said.code and not said.errors.strip():
        raise SilentDifferenceError(f"exit code {said.code} without a word")
    if said.answer is not None and said.answer != right:
        raise SilentDifferenceError(f"another answer: {said.answer}"[:800])


def _asked(day: Day, words: list[str], before: Callable[[], None] | None = None) -> Said:
    day.folder.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        words,
        env=day.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
        cwd=day.folder,
    ) as process:
        out, errors = process.communicate(timeout=PATIENCE / 3)
    return Said(process.returncode, out, errors)


def _small(folder: Path, name: str) -> Path:
    """A scenario file of people without a past worth the name, five months long."""
    path = folder / f"small_{name}.yaml"
    content = {
        "schema_version": 1,
        "name": f"small_{name}",
        "title": {"en": "Small", "fr": "Petit"},
        "description": {"en": "A small world.", "fr": "Un petit monde."},
        "extends": name,
        "reference": None,
        "months": 5,
        "variant": dict(SHORT_HISTORY),
    }
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path
