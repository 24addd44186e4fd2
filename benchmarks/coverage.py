"""``python -m benchmarks.coverage``: how often the 90 % intervals hold, as docs/coverage.md.

A pool of replications stands for the model and its mean for the truth. Groups of 6, 12 and 50 are
drawn from it; each gives the interval that a user with so many replications would see. The pools
are kept in ``--folder`` and grow from run to run, so the command can be stopped at any time;
``--add`` says by how many replications (0: only the page is written anew). The name of a kept pool
holds what its runs depend on: those of another engine, of other scenarios or with other outcomes
are not read.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.experiment import SEED_STEP, Experiment, run_plan_of
from sim.experiments.headlines import HEADLINES, MOST_TERRITORIES
from sim.experiments.intervals import LEVEL, mean_interval
from sim.experiments.kept_runs import name_of_run
from sim.experiments.runner import Replication, run_experiment
from sim.files import write_atomically
from sim.outcomes.definitions import outcome_definition, outcome_definitions
from sim.outcomes.table import ALL
from sim.policy import load_scenario
from sim.user_cache import cache_root
from sim.version import engine_version

PAGE = Path("docs/coverage.md")
MONTHS, SEED, AT_ONCE = 18, 5, 50
COUNTS = (6, 12, 50)
GROUPS = 4_000
LOWEST, HIGHEST = 0.85, 0.95
MOSTLY = 0.2
"""With intervals in a smaller part of the groups, the answer is that there are too few."""
FEWEST_IN_POOL = 50
SIGNS_OF_VERSION = 12
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pool:
    """Comparisons run together: the reference and what is compared with it."""

    name: str
    scenarios: tuple[str, ...]
    share: float

    def experiment(self, first: int, count: int) -> Experiment:
        """Replications ``first`` and following."""
        loaded = (load_scenario(name).scaled(self.share) for name in self.scenarios)
        scenarios = tuple(one.with_months(MONTHS) for one in loaded)
        return Experiment(scenarios, SEED + first * SEED_STEP, count)

    def file(self, folder: Path) -> Path:
        """Where its replications are kept."""
        plans = (run_plan_of(scenario) for scenario in self.experiment(0, 1).scenarios)
        words = "|".join([*(name_of_run(plan, SEED) for plan in plans), *outcome_definitions()])
        return folder / f"{self.name}-{hashlib.sha256(words.encode('ascii')).hexdigest()[:16]}.npz"


@dataclass(frozen=True)
class Part:
    """A part of the page: pools of one share of the departments, and what they are."""

    title: str
    about: tuple[str, ...]
    share: float
    ending: str
    """Of the names of its pools."""

    @property
    def pools(self) -> tuple[Pool, ...]:
        """One for each department, under its name."""
        return tuple(
            Pool(f"{scenarios[0].partition('_')[0]}{self.ending}", scenarios, self.share)
            for scenarios in COMPARISONS
        )


COMPARISONS = (
    ("somme_reference", "somme_experiment", "somme_plus14", "somme_portfolios50"),
    ("mayenne_reference", "mayenne_scheme"),
    ("doubs_reference", "doubs_scheme"),
    ("meuse_reference", "meuse_scheme"),
)
PARTS = (
    Part(
        "Shipped comparisons as they are",
        ("Whole departments, as `caseload compare` runs them.",),
        1.0,
        "",
    ),
    Part(
        "A harsher trial: a twentieth of each department",
        (
            "The same scenarios with `--share 0.05`: nobody is meant to decide by so few persons.",
            "Everything is counted in few of them there: most differences are more often zero and",
            "more skewed than in the whole department.",
        ),
        0.05,
        "05",
    ),
)
POOLS = tuple(pool for part in PARTS for pool in part.pools)


@dataclass(frozen=True)
class Case:
    """One difference by replication of the pool."""

    scenario: str
    place: str
    outcome: str
    values: Floats

    @property
    def fewest(self) -> int:
        """The fewest replications that its outcome declares."""
        return outcome_definition(self.outcome).fewest_replications


@dataclass(frozen=True)
class Cell:
    """What so many replications say of one case; the parts are of the groups drawn."""

    case: Case
    count: int
    held: float
    """Of those with an interval, in which it holds the mean; NaN without any."""
    given: float
    """With an interval."""
    student: float
    """In which Student's interval holds the mean."""

    @property
    def is_told(self) -> bool:
        """Whether an interval is what a user mostly may see, and not "too few"."""
        return self.given >= MOSTLY

    @property
    def text(self) -> str:
        """How it stands in the table."""
        if self.is_told:
            return f"{self.held:.2f} ({self.given:.0%}) | {self.student:.2f}"
        return f"too few ({1 - self.given:.0%}) | {self.student:.2f}"


def grow(pool: Pool, folder: Path, more: int) -> None:
    """Add replications to the file of a pool, some at a time."""
    experiment = pool.experiment(0, 1)
    file = pool.file(folder)
    whole = list(np.load(file)["whole"]) if file.is_file() else []
    wanted = len(whole) + more

    def keep(replication: Replication) -> None:
        whole.append(np.stack([one.whole[..., 0] for one in replication.outcomes]))

    while len(whole) < wanted:
        count = min(AT_ONCE, wanted - len(whole))
        run_experiment(pool.experiment(len(whole), count), on_finished=keep)
        temporary = file.with_suffix(".part.npz")
        np.savez_compressed(
            temporary,
            whole=np.array(whole),
            outcomes=np.array(list(outcome_definitions())),
            territories=np.array((ALL, *experiment.reference.base.labels("territories"))),
            changed=np.array(experiment.changed_territories),
        )
        temporary.replace(file)


def cases(pool: Pool, folder: Path) -> Iterator[Case]:
    """Every headline outcome of every comparison, whole department and territories that change."""
    with np.load(pool.file(folder)) as kept:
        whole = kept["whole"]
        outcomes, territories = list(kept["outcomes"]), list(kept["territories"])
        changed = [str(one) for one in kept["changed"]]
    places = (ALL, *(changed if len(changed) <= MOST_TERRITORIES else ()))
    for position, scenario in enumerate(pool.scenarios[1:], start=1):
        for place in places:
            for outcome in HEADLINES:
                cell = whole[:, :, outcomes.index(outcome), territories.index(place)]
                values = cell[:, position] - cell[:, 0]
                values = values[~np.isnan(values)]
                if len(values) >= FEWEST_IN_POOL:
                    yield Case(scenario, place, outcome, values)


def cell(case: Case, count: int) -> Cell:
    """The groups of ``count`` replications of a case."""
    values = case.values
    chosen = np.random.default_rng(count).integers(0, len(values), (count, GROUPS))
    groups, truth = values[chosen], values.mean()
    found = mean_interval(groups, case.fewest)
    given = ~np.isnan(found.low)
    holds = (found.low <= truth) & (truth <= found.high)
    reach = stats.t.ppf(0.5 + LEVEL / 2.0, count - 1) * stats.sem(groups)
    student = np.abs(groups.mean(axis=0) - truth) <= reach
    held = float(holds[given].mean()) if given.any() else np.nan
    return Cell(case, count, held, float(given.mean()), float(student.mean()))


def page(folder: Path) -> str:
    """The page, from the pools that there are."""
    declared = sorted(
        name for name in HEADLINES if outcome_definition(name).fewest_replications > COUNTS[0]
    )
    told = (f"`{name}` ({outcome_definition(name).fewest_replications})" for name in declared)
    lines = [
        "# How often the intervals hold",
        "",
        "Written by `python -m benchmarks.coverage`. The method is in",
        "[sim/experiments/intervals.py](../sim/experiments/intervals.py).",
        "",
        f"A pool of replications ({MONTHS} months, seed {SEED}) stands for the model, and its",
        f"mean for the truth. The text of the engine that ran them begins with `{_engine()}`",
        "(`engine_version()` in [sim/version.py](../sim/version.py)).",
        f"{GROUPS:,} groups of {_counted(COUNTS)} replications are drawn from it, with",
        "replacement.",
        f"Each number is the part of the {LEVEL:.0%} intervals that hold the mean; between",
        "brackets is in how many groups there is an interval. The others say that there are",
        f"too few replications. Where fewer than {MOSTLY:.0%} of the groups have one, the",
        "answer is “too few”: the coverage of these few is not that of the method, because",
        "only groups with unusual luck have one. Beside it: Student's interval, which is",
        "always given. Outcomes that never differ in the pool are left out.",
        "",
        "Fewer replications than an outcome declares",
        "([outcomes.yaml](../sim/outcomes/outcomes.yaml)) give none:",
        f"{', '.join(told)}.",
        "",
    ]
    for part in PARTS:
        lines += _part(part, folder)
    return "\n".join(lines)


def _engine() -> str:
    """How the version of the engine begins: that of the pools, which no other one reads."""
    return engine_version()[:SIGNS_OF_VERSION]


def _part(part: Part, folder: Path) -> list[str]:
    """The lines of one part of the page."""
    sizes: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    missing: list[str] = []
    for pool in part.pools:
        found = list(cases(pool, folder)) if pool.file(folder).is_file() else []
        if not found:
            missing += pool.scenarios[1:]
            continue
        most = max(len(case.values) for case in found)
        sizes.append(f"| {', '.join(pool.scenarios[1:])} | {most:,} |")
        varied = (case for case in found if np.ptp(case.values))
        rows += [tuple(cell(case, count) for count in COUNTS) for case in varied]
    heads = " | ".join(f"{count} | Student" for count in COUNTS)
    return [
        f"## {part.title}",
        "",
        *part.about,
        "",
        *_gaps(missing),
        "| comparison | replications in the pool |",
        "|---|---|",
        *sizes,
        "",
        *_summary([one for row in rows for one in row]),
        "",
        f"| scenario | place | outcome | zero | skewness | {heads} |",
        "|---|---|---|---|---|" + "---|" * (2 * len(COUNTS)),
        *(_row(row) for row in rows),
        "",
    ]


def _gaps(missing: list[str]) -> list[str]:
    """What the part lacks."""
    if not missing:
        return []
    return [f"**Not run, or fewer than {FEWEST_IN_POOL} times: {', '.join(missing)}.**", ""]


def _summary(cells: list[Cell]) -> list[str]:
    """How many cells cover enough, and each that does not."""
    told = [one for one in cells if one.is_told]
    below = [one for one in told if round(one.held, 2) < LOWEST]
    above = [one for one in told if round(one.held, 2) > HIGHEST]
    student = sum(LOWEST <= round(one.student, 2) <= HIGHEST for one in cells)
    return [
        f"Of {len(cells)} cells {len(told)} have intervals:",
        f"**{len(told) - len(below) - len(above)} cover between {LOWEST} and {HIGHEST},",
        f"{len(above)} above, {len(below)} below**. The other {len(cells) - len(told)} say that",
        f"there are too few. Student's interval covers as much in {student} of {len(cells)}.",
        "",
        *(["Below:", ""] if below else ["None is below."]),
        *(
            f"- {one.case.scenario}, {one.case.place}, {one.case.outcome},"
            f" {one.count} replications: {one.held:.2f} ({one.given:.0%})"
            for one in below
        ),
    ]


def _row(cells: tuple[Cell, ...]) -> str:
    """The row of one case in the table."""
    case = cells[0].case
    zero, skew = (case.values == 0.0).mean(), stats.skew(case.values)
    return (
        f"| {case.scenario} | {case.place} | {case.outcome} | {zero:.0%} | {skew:.1f} "
        f"| {' | '.join(one.text for one in cells)} |"
    )


def _counted(counts: tuple[int, ...]) -> str:
    """The numbers in words of a list."""
    return f"{', '.join(map(str, counts[:-1]))} and {counts[-1]}"


def main() -> None:
    """Grow the pools and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = (cache_root() or Path()) / "coverage"
    parser.add_argument("--folder", type=Path, default=usual, help="where the pools are kept")
    parser.add_argument("--add", type=int, default=600, help="replications to add to each pool")
    names = [pool.name for pool in POOLS]
    parser.add_argument("--only", choices=names, nargs="+", default=names, help="grow these pools")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that is written")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for pool in POOLS:
        if asked.add and pool.name in asked.only:
            grow(pool, asked.folder, asked.add)
    write_atomically(asked.page, page(asked.folder).encode("utf-8"))


if __name__ == "__main__":
    main()
