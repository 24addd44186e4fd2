"""Each mutant is tried in a process of its own, forked from one in which all is ready."""

from __future__ import annotations

import gc
import importlib
import math
import os
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tests.mutants.judging import NAMES, Kept, Seen, live_as_it_stands
from tests.mutants.mutant import Mutant, plant, unchanged

SECONDS_MORE = 2.0
"""A world that lasts so much longer with a mutant, in processor time, than it took to make its
people, to live and to relive it with the text as it stands, is taken for endless."""
SECONDS_OF_RULES = 3.0
MEMORY_BYTES = 4 << 30
RULES = "rules"
NOBODY = ""
"""Who found a mutant: the tests of rules, a world by its name, or nobody."""


class Ending(Enum):
    """How the trial of a mutant ended."""

    REPLAY = "naive replay"
    RECOUNT = "recount"
    ERROR = "error"
    ENDLESS = "endless"
    RULES = "tests of rules"
    SURVIVED = "survived"


FOUND = {Seen.BY_REPLAY.name: Ending.REPLAY, Seen.BY_RECOUNT.name: Ending.RECOUNT}


@dataclass(frozen=True)
class Trial:
    """A mutant, how its trial ended, what the worlds showed of it, by whom it was found."""

    mutant: Mutant
    ending: Ending
    seen: Seen
    by: str
    seconds: float
    """Of a processor."""


@dataclass(frozen=True)
class Ready:
    """A world that was lived with the text as it stands, and what that took of the processor."""

    name: str
    kept: Kept | None
    seconds: float


def make_ready() -> list[Ready]:
    """Live every world once; the present process is then good for forking."""
    found = []
    for name in NAMES:
        began = time.process_time()
        kept = live_as_it_stands(name)
        found.append(Ready(name, kept, time.process_time() - began))
    return found


def try_all(mutants: Sequence[Mutant], ready: Sequence[Ready]) -> Iterator[Trial]:
    """The trial of each mutant, one after the other.

    Raises RuntimeError if a text without a change does not survive.
    """
    gc.collect()
    gc.freeze()
    if mutants and (found := try_one(unchanged(), ready)).ending is not Ending.SURVIVED:
        raise RuntimeError(f"a text without a change does not survive: {found.ending.value}")
    for mutant in mutants:
        yield try_one(mutant, ready)


def try_one(mutant: Mutant, ready: Sequence[Ready]) -> Trial:
    """Fork, plant, judge; the child names each judge before it is asked, then says how it went."""
    reading, writing = os.pipe()
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _silence()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        told = (Ending.ERROR, Seen.NOTHING)
        try:
            told = _judged(mutant, ready, writing)
        except BaseException:
            told = (Ending.ERROR, Seen.NOTHING)
        finally:
            os.write(writing, f"{told[0].name} {told[1].name}".encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        *judges, told = pipe.read().split("\n")
    _, status = os.waitpid(child, 0)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    is_endless = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    ending, seen = Ending.ENDLESS if is_endless else Ending.ERROR, Seen.NOTHING
    if told:
        ended_so, shown = told.split()
        ending, seen = Ending[ended_so], Seen[shown]
    by = judges[-1] if judges and ending is not Ending.SURVIVED else NOBODY
    return Trial(mutant, ending, seen, by, seconds)


def _give(seconds: float) -> None:
    """Let this process go on for so many seconds of its processor: then it is taken for endless."""
    spent = time.process_time()
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = math.ceil(spent + SECONDS_MORE + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _judged(mutant: Mutant, ready: Sequence[Ready], judges: int) -> tuple[Ending, Seen]:
    """In the child: what the tests of rules say, then what the worlds show; each is named first."""
    plant(mutant)
    _give(SECONDS_OF_RULES)
    os.write(judges, f"{RULES}\n".encode())
    if importlib.import_module("tests.mutants.rule_tests").one_fails():
        return Ending.RULES, Seen.NOTHING
    judging = importlib.import_module("tests.mutants.judging")
    most = Seen.NOTHING.name
    for world in ready:
        _give(world.seconds)
        os.write(judges, f"{world.name}\n".encode())
        seen = judging.judge(world.kept).name
        if seen in FOUND:
            return FOUND[seen], Seen[seen]
        most = max(most, seen, key=list(Seen.__members__).index)
    return Ending.SURVIVED, Seen[most]
