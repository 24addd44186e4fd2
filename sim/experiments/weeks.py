"""One year of one replication, week by week: where everybody stands, told by territory and pathway.

Everybody who was on RSA on one of the days shown is in exactly one place. On RSA that is where the
offices have the person: a person who works beside an allowance stays where she is supported or
waits. Nothing of the run is altered: the days are those of the same replication run for its books.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import BegunRun, begin_run
from sim.experiments.experiment import Experiment, parting, run_plan_of
from sim.experiments.kept_runs import KeptRuns
from sim.outcomes.table import ALL
from sim.parameters import Parameters
from sim.units import DAYS_PER_WEEK, date_of, day_number
from sim.vocabulary import Benefit, Call, Support
from sim.world.world import HOUSEHOLDS, PEOPLE

STANDINGS = (
    "waiting_for_orientation",
    "waiting_for_caseworker",
    "supported",
    "elsewhere_on_rsa",
    "in_work",
    "off_rsa",
)
"""Where a person can stand.

``elsewhere_on_rsa``: on RSA without duties, or kept by a referent in name until called in.
``in_work``: followed in a job, or off RSA with a job. ``off_rsa``: off RSA without one.
"""
WAITING, QUEUED, SUPPORTED, ELSEWHERE, IN_WORK, OFF_RSA = range(len(STANDINGS))
WEEKS_SHOWN = 52
REPLICATION = 0
"""The replication that is shown: the first one of an experiment."""
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class YearOfWeeks:
    """One scenario of one replication.

    ``counts`` are persons by (week, standing, territory, pathway): the first of the territories is
    all of them, the first of the pathways stands for persons without one. ``days`` are the days
    on whose eve they are counted.
    """

    days: tuple[date, ...]
    territories: tuple[str, ...]
    pathways: tuple[str, ...]
    counts: Counts

    def of(self, territory: str) -> Counts:
        """Persons by (week, standing, pathway) in a territory, or in all of them."""
        found: Counts = self.counts[:, :, self.territories.index(territory)]
        return found


def first_year(
    experiment: Experiment,
    kept: KeptRuns | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[YearOfWeeks, ...]:
    """The year from the first change on, of every scenario in the first replication.

    It is shorter where the run ends before. The days before the change are read where they are
    ``kept``. Raises ``Cancelled`` when ``should_stop`` says so.
    """
    plans = [run_plan_of(scenario) for scenario in experiment.scenarios_of(REPLICATION)]
    seed, until = experiment.seeds[REPLICATION], parting(plans)
    begins = day_number(until or plans[0].start)
    days = [
        day
        for week in range(WEEKS_SHOWN + 1)
        if (day := begins + week * DAYS_PER_WEEK) <= plans[0].end_day
    ]
    found = []
    for plan in plans:
        past = kept.pasts.find(plan, seed, until) if kept is not None and until else None
        run = begin_run(plan, seed, past=past, should_stop=should_stop)
        found.append(_year(run, plan.base, days))
    return tuple(found)


def _year(run: BegunRun, base: Parameters, days: list[int]) -> YearOfWeeks:
    territories, pathways = base.labels("territories"), base.labels("pathways")
    is_job = np.array([base.flag(f"job_types.{one}.is_job") for one in base.labels("job_types")])
    seen = np.zeros(0, np.int64)
    counts: list[Counts] = []
    for day in days:
        run.journey.go_before(day)
        seen, standing, place, pathway = _standings(run, is_job, seen)
        week = np.zeros((len(STANDINGS), 1 + len(territories), 1 + len(pathways)), np.int64)
        np.add.at(week, (standing, place + 1, pathway + 1), 1)
        week[:, 0] = week[:, 1:].sum(axis=1)
        counts.append(week)
    return YearOfWeeks(
        tuple(date_of(day) for day in days), (ALL, *territories), pathways, np.stack(counts)
    )


def _standings(
    run: BegunRun, is_job: NDArray[np.bool_], seen: Counts
) -> tuple[Counts, Counts, Counts, Counts]:
    """Households seen so far; standing, territory and pathway of each of their adults."""
    world = run.people.world
    homes = world.households[: int(world.state[HOUSEHOLDS])]
    people = world.people[: int(world.state[PEOPLE])]
    is_paid = homes["benefit"] == Benefit.PAID
    seen = np.union1d(seen, homes["id"][is_paid])
    home = people["household"].astype(np.int64)
    is_shown = np.isin(homes["id"], seen)[home]
    people, home = people[is_shown], home[is_shown]
    job, support = people["job"].astype(np.int64), people["support"]
    works = (job >= 0) & is_job[job]
    standing = np.select(
        [
            ~is_paid[home] & works,
            ~is_paid[home],
            support == Support.IN_JOB_FOLLOW_UP,
            people["has_duties"] == 0,
            support == Support.WAITING_ORIENTATION,
            (support == Support.WAITING_CASEWORKER) & (people["call"] != Call.TO_COME_AGAIN),
            support == Support.SUPPORTED,
        ],
        [IN_WORK, OFF_RSA, IN_WORK, ELSEWHERE, WAITING, QUEUED, SUPPORTED],
        ELSEWHERE,
    )
    place = homes["territory"][home].astype(np.int64)
    return seen, standing.astype(np.int64), place, people["pathway"].astype(np.int64)
