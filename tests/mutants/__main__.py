"""``make mutants``: mutants of `sim/processes` are tried; ends with 1 below the share to be killed.

``--sample N --seed S`` tries about N of them, drawn by file; ``--file NAME`` those of one file,
which is written on no page. ``--known FILE`` keeps how each ended: a run that was interrupted, or a
larger sample, goes on from there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sim.compiled import JIT_ENABLED

SOURCE = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(SOURCE / folder)
    for folder in ("tests/naive", "tests/agreement", "tests/functional", "tests/unit", "tests")
]

from tests.mutants.kept import Kept  # noqa: E402
from tests.mutants.mutant import Mutant, files, make_mutants, spread  # noqa: E402
from tests.mutants.page import LEAST_SHARE, Asked, page_of, share_killed  # noqa: E402
from tests.mutants.reasons import read_reasons, without_survivor  # noqa: E402
from tests.mutants.rule_tests import one_fails  # noqa: E402
from tests.mutants.trial import Ending, Trial, make_ready, try_all  # noqa: E402


def main() -> int:
    """Try what was asked for; returns the exit code."""
    if JIT_ENABLED:
        raise SystemExit("Mutants are plain Python: set CASELOAD_JIT=0.")
    asked = _arguments()
    chosen = [file for file in files() if asked.file in file]
    counts, mutants = make_mutants(asked.environment, chosen, asked.sample, asked.seed)
    kept = Kept(asked.known)
    assert not one_fails()
    number = sum(not kept.still_to_ask(mutant) for mutant in mutants)
    for trial in _try_new(mutants, kept):
        number += 1
        _tell(trial, number, len(mutants))
    trials = [kept.trial_of(mutant) for mutant in mutants]
    trials.sort(key=lambda trial: (trial.mutant.file, trial.mutant.line, trial.mutant.after))
    if asked.page is not None and not asked.file:
        text = page_of(counts, trials, read_reasons(), Asked(asked.sample, asked.seed))
        asked.page.write_text(text, encoding="utf-8")
    if not asked.sample and not asked.file:
        for why in without_survivor(read_reasons(), _survivors(trials)):
            sys.stdout.write(f"a reason without a survivor: {why}\n")
    share = share_killed(trials)
    sys.stdout.write(f"{share:.1%} of {len(trials):,} mutants were killed\n")
    return int(share < LEAST_SHARE)


def _try_new(mutants: list[Mutant], kept: Kept) -> Iterator[Trial]:
    """The trials that are not known, and those of survivors by what they were not asked."""
    by_judges: dict[frozenset[str], list[Mutant]] = {}
    for mutant in spread(mutants):
        if names := kept.still_to_ask(mutant):
            by_judges.setdefault(names, []).append(mutant)
    ready = make_ready() if by_judges else []
    for names, some in by_judges.items():
        for trial in try_all(some, [world for world in ready if world.name in names]):
            yield kept.add(trial)


def _survivors(trials: list[Trial]) -> list[Mutant]:
    return [trial.mutant for trial in trials if trial.ending is Ending.SURVIVED]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="about how many; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--file", default="", help="files whose name has these letters")
    parser.add_argument("--known", type=Path, help="keeps how each ended")
    parser.add_argument("--page", type=Path, help="page that is written")
    parser.add_argument("--environment", type=Path, default=SOURCE / ".venv-mutants")
    return parser.parse_args()


def _tell(trial: Trial, number: int, of: int) -> None:
    if trial.ending is Ending.SURVIVED:
        mutant = trial.mutant
        where = f"{mutant.file}:{mutant.line}"
        sys.stdout.write(f"{where}: {mutant.before} → {mutant.after} ({trial.seen.value})\n")
    if number % 50 == 0:
        sys.stdout.write(f"  {number:,} of {of:,}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
