"""The age of the figure that a run starts from: on pages of a result and in what leaves them."""

from __future__ import annotations

import pytest
from app_worlds import Done, page, shown

from ui.ages import aged_text, start_day
from ui.take_away import note as note_module
from ui.take_away.replay import about
from ui.take_away.tables import hypotheses
from ui.work.shared import results_of


@pytest.mark.slow
@pytest.mark.parametrize("name", ["compare", "budget"])
def test_the_page_of_a_result_tells_it_once(done: Done, name: str) -> None:
    found = results_of(done.study)
    assert found is not None
    day = start_day(found.experiment.reference)
    assert day is not None
    assert shown(page(name, done.study)).count(aged_text(day, "fr")) == 1


@pytest.mark.slow
def test_workbook_and_note_tell_it(done: Done) -> None:
    found = results_of(done.study)
    assert found is not None
    reference = found.experiment.reference
    day = start_day(reference)
    assert day is not None
    assert aged_text(day, "fr") in set(about(found).iloc[:, 1])
    sources = hypotheses(found)
    assert any(aged_text(day, "fr") in str(one) for one in sources[sources.columns[-1]])
    content = note_module._content(found, 1, "caseload_households", "all")
    assert f"départ : foyers du {aged_text(day, 'fr')}" in str(content["frame"])
