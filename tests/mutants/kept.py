"""Endings of trials that were kept: each holds as long as all does that it was found with.

A mutant that a world found is found again while the engine, that world and the judge are the same,
whatever other tests there are by now. One that survived is only asked about by what has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from busy import PLANS, SEED

from sim.experiments.kept_runs import name_of_run
from sim.files import write_atomically
from sim.version import results_version
from tests.mutants.judging import HISTORY, Seen
from tests.mutants.mutant import SOURCE, Mutant
from tests.mutants.trial import NOBODY, RULES, Ending, Trial

JUDGE = (
    "replay/**/*.py",
    "tests/mutants/judging.py",
    "tests/mutants/mutant.py",
    "tests/mutants/trial.py",
    "tests/functional/recounting.py",
)
OF_RULES = ("tests/mutants/rule_tests.py", "tests/unit/test_rules_of_processes.py")
OF_HISTORY = ("tests/naive/busy.py", "tests/naive/eventful.py", "tests/naive/worlds.py")


def digests() -> dict[str, str]:
    """SHA-256 of what an ending depends on, by who is asked: the tests of rules, each world."""
    engine_and_judge = [results_version(), *_texts(JUDGE)]
    found = {
        RULES: _digest([*engine_and_judge, *_texts(OF_RULES)]),
        HISTORY: _digest([*engine_and_judge, *_texts(OF_HISTORY)]),
    }
    for name, plan in PLANS.items():
        found[name] = _digest([*engine_and_judge, name_of_run(plan(), SEED)])
    return found


class Kept:
    """The endings in a file; without a file none is known and none is kept."""

    def __init__(self, path: Path | None) -> None:
        """Read a file; endings that no longer hold, or were not written to the end, are dropped."""
        self._path = path
        self._digests = digests()
        self._trials: dict[Mutant, Trial] = {}
        self._asked: dict[Mutant, frozenset[str]] = {}
        if path is not None and path.exists():
            lines = path.read_bytes().splitlines(keepends=True)
            good = [line for line in lines if line.endswith(b"\n") and self._take(line)]
            write_atomically(path, *good)

    def _take(self, line: bytes) -> bool:
        told = json.loads(line)
        kept = told.pop("digests", {})
        asked = {by for by, digest in kept.items() if self._digests.get(by) == digest}
        if not asked:
            return False
        mutant = Mutant(**told.pop("mutant"))
        ending, seen = Ending[told.pop("ending")], Seen[told.pop("seen")]
        trial = Trial(mutant, ending, seen, **told)
        if trial.by != NOBODY and trial.by not in asked:
            return False
        self._trials[mutant], self._asked[mutant] = trial, frozenset(asked)
        return True

    def still_to_ask(self, mutant: Mutant) -> frozenset[str]:
        """Who has to be asked about a mutant: nobody about one that was found."""
        trial = self._trials.get(mutant)
        if trial is not None and trial.by != NOBODY:
            return frozenset()
        return frozenset(self._digests) - self._asked.get(mutant, frozenset())

    def trial_of(self, mutant: Mutant) -> Trial:
        """How the trial of a mutant ended about whom nobody has to be asked."""
        return self._trials[mutant]

    def add(self, trial: Trial) -> Trial:
        """Keep one more ending; returns it with what was known before from others."""
        mutant, before = trial.mutant, self._trials.get(trial.mutant)
        if before is not None:
            seen = max(trial.seen, before.seen, key=list(Seen).index)
            trial = replace(trial, seen=seen, seconds=trial.seconds + before.seconds)
        names = self._digests.keys() if trial.by == NOBODY else {trial.by}
        self._trials[mutant], self._asked[mutant] = trial, frozenset(names)
        if self._path is not None:
            told = asdict(trial) | {"ending": trial.ending.name, "seen": trial.seen.name}
            told["digests"] = {name: self._digests[name] for name in sorted(names)}
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")
        return trial


def _texts(patterns: Iterable[str]) -> list[str]:
    """The texts of the project's files with such names."""
    files = [file for pattern in patterns for file in sorted(SOURCE.glob(pattern))]
    return [file.read_text(encoding="utf-8") for file in files]


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8")).hexdigest()
