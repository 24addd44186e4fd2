"""The note has two pages, whatever the scenarios are called and however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from app_worlds import POSTS, Done, finished, small_study

from tests.pdf_pages import pages_of
from ui.study import Draft, Study, experiment_of
from ui.study.draft import LONGEST_TITLE, MOST_DRAFTS
from ui.study.references import departments, new_study, origins, scenario_of
from ui.take_away import note as note_module
from ui.take_away.changes import changes_told
from ui.take_away.note import MOST_SETTINGS, note
from ui.take_away.pictures import shortened
from ui.work.results import read_results

LONG = "Recruter quatorze travailleurs sociaux et réduire les portefeuilles de moitié, dès avril"
EVERY_CAP = "territories.*.staff.*.portfolio_cap"


def crowded(department: str) -> Study:
    """Four scenarios with the longest titles, each with many changes of its own."""
    study = new_study(department)
    names = (origins(study.reference) * MOST_DRAFTS)[:MOST_DRAFTS]
    for number, origin in enumerate(names):
        known = {
            "key": f"recruter_quatorze_travailleurs_sociaux_{number}",
            "title": f"{number} {LONG}"[:LONGEST_TITLE],
            "origin": origin,
            "values": {EVERY_CAP: 60.0 + number},
        }
        study = study.with_draft(Draft.model_validate(known))
    return study.model_copy(update={"months": 12, "replications": 2})


def made_of(pages: int) -> bytes:
    """A PDF of so many pages, made by the same tool as the note."""
    breaks = "#pagebreak()".join(f"page {number}" for number in range(pages))
    return bytes(typst.compile(breaks.encode(), format="pdf", pdf_standards="1.7"))


def test_pages_are_counted_right() -> None:
    assert pages_of(b"no file of that kind") == 0
    assert [pages_of(made_of(count)) for count in (1, 2, 3)] == [1, 2, 3]


def test_the_note_of_a_short_study_has_two_pages(done: Done) -> None:
    found = read_results(done.identity, done.study)
    assert found is not None
    assert pages_of(note(found, 1, "caseload_households", "all")) == 2


def test_four_scenarios_with_long_titles_fit_on_two_pages() -> None:
    found = finished(crowded("somme"))
    content = note_module._content(found, 4, "caseload_households", note_module.SECOND, "all")
    assert len(content["hypotheses"]) > MOST_SETTINGS  # type: ignore[arg-type]
    assert pages_of(note(found, 1, "caseload_households", "all")) == 2
    assert pages_of(note(found, MOST_DRAFTS, note_module.SECOND, "coquelicot")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("department", sorted(set(departments()) - {"somme"}))
def test_every_shipped_department_fits_on_two_pages(department: str) -> None:
    found = finished(crowded(department))
    assert pages_of(note(found, 1, "caseload_households", "all")) == 2


def test_more_text_than_two_pages_hold_is_seen(
    done: Done, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The count would show a third page: the template without its fitting has one."""
    template = note_module.TEMPLATE.read_text(encoding="utf-8")
    longer = tmp_path / "note.typ"
    longer.write_text(template.replace("chosen = sizes.last()", "chosen = 2.5"), encoding="utf-8")
    broken = longer.read_text(encoding="utf-8").replace("<= room.height {", "< 0pt {")
    longer.write_text(broken, encoding="utf-8")
    monkeypatch.setattr(note_module, "TEMPLATE", longer)
    found = read_results(done.identity, done.study)
    assert found is not None
    assert pages_of(note(found, 1, "caseload_households", "all")) > 2


def test_changes_are_told_in_words_the_own_ones_first() -> None:
    scenario = experiment_of(crowded("somme")).scenarios[1]
    lines = changes_told(scenario, (EVERY_CAP,))
    assert lines[0].startswith("Portefeuille maximal, ")
    assert "(tous les territoires) : 60 personnes par ETP (auparavant : " in lines[0]
    assert all("territories." not in line for line in lines)
    posts = scenario_of(small_study().drafts[0], 24)
    (line,) = changes_told(posts, (POSTS,))
    assert line.startswith("Postes supplémentaires, Travailleur social du Département (Coquelicot")
    assert line.endswith(": 14 ETP (auparavant : 0 ETP), à partir du 1er avril 2023")


def test_a_long_title_is_cut_between_words() -> None:
    assert shortened(LONG).endswith(" …")
    assert LONG.startswith(shortened(LONG)[:-2])
    assert shortened("Court") == "Court"
