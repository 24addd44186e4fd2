"""Parameters are read by path, changed by making others, compared by their values."""

from __future__ import annotations

import pickle
import time
from datetime import date
from typing import Any

import numpy as np
import pytest
from faulty_files import faults_of
from small_worlds import in_first_territory

from sim.parameters import Parameters, scale_changes, scale_department


def test_values_have_the_type_of_their_form(somme: Parameters) -> None:
    assert isinstance(somme.whole("calendar.minutes_per_day"), int)
    assert isinstance(somme.number("calendar.minutes_per_day"), float)
    assert len(somme.numbers("inflow.season")) == 12
    job_type = somme.labels("job_types")[0]
    assert isinstance(somme.flag(f"job_types.{job_type}.is_job"), bool)
    assert isinstance(somme.word(f"job_types.{job_type}.length_form"), str)
    for pathway in somme.labels("pathways"):
        assert set(somme.words(f"pathways.{pathway}.roles")) <= set(somme.labels("roles"))


@pytest.mark.parametrize("reader", ["whole", "flag", "word", "words", "numbers"])
def test_reading_with_the_wrong_shape_is_refused(somme: Parameters, reader: str) -> None:
    faults_of(lambda: getattr(somme, reader)("job_finding.base_hazard"))


def test_an_unknown_path_or_group_names_the_nearest(somme: Parameters) -> None:
    for read in (somme.value, somme.entry, somme.number, somme.dated):
        (fault,) = faults_of(lambda read=read: read("job_finding.base_hasard"))  # type: ignore[misc]
        assert "job_finding.base_hazard" in fault.accepted
    assert "pathways" in faults_of(lambda: somme.labels("pathway"))[0].accepted
    faults_of(lambda: somme.label_text("pathways", "nowhere"))


def test_labels_have_an_english_and_a_french_text(somme: Parameters) -> None:
    for group in ("territories", "roles", "pathways", "barriers", "job_types", "channels"):
        assert somme.labels(group)
        for label in somme.labels(group):
            assert somme.label_text(group, label)
            assert somme.label_text(group, label, "fr")


def test_a_dated_value_changes_on_its_day(somme: Parameters) -> None:
    path = "allowance.base_eur"
    pairs = somme.dated(path)
    assert [day for day, _ in pairs] == sorted({day for day, _ in pairs})
    (_, before), (day, after) = pairs[-2:]
    assert somme.value_on(path, day) == after
    assert (
        somme.value_on(path, day.replace(day=1) - (date(2000, 1, 2) - date(2000, 1, 1))) == before
    )
    assert somme.value_on(path, date(1970, 1, 1)) == pairs[0][1]
    assert somme.value_on("job_finding.base_hazard", day) == somme.value("job_finding.base_hazard")
    assert somme.dated("job_finding.base_hazard")[0][1] == somme.value("job_finding.base_hazard")


def test_records_hold_everything_about_every_value(somme: Parameters) -> None:
    records = somme.records()
    assert [record["path"] for record in records] == list(somme.paths())
    for record in records:
        assert record["unit"]
        assert record["kind"]
        assert record["source"]
        assert record["uncertainty"]


def a_change(parameters: Parameters, path: str = "job_finding.base_hazard") -> dict[str, float]:
    return {path: parameters.number(path) * 1.25}


def test_patching_changes_only_what_it_names(somme: Parameters) -> None:
    before = somme.fingerprint()
    changed = somme.patched(a_change(somme), "mine")
    assert changed.number("job_finding.base_hazard") != somme.number("job_finding.base_hazard")
    same = [path for path in somme.paths() if changed.value(path) == somme.value(path)]
    assert len(same) == len(somme.paths()) - 1
    assert somme.fingerprint() == before
    assert changed != somme
    assert changed.fingerprint() != before
    assert changed.entry("job_finding.base_hazard").origin == "mine"


def test_restating_every_value_gives_the_same_parameters(somme: Parameters) -> None:
    restated = somme.patched({path: somme.value(path) for path in somme.paths()}, "mine")
    assert restated == somme
    assert restated.fingerprint() == somme.fingerprint()
    assert restated.records() == somme.records(), "a restated value keeps its origin"
    numbers = [path for path in somme.paths() if isinstance(somme.value(path), int)]
    as_numpy = somme.patched(
        {
            path: np.float64(somme.number(path))
            for path in numbers
            if somme.value(path) is not True and somme.value(path) is not False
        },
        "mine",
    )
    assert as_numpy.fingerprint() == somme.fingerprint()


def test_changing_and_changing_back_gives_an_equal_object(somme: Parameters) -> None:
    path = "job_finding.base_hazard"
    back = somme.patched(a_change(somme), "mine").patched({path: somme.value(path)}, "mine")
    assert back == somme
    assert hash(back) == hash(somme)
    assert back.fingerprint() == somme.fingerprint()


def test_a_list_is_patched_whole(somme: Parameters) -> None:
    season = list(reversed(somme.numbers("inflow.season")))
    assert somme.patched({"inflow.season": season}, "mine").numbers("inflow.season") == tuple(
        season
    )
    (fault,) = faults_of(lambda: somme.patched({"inflow.season": season[:11]}, "mine"))
    assert "12" in fault.accepted
    faults_of(lambda: somme.patched({"inflow.season": 1.0}, "mine"))


def test_a_dated_value_is_patched_by_dates_or_by_one_number(somme: Parameters) -> None:
    path = "allowance.base_eur"
    always = somme.patched({path: 400.0}, "mine")
    assert {number for _, number in always.dated(path)} == {400.0}
    dated = somme.patched({path: {"2024-01-01": 200.0, date(2020, 1, 1): 100.0}}, "mine")
    assert dated.dated(path) == ((date(2020, 1, 1), 100.0), (date(2024, 1, 1), 200.0))
    for bad in ({"soon": 100.0}, {"2024-01-01": -2.0}, {}, "400", [400.0], True):
        faults_of(lambda bad=bad: somme.patched({path: bad}, "mine"))  # type: ignore[misc]


def test_a_word_or_a_flag_may_change_with_the_date(somme: Parameters) -> None:
    ladders = somme.labels("ladders")
    for path, one, other in (
        ("sanctions.ladder", ladders[0], ladders[1]),
        ("law.activity_waivers", False, True),
    ):
        assert somme.patched({path: one}, "mine").value_on(path, date(2026, 1, 1)) == one
        dated = somme.patched({path: {"2020-01-01": one, "2024-01-01": other}}, "mine")
        assert dated.value_on(path, date(2023, 12, 31)) == one
        assert dated.value_on(path, date(2024, 1, 1)) == other
        for bad in ({"2024-01-01": "sometimes"}, {"2024-01-01": 2}, [one]):
            faults_of(lambda path=path, bad=bad: somme.patched({path: bad}, "mine"))  # type: ignore[misc]


def test_only_some_lists_may_be_empty(somme: Parameters) -> None:
    optional = in_first_territory(somme, "intake.call_roles")
    assert somme.patched({optional: []}, "mine").words(optional) == ()
    faults_of(lambda: somme.patched({in_first_territory(somme, "intake.weekdays"): []}, "mine"))


def test_parameters_cannot_be_assigned(somme: Parameters) -> None:
    with pytest.raises(AttributeError):
        somme.department = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        somme._values = {}  # type: ignore[misc]


def test_parameters_travel_to_other_processes(somme: Parameters) -> None:
    changed = somme.patched(a_change(somme), "mine")
    assert pickle.loads(pickle.dumps(changed)) == changed


def test_patching_is_fast_enough_for_thousands_of_draws(somme: Parameters) -> None:
    start = time.perf_counter()
    for draw in range(2000):
        somme.patched({"job_finding.base_hazard": 0.2 + draw * 1e-5, "frailty.log_sd": 0.7}, "draw")
    assert time.perf_counter() - start < 2.0


def test_scaling_follows_stock_staff_and_places_only(somme: Parameters) -> None:
    small = scale_department(somme, 0.1)
    for path in somme.paths():
        value, scaled = somme.value(path), small.value(path)
        if path.endswith((".fte", ".additional_fte")):
            assert scaled == pytest.approx(somme.number(path) * 0.1, abs=1e-12)
        elif path.endswith((".stock_value", "stock_households")):
            assert abs(small.number(path) - somme.number(path) * 0.1) <= 0.5
        elif (
            ".places." in path
            or ".action_places." in path
            or path.endswith((".desks", ".activity_places", ".workshop.places"))
        ):
            assert 0 <= small.number(path) - somme.number(path) * 0.1 < 1
        else:
            assert scaled == value, path


def test_full_scale_is_the_department_itself(somme: Parameters) -> None:
    assert scale_department(somme, 1) == somme


def test_changes_of_a_scenario_follow_the_scale(somme: Parameters) -> None:
    role = somme.labels("roles")[0]
    posts = in_first_territory(somme, f"staff.{role}.additional_fte")
    cap = in_first_territory(somme, f"staff.{role}.portfolio_cap")
    assert scale_changes({posts: 7, cap: 50}, 0.1) == {posts: pytest.approx(0.7), cap: 50}


@pytest.mark.parametrize("share", [0, -1, float("nan"), float("inf"), True, "0.1"])
def test_a_scale_must_be_above_zero(somme: Parameters, share: Any) -> None:
    faults_of(lambda: scale_department(somme, share))
