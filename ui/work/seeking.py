"""A target first: the fewest posts (or steps of another lever) with which it is held.

Every trial is the run of a scenario as the Compare page runs it: the whole department, the study's
replications, seeds and draws, counted from the same month. The scenario that is made from an answer
is one of the trials, so the two cannot differ.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from sim.engine.journey import Cancelled
from sim.errors import InputError
from sim.experiments.experiment import Experiment
from sim.experiments.kept_runs import kept_runs
from sim.experiments.runner import Results, run_experiment
from sim.experiments.why import Limit, Why, why
from sim.outcomes.table import ALL, month_label
from sim.parameters import Parameters
from sim.parameters.in_use import roles_of_pathways
from sim.policy import Lever
from sim.search.demand import Goal
from sim.search.fewest import Fewest, Tried, fewest
from sim.search.posts import Place, Shortage, shortage
from sim.units import month_number
from ui.study import Draft, Study, experiment_of
from ui.study.allowed import known_levers
from ui.study.draft import Slug
from ui.study.references import day_of, scenario_of

REQUEST = "seek.json"
HELD_IN = 0.8
"""A target is held when so large a part of the replications reaches it."""
USUAL_TRIALS = 6
"""A search takes about so many: the measure of its progress."""
FEWEST_POSTS_AT_MOST, TIMES_PRESENT = 20, 2.0
"""A search goes up to so many times the posts that there are, at least to so many posts."""
FIRST_PART = 0.05
"""Where nothing is short the first trial adds this part of the posts that there are."""
MOST_STEPS = 40
CAP_STEP = 5.0
TRIAL = "trial"
POSTS, CAP, DESKS, INVITATION = "additional_fte", "portfolio_cap", "desks", "notification_days"
LEVERS = (POSTS, CAP, DESKS, INVITATION)
"""Levers that a search moves."""
FOCUS = {POSTS: "recruit", CAP: "portfolios", DESKS: "delays", INVITATION: "delays"}
"""What the scenario page shows first of a scenario that was made from an answer."""
TARGETS = {
    "wait_for_caseworker_days_mean": "<=",
    "support_started_within_15_days_share": ">=",
    "support_started_within_30_days_share": ">=",
    "wait_for_orientation_days_mean": "<=",
    "oriented_within_15_days_share": ">=",
    "oriented_within_30_days_share": ">=",
    "contacts_held_per_person": ">=",
    "contacts_achieved_share": ">=",
}
"""Outcomes that can be aimed at, and the side that is wanted."""
OF_CONTACTS = ("contacts_held_per_person", "contacts_achieved_share")
OF_ORIENTATION = tuple(name for name in TARGETS if "orient" in name)


class Sought(BaseModel):
    """What is asked: from the reference (no draft) or one scenario of a study."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    study: Study
    lever: Slug
    """One of `LEVERS`."""
    territory: Slug
    """A territory, or "all" of them."""
    outcome: Slug
    """One of `TARGETS`."""
    limit: Annotated[float, Field(ge=0.0, le=10_000.0)]
    counted_from: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    """The first month that the whole period counts, as the comparison will count it."""

    @model_validator(mode="after")
    def _known(self) -> Sought:
        if self.lever not in LEVERS or self.outcome not in TARGETS:
            raise ValueError("a search that is not offered")
        return self

    @property
    def goal(self) -> Goal:
        """The limit and its side."""
        return Goal(TARGETS[self.outcome] == "<=", self.limit)

    @property
    def base(self) -> Draft:
        """What the posts are added to: the scenario, or the reference with nothing changed."""
        return base_of(self.study)

    @property
    def in_force(self) -> Parameters:
        """The parameters that the lever is moved from, at the size of the whole department."""
        return scenario_of(self.base, self.study.months).parameters_on(day_of(self.base))

    @property
    def territories(self) -> tuple[str, ...]:
        """Where the lever is moved."""
        return self.in_force.labels("territories") if self.territory == ALL else (self.territory,)

    def draft_with(self, values: Mapping[str, float]) -> Draft:
        """The scenario with some values of the lever."""
        base = self.base
        update = {
            "values": {**base.values, **values},
            "focus": FOCUS[self.lever],
            "asked": self.outcome,
        }
        return base.model_copy(update=update)


def base_of(study: Study) -> Draft:
    """The one scenario of a study, or a draft of its reference with nothing changed."""
    if study.drafts:
        return study.drafts[-1]
    return Draft(key=TRIAL, title=TRIAL, origin=study.reference, own=study.own)


def first_counted(study: Study, draft: Draft) -> str:
    """The first month that a comparison of the study counts once it has the draft too."""
    days = [day_of(draft)]
    for other in study.drafts:
        try:
            days += scenario_of(other, study.months).days_of_change
        except InputError:
            continue  # a scenario that cannot be run is not compared
    return month_label(month_number(min(days)))


@dataclass(frozen=True)
class Steps:
    """A lever in whole steps away from its present value: how many there are, what each sets."""

    most: int
    guess: int
    values: Callable[[int], dict[str, float]]


@dataclass(frozen=True)
class Posts:
    """Further posts of one role in one territory: those there are, those added, a year's cost."""

    territory: str
    role: str
    present: float
    added: float
    eur: float


@dataclass(frozen=True)
class TargetAnswer:
    """What was tried, the values that each trial set, and what held the base scenario back."""

    fewest: Fewest
    values: tuple[Mapping[str, float], ...]
    reasons: tuple[Why, ...]

    def values_at(self, tried: Tried) -> Mapping[str, float]:
        """The values of a trial."""
        return self.values[self.fewest.tried.index(tried)]

    def record(self) -> dict[str, Any]:
        """The answer as plain values."""
        tried = [
            {
                "steps": one.steps,
                "held": one.held,
                "outcomes": [None if math.isnan(value) else value for value in one.outcomes],
                "values": dict(values),
            }
            for one, values in zip(self.fewest.tried, self.values, strict=True)
        ]
        return {
            "found": self.fewest.found,
            "tried": tried,
            "reasons": [one.record() for one in self.reasons],
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> TargetAnswer:
        """The inverse of `record`."""
        tried = tuple(
            Tried(
                one["steps"],
                np.array([math.nan if value is None else value for value in one["outcomes"]]),
                one["held"],
            )
            for one in record["tried"]
        )
        return cls(
            Fewest(tried, record["found"]),
            tuple(one["values"] for one in record["tried"]),
            tuple(Why.of(one) for one in record["reasons"]),
        )


def check(sought: Sought) -> None:
    """Refuse what cannot be run or moved; raises `InputError`."""
    _experiment(sought, {})
    in_force = sought.in_force
    parts = dict.fromkeys(places_asked(sought), 1.0)
    steps = _steps(sought, in_force, Shortage(1.0, parts))
    _experiment(sought, steps.values(1))


def seek(
    sought: Sought, cancel: threading.Event, on_run: Callable[[int, int], None]
) -> dict[str, Any]:
    """Search: the record of a `TargetAnswer`.

    ``on_run`` is told how many runs were added and how many there usually are. Raises
    ``Cancelled`` and `InputError`.
    """
    in_force = sought.in_force
    as_is = _run(sought, {}, cancel, on_run)
    reasons = why(as_is, sought.territories)
    steps = _steps(sought, in_force, _shortage(sought, reasons))

    def try_out(count: int) -> NDArray[np.float64]:
        results = _run(sought, steps.values(count), cancel, on_run) if count else as_is
        return read(results, sought)

    found = fewest(try_out, sought.goal, HELD_IN, steps.most, steps.guess)
    values = tuple(steps.values(one.steps) for one in found.tried)
    return TargetAnswer(found, values, reasons if len(reasons) == 1 else ()).record()


def read(results: Results, sought: Sought) -> NDArray[np.float64]:
    """The outcome of the whole period, by replication."""
    return np.array(
        [one.outcomes[-1].one(sought.outcome, sought.territory) for one in results.replications]
    )


def posts_of(sought: Sought, values: Mapping[str, float]) -> tuple[Posts, ...]:
    """The posts that some values add, by territory and role, with their price in force."""
    in_force = sought.in_force
    found = []
    for path, value in values.items():
        _, territory, _, role, name = path.split(".")
        before = in_force.number(path)
        present = before + in_force.number(path.replace(name, "fte"))
        price = in_force.number(f"roles.{role}.loaded_cost_eur_per_year")
        found.append(Posts(territory, role, present, value - before, price * (value - before)))
    return tuple(found)


def _experiment(sought: Sought, values: Mapping[str, float]) -> Experiment:
    drafts = (sought.draft_with(values),) if values or sought.study.drafts else ()
    whole = experiment_of(sought.study.model_copy(update={"drafts": drafts}))
    return replace(whole, scenarios=whole.scenarios[-1:], counted_from=sought.counted_from)


def _run(
    sought: Sought,
    values: Mapping[str, float],
    cancel: threading.Event,
    on_run: Callable[[int, int], None],
) -> Results:
    experiment = _experiment(sought, values)
    expected = USUAL_TRIALS * experiment.replications
    results = run_experiment(
        experiment,
        on_finished=lambda _: on_run(1, expected),
        cancel=cancel,
        kept=kept_runs(),
    )
    if results.is_cancelled:
        raise Cancelled(experiment.reference.name)
    return results


def places_asked(sought: Sought) -> tuple[Place, ...]:
    """The roles of each territory whose time or places the target needs."""
    in_force = sought.in_force
    found: dict[Place, None] = {}
    for territory in sought.territories:
        own = f"territories.{territory}.intake"
        names: Sequence[str] = ()
        if sought.outcome in OF_ORIENTATION:
            names = (
                *in_force.words(f"{own}.attending_roles"),
                *in_force.words(f"{own}.call_roles"),
            )
        if not names:
            names = roles_of_pathways(in_force, territory)
        found |= dict.fromkeys((territory, role) for role in names)
    return tuple(found)


def _shortage(sought: Sought, reasons: Sequence[Why]) -> Shortage:
    """How further posts are shared out: where what the target needs is short."""
    places = places_asked(sought)
    roles = tuple({role for _, role in places})
    limits: tuple[Limit, ...] = ("places",)
    if sought.outcome in (*OF_CONTACTS, *OF_ORIENTATION):
        limits = ("time",)
    found = shortage((need for one in reasons for need in one.needs), limits, roles)
    return found if found.parts else Shortage(0.0, dict.fromkeys(places, 1.0 / len(places)))


def _steps(sought: Sought, in_force: Parameters, short: Shortage) -> Steps:
    """The steps of the lever, the same in every territory."""
    if sought.lever == POSTS:
        return _steps_of_posts(in_force, short)
    levers = [one for one in known_levers(in_force) if _is_moved(one, sought, in_force)]
    step = CAP_STEP if sought.lever == CAP else 1.0
    is_down = sought.lever == INVITATION or (sought.lever == CAP and sought.outcome in OF_CONTACTS)
    present = {one.path: in_force.number(one.path) for one in levers}
    room = max(
        (now - one.low if is_down else one.high - now) / step
        for one, now in zip(levers, present.values(), strict=True)
    )

    def values(count: int) -> dict[str, float]:
        moved = -count * step if is_down else count * step
        return {
            one.path: min(max(present[one.path] + moved, one.low), max(one.high, present[one.path]))
            for one in (levers if count else ())
        }

    return Steps(max(1, min(int(room), MOST_STEPS)), max(1, int(room) // 4), values)


def _steps_of_posts(in_force: Parameters, short: Shortage) -> Steps:
    def values(count: int) -> dict[str, float]:
        return {
            path: in_force.number(path) + added
            for (territory, role), added in short.shared(count).items()
            for path in (f"territories.{territory}.staff.{role}.{POSTS}",)
        }

    own = (f"territories.{territory}.staff.{role}" for territory, role in short.parts)
    present = sum(in_force.number(f"{one}.fte") + in_force.number(f"{one}.{POSTS}") for one in own)
    most = max(FEWEST_POSTS_AT_MOST, math.ceil(TIMES_PRESENT * present))
    return Steps(most, max(1, math.ceil(max(short.posts, FIRST_PART * present))), values)


def _is_moved(lever: Lever, sought: Sought, in_force: Parameters) -> bool:
    is_named = lever.path.endswith(f".{sought.lever}") and lever.territory in sought.territories
    if not is_named or sought.lever != CAP or lever.territory is None:
        return is_named
    return lever.path.split(".")[3] in roles_of_pathways(in_force, lever.territory)
