"""A territory run alone: its lives and outcomes are those that it has in the whole department."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.experiments import alone, jobs
from sim.experiments.alone import MOVES_WITHIN, PeopleOf, place_alone
from sim.experiments.jobs import outcomes_under
from sim.experiments.kept_runs import KeptRuns
from sim.policy import Scenario, load_scenario
from sim.search.naming import find_target
from sim.search.simulations import Reading, Simulations

PLACE, SEED = "coquelicot", 5


def scenarios() -> tuple[Scenario, ...]:
    names = ("somme_reference", "somme_experiment")
    return tuple(load_scenario(name).scaled(0.05).with_months(9) for name in names)


def test_every_outcome_of_the_territory_is_that_of_the_whole_run() -> None:
    both = scenarios()
    place = place_alone(both, PLACE)
    assert place is not None
    whole = outcomes_under(SEED, both)
    parts = outcomes_under(SEED, both, people=PeopleOf(2, (place,)))
    for one, part in zip(whole, parts, strict=True):
        at = one.axes.territories.index(PLACE)
        assert np.isfinite(one.values[:, :, at]).any()
        np.testing.assert_array_equal(part.values[:, :, at], one.values[:, :, at])


def test_all_territories_are_run_where_households_move_between_them() -> None:
    reference, _ = scenarios()
    assert place_alone([reference], PLACE) is not None
    assert place_alone([reference], "all") is None
    moving = reference.with_changes({MOVES_WITHIN: 0.2}, date(2023, 6, 1))
    assert place_alone([reference.with_variant({MOVES_WITHIN: 0.2})], PLACE) is None
    assert place_alone([moving], PLACE) is None


def test_a_search_reads_the_territory_alone_and_keeps_it_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = scenarios()
    sought, _ = find_target("waiting_for_caseworker <= 2", both[0].base, PLACE)
    asked = Simulations(
        Reading(sought, both[0].start, "2023-09"), seed=SEED, workers=1, kept=KeptRuns(tmp_path)
    )
    found = asked.values(both, range(2))
    run_plan = jobs.run_plan
    monkeypatch.setattr(jobs, "run_plan", None)
    assert np.array_equal(asked.values(both, range(2)), found)
    monkeypatch.setattr(alone, "_stay", lambda _: False)
    monkeypatch.setattr(jobs, "run_plan", run_plan)
    assert np.array_equal(asked.values(both, range(2)), found), "whole runs, not those of a part"
