"""Which levers and hypotheses an outcome depends on most, in the small world of one territory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import Fault, InputError
from sim.experiments.literature import neutral_effects
from sim.language import Language
from sim.parameters import Parameters
from sim.policy import Lever, Scenario, levers
from sim.policy.form import Path
from sim.policy.levers import GROUP_OF, UNITS_OF_WORDS
from sim.search.factors import plan_of_factors
from sim.search.naming import find_outcome
from sim.search.sensitivity import Sensitivity
from sim.search.study import SensitivityStudy, label_of, make_study, run_study
from ui.reports.search.study_words import study_table, told_study
from ui.spoken import wordings
from ui.study import Study
from ui.study.draft import Slug
from ui.study.fields import FIRST
from ui.texts import LANGUAGES
from ui.work.small_world import MONTHS, scenario_of_study, share_of_territory, territory_alone

REQUEST = "weigh.json"
MOST_FACTORS = 6
USUAL_EFFECT = "effects.contact_size"
USUAL_LEVERS = ("additional_fte", "portfolio_cap", "notification_days", "intake_desks")
"""What is ticked at first, for the role with most posts."""
OFFERED = tuple(key for keys in FIRST.values() for key in keys)
"""Levers of the scenario page's first fields, in their order."""
OUTCOMES = (
    "wait_for_caseworker_days_mean",
    "wait_for_orientation_days_mean",
    "oriented_within_15_days_share",
    "support_started_within_30_days_share",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "entrants_job_within_6m_share",
    "ruptures_within_6m_share",
)
"""Delays, loads and shares: what a small world can tell."""
SIZES: Mapping[str, tuple[int, int]] = {"morris": (8, 4), "sobol": (32, 2)}
"""By method: trajectories or base points, and simulations of each point."""


class Weighed(BaseModel):
    """What is asked: factors (parameter paths) of the reference or of one scenario of a study."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    study: Study
    territory: Slug
    outcome: Slug
    factors: Annotated[tuple[Path, ...], Field(min_length=1, max_length=MOST_FACTORS)]
    method: Literal["morris", "sobol"] = "morris"


@dataclass(frozen=True)
class Offered:
    """A factor that may be chosen: its path, its name by language, what kind of number it is."""

    path: str
    name: Mapping[str, str]
    kind: Literal["choice", "context", "literature"]
    words: str
    """How the design names it."""
    is_usual: bool


def offered(scenario: Scenario, territory: str) -> tuple[Offered, ...]:
    """Levers, then what is taken from studies; nothing that the scenario itself moves."""
    moved = {path for change in scenario.timeline for path in change.changes}
    found = (*_levers(scenario, territory), *_effects(scenario.base))
    return tuple(one for one in found if one.path not in moved)


def _levers(scenario: Scenario, territory: str) -> Iterator[Offered]:
    base = scenario.base
    main = max(base.labels("roles"), key=lambda role: _posts(base, territory, role))
    idle = {role for role in base.labels("roles") if not _posts(base, territory, role)}
    found = [
        one
        for one in levers(base)
        if one.key in OFFERED
        and one.unit not in UNITS_OF_WORDS
        and one.territory in (None, territory)
        and isinstance(base.value(one.path), int | float)
        and not idle & set(one.path.split("."))
    ]
    for lever in sorted(found, key=lambda one: OFFERED.index(one.key)):
        parts = set(lever.path.split("."))
        roles = parts & set(base.labels("roles"))
        yield Offered(
            lever.path,
            lever.label,
            "choice" if lever.is_choice else "context",
            _words(lever, base),
            lever.key in USUAL_LEVERS and roles <= {main},
        )


def _posts(base: Parameters, territory: str, role: str) -> float:
    return base.number(f"territories.{territory}.staff.{role}.fte")


def _words(lever: Lever, base: Parameters) -> str:
    """A lever as the design reads it: its key with the labels of its path between brackets."""
    known = {label for group in GROUP_OF.values() for label in base.labels(group)}
    labels = [part for part in lever.path.split(".") if part in known]
    return f"{lever.key}[{', '.join(labels)}]" if labels else lever.key


def _effects(base: Parameters) -> Iterator[Offered]:
    """What is taken from studies and has a stated uncertainty."""
    for path in neutral_effects(base):
        if base.entry(path).uncertainty.low is None:
            continue
        name = wordings(f"parameter.{path.replace('.', '_')}") or dict.fromkeys(LANGUAGES, path)
        yield Offered(path, name, "literature", path, is_usual=path == USUAL_EFFECT)


def design_of(weighed: Weighed) -> SensitivityStudy:
    """The design in a small world of the territory alone; raises `InputError`."""
    scenario = scenario_of_study(weighed.study)
    known = {one.path: one for one in offered(scenario, weighed.territory)}
    strangers = [path for path in weighed.factors if path not in known]
    if strangers or weighed.outcome not in OUTCOMES:
        found = ", ".join(strangers) or weighed.outcome
        raise InputError([Fault("weigh", "factors", found, "factors and outcomes on offer")])
    size, simulations = SIZES[weighed.method]
    plan = plan_of_factors(
        [territory_alone(scenario, weighed.territory)],
        [known[path].words for path in weighed.factors],
        seeds=simulations,
        share=share_of_territory(scenario, weighed.territory),
        months=min(scenario.months, MONTHS),
    )
    names = {one.path: one.name for one in known.values()}
    outcome = find_outcome(weighed.outcome, scenario.base, weighed.territory)
    return make_study(plan, outcome, "all", weighed.method, size, names)


def weigh(
    weighed: Weighed, cancel: threading.Event, on_run: Callable[[int, int], None]
) -> dict[str, object]:
    """Run the design: the answer in words, as a table and as bars.

    ``on_run`` is told how many runs were added and how many there are. Raises ``Cancelled`` and
    `InputError`.
    """
    design = design_of(weighed)
    runs = design.runs.runs
    found = run_study(design, cancel=cancel, on_run=lambda count: on_run(count, runs))
    words = {language: told_study(design, found, language) for language in LANGUAGES}
    kinds = {
        one.path: one.kind for one in offered(scenario_of_study(weighed.study), weighed.territory)
    }
    tables = {language: study_table(design, found, language) for language in LANGUAGES}
    return {
        "title": {name: one.title for name, one in words.items()},
        "findings": {name: list(one.findings) for name, one in words.items()},
        "basis": {name: list(one.basis) for name, one in words.items()},
        "table": tables,
        "bars": _bars(design, found, kinds, tables),
    }


def _bars(
    design: SensitivityStudy,
    found: Sensitivity,
    kinds: Mapping[str, str],
    tables: Mapping[Language, list[list[str]]],
) -> list[dict[str, object]]:
    """The factors by weight, the heaviest one first, as the rows of the tables."""
    bars: list[dict[str, object]] = []
    for rank, position in enumerate(found.order):
        factor, effect = design.factors[position], found.effects[position]
        bars.append(
            {
                "name": {language: label_of(design, factor, language) for language in LANGUAGES},
                "span": {language: tables[language][1 + rank][1] for language in LANGUAGES},
                "kind": kinds[factor.paths[0]],
                "mean": effect.mean,
                "size": effect.size,
                "low": effect.low,
                "high": effect.high,
                "is_unclear": effect.is_unclear,
            }
        )
    return bars
