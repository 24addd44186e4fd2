"""What Ciw can express of the workload: three service centres and the ways between them.

A customer of Ciw holds one server at a time. Here the servers are the places of the portfolios, so
that caseworkers, their hours, contacts and follow-up are left out: support has the intensity that
contacts of every week would hold, and no barrier falls. Sessions are a wait of known length, exits
and jobs of who waits for a place are reneging. Time is in weeks.
"""

from __future__ import annotations

import math
import random
from typing import Any

import ciw

from benchmarks.peers.workload import (
    COUNTERS,
    DAYS_PER_WEEK,
    DURABLE_WEEKS,
    EXIT_CHANCE,
    FOLLOWED_DAYS,
    INTENSITY_DAYS,
    MOST_BARRIERS,
    PORTFOLIO_CAP,
    SESSION_WEEKDAYS,
    Outcome,
    arrivals,
    caseworkers_for,
    job_chance,
    rupture_chance,
)

SESSION, PLACE, JOB = 1, 2, 3
STEADY_SUPPORT = math.exp(-DAYS_PER_WEEK / INTENSITY_DAYS)
"""Left a week after a contact, of an intensity that contacts of every week hold at one."""
SHORTEST_WEEKS = 1e-9


def barriers_of(person: Any) -> int:
    """The barriers of a customer, who comes without any attribute."""
    if not hasattr(person, "barriers"):
        person.barriers = random.randrange(MOST_BARRIERS)
    return int(person.barriers)


class UntilSession(ciw.dists.Distribution):  # type: ignore[misc]
    """Weeks until the next session."""

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """From a moment on."""
        today = ((t or 0.0) * DAYS_PER_WEEK) % DAYS_PER_WEEK
        ahead = min((day - today) % DAYS_PER_WEEK or DAYS_PER_WEEK for day in SESSION_WEEKDAYS)
        return ahead / DAYS_PER_WEEK


class UntilEnd(ciw.dists.Distribution):  # type: ignore[misc]
    """Weeks until an exit or a job, at a constant intensity of support."""

    def __init__(self, support: float) -> None:
        self.support = support

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Draws which of the two it is as well."""
        chance = job_chance(barriers_of(ind), self.support)
        ind.finds_job = random.random() * (EXIT_CHANCE + chance) >= EXIT_CHANCE
        return random.expovariate(-math.log1p(-(EXIT_CHANCE + chance)))


class InJob(ciw.dists.Distribution):  # type: ignore[misc]
    """Weeks of a job that breaks or becomes durable."""

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Followed up all the time."""
        weeks = random.expovariate(-math.log1p(-rupture_chance(FOLLOWED_DAYS)))
        ind.is_durable = weeks >= DURABLE_WEEKS
        return min(weeks, float(DURABLE_WEEKS))


class ToJobOrOut(ciw.routing.NodeRouting):  # type: ignore[misc]
    """After a place, or instead of one."""

    def next_node(self, ind: Any) -> Any:
        """Where the customer goes."""
        return self.simulation.nodes[JOB if ind.finds_job else -1]

    def next_node_for_jockeying(self, ind: Any) -> Any:
        """Where who waited goes."""
        return self.next_node(ind)


class ToOutOrBack(ciw.routing.NodeRouting):  # type: ignore[misc]
    """After a job."""

    def next_node(self, ind: Any) -> Any:
        """Where the customer goes."""
        return self.simulation.nodes[-1 if ind.is_durable else SESSION]


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    ciw.seed(seed)
    come = arrivals(stock, seed, days).tolist()
    dists = ciw.dists
    weekly, never = 1.0 / DAYS_PER_WEEK, math.inf
    network = ciw.create_network(
        arrival_distributions=[
            dists.Sequential([SHORTEST_WEEKS] + [weekly] * (days - 1) + [never]),
            dists.Sequential([SHORTEST_WEEKS, never]),
            None,
        ],
        batching_distributions=[
            dists.Sequential([*come, 0]),
            dists.Sequential([stock, 0]),
            dists.Deterministic(1),
        ],
        service_distributions=[UntilSession(), UntilEnd(STEADY_SUPPORT), InJob()],
        reneging_time_distributions=[None, UntilEnd(0.0), None],
        number_of_servers=[math.inf, caseworkers_for(stock) * PORTFOLIO_CAP, math.inf],
        routing=ciw.routing.NetworkRouting(
            routers=[ciw.routing.Direct(PLACE), ToJobOrOut(), ToOutOrBack()]
        ),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(days / DAYS_PER_WEEK)
    return outcome_of(simulation, days / DAYS_PER_WEEK)


def outcome_of(simulation: Any, weeks: float) -> Outcome:
    """Weeks of all customers; what is counted of them."""
    totals = dict.fromkeys(COUNTERS, 0)
    person_weeks = 0.0
    for record in simulation.get_all_records():
        person_weeks += record.exit_date - record.arrival_date
        totals["jobs"] += record.node == PLACE and record.destination == JOB
        totals["ruptures"] += record.node == JOB and record.destination == SESSION
        totals["exits"] += record.destination == -1
    for node in simulation.transitive_nodes:
        person_weeks += sum(weeks - person.arrival_date for person in node.all_individuals)
    return Outcome(person_weeks, totals)
