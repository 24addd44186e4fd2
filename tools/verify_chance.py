"""The keyed generator under dieharder: ``make verify-chance`` asks the short form for its page.

Each arrangement makes one stream of bits by walking one word of the key (person, decision, count,
seed) while the others stand still, as a run does; with ``seed_of_replication`` the seed walks in
the steps between replications. A battery of 32-bit tests reads each one, every test from the
beginning of the stream. With so many p-values a few weak ones are chance (one in a hundred lies
below 0.005 or above 0.995); a failure is 0.000001 or less on either side. ``--short`` asks the
tests that take little time, an hour or less in all; without it all are asked, some hours.
``--page`` writes what was found as a page. Needs the program ``dieharder`` (GPL; Debian: ``apt
install dieharder``), which is no dependency.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.experiments.experiment import SEED_STEP
from sim.randomness import key_of, uniform
from sim.vocabulary import Stream, household_id

Words = NDArray[np.uint32]
AT_ONCE = 1 << 20
PERSON, DECISION, COUNT, SEED, REPLICATION = range(5)
DECISIONS = 64
"""As many decisions of a person are walked before the next person's."""
TWO_TO_32 = 4294967296.0
FAILED, WEAK = "FAILED", "WEAK"
SHORT = (0, 1, 2, 8, 9, 10, 11, 12, 13, 15, 16, 100, 101, 202, 205, 206, 207, 208, 209)
"""Numbers of tests of dieharder that need a minute or less each."""
WORKED_ON = re.compile(r"version (\S+)")


@kernel
def _walk(walked: int, first: int, who: int, words: Words) -> None:
    """The upper 32 bits of draws whose key differs in one word from the one before."""
    for position in range(len(words)):
        step = first + position
        if walked == PERSON:
            drawn = uniform(key_of(1, who + step), 3, 0)
        elif walked == DECISION:
            drawn = uniform(key_of(1, who + step // DECISIONS), step % DECISIONS, 0)
        elif walked == COUNT:
            drawn = uniform(key_of(1, who), 3, step)
        elif walked == SEED:
            drawn = uniform(key_of(step, who), 3, 0)
        else:
            drawn = uniform(key_of(1 + step * SEED_STEP, who), 3, 0)
        words[position] = np.uint32(drawn * TWO_TO_32)


ARRANGEMENTS = {
    "person": PERSON,
    "decision": DECISION,
    "count": COUNT,
    "seed": SEED,
    "seed_of_replication": REPLICATION,
}


@dataclass(frozen=True)
class Judgement:
    """One result of dieharder: one p-value of a test."""

    test: str
    p: float
    assessment: str


def stream(walked: int) -> Iterator[bytes]:
    """Blocks of a stream, without an end."""
    who, first, words = household_id(0, Stream.ARRIVAL, 0), 0, np.empty(AT_ONCE, np.uint32)
    while True:
        _walk(walked, first, who, words)
        yield words.tobytes()
        first += AT_ONCE


def judged(walked: int, tests: Sequence[int], told: Callable[[str], None]) -> tuple[Judgement, ...]:
    """What dieharder finds in a stream: all its tests, or those of some numbers."""
    found: list[Judgement] = []
    for words in [["-d", str(number)] for number in tests] or [["-a"]]:
        with subprocess.Popen(
            ["dieharder", "-g", "200", "-k", "2", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            try:
                for block in stream(walked):
                    program.stdin.write(block)
            except BrokenPipeError:
                pass
            lines = program.stdout.read().decode().splitlines()
        found += [one for one in map(_judgement, lines) if one is not None]
        told(f"  {' '.join(words)}: {len(found)} results")
    return tuple(found)


def _judgement(line: str) -> Judgement | None:
    """A line of results; None for the lines around them."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != 6 or cells[-1] == "Assessment":
        return None
    return Judgement(f"{cells[0]} {cells[1]}".removesuffix(" 0"), float(cells[4]), cells[-1])


def page_of(
    found: Mapping[str, Sequence[Judgement]], words: Sequence[str], asked: str, version: str
) -> str:
    """What was found, as a page of the documentation; ``words`` are those of the command."""
    command = shlex.join(["tools/verify_chance.py", *words])
    lines = [
        "# The keyed generator under a battery of tests",
        "",
        f"Written by `{command}`. Asked: {asked} of {version}.",
        "",
        "Chance is a function of seed, person, decision and count "
        "([decision 1](decisions/001-the-house.md#what-is-keyed-by-what)). So the stream that is",
        "tested is made as a run makes it: one word of the key walks while the others stand still;",
        f"a decision walks through {DECISIONS} of them before the next person's, and with "
        f"`seed_of_replication` the seed goes in steps of {SEED_STEP:,}.",
        "Each test reads the stream from its beginning, 32 bits of each draw. A p-value below",
        "0.005 or above 0.995 is *weak*: one in a hundred of good chance is. One of 0.000001 or",
        "less, on either side, *fails*.",
        "",
        "| what walks | results | weak | failed | smallest p | largest p |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, judgements in found.items():
        counts = Counter(one.assessment for one in judgements)
        values = [one.p for one in judgements]
        lines.append(
            f"| {name} | {len(values)} | {counts[WEAK]} | {counts[FAILED]} "
            f"| {min(values):.4f} | {max(values):.4f} |"
        )
    lines += ["", "The p-values of each test, the smallest one where it gives several:", ""]
    heads = list(found)
    tests = list(dict.fromkeys(_family(one) for rows in found.values() for one in rows))
    lines += [
        f"| test | {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(heads)}",
        *(f"| {test} | {' | '.join(_smallest(found[name], test) for name in heads)} |"
          for test in tests),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _family(one: Judgement) -> str:
    return one.test.split(" ")[0]


def _smallest(judgements: Sequence[Judgement], test: str) -> str:
    values = [one.p for one in judgements if _family(one) == test]
    several = f" ({len(values)})" if len(values) > 1 else ""
    return f"{min(values):.4f}{several}" if values else ""


def main() -> int:
    """Runs the battery; 1 if a test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walk", choices=ARRANGEMENTS, action="append", help="default: all")
    parser.add_argument("--short", action="store_true", help="only tests of a minute or less")
    parser.add_argument("--test", type=int, action="append", help="a number of dieharder's")
    parser.add_argument("--page", type=Path, help="the page to write")
    asked = parser.parse_args()
    if shutil.which("dieharder") is None:
        print("dieharder is not on this machine (Debian: apt install dieharder)", file=sys.stderr)
        return 2
    tests = asked.test or (SHORT if asked.short else ())
    found = {}
    for name in asked.walk or ARRANGEMENTS:
        print(name, flush=True)
        rows = judged(ARRANGEMENTS[name], tests, lambda text: print(text, flush=True))
        found[name] = rows
        bad = [one for one in rows if one.assessment != "PASSED"]
        failed = sum(one.assessment == FAILED for one in rows)
        print(f"  {len(rows)} results, {len(bad)} weak or failed, {failed} failed")
        for one in bad:
            print(f"    {one.test}: p = {one.p:.8f}, {one.assessment}")
    if asked.page is not None:
        told = subprocess.run(["dieharder", "-l"], capture_output=True, text=True, check=False)
        known = WORKED_ON.search(told.stdout)
        version = f"dieharder {known[1]}" if known else "dieharder"
        which = f"{len(tests)} tests" if tests else "all tests"
        which += " (those of a minute or less each)" if tests == SHORT else ""
        text = page_of(found, sys.argv[1:], which, version)
        asked.page.write_text(text, encoding="utf-8")
    failures = [one for rows in found.values() for one in rows if one.assessment == FAILED]
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
