"""Runs attempts in processes of their own and counts how they end.

An attempt has its luck from the campaign's seed, the door's name and its number alone: whoever
knows the three repeats it. A process that dies or says nothing for too long is replaced, and the
attempt that it was at is told.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.hostile.door import Attempt, Door, Ending, SilentDifferenceError
from tests.hostile.guard import WriteGuard

PREPARING_SECONDS = 600.0
CHUNK = 5_000
LONGEST_TOLD = 2_000
FRESH = multiprocessing.get_context("spawn")
"""A new interpreter for each process: threads of compiled code do not survive a fork."""


@dataclass(frozen=True)
class Wrong:
    """An attempt that ended as none may."""

    door: str
    number: int
    ending: Ending
    told: str


@dataclass
class Tally:
    """How the attempts at one door ended."""

    door: str
    endings: Counter[Ending] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def inputs(self) -> int:
        """Attempts made."""
        return sum(self.endings.values())

    def add(self, number: int, ending: Ending, told: str) -> None:
        """Count one attempt."""
        self.endings[ending] += 1
        if told:
            self.wrong.append(Wrong(self.door, number, ending, told))


def luck_of(seed: int, door: str, number: int) -> random.Random:
    """The luck of one attempt."""
    return random.Random(f"{seed}/{door}/{number}")


def run_door(door: Door, seed: int, inputs: int, workers: int = 1) -> Tally:
    """All attempts at a door, in so many processes at a time."""
    tally = Tally(door.name)
    waiting = [range(first, min(first + CHUNK, inputs)) for first in range(0, inputs, CHUNK)]
    crews: list[_Crew] = []
    try:
        while waiting or crews:
            while waiting and len(crews) < workers:
                crews.append(_Crew(door, seed, waiting.pop(0)))
            wait([crew.pipe for crew in crews], timeout=1.0)
            for crew in list(crews):
                left = crew.look(tally)
                if left is not None:
                    crews.remove(crew)
                    if left:
                        waiting.insert(0, left)
    finally:
        for crew in crews:
            crew.end()
    return tally


class _Crew:
    """One process at work on some attempts."""

    def __init__(self, door: Door, seed: int, numbers: range) -> None:
        self.pipe, theirs = FRESH.Pipe(duplex=False)
        self._folder = Path(tempfile.mkdtemp(prefix="hostile_"))
        self._numbers = numbers
        self._last_word = time.monotonic()
        self._patience, self._is_prepared = PREPARING_SECONDS, False
        self._patience_of_attempts = door.patience
        self._process: BaseProcess = FRESH.Process(
            target=_attempt_all, args=(door, seed, numbers, self._folder, theirs), daemon=True
        )
        self._process.start()
        theirs.close()

    def look(self, tally: Tally) -> range | None:
        """Count what is told; None while it works, else the attempts that are left to others."""
        is_alive = self._process.is_alive()
        try:
            while self.pipe.poll():
                self._take(self.pipe.recv(), tally)
        except EOFError:
            is_alive = False
        if not self._numbers:
            self.end()
            return self._numbers
        if is_alive and time.monotonic() - self._last_word < self._patience:
            return None
        self.end()
        if not self._is_prepared:
            raise RuntimeError(f"{tally.door}: could not be prepared; the reason is above")
        ending = Ending.HANG if is_alive else Ending.CRASH
        tally.add(self._numbers[0], ending, f"exit code {self._process.exitcode}")
        return self._numbers[1:]

    def end(self) -> None:
        """Stop the process and take its folder away."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _take(self, said: tuple[str, str] | None, tally: Tally) -> None:
        self._last_word, self._patience = time.monotonic(), self._patience_of_attempts
        self._is_prepared = True
        if said is not None:
            tally.add(self._numbers[0], Ending(said[0]), said[1])
            self._numbers = self._numbers[1:]


def _attempt_all(
    door: Door, seed: int, numbers: Iterable[int], folder: Path, pipe: Connection
) -> None:
    """What a process does: prepare once, then one attempt after the other."""
    place = folder / "work"
    place.mkdir()
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = str(folder)
    os.chdir(place)
    attempt = door.prepared(place)
    guard = WriteGuard([folder, *_caches()])
    pipe.send(None)
    for number in numbers:
        pipe.send(_judged(attempt, luck_of(seed, door.name, number), guard))


def _caches() -> Sequence[Path]:
    """Folders in which the program keeps what it worked out."""
    from sim.user_cache import cache_root, kernels_root

    root = cache_root()
    return [kernels_root(), *([] if root is None else [root])]


def _judged(attempt: Attempt, luck: random.Random, guard: WriteGuard) -> tuple[str, str]:
    """How one attempt ended, and what there is to tell of it."""
    told = ""
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            ending = attempt(luck)
    except SilentDifferenceError as difference:
        ending, told = Ending.DIFFERENCE, str(difference)
    except BaseException:
        # Whatever it is, a user would have seen it: also what is no Exception.
        ending, told = Ending.TRACEBACK, traceback.format_exc()
    outside = guard.taken()
    if outside:
        ending, told = Ending.OUTSIDE, "\n".join([*outside, told])
    return ending.value, told[-LONGEST_TOLD:]
