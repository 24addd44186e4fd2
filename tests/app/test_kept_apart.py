"""What a visitor keeps: no two names share an entry, all of it is listed, replacing is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from app_worlds import page, shown, small_study

from ui.own_data.store import SERIES, keep_series, kept_series, own_series
from ui.pages.paging import ROWS
from ui.spoken import text
from ui.study import Study, departments
from ui.study.references import new_study
from ui.study.saved import PART, is_saved, save, saved
from ui.visitor import KEY
from ui.work.history import history, remember
from ui.work.places import VARIABLE, new_owner, owner_file

LOOK_ALIKES = (
    "Bilan 2025",
    "Bilan-2025",
    "Bilan 2025 !",
    "Bilan_2025",
    "bilan 2025",
    "Bilàn 2025",
    "Отчёт",
    "Отчет",
    "報告",
    "***",
    "é" * 45 + "a",
    "é" * 45 + "b",
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def titled(study: Study, title: str, **more: object) -> Study:
    return study.model_copy(
        update={"drafts": (study.drafts[0].model_copy(update={"title": title, **more}),)}
    )


def households(count: int) -> Sequence[dict[str, str | float]]:
    return [{"month": "2025-01", "households": float(count)}]


def test_series_of_names_that_look_alike_stay_apart() -> None:
    owner = new_owner()
    for count, title in enumerate(LOOK_ALIKES):
        keep_series(owner, "caseload", "somme", title, households(count))
    kept = {one.title: one.rows[0]["households"] for one in own_series(owner)}
    assert kept == {title: float(count) for count, title in enumerate(LOOK_ALIKES)}


def test_series_of_two_departments_or_two_kinds_stay_apart() -> None:
    owner = new_owner()
    keep_series(owner, "caseload", "somme", "Série", households(1))
    keep_series(owner, "caseload", "aude", "Série", households(2))
    keep_series(owner, "delays", "somme", "Série", households(3))
    assert len(own_series(owner)) == 3
    (of_aude,) = own_series(owner, "aude")
    assert of_aude.rows[0]["households"] == 2.0


def test_an_accent_written_in_two_ways_is_one_title() -> None:
    owner = new_owner()
    keep_series(owner, "caseload", "somme", "Série", households(1))
    assert kept_series(owner, "caseload", "somme", "Se\u0301rie") is not None
    keep_series(owner, "caseload", "somme", "Se\u0301rie", households(2))
    (kept,) = own_series(owner)
    assert kept.rows[0]["households"] == 2.0


def test_a_series_kept_under_an_older_name_of_file_is_found_and_replaced() -> None:
    owner = new_owner()
    old = owner_file(owner, SERIES, "caseload_ma_serie")
    old.parent.mkdir(parents=True)
    content = {"kind": "caseload", "department": "somme", "title": "Ma série", "when": 1.0}
    old.write_text(json.dumps({**content, "rows": households(1)}), encoding="utf-8")
    assert [one.title for one in own_series(owner)] == ["Ma série"]
    keep_series(owner, "caseload", "somme", "Ma série", households(2))
    (kept,) = own_series(owner)
    assert kept.rows[0]["households"] == 2.0
    assert not old.exists()


def test_scenarios_of_names_that_look_alike_stay_apart() -> None:
    owner = new_owner()
    for title in LOOK_ALIKES:
        made = titled(small_study(), title)
        save(owner, made, made.drafts[0])
    assert sorted(one.draft.title for one in saved(owner)) == sorted(LOOK_ALIKES)


def test_scenarios_of_two_departments_stay_apart() -> None:
    owner = new_owner()
    names = list(departments())[:2]
    for name in names:
        study = new_study(name)
        draft = small_study().drafts[0].model_copy(update={"origin": study.reference, "values": {}})
        save(owner, study, draft)
    assert sorted(one.study.department for one in saved(owner)) == sorted(names)


def test_a_scenario_saved_under_an_older_name_of_file_is_replaced() -> None:
    owner, study = new_owner(), titled(small_study(), "Été !")
    old = owner_file(owner, PART, "ete")
    old.parent.mkdir(parents=True)
    old.write_text(study.model_dump_json(), encoding="utf-8")
    assert is_saved(owner, study, study.drafts[0])
    changed = titled(study, "Été !", values={})
    assert not is_saved(owner, changed, changed.drafts[0])
    save(owner, changed, changed.drafts[0])
    (kept,) = saved(owner)
    assert not kept.draft.values
    assert not old.exists()


def test_every_kept_thing_can_be_reached_page_by_page() -> None:
    made = page("own_data", small_study())
    with_many = str(made.session_state[KEY])
    for count in range(2 * ROWS + 3):
        keep_series(with_many, "posts", "somme", f"Postes {count}", [{"role": "a", "fte": 1.0}])
    seen: set[str] = set()
    made.run()
    for place in range(3):
        (choice,) = [one for one in made.selectbox if str(one.key).startswith("page of series")]
        choice.select_index(place).run()
        assert not made.exception
        page_shows = {f"Postes {n}" for n in range(2 * ROWS + 3) if f">Postes {n}<" in shown(made)}
        assert len(page_shows) <= ROWS
        seen |= page_shows
    assert len(seen) == 2 * ROWS + 3


def test_no_run_of_the_past_is_left_out() -> None:
    owner, study = new_owner(), small_study()
    for number in range(60):
        remember(owner, f"{number:024x}", study)
    assert len(history(owner)) == 60


def test_replacing_a_series_is_asked() -> None:
    made = page("own_data", small_study())
    owner = str(made.session_state[KEY])
    keep_series(owner, "caseload", "somme", text("own.kind_caseload"), households(4000))
    made.text_area(key="own text caseload").set_value("mois;foyers\n2025-02;4100\n").run()
    keep = made.button(key="keep series")
    assert keep.disabled
    (asked,) = [one for one in made.checkbox if str(one.key).startswith("replace")]
    asked.check().run()
    made.button(key="keep series").click().run()
    (kept,) = own_series(owner)
    assert kept.rows == ({"month": "2025-02", "households": 4100.0},)


@pytest.mark.slow
def test_replacing_a_saved_scenario_is_asked() -> None:
    study = titled(small_study(), "Essai")
    other = titled(study, "Essai", values={})
    made = page("scenario", study)
    owner = str(made.session_state[KEY])
    save(owner, other, other.drafts[0])
    made.run()
    (button,) = [one for one in made.button if one.label == text("files.save")]
    assert button.disabled
    (asked,) = [one for one in made.checkbox if str(one.key).startswith("replace saved")]
    asked.check().run()
    (button,) = [one for one in made.button if one.label == text("files.save")]
    button.click().run()
    assert is_saved(owner, study, study.drafts[0])


def test_all_look_alikes_are_different_titles() -> None:
    assert all(one != other for one, other in combinations(LOOK_ALIKES, 2))
