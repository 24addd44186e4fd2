"""The people of day one: decades of ordinary lives, then a warm-up of the reference offices.

Keyed by (parameters, seed, start date), never by a scenario, and cached on disk: every scenario
with the same reference starts from the same people.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.bounded_folder import BoundedFolder
from sim.engine.calendar import OfficeCalendar
from sim.engine.journey import Journey
from sim.engine.packed import pack
from sim.engine.packed_numbers import Packed
from sim.engine.run_plan import RunPlan
from sim.engine.state import State
from sim.engine.stock_targets import Target, stock_targets
from sim.engine.walker import Walker, blank_state
from sim.ledger import LedgerShape, empty_ledger
from sim.parameters import Parameters
from sim.units import date_of, day_number, first_day_of_month, month_number
from sim.user_cache import POPULATIONS, cache_root
from sim.version import results_version
from sim.vocabulary import HOUSEHOLD_BITS, MEMBER_BITS, STREAM_BITS, Benefit, Stream

NOT_YET = 1.0e9
SUFFIX = ".state"
MOST_BYTES = 8_000_000_000


@dataclass(frozen=True)
class Calendar:
    """The three dates of a starting population, as day numbers."""

    history: int
    warm_up: int
    start: int

    @classmethod
    def before(cls, start: date, parameters: Parameters) -> Calendar:
        """History and warm-up before ``start``."""
        month = month_number(start)
        warm_up = month - parameters.whole("history.warm_up_months")
        history = warm_up - 12 * parameters.whole("history.years")
        return cls(first_day_of_month(history), first_day_of_month(warm_up), day_number(start))


def starting_population(plan: RunPlan, seed: int) -> State:
    """The state on the first day of ``plan`` (from the cache when it was made before)."""
    root = cache_root()
    if root is None:
        return build_population(plan, seed)
    kept, name = BoundedFolder(root / POPULATIONS, MOST_BYTES), _name(plan, seed)
    state = kept.read(name, State.from_bytes)
    if state is None:
        state = build_population(plan, seed)
        kept.write(name, state.to_bytes())
    return state


def build_population(plan: RunPlan, seed: int) -> State:
    """History, warm-up, and the exact published stock, without the cache."""
    dates = Calendar.before(plan.start, plan.base)
    staff = OfficeCalendar(seed, date_of(dates.warm_up), plan.start, plan_timeline(plan, dates))
    ordinary = pack(plan.base, date_of(dates.warm_up), seed, is_history=True)
    offices = pack(plan.base, date_of(dates.warm_up), seed)
    shape = LedgerShape(
        first_month=month_number(date_of(dates.warm_up)),
        months=month_number(plan.start) - month_number(date_of(dates.warm_up)),
        territories=ordinary.shape.territories,
        pathways=ordinary.shape.pathways,
        details=ordinary.shape.details,
    )
    people = Walker(
        ordinary,
        blank_state(ordinary, staff.posts, dates.warm_up),
        staff.posts,
        empty_ledger(shape),
        is_logging=False,
        months_ahead=0.0,
    )
    targets = stock_targets(plan.base)
    people.set_arrivals(*_next_candidates(offices, people, targets, dates, plan.base))
    people.open_offices(offices, dates.warm_up)
    Journey(people, staff, plan, seed, dates.warm_up).end(dates.start)
    return trimmed(people, targets, dates.start)


def plan_timeline(plan: RunPlan, dates: Calendar) -> list[tuple[date, Parameters]]:
    """Parameters of the warm-up: the reference, under the law of each date."""
    reference = RunPlan(plan.name, plan.start, plan.months, plan.base)
    return reference.timeline(date_of(dates.warm_up), plan.start)


def _next_candidates(
    packed: Packed,
    people: Walker,
    targets: tuple[Target, ...],
    dates: Calendar,
    parameters: Parameters,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Live the history; returns time, number and hazard of the candidates for arrival.

    First entries come at the rate that gave the stock: all entries of the history over its
    months, per unit of stock, times the published stock of each territory.
    """
    factor = parameters.number("history.surplus_factor")
    numbers, wanted = [], []
    for territory, target in enumerate(targets):
        surplus = factor / math.sqrt(target.number) if target.number else 0.0
        number = math.ceil(target.number * (1.0 + surplus))
        wanted.append(number)
        numbers.append(
            people.live_history(
                territory, number, target.counts_persons, dates.history, dates.warm_up
            )
        )
    households = people.paid_households()
    months = month_number(date_of(dates.warm_up)) - month_number(date_of(dates.history))
    per_household = sum(numbers) / months / max(int(households.sum()), 1)
    reduced = np.array(
        [
            target.number / want if want else 0.0
            for target, want in zip(targets, wanted, strict=True)
        ]
    )
    entries = per_household * households * reduced
    bound = float(packed.national[0]["candidate_factor"])
    hazard = entries * bound
    time = np.where(hazard > 0.0, float(dates.warm_up), NOT_YET)
    return time, np.zeros(len(targets), dtype=np.int64), hazard


def trimmed(people: Walker, targets: tuple[Target, ...], day: int) -> State:
    """The state with exactly the published stock where the warm-up ended above it."""
    before = people.state(day)
    # All are counted before any is taken back: households live in other territories by now too.
    cuts = [
        _first_surplus_number(before, territory, target) for territory, target in enumerate(targets)
    ]
    for territory, cut in enumerate(cuts):
        if cut is not None:
            people.remove_surplus(territory, cut, day)
    state = people.state(day)
    return state.compacted(state.households["benefit"] != Benefit.GONE)


def _first_surplus_number(state: State, territory: int, target: Target) -> int | None:
    """Lowest number of the history's households to take back; None when there is no surplus."""
    households = state.households
    paid = households["benefit"] == Benefit.PAID
    weight = households["members"].astype(np.int64) if target.counts_persons else 1
    stock = int((paid * weight)[households["territory"] == territory].sum())
    packed = households["id"] >> MEMBER_BITS
    origin = (territory << STREAM_BITS) | int(Stream.HISTORY)
    is_history = (packed >> HOUSEHOLD_BITS) == origin
    mine = paid & is_history & (households["territory"] == territory)
    numbers = (packed & ((1 << HOUSEHOLD_BITS) - 1))[mine]
    weights = np.broadcast_to(weight, households.shape)[mine]
    order = np.argsort(-numbers)
    surplus = stock - target.number
    removed, cut = 0, None
    for index in order:
        if removed >= surplus:
            break
        removed += int(weights[index])
        cut = int(numbers[index])
    return cut


def _name(plan: RunPlan, seed: int) -> str:
    """SHA-256 of all that a starting population depends on."""
    key = "|".join([results_version(), plan.base.fingerprint(), str(seed), str(plan.start)])
    return f"{hashlib.sha256(key.encode()).hexdigest()}{SUFFIX}"
