"""``python -m benchmarks.coverage``: how often the 90 % intervals hold, as docs/coverage.md.

A pool of replications stands for the model and its mean for the truth. Groups of 6, 12 and 50 are
drawn from it; each gives the interval that a user with so many replications would see. The pools
are kept in ``--folder`` and grow from run to run, so the command can be stopped at any time;
``--add`` says by how many replications (0: only the page is written anew).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.experiment import SEED_STEP, Experiment
from sim.experiments.headlines import HEADLINES, MOST_TERRITORIES
from sim.experiments.intervals import LEVEL, mean_interval
from sim.experiments.runner import Replication, run_experiment
from sim.files import write_atomically
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL
from sim.policy import load_scenario
from sim.user_cache import cache_root

PAGE = Path("docs/coverage.md")
MONTHS, SEED, AT_ONCE = 18, 5, 50
COUNTS = (6, 12, 50)
GROUPS = 4_000
LOWEST, HIGHEST = 0.85, 0.95
MOSTLY = 0.2
"""With intervals in a smaller part of the groups, the answer is that there are too few."""
FEWEST_IN_POOL = 50
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


POOLS = (
    Pool(
        "somme05",
        ("somme_reference", "somme_experiment", "somme_plus14", "somme_portfolios50"),
        0.05,
    ),
    Pool("mayenne05", ("mayenne_reference", "mayenne_scheme"), 0.05),
    Pool("doubs05", ("doubs_reference", "doubs_scheme"), 0.05),
    Pool("meuse05", ("meuse_reference", "meuse_scheme"), 0.05),
    Pool("somme1", ("somme_reference", "somme_plus14"), 1.0),
)


@dataclass(frozen=True)
class Case:
    """One difference by replication of the pool."""

    scenario: str
    place: str
    outcome: str
    values: Floats


def grow(pool: Pool, folder: Path, more: int) -> None:
    """Add replications to the file of a pool, some at a time."""
    experiment = pool.experiment(0, 1)
    file = folder / f"{pool.name}.npz"
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
    with np.load(folder / f"{pool.name}.npz") as kept:
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


def coverage(values: Floats, count: int) -> tuple[float, float, float]:
    """Coverage where there is an interval, how often there is one, and Student's coverage."""
    chosen = np.random.default_rng(count).integers(0, len(values), (count, GROUPS))
    groups, truth = values[chosen], values.mean()
    found = mean_interval(groups)
    given = ~np.isnan(found.low)
    holds = (found.low <= truth) & (truth <= found.high)
    reach = stats.t.ppf(0.5 + LEVEL / 2.0, count - 1) * stats.sem(groups)
    student = np.abs(groups.mean(axis=0) - truth) <= reach
    held = float(holds[given].mean()) if given.any() else np.nan
    return held, float(given.mean()), float(student.mean())


def page(folder: Path) -> str:
    """The page, from the pools that there are."""
    rows, sizes = [], []
    inside = told = 0
    student_inside = 0
    for pool in POOLS:
        if not (folder / f"{pool.name}.npz").is_file():
            continue
        found = list(cases(pool, folder))
        if not found:
            continue
        most = max(len(case.values) for case in found)
        sizes.append(f"| {', '.join(pool.scenarios[1:])} | {pool.share:g} | {most:,} |")
        for case in found:
            if not np.ptp(case.values):
                continue
            cells = []
            for count in COUNTS:
                held, given, student = coverage(case.values, count)
                student_inside += LOWEST <= student <= HIGHEST
                is_told = given >= MOSTLY
                told += is_told
                inside += is_told and LOWEST <= round(held, 2) <= HIGHEST
                text = f"{held:.2f} ({given:.0%})" if is_told else f"too few ({1 - given:.0%})"
                cells.append(f"{text} | {student:.2f}")
            zero, skew = (case.values == 0.0).mean(), stats.skew(case.values)
            rows.append(
                f"| {case.scenario} | {pool.share:g} | {case.place} | {case.outcome} "
                f"| {zero:.0%} | {skew:.1f} | {' | '.join(cells)} |"
            )
    cells_of_all = len(rows) * len(COUNTS)
    heads = " | ".join(f"{count} | Student" for count in COUNTS)
    return "\n".join(
        [
            "# How often the intervals hold",
            "",
            "Written by `python -m benchmarks.coverage`. The method is in",
            "[sim/experiments/intervals.py](../sim/experiments/intervals.py).",
            "",
            f"A pool of replications ({MONTHS} months, seed {SEED}) stands for the model, and its",
            "mean for the truth.",
            f"{GROUPS:,} groups of 6, 12 and 50 replications are drawn from it, with replacement.",
            f"Each number is the part of the {LEVEL:.0%} intervals that hold the mean; between",
            "brackets is in how many groups there is an interval. The others say that there are",
            f"too few replications. Where fewer than {MOSTLY:.0%} of the groups have one, the",
            "answer is “too few”: the coverage of these few is not that of the method, because",
            "only groups with unusual luck have one. Beside it: Student's interval, which is",
            "always given. Outcomes that never differ in the pool are left out.",
            "",
            f"Of {cells_of_all} cells {told} have intervals, {inside} of these cover between",
            f"{LOWEST} and {HIGHEST}; Student's interval does in {student_inside} of",
            f"{cells_of_all}.",
            "",
            "| comparison | share of the department | replications in the pool |",
            "|---|---|---|",
            *sizes,
            "",
            f"| scenario | share | place | outcome | zero | skewness | {heads} |",
            "|---|---|---|---|---|---|" + "---|" * (2 * len(COUNTS)),
            *rows,
            "",
        ]
    )


def main() -> None:
    """Grow the pools and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = (cache_root() or Path()) / "coverage"
    parser.add_argument("--folder", type=Path, default=usual, help="where the pools are kept")
    parser.add_argument("--add", type=int, default=600, help="replications to add to each pool")
    parser.add_argument("--only", choices=[pool.name for pool in POOLS], help="grow this pool")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for pool in POOLS:
        if asked.add and asked.only in (None, pool.name):
            grow(pool, asked.folder, asked.add)
    write_atomically(PAGE, page(asked.folder).encode("utf-8"))


if __name__ == "__main__":
    main()
