"""Goal-seek: which value of a lever reaches a target, in the small world of one territory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.search.demand import Demand
from sim.search.question import Question, answer, ask
from ui.reports.search.curve import curve_table
from ui.reports.search.seek_words import told
from ui.study import Study
from ui.study.draft import Slug
from ui.texts import LANGUAGES
from ui.work.small_world import scenario_of_study, share_of_territory, territory_alone

REQUEST = "seek.json"
SIMULATIONS = 40
USUAL_RUNS = 300
"""A search takes about so many runs: the measure of its progress."""
LEVERS = ("additional_fte", "portfolio_cap", "desks", "notification_days")
"""Levers that a search moves in one territory, by the names that the search knows."""
TARGETS = {
    "wait_for_caseworker_days_mean": "<=",
    "wait_for_orientation_days_mean": "<=",
    "oriented_within_15_days_share": ">=",
    "support_started_within_30_days_share": ">=",
    "contacts_achieved_share": ">=",
    "contacts_held_per_person": ">=",
}
"""Outcomes of a small world that can be aimed at, and the side that is wanted."""


class Sought(BaseModel):
    """What is asked: from the reference (no draft) or one scenario of a study."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    study: Study
    lever: Slug
    """One of `LEVERS`."""
    territory: Slug
    outcome: Slug
    """One of `TARGETS`."""
    limit: Annotated[float, Field(ge=0.0, le=10_000.0)]

    @model_validator(mode="after")
    def _known(self) -> Sought:
        if self.lever not in LEVERS or self.outcome not in TARGETS:
            raise ValueError("a search that is not offered")
        return self


def question_of(sought: Sought) -> Question:
    """The question in a small world of the territory alone; raises `InputError`."""
    scenario = scenario_of_study(sought.study)
    limit = f"{sought.outcome} {TARGETS[sought.outcome]} {sought.limit:.6f}"
    return ask(
        territory_alone(scenario, sought.territory),
        f"{sought.lever} [{sought.territory}]",
        limit,
        demand=Demand(simulations=SIMULATIONS),
        share=share_of_territory(scenario, sought.territory),
    )


def seek(
    sought: Sought, cancel: threading.Event, on_run: Callable[[int, int], None]
) -> dict[str, object]:
    """Search: the answer in words and as a table.

    ``on_run`` is told how many runs were added and how many there usually are. Raises
    ``Cancelled`` and `InputError`.
    """
    question = question_of(sought)
    found = answer(question, cancel=cancel, on_run=lambda count: on_run(count, USUAL_RUNS))
    words = {language: told(question, found, language) for language in LANGUAGES}
    return {
        "title": {name: one.title for name, one in words.items()},
        "findings": {name: list(one.findings) for name, one in words.items()},
        "basis": {name: list(one.basis) for name, one in words.items()},
        "table": {language: curve_table(question, found, language) for language in LANGUAGES},
    }
