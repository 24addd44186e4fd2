"""The page that tells what became of the mutants."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.mutants.mutant import REQUIREMENT, ROOM
from tests.mutants.reasons import EQUIVALENT, GAP, UNKNOWN, Reason, reason_of
from tests.mutants.trial import Ending, Trial

LEAST_SHARE = 0.85
KILLED = tuple(ending for ending in Ending if ending is not Ending.SURVIVED)
HEAD = """# Mutants of the behaviours

Written by `{command}`; not by hand.

A mutant is the text of `{room}` with one change that alters a sum, a comparison, a number, a
condition or a loop, or leaves a statement out ({requirement}, in an environment of its own;
`tests/mutants/made_by_cosmic_ray.py` says which of its operators are used, and of what no mutant is
made as it has no effect on results: annotations, hints to the processor, indices of the only row).
It is killed when a test of the project fails:

- **naive replay**: `tests/naive/test_busy.py`. Departments of 40 to 140 people in which every kind
  of event occurs within months, and lives without offices, are lived by the mutant; the replay,
  which shares no code with it, foretells another life or another day of an office.
- **recount**: the same file. The months worked, begun lastingly, seen by a caseworker or paid that
  people remember are not those that the log tells.
- **tests of rules**: `tests/unit/test_rules_of_processes.py`.
- **error**, **endless**: the mutant raises an exception, or lives a department for two seconds more
  than the text as it stands took to make it, live it and relive it.

All run as plain Python: the text is the one that is compiled. The departments begin with the people
that the text as it stands left on the first day. Nothing else of the suite is asked, so that the
share is a lower bound.
"""


@dataclass(frozen=True)
class Asked:
    """What was to be tried: about how many (0: all), drawn with which seed."""

    sample: int
    seed: int

    @property
    def command(self) -> str:
        """The command that tries them."""
        if not self.sample:
            return "make mutants"
        return f"make mutants MUTANTS='--sample {self.sample} --seed {self.seed}'"


def share_killed(trials: Sequence[Trial]) -> float:
    """The share of trials in which a mutant was found; 1 without any."""
    if not trials:
        return 1.0
    return sum(trial.ending in KILLED for trial in trials) / len(trials)


def page_of(
    counts: Mapping[str, int], trials: Sequence[Trial], reasons: Sequence[Reason], asked: Asked
) -> str:
    """The whole page. ``counts``: how many mutants each file has."""
    requirement = REQUIREMENT.replace("==", " ")
    head = HEAD.format(command=asked.command, room=ROOM, requirement=requirement)
    survivors = [trial for trial in trials if trial.ending is Ending.SURVIVED]
    result = _result(counts, trials, reasons, asked.seed)
    return "\n".join([head, *result, "", *_told(survivors, reasons)]) + "\n"


def _result(
    counts: Mapping[str, int], trials: Sequence[Trial], reasons: Sequence[Reason], seed: int
) -> list[str]:
    total, tried, share = sum(counts.values()), len(trials), share_killed(trials)
    hours = sum(trial.seconds for trial in trials) / 3600.0
    which, doubt = f"All {total:,} mutants", ""
    if tried < total:
        low, high = _interval(share, tried)
        which = f"{tried:,} of {total:,} mutants, drawn by file with seed {seed},"
        doubt = f" (95 %: {low:.1%} to {high:.1%} of all)"
    heads = ("file", "mutants", "tried", *(ending.value for ending in Ending), "killed")
    lines = [
        "## Result",
        "",
        f"{which} were tried: **{share:.1%} killed**{doubt}, in {hours:.1f} hours of one "
        f"processor. At least {LEAST_SHARE:.0%} are wanted. {_of_survivors(trials, reasons)}",
        "",
        "| " + " | ".join(heads) + " |",
        "| --- |" + " ---: |" * (len(heads) - 1),
    ]
    for file, count in counts.items():
        if count:
            of_file = [trial for trial in trials if trial.mutant.file == file]
            lines.append(_row(f"`{file.removeprefix(ROOM + '/')}`", count, of_file))
    lines.append(_row("**all**", total, trials))
    return lines


def _of_survivors(trials: Sequence[Trial], reasons: Sequence[Reason]) -> str:
    """How many survivors are equivalent, or gaps, and the share killed without the former."""
    whys = [
        reason_of(trial.mutant, reasons) or UNKNOWN
        for trial in trials
        if trial.ending is Ending.SURVIVED
    ]
    equivalent, gaps = (sum(why.startswith(kind) for why in whys) for kind in (EQUIVALENT, GAP))
    others = len(trials) - equivalent
    share = (len(trials) - len(whys)) / others if others else 1.0
    return (
        f"Of the {len(whys):,} that survived, {equivalent:,} are equivalent by the reasons below, "
        f"{gaps:,} are gaps of the tests and {len(whys) - equivalent - gaps:,} were not looked "
        f"into. Without those that are equivalent, **{share:.1%}** were killed."
    )


def _row(name: str, count: int, trials: Sequence[Trial]) -> str:
    endings = [sum(trial.ending is ending for trial in trials) for ending in Ending]
    share = f"{share_killed(trials):.0%}" if trials else ""
    cells = [name, f"{count:,}", f"{len(trials):,}", *(f"{number:,}" for number in endings), share]
    return "| " + " | ".join(cells) + " |"


def _told(survivors: Sequence[Trial], reasons: Sequence[Reason]) -> list[str]:
    """The survivors below the reason of each."""
    lines = ["## Survivors"]
    by_reason: dict[str, list[Trial]] = {}
    for trial in survivors:
        by_reason.setdefault(reason_of(trial.mutant, reasons) or UNKNOWN, []).append(trial)
    for why, trials in sorted(by_reason.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        lines += ["", f"**{len(trials):,}: {why}**", ""]
        lines += ["| where | stands | mutant | what shows |", "| --- | --- | --- | --- |"]
        lines += [_line(trial) for trial in trials]
    return lines


def _line(trial: Trial) -> str:
    mutant = trial.mutant
    where = f"{mutant.file.removeprefix(ROOM + '/')} {mutant.function}".strip()
    lines = f"{_code(mutant.before)} | {_code(mutant.after)}"
    return f"| {where} | {lines} | {trial.seen.value} |"


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def _interval(share: float, tried: int) -> tuple[float, float]:
    """Wilson's interval of 95 % of a share."""
    if not tried:
        return 0.0, 1.0
    z = 1.959964
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    width = z / (1 + z * z / tried)
    width *= math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return middle - width, middle + width
