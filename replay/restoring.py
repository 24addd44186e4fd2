"""Households of a starting population, as the naive replay takes them over.

The rows of the state are an input like the log: they say where a life stands, not how it goes on.
What a household was drawn with is drawn again, by name, and must be what its rows hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from replay.adult import Adult, Cohort, Job
from replay.life import Household
from replay.regime import Regime
from sim.engine.state import State
from sim.population.layout import NEVER_DAY
from sim.units import DAYS_PER_MONTH, NEVER
from sim.vocabulary import Benefit, Call, ExitReason, PersonClock, Record, Support
from sim.world.world import HELD_APPOINTMENT, HELD_CONTACT, TIME_FOR_RHYTHM

FIRST_FLAG = {
    1: Record.FIRST_JOB_SINCE_SUPPORT,
    2: Record.FIRST_DURABLE_JOB_SINCE_SUPPORT,
}
"""What the bits of ``cohort_flags`` say has been recorded."""


class OtherwiseDrawnError(AssertionError):
    """Rows of the state hold something else than what is drawn by name."""


def rhythm_of(state: State) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int, int], int]]:
    """Time by territory and role, intervals held by territory, pathway and kind, of a state."""
    times = state.places[TIME_FOR_RHYTHM]
    held = state.places[[HELD_CONTACT, HELD_APPOINTMENT]]
    return (
        {(t, role): int(time) for (t, role), time in np.ndenumerate(times)},
        {(t, pathway, kind): int(days) for (kind, t, pathway), days in np.ndenumerate(held)},
    )


def households_of(state: State, regime: Regime) -> Iterator[Household]:
    """Every household of a state, ready to live on under ``regime``."""
    for row in state.households:
        first = int(row["first"])
        yield restored(regime, row, state.people[first : first + int(row["members"])])


def restored(regime: Regime, row: Any, people: Any) -> Household:
    """One household from its row and those of its adults."""
    home = Household(regime, int(row["id"]), int(row["territory"]), float(row["entered_on"]))
    home.events.clear()
    drawn = (len(home.adults), home.kind, home.phase, home.is_housed, home.is_increased)
    names = ("members", "kind", "phase", "has_housing_support", "is_increased")
    _must_equal(home.id, drawn, tuple(row[name] for name in names))
    home.now = home.looked_at = float(row["settled"])
    home.benefit, home.reason = Benefit(row["benefit"]), ExitReason(row["reason"])
    home.since = int(row["since"])
    below = int(row["below_since"])
    home.below_since = None if below == NEVER_DAY else below
    home.suspended_until = int(row["suspended_until"])
    home.declared_cents = int(row["declared_cents"])
    declaration = float(row["next_declaration"])
    home.declaration = NEVER if declaration == NEVER_DAY else declaration
    month = int(row["earnings_month"])
    home.earned = {month - ago: int(cents) for ago, cents in enumerate(row["earnings"])}
    home.accrued_on = int(row["accrued_on"])
    home.pension = int(row["pension_day"])
    home.clocks.fired = [int(times) for times in row["fired"]]
    home.clocks.left = [float(left) for left in row["clock"]]
    for adult, person in zip(home.adults, people, strict=True):
        _restore(adult, person)
    _bring_clocks_forward(home, float(row["read_at"]), people)
    return home


def _must_equal(who: int, drawn: tuple[Any, ...], held: tuple[Any, ...]) -> None:
    if drawn != held:
        raise OtherwiseDrawnError(f"{who}: drawn by name {drawn}, held {held}")


def _restore(adult: Adult, person: Any) -> None:
    drawn = (adult.frailty, adult.instability, adult.latent, adult.education, adult.has_duties)
    names = ("frailty", "instability", "latent", "education", "has_duties")
    _must_equal(adult.id, drawn, tuple(person[name] for name in names))
    adult.birth = int(person["birth"])
    adult.is_stayer = bool(person["is_stayer"])
    adult.barriers = _bits(person["barriers"])
    adult.clocks.fired = [int(times) for times in person["fired"]]
    adult.clocks.left = [float(left) for left in (*person["clock"], *person["barrier_clock"])]
    if person["job"] >= 0:
        start, end = int(person["job_start"]), float(person["job_end"])
        adult.job = Job(int(person["job"]), start, end)
    adult.last_job_end = int(person["last_job_end"])
    adult.income_cents = int(person["income_cents"])
    adult.worked_days = int(person["worked_days"])
    adult.benefit_until = int(person["benefit_until"])
    adult.support = Support(person["support"])
    waits = adult.support in (Support.WAITING_ORIENTATION, Support.WAITING_CASEWORKER)
    adult.since = int(person["waiting_since" if waits else "support_since"])
    adult.is_to_come_again = person["call"] == Call.TO_COME_AGAIN
    adult.pathway = int(person["pathway"])
    adult.level, adult.level_on = float(person["contact_level"]), int(person["contact_on"])
    adult.actions = _bits(person["on_action"])
    adult.activity_since = int(person["activity_since"])
    adult.followed_on = int(person["follow_up_held_on"])
    if person["cohort_on"] > 0:
        noted = {int(FIRST_FLAG[bit]) for bit in (1, 2) if person["cohort_flags"] & bit}
        adult.cohort = Cohort(int(person["cohort_on"]), int(person["cohort_pathway"]), noted)


def _bits(numbers: int) -> set[int]:
    return {place for place in range(16) if int(numbers) >> place & 1}


def _bring_clocks_forward(home: Household, read_at: float, people: Any) -> None:
    """All clocks but job finding stand at an earlier time; contacts reached so much since then."""
    months = (home.now - read_at) / DAYS_PER_MONTH
    if months <= 0.0:
        return
    for adult, person in zip(home.adults, people, strict=True):
        adult.known_saturation = float(person["reached_months"]) / months
    settled, home.now = home.now, read_at
    for clocks, clock, hazard, _ in home.running(settled):
        is_job_finding = clocks is not home.clocks and clock == PersonClock.JOB_FINDING
        if not is_job_finding:
            clocks.left[clock] = max(clocks.left[clock] - hazard * months, 0.0)
    home.now = settled
    for adult in home.adults:
        adult.known_saturation = None
