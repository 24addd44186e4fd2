"""``make mutants``: mutants of `sim/processes` are tried; ends with 1 below the share to be killed.

``--sample N --seed S`` tries about N of them, drawn by file; ``--file NAME`` those of one file.
``--known FILE`` holds how each ended, so that a larger sample goes on from a smaller one.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from sim.compiled import JIT_ENABLED

SOURCE = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(SOURCE / folder)
    for folder in ("tests/naive", "tests/agreement", "tests/functional", "tests/unit", "tests")
]

from tests.mutants.judging import Seen  # noqa: E402
from tests.mutants.mutant import Mutant, files, make_mutants  # noqa: E402
from tests.mutants.page import LEAST_SHARE, page_of, share_killed  # noqa: E402
from tests.mutants.reasons import read_reasons  # noqa: E402
from tests.mutants.rule_tests import one_fails  # noqa: E402
from tests.mutants.trial import Ending, Trial, make_ready, try_all  # noqa: E402


def main() -> int:
    """Try what was asked for; returns the exit code."""
    if JIT_ENABLED:
        raise SystemExit("Mutants are plain Python: set CASELOAD_JIT=0.")
    asked = _arguments()
    chosen = [file for file in files() if asked.file in file]
    counts, mutants = make_mutants(asked.environment, chosen, asked.sample, asked.seed)
    known = _read(asked.known)
    trials = [known[mutant] for mutant in mutants if mutant in known]
    untried = [mutant for mutant in mutants if mutant not in known]
    assert not one_fails()
    for trial in try_all(untried, make_ready() if untried else []):
        trials.append(trial)
        _note(asked.known, trial)
        _tell(trial, len(trials), len(mutants))
    trials.sort(key=lambda trial: (trial.mutant.file, trial.mutant.line, trial.mutant.after))
    if asked.page is not None:
        text = page_of(counts, trials, read_reasons(), asked.seed)
        asked.page.write_text(text, encoding="utf-8")
    share = share_killed(trials)
    sys.stdout.write(f"{share:.1%} of {len(trials):,} mutants were killed\n")
    return int(share < LEAST_SHARE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="about how many; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--file", default="", help="files whose name has these letters")
    parser.add_argument("--known", type=Path, help="trials known so far; others are added to it")
    parser.add_argument("--page", type=Path, help="page that is written")
    parser.add_argument("--environment", type=Path, default=SOURCE / ".venv-mutants")
    return parser.parse_args()


def _read(path: Path | None) -> dict[Mutant, Trial]:
    if path is None or not path.exists():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        mutant = Mutant(**told["mutant"])
        ending, seen = Ending[told["ending"]], Seen[told["seen"]]
        found[mutant] = Trial(mutant, ending, seen, told["seconds"])
    return found


def _note(path: Path | None, trial: Trial) -> None:
    if path is None:
        return
    told = asdict(trial) | {"ending": trial.ending.name, "seen": trial.seen.name}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")


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
