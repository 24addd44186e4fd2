"""Every page in each of its states, without a browser."""

from __future__ import annotations

import json
from html import unescape

import numpy as np
import pytest
from app_worlds import POSTS, Done, finished, page, scheme_study, shown, small_study
from streamlit.testing.v1 import AppTest

from sim.outcomes.definitions import outcome_definitions
from sim.plain_text import escaped
from sim.policy.remarks import carried_start
from ui.answers import reasons_told
from ui.entry.front_door import SCRIPT
from ui.look import unbroken
from ui.numbers import number
from ui.options_words import answer_told, options_text
from ui.spoken import text
from ui.study import Draft
from ui.study.draft import OwnStart
from ui.study.link import PARAMETER, packed, unpacked
from ui.study.question import place_asked
from ui.study.references import new_study, reference_of, scenario_of
from ui.study.session import KEY
from ui.work import preview
from ui.work.options import PRICE, ROWS, options_of, outcome_line
from ui.work.preview import PreviewTooLongError
from ui.work.shared import IS_WARM, results_of

pytestmark = pytest.mark.slow

NAMES = (
    "home",
    "scenario",
    "compare",
    "present",
    "budget",
    "year",
    "person",
    "own_data",
    "explore",
    "method",
)
OF_RESULTS = ("compare", "budget")


def slider(made: AppTest, path: str) -> object:
    return next(one for one in made.slider if str(one.key).endswith(path))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_without_any_scenario(name: str, language: str) -> None:
    made = page(name, scheme_study("somme"), language)
    assert not made.exception
    assert made.title[0].value


def test_the_whole_app_opens_on_its_first_page() -> None:
    made = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not made.exception
    assert made.title[0].value == text("home.title")


def test_a_link_opens_its_study() -> None:
    study = small_study()
    made = AppTest.from_file(str(SCRIPT), default_timeout=60)
    made.query_params[PARAMETER] = str(packed(study))
    made.run()
    assert not made.exception
    assert made.session_state[KEY] == study


def test_a_broken_link_is_told_and_changes_nothing() -> None:
    made = AppTest.from_file(str(SCRIPT), default_timeout=60)
    made.query_params[PARAMETER] = "nonsense"
    made.run()
    assert not made.exception
    assert text("link.broken") in [one.value for one in made.warning]


def test_the_home_page_gives_each_number_its_date_and_source() -> None:
    said = shown(page("home", scheme_study("somme")))
    assert "31 décembre 2024, il y a " in said
    assert text("source.drees_december") in said
    assert "aujourd’hui" not in said.replace("la situation d’aujourd’hui", "")


def test_the_home_page_tells_a_carried_start_where_the_study_starts_from_it() -> None:
    told, study = unescape(shown(page("home", new_study("vosges")))), new_study("vosges")
    carried = carried_start(reference_of(study))
    assert carried is not None
    assert f"de {number(carried.households)} foyers au" in told
    own = OwnStart(households=10_000, month="2026-01")
    told = unescape(shown(page("home", study.model_copy(update={"own": own}))))
    assert "part de" not in told


PREVIEW = """
from ui.pages.scenario_preview import show_preview
from ui.study.session import study
show_preview(study(), study().drafts[0], None)
"""


def test_a_preview_blames_the_scenario_only_where_it_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(*_: object) -> None:
        raise PreviewTooLongError("somme_reference")

    monkeypatch.setattr(IS_WARM, "wait", lambda seconds: True)
    made = AppTest.from_string(PREVIEW, default_timeout=60)
    made.session_state[KEY] = small_study()
    with monkeypatch.context() as patched:
        patched.setattr(preview, "MOST_SECONDS", 1e-6)
        made.run()
    assert [one.value for one in made.warning] == [text("preview.too_large")]
    assert not made.button
    monkeypatch.setattr("ui.pages.scenario_preview._found", late)
    made.run()
    assert [one.value for one in made.warning] == [text("preview.too_long", seconds=20)]
    assert [one.label for one in made.button] == [text("preview.again")]


def test_a_question_opens_a_scenario() -> None:
    made = page("home", scheme_study("somme"))
    next(one for one in made.button if one.key == "open portfolios").click().run()
    (draft,) = made.session_state[KEY].drafts
    assert (draft.focus, draft.title) == ("portfolios", text("question.portfolios_title"))


def test_another_department_begins_another_study() -> None:
    made = page("home", scheme_study("somme"))
    made.selectbox[0].set_value("doubs").run()
    assert made.session_state[KEY].department == "doubs"


@pytest.mark.slow
def test_a_slider_changes_the_scenario_and_its_preview() -> None:
    made = page("scenario", small_study(**{POSTS: 2.0}))
    assert not made.exception
    assert text("preview.title") in shown(made)
    before = shown(made)
    slider(made, POSTS).set_value(40.0).run()  # type: ignore[attr-defined]
    assert made.session_state[KEY].drafts[0].values[POSTS] == 40.0
    assert shown(made) != before


def test_a_field_back_at_its_value_changes_nothing_any_more() -> None:
    made = page("scenario", small_study())
    slider(made, POSTS).set_value(0.0).run()  # type: ignore[attr-defined]
    assert made.session_state[KEY].drafts[0].values == {}


def test_an_impossible_portfolio_is_explained_and_not_taken() -> None:
    made = page("scenario", small_study())
    cap = next(one for one in made.number_input if "social_worker.portfolio_cap" in str(one.key))
    cap.set_value(0.0).run()
    assert "0 n’est pas possible. Indiquez un nombre entre 10 et" in made.error[0].value
    assert not any("portfolio_cap" in path for path in made.session_state[KEY].drafts[0].values)


def test_an_unusual_portfolio_is_taken_with_a_remark() -> None:
    made = page("scenario", small_study())
    cap = next(one for one in made.number_input if "social_worker.portfolio_cap" in str(one.key))
    cap.set_value(20.0).run()
    assert "hors de la plage observée" in made.warning[0].value
    told = unescape(shown(made))
    assert "hors de la plage usuelle" in told
    assert "territories." not in told, "settings are called by their names"
    assert any("portfolio_cap" in path for path in made.session_state[KEY].drafts[0].values)


def test_scenarios_are_renamed_copied_and_deleted() -> None:
    made = page("scenario", small_study())
    made.text_input[0].set_value("Autre nom").run()
    assert made.session_state[KEY].drafts[0].title == "Autre nom"
    press(made, "files.copy")
    titles = [draft.title for draft in made.session_state[KEY].drafts]
    assert titles == ["Autre nom", text("files.copy_of", title="Autre nom")]
    press(made, "files.delete")
    assert [draft.title for draft in made.session_state[KEY].drafts] == ["Autre nom"]


def press(made: AppTest, key: str) -> None:
    next(one for one in made.button if one.label == text(key)).click().run()


def test_an_imported_file_is_refused_with_its_faults() -> None:
    made = page("scenario", small_study())
    area = next(one for one in made.text_area if one.label == text("files.paste"))
    area.set_value("schema_version: 1\nname: x\nextends: /etc/passwd\n").run()
    press(made, "files.import_button")
    assert "/etc/passwd" in made.error[0].value
    assert len(made.session_state[KEY].drafts) == 1
    far = """
schema_version: 1
name: far
title: {en: Far, fr: Loin}
description: {en: Far., fr: Loin.}
extends: meuse_scheme
reference: meuse_reference
changes:
  - date: 2022-01-01
    label: Loin
    set: {territories.meuse.staff.referent_coach.portfolio_cap: 999999}
"""
    area.set_value(far).run()
    press(made, "files.import_button")
    told = made.error[0].value
    assert "Portefeuille maximal" in told, "by the tables of the file's department"
    assert "changes" not in told


@pytest.mark.parametrize("name", OF_RESULTS)
def test_before_a_run_a_page_offers_it(name: str) -> None:
    made = page(name, small_study(**{POSTS: 3.0}))
    assert not made.exception
    assert any(one.key == "start run" for one in made.button)
    assert not made.get("plotly_chart")


def test_a_comparison_says_its_sentence_its_table_and_its_limits(done: Done) -> None:
    made = page("compare", done.study)
    assert not made.exception
    said = shown(made)
    assert "sous ces hypothèses" in said
    assert "2 répétitions" in said
    assert "essai" in said
    lines = sum(map(len, ROWS.values()))
    assert said.split('class="options"')[1].partition("</table>")[0].count('scope="row"') == lines
    assert text("limits.title") in [one.label for one in made.expander]
    assert "Point mort" in said
    charts = made.get("plotly_chart")
    assert len(charts) == 4
    for chart in charts:
        assert chart.proto.alt, "a chart without a text alternative"


def test_names_of_scenarios_are_never_markup(done: Done) -> None:
    made = page("compare", done.study)
    assert "<b>14</b>" not in "".join(str(element.proto.body) for element in made.get("html"))
    names = [
        trace.get("name", "")
        for chart in made.get("plotly_chart")
        for trace in json.loads(chart.proto.spec)["data"]
    ]
    assert any("&lt;b&gt;" in name for name in names)
    assert not any("<b>" in name for name in names)


def test_no_effect_remains_possible_when_the_interval_contains_zero(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    seen = set()
    for outcome in outcome_definitions():
        difference = found.whole(1, outcome) - found.whole(0, outcome)
        said = " ".join(answer_told(found, outcome_line(found, outcome), 1))
        if np.isnan(difference).any():
            expected = "answer.no_values"
        elif not difference.any():
            expected = "options.answer_alike"
        else:
            inside = difference.min() <= 0.0 <= difference.max()
            expected = "answer.zero_inside" if inside else "answer.zero_outside"
        seen.add(expected)
        assert (text("answer.zero_inside") in said) == (expected == "answer.zero_inside"), outcome
        assert (text("answer.zero_outside") in said) == (expected == "answer.zero_outside"), outcome
    assert {"answer.zero_inside", "answer.zero_outside", "options.answer_alike"} <= seen


def test_the_budget_shows_years_causes_and_the_fan(done: Done) -> None:
    made = page("budget", done.study)
    assert not made.exception
    said = shown(made)
    assert text("budget_line.net_allowance") in said
    assert "2024" in said
    assert len(made.get("plotly_chart")) == 2
    found = results_of(done.study)
    assert found is not None
    assert "sommes suspendues" in said
    assert text("budget_result.job_months")[1:] in said
    before, after = reasons_told(found, 1)
    plain = said.replace("\u00a0", " ").replace("\u202f", " ")
    for reason in (before, after):
        told = escaped(reason).replace("\u00a0", " ").replace("\u202f", " ")
        assert told in plain


@pytest.mark.slow
def test_contacts_of_the_same_people_are_explained_where_people_are_called_in() -> None:
    drafts = {
        name: Draft.model_validate({"key": name, "title": name, "origin": name})
        for name in ("somme_experiment", "somme_plus14")
    }
    for name, draft in drafts.items():
        study = small_study().model_copy(update={"drafts": (draft,), "months": 12})
        finished(study)
        said = shown(page("compare", study))
        assert text("people.title") in said
        is_told = "convoquées peu à peu" in said
        assert is_told == (name == "somme_experiment")


def test_a_year_is_shown_moving_still_and_as_a_table_and_said_to_be_one_simulation(
    done: Done,
) -> None:
    made = page("year", done.study)
    assert not made.exception
    assert "Une seule simulation" in shown(made)
    assert [tab.label for tab in made.tabs] == [
        text(f"year.{name}") for name in ("moving", "still", "table")
    ]
    picture, week = (json.loads(chart.proto.spec) for chart in made.get("plotly_chart"))
    assert all(chart.proto.alt for chart in made.get("plotly_chart"))
    (slider,) = picture["layout"]["sliders"]
    frames = picture["frames"]
    assert len(slider["steps"]) == len(frames) > 50
    assert picture["data"][0]["x"] == frames[0]["data"][0]["x"], "it stands still at first"
    assert week["data"][1]["x"] == frames[-1]["data"][1]["x"]
    assert frames[0]["data"][0]["x"] == frames[0]["data"][1]["x"]
    assert week["data"][0]["x"] != week["data"][1]["x"]


def test_a_presentation_begins_with_the_answer_and_turns_to_its_end(done: Done) -> None:
    made = page("present", done.study)
    assert not made.exception
    found = results_of(done.study)
    assert found is not None
    first = shown(made)
    assert "Que change" in first
    assert 'class="figure' in first
    seen = [first]
    while not (on := next(one for one in made.button if one.key == "screen on")).disabled:
        on.click().run()
        seen.append(shown(made))
    assert len(set(seen)) == len(seen) > 4
    assert all(said.count('class="screen"') == 1 for said in seen)
    assert text("present.decide") in seen[-1]
    place = place_asked(done.study, 1)
    for line in options_text(found, options_of(found, place)).lines:
        if line.key != PRICE and line.cells[0].interval:
            interval = escaped(unbroken(line.cells[0].interval))
            assert any(interval in said for said in seen), line.label


def test_one_person_is_told_twice_under_its_banner(done: Done) -> None:
    made = page("person", done.study)
    assert not made.exception
    said = shown(made)
    assert "Personne fictive" in said
    assert said.count('<ol class="life">') == 2
    assert made.get("plotly_chart")[0].proto.alt


def test_explore_lays_the_simulation_beside_published_figures(done: Done) -> None:
    said = shown(page("explore", done.study))
    assert text("explore.annual_exit_rate") in said
    assert text("method_name.last_value") in said


def test_own_series_are_checked_line_by_line_and_refused_when_about_persons() -> None:
    made = page("own_data", scheme_study("somme"))
    area = next(one for one in made.text_area)
    area.set_value("mois;foyers\n2025-01;cent\n").run()
    assert "1 cellule à corriger" in made.error[0].value
    area = next(one for one in made.text_area)
    area.set_value("mois;foyers;nom\n2025-01;100;x\n").run()
    assert "Fichier refusé" in made.error[0].value
    assert "Voir la ligne 1, colonne « nom »." in made.error[0].value.replace("\u00a0", " ")


def test_an_unexpected_error_is_told_kindly_with_an_identifier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = (
        "from ui.guard import guarded\n"
        "def broken():\n"
        "    raise RuntimeError('secret detail')\n"
        "guarded(broken)()\n"
    )
    made = AppTest.from_string(code).run()
    assert not made.exception
    (told,) = made.error
    assert "secret detail" not in told.value
    assert "identifiant" in told.value


def test_a_number_is_typed_or_slid_and_both_say_the_same() -> None:
    made = page("scenario", small_study(**{POSTS: 2.0}))
    typed = next(one for one in made.number_input if str(one.key).endswith(f"{POSTS} typed"))
    typed.set_value(75.0).run()
    assert made.session_state[KEY].drafts[0].values[POSTS] == 75.0
    assert slider(made, POSTS).value == 75.0  # type: ignore[attr-defined]
    slider(made, POSTS).set_value(12.0).run()  # type: ignore[attr-defined]
    assert made.session_state[KEY].drafts[0].values[POSTS] == 12.0
    typed = next(one for one in made.number_input if str(one.key).endswith(f"{POSTS} typed"))
    assert typed.value == 12.0
    typed.set_value(-4.0).run()
    assert made.session_state[KEY].drafts[0].values[POSTS] == 12.0
    assert made.error
    assert not made.exception


def test_unemployment_is_chosen_in_the_context_of_a_scenario() -> None:
    made = page("scenario", small_study(**{POSTS: 2.0}))
    field = next(one for one in made.selectbox if str(one.key).endswith("unemployment"))
    assert "un point de plus" in field.options
    field.set_value("one_point_higher").run()
    (draft,) = made.session_state[KEY].drafts
    assert draft.unemployment == "one_point_higher"
    path = scenario_of(draft, 24).unemployment_path
    assert path is not None
    assert path.steps[0].rate == pytest.approx(path.start_rate + 1.0)
    field = next(one for one in made.selectbox if str(one.key).endswith("unemployment"))
    field.set_value("own").run()
    rate = next(one for one in made.number_input if str(one.key).endswith("unemployment rate"))
    rate.set_value(9.5).run()
    (draft,) = made.session_state[KEY].drafts
    assert draft.unemployment == {"2023-T2": 9.5}
    assert not made.exception
    assert unpacked(packed(made.session_state[KEY]) or "") == made.session_state[KEY]
