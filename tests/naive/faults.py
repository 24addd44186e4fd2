"""Faults planted in the engine, each in a process of its own and without compilation.

``python faults.py NAME`` runs a small world with one fault in it and prints, as JSON, how many
events agree and the first differences. A fault replaces a function wherever the
engine uses it, or what ``pack`` gives.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from eventful import lively, lively_plan
from worlds import relive_history

from replay.office_rules import FULL_WEIGHT
from replay.runs import relive_run
from sim.parameters import load_department

SEED = 8
HOUSEHOLDS = 6
"""Of a history, on RSA at its end in each territory."""
SHORT_PAST = {"history.years": 2, "history.warm_up_months": 3}


@dataclass(frozen=True)
class Fault:
    """What is planted (nothing: None), and in which world it shows."""

    plant: Callable[[], None] | None
    world: str


ROOMS = ("sim.engine.", "sim.processes.", "sim.world.")
"""Where the compiled engine stands."""


def engine_modules() -> list[Any]:
    """The engine's modules that are loaded."""
    return [module for name, module in sys.modules.items() if name.startswith(ROOMS)]


def defined(name: str) -> Any:
    """The function of the engine of that name; raises LookupError without exactly one."""
    found = {
        function
        for module in engine_modules()
        if callable(function := getattr(module, name, None))
        and function.__module__.startswith(ROOMS)
    }
    if len(found) != 1:
        raise LookupError(f"{len(found)} functions are called {name}")
    return found.pop()


def replace(name: str, by: Callable[[Any], Any]) -> None:
    """Put another function, made of the one of that name, wherever the engine uses it."""
    original = defined(name)
    other = by(original)
    for module in engine_modules():
        for attribute, value in list(vars(module).items()):
            if value is original:
                setattr(module, attribute, other)


def repack(change: Callable[[Any], None]) -> None:
    """Change the nation's packed record after it was filled."""

    def with_change(original: Any) -> Any:
        def pack(*arguments: Any, **named: Any) -> Any:
            packed = original(*arguments, **named)
            change(packed.national[0])
            return packed

        return pack

    replace("pack", with_change)


def exchanged(one: str, other: str) -> Callable[[], None]:
    """Two packed numbers of the nation in each other's place."""

    def change(record: Any) -> None:
        kept = record[one].copy()
        record[one] = record[other]
        record[other] = kept

    return lambda: repack(change)


def in_other_order(name: str, axis: int) -> Callable[[], None]:
    """A packed table whose rows or columns stand the other way round."""

    def change(record: Any) -> None:
        record[name] = np.flip(record[name], axis).copy()

    return lambda: repack(change)


def left_out(name: str, result: Any = None) -> Callable[[], None]:
    """A function of the engine that does nothing."""
    return lambda: replace(name, lambda _: lambda *arguments: result)


def contacts_in_each_others_place() -> None:
    """Minutes of two kinds of contact, packed in each other's place."""

    def with_change(original: Any) -> Any:
        def pack(*arguments: Any, **named: Any) -> Any:
            packed = original(*arguments, **named)
            minutes = packed.organisation["minutes"].copy()
            minutes[:, :, [0, 1]] = minutes[:, :, [1, 0]]
            organisation = packed.organisation.copy()
            organisation["minutes"] = minutes
            return dataclasses.replace(packed, organisation=organisation)

        return pack

    replace("pack", with_change)


def exchanged_stages(first: str, second: str) -> Callable[[], None]:
    """A stage of the day lived when another one is due, and the other way round."""

    def plant() -> None:
        waiting: list[tuple[Any, tuple[Any, ...]]] = []

        def put_off(original: Any) -> Any:
            return lambda *arguments: waiting.append((original, arguments))

        def then_the_other(original: Any) -> Any:
            def stage(*arguments: Any) -> Any:
                found = original(*arguments)
                while waiting:
                    function, kept = waiting.pop()
                    function(*kept)
                return found

            return stage

        replace(first, put_off)
        replace(second, then_the_other)

    return plant


def places_never_given_back() -> None:
    """The count of limited jobs in a territory forgets those who move."""
    replace("move_job_place", lambda _: lambda *arguments: None)


def loads_of_followed_people() -> None:
    """Who is followed in the job weighs as much in a portfolio as who is supported."""
    replace("weight_of", lambda _: lambda w, person: FULL_WEIGHT)


def no_refresh_after_office_acts() -> None:
    def make(original: Any) -> Any:
        def resume(w: Any, row: int, time: float) -> None:
            w.households[row].settled = time
            stop, kind, member = defined("look_ahead")(w, row)
            defined("plan")(w, row, stop, kind, member)

        return resume

    replace("resume", make)


def quiet_without_barriers() -> None:
    """The horizon before which nothing fires forgets that contacts lift barriers faster."""
    replace("most_helpful_saturation", lambda _: lambda size: 0.0)


def contacts_of_the_beginning() -> None:
    """Slow factors of the beginning of a step in place of its middle."""

    def make(original: Any) -> Any:
        def job_hazard_at(w: Any, row: int, person: int, middle: float, barriers: float) -> float:
            beginning = w.households[row].settled
            return float(original(w, row, person, beginning, barriers))

        return job_hazard_at

    replace("job_hazard_at", make)


RUNS = {"run": (0.004, 9), "longer_run": (0.008, 15)}
"""Share of a department and months."""

FAULTS = {
    "none_history": Fault(None, "history"),
    "none_run": Fault(None, "run"),
    "packing_two_hazards": Fault(exchanged("reentry_long_first", "reentry_long_middle"), "history"),
    "packing_a_table": Fault(in_other_order("barrier_removal", 0), "history"),
    "packing_break_even": Fault(in_other_order("break_even", 1), "history"),
    "transition_unemployment_forgotten": Fault(left_out("benefit_days", 0.0), "history"),
    "transition_earnings_not_counted": Fault(left_out("accrue"), "history"),
    "transition_scale_not_compared": Fault(left_out("update_below"), "history"),
    "transition_action_kept": Fault(left_out("release_action"), "longer_run"),
    "lazy_clock_not_read": Fault(left_out("disturb"), "history"),
    "lazy_slow_factors_not_refreshed": Fault(no_refresh_after_office_acts, "run"),
    "slow_factors_of_the_beginning": Fault(contacts_of_the_beginning, "run"),
    "quiet_horizon": Fault(quiet_without_barriers, "run"),
    "packing_minutes_of_contacts": Fault(contacts_in_each_others_place, "run"),
    "order_calls_after_the_limit": Fault(
        exchanged_stages("answer_calls", "orient_at_the_limit"), "run"
    ),
    "order_workshops_after_contacts": Fault(
        exchanged_stages("hold_workshops", "serve_contacts"), "run"
    ),
    "counts_of_job_places": Fault(places_never_given_back, "run"),
    "counts_of_portfolios": Fault(loads_of_followed_people, "run"),
    "order_new_rules_before_lives_are_settled": Fault(left_out("settle_territories"), "run"),
}


def main(name: str) -> None:
    """Plant one fault, relive its world, print what was found."""
    fault = FAULTS[name]
    if fault.plant is not None:
        fault.plant()
    if fault.world == "history":
        lives = relive_history(lively(load_department("somme")), HOUSEHOLDS, SEED)
        shown = [str(difference) for difference in lives.disagreements[:3]]
    else:
        lives, offices = relive_run(lively_plan(*RUNS[fault.world], SHORT_PAST), SEED)
        shown = [str(difference) for difference in lives.disagreements[:3]]
        shown += [] if offices.first is None else [f"offices: {offices.first}"]
    print(json.dumps({"events": lives.events, "differences": shown}))


if __name__ == "__main__":
    main(sys.argv[1])
