"""The lives that the app shows: whole offices, and the luck and draw of the full run."""

from __future__ import annotations

import pytest
from app_worlds import POSTS, page, scheme_study, shown, small_study

from sim.experiments.experiment import Experiment
from sim.parameters import shipped_departments
from ui.study import Draft, experiment_of
from ui.study.references import SHARE_VARIABLE
from ui.work.lives import MOST_HOUSEHOLDS, REPLICATION, pair_of, world_of_lives
from ui.work.preview import households_of


def whole(department: str, patch: pytest.MonkeyPatch) -> Experiment:
    """A department of its full size with a scenario that changes all of it."""
    patch.setenv(SHARE_VARIABLE, "1")
    study = scheme_study(department)
    known = {"key": "a", "title": "a", "origin": study.reference}
    values = {"territories.*.staff.*.portfolio_cap": 40.0}
    return experiment_of(study.with_draft(Draft.model_validate({**known, "values": values})))


@pytest.mark.parametrize("department", sorted(shipped_departments()))
def test_an_office_is_whole_wherever_one_can_be(
    department: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = whole(department, monkeypatch)
    world = world_of_lives(experiment)
    base = experiment.reference.base
    (chosen,) = world.kept
    sizes = [households_of(experiment.reference, (one,)) for one in base.labels("territories")]
    assert (world.share == 1.0) == (min(sizes) <= MOST_HOUSEHOLDS)
    small = world.of(experiment.reference)
    for role in base.labels("roles"):
        posts = f"territories.{chosen}.staff.{role}.fte"
        assert small.base.number(posts) == pytest.approx(world.share * base.number(posts))


def test_lives_share_luck_and_draw_of_the_first_replication() -> None:
    study = small_study(**{POSTS: 9.0}).model_copy(update={"months": 12})
    experiment = experiment_of(study)
    assert experiment.draws is not None
    pair = pair_of(study, study.drafts[0])
    assert pair.reference.seed == pair.scenario.seed == experiment.seeds[REPLICATION]
    values = experiment.draws.values_of(REPLICATION)
    of_all = [path for path in values if not path.startswith("territories.")]
    assert of_all
    for side in (pair.reference, pair.scenario):
        for path in of_all:
            assert side.scenario.base.value(path) == values[path], path
    central = pair_of(study.model_copy(update={"has_draws": False}), study.drafts[0])
    assert any(central.reference.scenario.base.value(path) != values[path] for path in of_all)


def test_a_postponed_contact_is_said_to_want_the_caseworker_not_the_office() -> None:
    said = shown(page("person", small_study(**{POSTS: 9.0}).model_copy(update={"months": 12})))
    assert "faute de temps" not in said
    assert "tirage n° 1 sur" in said.replace("\u00a0", " ")
