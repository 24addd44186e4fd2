"""Draws of parameters in the app: a setting of the study, told wherever an interval stands."""

from __future__ import annotations

import dataclasses
from importlib import import_module

import pytest
from app_worlds import Done, page, shown, small_study

from sim.parameters import shipped_departments
from ui.answers import drawn_sentence
from ui.plain_text import markdown_text
from ui.spoken import text
from ui.study import experiment_of, references
from ui.study.link import packed, unpacked
from ui.study.references import new_study
from ui.study.session import KEY
from ui.take_away.replay import about, command
from ui.texts.typography import composed
from ui.work.run_files import identity_of
from ui.work.shared import results_of


def test_the_setting_travels_in_the_link_and_makes_another_run() -> None:
    study = small_study()
    central = study.model_copy(update={"has_draws": False})
    assert study.has_draws
    for one in (study, central):
        token = packed(one)
        assert token is not None
        assert unpacked(token) == one
    assert identity_of(study) != identity_of(central)
    assert experiment_of(central).draws is None


def test_the_switch_stands_on_the_scenario_page() -> None:
    made = page("scenario", small_study())
    (switch,) = made.toggle
    assert switch.value
    switch.set_value(False).run()
    assert not made.session_state[KEY].has_draws
    assert not made.toggle[0].value


@pytest.mark.slow
def test_a_result_says_which_draws_it_holds(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    draws = found.experiment.draws
    assert draws is not None
    said = drawn_sentence(found)
    assert f"2 des {len(draws)} tirages" in said
    assert draws.identity[:12] in said
    assert markdown_text(composed(said)) in shown(page("compare", done.study))
    assert command(found).endswith(" --draws")
    assert said in set(about(found).iloc[:, 1])


def test_central_values_and_missing_draws_are_told_apart(
    done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = results_of(done.study)
    assert found is not None
    bare = dataclasses.replace(found.experiment, draws=None)
    without = dataclasses.replace(
        found, results=dataclasses.replace(found.results, experiment=bare)
    )
    assert drawn_sentence(without) == text("doubt.none_shipped", count=2)
    study = done.study.model_copy(update={"has_draws": False})
    chosen = dataclasses.replace(without, study=study)
    assert drawn_sentence(chosen) == text("doubt.central", count=2)
    assert "--draws" not in command(chosen)
    monkeypatch.setattr(import_module("ui.study.references"), "draws_of", lambda _: None)
    assert experiment_of(done.study).draws is None
    assert "Aucun tirage de paramètres" in shown(page("method", done.study))


def test_a_department_without_an_own_fit_takes_the_national_one(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    draws = found.experiment.draws
    assert draws is not None
    national = dataclasses.replace(draws, department="national")
    experiment = dataclasses.replace(found.experiment, draws=national)
    taken = dataclasses.replace(
        found, results=dataclasses.replace(found.results, experiment=experiment)
    )
    assert "faute de calage propre à ce département" in drawn_sentence(taken)


@pytest.mark.slow
def test_every_reference_accepts_the_draws_that_ship() -> None:
    for department in (*shipped_departments(), "finistere", "reunion"):
        for reference in references(department):
            study = new_study(department).model_copy(update={"reference": reference})
            experiment = experiment_of(study)
            assert experiment.draws is not None, department
            for number in range(len(experiment.draws)):
                experiment.scenarios_of(number)
