"""The keyed generator under dieharder: ``make verify-chance``, an hour or two.

Each arrangement makes one stream of bits by walking one word of the key (person, decision, count,
seed) while the others stand still, as a run does. A battery of 32-bit tests reads each one. With
so many p-values a few weak ones are chance (one in a hundred lies below 0.005 or above 0.995); a
failure is 0.000001 or less on either side. Needs the program ``dieharder`` (GPL; Debian: ``apt
install dieharder``), which is no dependency.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.randomness import key_of, uniform
from sim.vocabulary import Stream, household_id

Words = NDArray[np.uint32]
AT_ONCE = 1 << 20
PERSON, DECISION, COUNT, SEED = range(4)
TWO_TO_32 = 4294967296.0
FAILED = "FAILED"


@kernel
def _walk(walked: int, first: int, who: int, words: Words) -> None:
    """The upper 32 bits of draws whose key differs in one word from the one before."""
    for position in range(len(words)):
        step = first + position
        if walked == PERSON:
            drawn = uniform(key_of(1, who + step), 3, 0)
        elif walked == DECISION:
            drawn = uniform(key_of(1, who + step // 64), step % 64, 0)
        elif walked == COUNT:
            drawn = uniform(key_of(1, who), 3, step)
        else:
            drawn = uniform(key_of(step, who), 3, 0)
        words[position] = np.uint32(drawn * TWO_TO_32)


ARRANGEMENTS = {"person": PERSON, "decision": DECISION, "count": COUNT, "seed": SEED}


def stream(walked: int) -> Iterator[bytes]:
    """Blocks of a stream, without an end."""
    who, first, words = household_id(0, Stream.ARRIVAL, 0), 0, np.empty(AT_ONCE, np.uint32)
    while True:
        _walk(walked, first, who, words)
        yield words.tobytes()
        first += AT_ONCE


def judged(blocks: Iterator[bytes], tests: list[str], told: Callable[[str], None]) -> list[str]:
    """The lines of results of dieharder on a stream: all its tests, or those of some numbers."""
    found = []
    for chosen in tests or ["-a"]:
        words = [chosen] if chosen == "-a" else ["-d", chosen]
        with subprocess.Popen(
            ["dieharder", "-g", "200", "-k", "2", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=False,
        ) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            try:
                for block in blocks:
                    program.stdin.write(block)
            except BrokenPipeError:
                pass
            lines = program.stdout.read().decode().splitlines()
        found += [line for line in lines if line.count("|") == 5 and "Assessment" not in line]
        told(f"  {len(found)} results")
    return found


def main() -> int:
    """Runs the battery; 1 if a test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walk", choices=ARRANGEMENTS, action="append", help="default: all four")
    parser.add_argument("--test", action="append", default=[], help="a number of dieharder's")
    asked = parser.parse_args()
    if shutil.which("dieharder") is None:
        print("dieharder is not on this machine (Debian: apt install dieharder)", file=sys.stderr)
        return 2
    failed = 0
    for name in asked.walk or ARRANGEMENTS:
        lines = judged(stream(ARRANGEMENTS[name]), asked.test, lambda text: print(text, flush=True))
        weak = [line for line in lines if not line.endswith("PASSED  ")]
        bad = [line for line in lines if FAILED in line]
        failed += len(bad)
        print(f"{name}: {len(lines)} results, {len(weak)} weak or failed, {len(bad)} failed")
        for line in weak:
            print(f"  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
