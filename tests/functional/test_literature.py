"""What rests on literature: one number, whoever asks for it."""

from __future__ import annotations

import threading
from datetime import date

import numpy as np
import pytest

from sim.experiments.experiment import Experiment
from sim.experiments.literature import (
    MEASURED,
    REPLICATIONS,
    neutral_effects,
    part_on_literature,
    whole_without,
    without_literature,
)
from sim.experiments.runner import run_experiment
from sim.money.cost_effectiveness import cost_effectiveness
from sim.money.priced_runs import priced_runs
from sim.parameters.draws import Draws
from sim.policy import load_scenario
from tests.app_worlds import small_study
from ui.pages.worth import literature_text
from ui.work.results import FullRun
from ui.work.run_files import RunState

pytestmark = pytest.mark.slow

COUNT = 4
CONTACTS = "effects.contact_size"


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    """A world in which contacts act strongly, each replication in a draw of its own.

    Everyone is taken in on the first day: over time too few would be in so small a world.
    """
    reference, scheme = (
        load_scenario(name).scaled(0.05).with_months(15)
        for name in ("somme_reference", "somme_experiment")
    )
    at_once = {"territories.coquelicot.convocation.calls_per_month": 0}
    scenarios = (reference, scheme.with_changes(at_once, date(2023, 4, 7)))
    values = np.array([[4.0], [4.5], [5.0]])
    draws = Draws("somme", (CONTACTS,), values, "made", {CONTACTS: "literature"})
    return Experiment(scenarios, 4, COUNT, draws)


def test_command_line_and_app_tell_the_same_part(experiment: Experiment) -> None:
    assert experiment.draws is not None
    drawn = [experiment.draws.values_of(number % 3) for number in range(COUNT)]
    alone = Experiment(experiment.scenarios, experiment.seed, COUNT)
    free = priced_runs(
        without_literature(alone), draws=drawn[:REPLICATIONS], since=alone.since, workers=1
    )
    (told,) = cost_effectiveness(priced_runs(alone, draws=drawn, workers=1), alone.since, free)

    results = run_experiment(experiment, workers=1)
    found = FullRun(
        small_study(),
        results,
        RunState("complete"),
        {},
        {},
        without=whole_without(experiment, threading.Event()),
    )
    gains, left = found.effect_pairs(1, MEASURED, "all")
    assert len(left) == REPLICATIONS < len(gains)
    part = part_on_literature(MEASURED, gains, left)
    assert part is not None
    assert told.literature_share == pytest.approx(part)
    assert found.without is not None
    jobs = found.without[..., found.axes.outcomes.index(MEASURED), 0] / experiment.reference.share
    told_jobs = np.array([[one.measured for one in arm] for arm in free.runs])
    assert told_jobs == pytest.approx(jobs)
    assert f"{100.0 * part:.0f}" in literature_text(found, 1, MEASURED)


def test_nothing_but_the_effects_of_literature_is_taken_away(experiment: Experiment) -> None:
    free = without_literature(experiment)
    neutral = neutral_effects(experiment.reference.base)
    assert free.seeds == experiment.seeds[:REPLICATIONS]
    assert free.draws is experiment.draws
    for written, drawn in zip(experiment.scenarios, free.scenarios_of(1), strict=True):
        after = drawn.parameters_on(drawn.end)
        assert all(after.number(path) == value for path, value in neutral.items())
        assert drawn.base.number(CONTACTS) == 4.5
        assert drawn.days_of_change[1:] == written.days_of_change


def test_a_part_is_told_where_the_gain_is_clear() -> None:
    gains = np.array([10.0, 12.0, 11.0, 9.0, 13.0])
    assert part_on_literature(MEASURED, gains, np.array([5.0, 7.0, 4.5])) == pytest.approx(0.5)
    assert part_on_literature(MEASURED, -gains, -gains[:3]) == 0.0
    assert part_on_literature(MEASURED, gains, np.array([-3.0, -1.0, -2.0])) == 1.0
    assert part_on_literature(MEASURED, gains - 11.0, gains[:3]) is None
    assert part_on_literature(MEASURED, gains, np.empty(0)) is None
    assert part_on_literature(MEASURED, gains, np.array([np.nan, 1.0, 2.0])) is None
    # The gain of the first ones is another way than that of all of them.
    turned = np.array([-0.1, -0.2, 0.1, *np.linspace(20.0, 30.0, 30)])
    assert part_on_literature(MEASURED, turned, np.array([1.0, 1.0, 1.0])) is None
