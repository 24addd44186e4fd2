"""Faults that a director met once, each with what must hold instead."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from app_worlds import Done, page, shown, small_study
from matplotlib.figure import Figure
from streamlit.testing.v1 import AppTest

from sim.outcomes.table import ALL
from ui.pages import worth
from ui.pages.compare_people import RETURNS
from ui.pages.worth import HOUSEHOLDS
from ui.reports.picture_file import picture_file
from ui.spoken import text
from ui.study import Draft
from ui.take_away.replay import command
from ui.texts import said
from ui.work.rates import yearly_rate
from ui.work.results import spread
from ui.work.shared import results_of


def small_picture(_: int) -> bytes:
    figure = Figure()
    figure.subplots().set_title("l’été, 14 % $x$")
    return picture_file(figure)


def test_pictures_that_are_asked_for_together_are_all_made() -> None:
    with ThreadPoolExecutor(8) as together:
        made = list(together.map(small_picture, range(16)))
    assert set(made) == {small_picture(0)}


def test_files_are_called_as_the_scenario_is_called_now() -> None:
    study = small_study()
    (draft,) = study.drafts
    renamed = study.with_draft(draft.model_copy(update={"title": "Deux équipes"}))
    assert renamed.file_stems == ("deux_equipes",)
    twin = Draft.model_validate({**draft.model_dump(), "key": "twin", "title": "Deux équipes"})
    assert renamed.with_draft(twin).file_stems == ("deux_equipes", "deux_equipes_2")


def test_the_command_names_the_files_as_they_are_exported(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    assert all(f"{stem}.yaml" in command(found) for stem in done.study.file_stems)


def test_the_break_even_says_more_or_fewer_as_its_table_does(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    sentence = worth.break_even(found, 1)
    since = found.experiment.since
    more = (found.values(1, HOUSEHOLDS) - found.values(0, HOUSEHOLDS))[:, since:].mean(axis=1)
    low, high = (float(bound[0]) for bound in spread(more))
    assert np.isfinite([low, high]).all()
    given = sentence.rpartition(" donne en moyenne ")[2]
    if round(low) < 0:
        assert "de moins" in given
    if round(high) > 0:
        assert "de plus" in given
    assert "-" not in given.replace("−", "-")


def test_one_uprating_is_not_called_two(done: Done) -> None:
    said_there = shown(page("budget", done.study))
    assert (text("budget.uprating") in said_there) or (text("budget.upratings") in said_there)
    known = said("budget.upratings_known", "fr", day="x").partition("(")[0].strip()
    if known in said_there:
        assert text("budget.upratings") not in said_there


def test_what_is_zero_by_definition_rests_on_no_data() -> None:
    made = shown(page("scenario", small_study()))
    fields = re.findall(r'<p class="field">(<span.*?</span>)?([^<]*)</p>', made)
    zero = [badge for badge, words in fields if re.search(r"Référence\s: 0[\s(]", words)]
    assert zero
    assert not any(zero)


def test_the_words_of_the_upload_box_do_not_cover_the_button_that_removes_a_file() -> None:
    made = AppTest.from_string("from ui.look import put_style\nput_style()\n").run()
    rules = [one for one in re.findall(r"([^{}]+)\{[^}]*\}", shown(made)) if " button" in one]
    ours = [one for one in rules if "stFileUploaderDropzone" in one]
    assert ours
    assert all(':has([data-testid="stFileUploaderDropzoneInstructions"])' in one for one in ours)


def test_returns_are_told_as_a_rate_and_not_as_a_total(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    rate = yearly_rate(found, 0, RETURNS, ALL)
    assert ((rate > 0.0) & (rate < 100.0)).all()
    assert "pour 100 foyers au RSA et par an" in shown(page("compare", done.study))
