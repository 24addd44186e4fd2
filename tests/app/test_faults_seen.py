"""Faults that a director met once, each with what must hold instead."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from app_worlds import Done, page, shown, small_study
from matplotlib.figure import Figure

from ui.pages import worth
from ui.pages.compare_cards import HOUSEHOLDS
from ui.reports.picture_file import picture_file
from ui.spoken import text
from ui.study import Draft
from ui.take_away.replay import command
from ui.texts import said
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
