"""Why a scenario gives what it gives: what is asked of each limit of the offices.

Three limits, by territory: *places* of a role (posts × portfolio cap) for those who are supported
or wait for a caseworker, *time* of a role for the rhythm that the pathways promise to those
supported and their case work, *sessions* of intake for those who come. The one that is most asked
for, beyond what is there, is the bottleneck. Everything is read from the outcomes of the last
months and the parameters in force on the last day, means over replications. No-shows, follow-up
in a job and reviews are not in the time asked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment
from sim.outcomes.table import Outcomes
from sim.parameters import Parameters
from sim.units import DAYS_PER_MONTH, DAYS_PER_WEEK

MONTHS_READ = 12
"""The last months of a run that tell what is asked for; fewer where the change is later."""
RHYTHM = ("contact", "appointment", "contract")
INTERVALS = {
    "contact": "contact_interval_days",
    "appointment": "appointment_interval_days",
    "contract": "contract_renewal_days",
}
ON_PLACES = ("supported", "waiting_for_caseworker", "kept_until_called")
"""Outcomes that count who has, or waits for, a place in a portfolio."""
EVERYBODY = "all"
FIXED = "fixed"

Limit = Literal["places", "time", "sessions"]


@dataclass(frozen=True)
class Need:
    """One limit: how much is asked of it and how much there is.

    Places are persons, time is minutes a month, sessions are persons a month. ``units`` are the
    posts, or for sessions the desks; ``each`` is what one of them offers, so that one more unit
    changes ``there`` by it. ``role`` is empty for sessions, ``pathways`` are those that ask.
    """

    limit: Limit
    territory: str
    role: str
    pathways: tuple[str, ...]
    asked: float
    there: float
    units: float
    each: float

    @property
    def ratio(self) -> float:
        """Asked for each one that is there; infinite where something is asked of nothing."""
        if self.there > 0.0:
            return self.asked / self.there
        return math.inf if self.asked > 0.0 else 0.0

    @property
    def is_short(self) -> bool:
        """Whether more is asked for than is there."""
        return self.ratio > 1.0


@dataclass(frozen=True)
class Why:
    """The needs of one territory under one scenario, the most pressing first.

    ``position`` is that of the scenario in its experiment.
    """

    position: int
    scenario: str
    territory: str
    needs: tuple[Need, ...]

    @property
    def bottleneck(self) -> Need | None:
        """The limit that holds the others back; None where nothing is short."""
        return self.needs[0] if self.needs and self.needs[0].is_short else None

    def record(self) -> dict[str, Any]:
        """The needs as plain values, with the name of the limit that is the bottleneck."""
        return {**asdict(self), "bottleneck": self.bottleneck and self.bottleneck.limit}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Why:
        """The inverse of `record`."""
        needs = (Need(**{**one, "pathways": tuple(one["pathways"])}) for one in record["needs"])
        return cls(record["position"], record["scenario"], record["territory"], tuple(needs))


class Lived(Protocol):
    """What is read: an experiment and the outcomes of its finished runs, told by pathway."""

    @property
    def experiment(self) -> Experiment:
        """What was run."""

    @property
    def outcomes(self) -> Sequence[Sequence[Outcomes]]:
        """By scenario and replication."""

    @property
    def drawn(self) -> Sequence[Mapping[str, float]]:
        """Parameter values in which each replication played; none without draws."""


def why(lived: Lived, territories: Sequence[str]) -> tuple[Why, ...]:
    """The needs by scenario, then by territory; none without a finished replication."""
    found: list[Why] = []
    for position, runs in enumerate(lived.outcomes):
        scenario = lived.experiment.scenarios[position]
        drawn = [scenario.with_draw(values, "draw") for values in lived.drawn]
        worlds = [one.parameters_on(one.end) for one in drawn or [scenario]]
        for territory in territories if runs else ():
            reader = _Reader(runs, worlds, territory)
            needs = sorted(reader.needs(), key=lambda need: -need.ratio)
            name = lived.experiment.names[position]
            found.append(Why(position, name, territory, tuple(needs)))
    return tuple(found)


class _Reader:
    """One territory under one scenario: means over replications and the last months.

    Numbers of parameters are means over ``worlds``; draws change no word.
    """

    def __init__(
        self, runs: Sequence[Outcomes], worlds: Sequence[Parameters], territory: str
    ) -> None:
        self._runs = runs
        self._worlds = worlds
        self._parameters = worlds[0]
        self._territory = territory
        self._months = min(MONTHS_READ, len(runs[0].axes.months) - 1 - runs[0].since)

    def needs(self) -> list[Need]:
        """Places and time of every role that a pathway asks for, and sessions."""
        asking = {role: self._pathways_of(role) for role in self._parameters.labels("roles")}
        found = [
            need
            for role, pathways in asking.items()
            if pathways
            for need in (self._places(role, pathways), self._time(role, pathways))
        ]
        sessions = self._sessions()
        return found if sessions is None else [*found, sessions]

    def _pathways_of(self, role: str) -> tuple[str, ...]:
        return tuple(
            pathway
            for pathway in self._parameters.labels("pathways")
            if role in self._parameters.words(f"pathways.{pathway}.roles")
            and any(self._mean(one, pathway) > 0.0 for one in ("orientations", *ON_PLACES))
        )

    def _number(self, path: str) -> float:
        return fmean(world.number(path) for world in self._worlds)

    def _posts(self, role: str) -> float:
        staff = f"territories.{self._territory}.staff.{role}"
        number = self._number
        return number(f"{staff}.fte") + number(f"{staff}.additional_fte")

    def _places(self, role: str, pathways: tuple[str, ...]) -> Need:
        cap = self._number(f"territories.{self._territory}.staff.{role}.portfolio_cap")
        asked = sum(self._mean(outcome, pathway) for outcome in ON_PLACES for pathway in pathways)
        posts = self._posts(role)
        return Need("places", self._territory, role, pathways, asked, posts * cap, posts, cap)

    def _time(self, role: str, pathways: tuple[str, ...]) -> Need:
        staff = f"territories.{self._territory}.staff.{role}"
        case_work = self._number(f"{staff}.case_work_minutes")
        asked = sum(
            self._mean("supported", pathway) * (self._minutes_promised(role, pathway) + case_work)
            for pathway in pathways
        )
        posts = self._posts(role)
        funded = self._mean("staff_fte")
        each = self._mean("staff_minutes_available") / funded if funded > 0.0 else 0.0
        return Need("time", self._territory, role, pathways, asked, posts * each, posts, each)

    def _minutes_promised(self, role: str, pathway: str) -> float:
        """Minutes of a role for one person and month at the rhythm of a pathway."""
        number, word = self._number, self._parameters.word
        own = f"territories.{self._territory}.pathways.{pathway}"
        is_first = self._parameters.words(f"pathways.{pathway}.roles")[0] == role
        total = 0.0
        for kind in RHYTHM:
            attendance = "appointment" if kind == "contract" else kind
            attends = is_first or word(f"{own}.{attendance}_attendance") == EVERYBODY
            interval = number(f"{own}.{INTERVALS[kind]}")
            total += attends * number(f"{own}.{kind}_minutes") * DAYS_PER_MONTH / interval
        return total

    def _sessions(self) -> Need | None:
        """Interviews of intake, a missed one by its part; None without sessions of a fixed length.

        Who is oriented by a call or at the legal limit takes no place in a session.
        """
        number = self._number
        own = f"territories.{self._territory}.intake"
        weekdays = len(self._parameters.words(f"{own}.weekdays"))
        if not weekdays or self._parameters.word(f"{own}.interview_form") != FIXED:
            return None
        a_month = weekdays * DAYS_PER_MONTH / DAYS_PER_WEEK
        each = a_month * number(f"{own}.opening_minutes") / number(f"{own}.interview_minutes")
        elsewhere = self._mean("oriented_by_limit") + self._mean("oriented_by_call")
        lost = number("contact_types.appointment.missed_minutes_share")
        held = self._mean("orientations") - elsewhere + lost * self._mean("intake_no_shows")
        asked = held + self._growth()
        desks = number(f"{own}.desks")
        return Need("sessions", self._territory, "", (), asked, desks * each, desks, each)

    def _growth(self) -> float:
        """Persons a month by which the wait for orientation grows."""
        waiting = self._series("waiting_for_orientation")
        return max(float(waiting[-1] - waiting[-1 - self._months]) / self._months, 0.0)

    def _mean(self, outcome: str, pathway: str | None = None) -> float:
        """Mean over the last months; 0 where it is not observed."""
        series = self._series(outcome, pathway)[-self._months :]
        return float(np.nan_to_num(series).mean())

    def _series(self, outcome: str, pathway: str | None = None) -> NDArray[np.float64]:
        axes = self._runs[0].axes
        row, _, place = axes.place(outcome, self._territory)
        column = 0 if pathway is None else axes.pathways.index(pathway)
        runs = np.array([run.values[row, :, place, column] for run in self._runs])
        series: NDArray[np.float64] = runs.mean(axis=0)
        return series
