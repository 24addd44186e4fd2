"""A study that starts from the visitor's own data: level, posts, delay; and says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from app_worlds import scheme_study, shown
from pydantic import ValidationError
from streamlit.testing.v1 import AppTest

from sim.errors import InputError
from sim.policy import load_scenario, scenario_text
from ui.entry.front_door import SCRIPT
from ui.own_data.figures import (
    CASEWORKER,
    Delay,
    delay_of,
    level_of,
    posts_of,
    role_meant,
    staff_values,
)
from ui.own_data.store import keep_series, own_series
from ui.spoken import text
from ui.study import Draft, Study, experiment_of
from ui.study.draft import OwnStart
from ui.study.link import packed, unpacked
from ui.study.references import day_of, new_study, reference_of, scenario_of
from ui.study.session import KEY
from ui.visitor import KEY as VISITOR
from ui.work import own_delay
from ui.work.own_delay import fitted
from ui.work.places import new_owner
from ui.work.preview import Previews

pytestmark = pytest.mark.slow

FTE = "territories.coquelicot.staff.social_worker.fte"
POSTS = "territories.coquelicot.staff.social_worker.additional_fte"


def owner_with_data() -> str:
    owner = new_owner()
    level = [
        {"month": "2025-12", "households": 19_400.0},
        {"month": "2026-01", "households": 19_352.0},
    ]
    posts = [
        {"role": "Travailleur social", "fte": 80.0, "portfolio": 100.0},
        {"role": "Travailleur social", "fte": 20.0, "portfolio": 150.0},
        {"role": "Secrétariat", "fte": 7.0},
    ]
    delays = [
        {"month": f"2025-{month:02d}", "orientation_days": 40.0 + month, "caseworker_days": 21.0}
        for month in (1, 2, 3)
    ]
    for kind, rows in (("caseload", level), ("posts", posts), ("delays", delays)):
        keep_series(owner, kind, "somme", f"Mes {kind}", rows)
    return owner


def own(**changes: object) -> OwnStart:
    return OwnStart.model_validate({"households": 19_352, "month": "2026-01", **changes})


def restarted(**changes: object) -> Study:
    return new_study("somme").model_copy(update={"own": own(**changes)})


def test_figures_are_read_from_the_series_that_are_kept() -> None:
    kept = own_series(owner_with_data(), "somme")
    level, posts = level_of(kept), posts_of(kept)
    assert level is not None
    assert posts is not None
    assert (level.households, level.month) == (19_352, "2026-01")
    assert posts.fte == {"Travailleur social": 100.0, "Secrétariat": 7.0}
    assert posts.portfolio == {"Travailleur social": 110.0}
    assert delay_of(kept) == Delay(42.0, "2025-01", "2025-03", "Mes delays")
    assert delay_of(kept, CASEWORKER) == Delay(21.0, "2025-01", "2025-03", "Mes delays")


def test_posts_are_shared_among_territories_as_they_are_published() -> None:
    base = reference_of(new_study("somme")).base
    used = ("social_worker", "job_counsellor")
    assert role_meant("Travailleur social", base, used) == "social_worker"
    assert role_meant("Secrétariat", base, used) is None
    posts = posts_of(own_series(owner_with_data(), "somme"))
    assert posts is not None
    roles = {"Travailleur social": "social_worker", "Secrétariat": None}
    found = staff_values(base, posts, roles, used)
    social = [value for path, value in found.items() if path.endswith("social_worker.fte")]
    assert sum(social) == pytest.approx(100.0, abs=0.01)
    assert found[FTE] == pytest.approx(100.0 * 6.9 / (6.9 + 8.3 + 72.4), abs=0.001)
    assert found[FTE.replace("fte", "portfolio_cap")] == 110.0
    assert found["territories.rest.staff.job_counsellor.fte"] == 0.0


def test_a_study_from_own_figures_starts_after_them_in_every_scenario(tmp_path: Path) -> None:
    study = restarted(values={FTE: 9.0})
    draft = Draft(key="a", title="A", origin=study.reference, values={POSTS: 2.0})
    study = study.with_draft(draft)
    reference, scenario = reference_of(study), scenario_of(study.drafts[0], study.months)
    for one in (reference, scenario):
        assert one.start == date(2026, 2, 1)
        assert one.base.number("department.stock_households") == 19_352
        assert one.base.number(FTE) == 9.0
    assert day_of(study.drafts[0]) == date(2026, 5, 1)
    assert "19\u202f352 foyers en janvier 2026" in reference.title.fr.replace("\u00a0", "\u202f")
    assert "19,352 households in January 2026" in reference.title.en
    assert experiment_of(study).is_paired
    assert unpacked(packed(study) or "") == study
    file = tmp_path / "reference.yaml"
    file.write_text(scenario_text(reference), encoding="utf-8")
    assert load_scenario(file).with_months(study.months).fingerprint() == reference.fingerprint()


@pytest.mark.parametrize("is_at_home", [True, False])
def test_an_exported_scenario_from_own_figures_is_imported_again(is_at_home: bool) -> None:
    days = {"orientation_days": 40.0}
    study = restarted(values={FTE: 9.0}, **days)
    draft = Draft(key="a", title="A", origin=study.reference, values={POSTS: 2.0})
    study = study.with_draft(draft)
    exported = scenario_of(study.drafts[0], study.months)
    made = AppTest.from_string(
        "from ui.pages.scenario_files import library\nlibrary()\n", default_timeout=60
    )
    made.session_state[KEY] = study if is_at_home else new_study("somme")
    made.run()
    imported(made, scenario_text(exported))
    assert not made.error
    found = made.session_state[KEY]
    assert found.own == (study.own if is_at_home else own(values={FTE: 9.0}))
    assert scenario_of(found.drafts[-1], 36).fingerprint() == exported.fingerprint()
    assert experiment_of(found).is_paired
    assert unpacked(packed(found) or "") == found


def imported(made: AppTest, content: str) -> None:
    area = next(one for one in made.text_area if one.label == text("files.paste"))
    area.set_value(content).run()
    next(one for one in made.button if one.label == text("files.import_button")).click().run()
    assert not made.exception


def test_a_file_sets_no_other_figure_than_those_of_the_page() -> None:
    study = restarted(values={FTE: 9.0})
    content = scenario_text(reference_of(study)).replace("fte: 9.0", "fte: 90000.0")
    made = AppTest.from_string(
        "from ui.pages.scenario_files import library\nlibrary()\n", default_timeout=60
    )
    made.session_state[KEY] = new_study("meuse")
    made.run()
    imported(made, content)
    assert "Postes en place, Travailleur social du Département (Coq" in made.error[0].value
    assert "staff." not in made.error[0].value
    assert made.session_state[KEY].own is None


def test_a_link_sets_no_other_figure_than_those_of_the_page() -> None:
    for values in ({"calendar.refresh_days": 3.0}, {FTE: -1.0}, {FTE: 1e9}):
        with pytest.raises(InputError):
            unpacked(packed(restarted(values=values)) or "")
    draft = Draft(key="a", title="A", origin="somme_today")
    content = restarted().model_copy(update={"drafts": (draft,)}).model_dump_json()
    with pytest.raises(ValidationError):
        Study.model_validate_json(content)


@pytest.mark.parametrize(("days", "is_close"), [(45.0, True), (400.0, False)])
def test_the_invitation_moves_until_the_delay_is_found(
    days: float, is_close: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "territories.coquelicot.intake.notification_days"
    monkeypatch.setattr(
        own_delay, "_delay", lambda _, trial, __: 20.0 + 0.8 * float(trial.values[path])
    )
    found = fitted(new_study("somme"), own(), days, Previews())
    assert found.is_close == is_close
    assert found.own.orientation_days == days
    assert reference_of(restarted(values=found.own.values))


def test_the_page_restarts_the_study_and_every_page_says_so() -> None:
    made = AppTest.from_string(
        "from ui.pages.own_data import own_data_page\nown_data_page()\n", default_timeout=120
    )
    made.session_state[VISITOR] = owner_with_data()
    made.session_state[KEY] = scheme_study("somme")
    made.run()
    assert not made.exception
    assert "il n’est pas recalé" in shown(made)
    next(one for one in made.checkbox if one.key == "restart delay").uncheck().run()
    next(one for one in made.button if one.key == "restart study").click().run()
    assert not made.exception
    study = made.session_state[KEY]
    assert (study.reference, study.own.households) == ("somme_today", 19_352)
    assert study.own.posts == pytest.approx(100.0, abs=0.01)
    page = AppTest.from_file(str(SCRIPT), default_timeout=120)
    page.session_state[KEY] = study
    page.run()
    assert "Étude recalée sur vos données" in shown(page)
    next(one for one in made.button if one.key == "undo restart").click().run()
    assert made.session_state[KEY].own is None


def test_roles_that_are_not_asked_for_are_told_with_their_posts() -> None:
    owner = owner_with_data()
    posts = [{"role": f"Métier {number}", "fte": float(number)} for number in range(1, 15)]
    keep_series(owner, "posts", "somme", "Mes métiers", posts)
    made = AppTest.from_string(
        "from ui.pages.own_data import own_data_page\nown_data_page()\n", default_timeout=120
    )
    made.session_state[VISITOR] = owner
    made.session_state[KEY] = scheme_study("somme")
    made.run()
    assert not made.exception
    (said,) = [one.value for one in made.warning if "Métier" in one.value]
    assert "2 ne le sont pas, avec leurs 27 ETP : Métier 13, Métier 14." in said


def test_without_a_series_of_households_there_is_nothing_to_start_from() -> None:
    made = AppTest.from_string(
        "from ui.pages.own_data import own_data_page\nown_data_page()\n", default_timeout=120
    )
    made.session_state[VISITOR] = new_owner()
    made.run()
    assert text("restart.needs") in [one.value for one in made.info]
