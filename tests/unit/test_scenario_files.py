"""How scenarios are put together, changed, scaled and written down again."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from sim.errors import InputError
from sim.parameters import load_department
from sim.policy import load_scenario, shipped_scenarios
from sim.policy.remarks import remarks

PILOT_START = date(2023, 4, 1)
CALLS_START = date(2023, 4, 7)
SCENARIOS = shipped_scenarios()
PILOT = "territories.coquelicot."


def test_a_change_after_the_end_never_acts() -> None:
    reference = load_scenario("somme_reference")
    path = PILOT + "staff.social_worker.additional_fte"
    later = reference.with_changes({path: 1.0}, date(2027, 1, 1))
    assert later.days_of_change == ()
    assert later.parameters_on(date(2025, 12, 31)) == reference.base
    cut = load_scenario("somme_experiment_amiens_nord").with_months(12)
    assert cut.days_of_change == (PILOT_START, CALLS_START)


def test_restating_a_value_changes_nothing() -> None:
    reference = load_scenario("somme_reference")
    path = "staffing.learning_months"
    restated = reference.with_changes({path: reference.base.value(path)}, date(2024, 1, 1))
    assert restated.parameters_on(date(2024, 6, 1)) == reference.base


def write(folder: Path, name: str, **fields: object) -> Path:
    document: Mapping[str, object] = {
        "schema_version": 1,
        "name": name,
        "title": {"en": name, "fr": name},
        "description": {"en": name, "fr": name},
        **fields,
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return path


def test_the_order_of_keys_does_not_matter(tmp_path: Path) -> None:
    pattern = PILOT + "pathways.*.contact_interval_days"
    exact = PILOT + "pathways.social.contact_interval_days"
    settings: list[dict[str, object]] = [{pattern: 90, exact: 45}, {exact: 45, pattern: 90}]
    loaded = [
        load_scenario(
            write(
                tmp_path,
                f"order_{i}",
                extends="somme_reference",
                changes=[
                    {
                        "date": PILOT_START,
                        "label": "x",
                        "set": {PILOT + "pathways.*.contact_shortest_days": 30, **values},
                    },
                ],
            )
        )
        for i, values in enumerate(settings)
    ]
    assert loaded[0].fingerprint() == loaded[1].fingerprint()
    assert loaded[0].parameters_on(PILOT_START).value(exact) == 45


def test_a_scenario_outside_the_folder_may_extend_a_shipped_one_and_a_neighbour(
    tmp_path: Path,
) -> None:
    write(tmp_path, "base", extends="somme_plus14", months=12)
    path = write(tmp_path, "child", extends="base", start=date(2023, 2, 1))
    child = load_scenario(path)
    assert (child.start, child.months) == (date(2023, 2, 1), 12)
    assert child.reference == "somme_reference"
    parent = load_scenario("somme_plus14")
    assert child.parameters_on(PILOT_START) == parent.parameters_on(PILOT_START)


def test_a_child_that_is_shorter_leaves_out_what_its_parents_change_later(tmp_path: Path) -> None:
    def change(day: date) -> dict[str, object]:
        return {"date": day, "label": "x", "set": {"staffing.recruitment_delay_days": 30}}

    early, late = date(2023, 6, 1), date(2023, 10, 1)
    parent = write(
        tmp_path, "ok", extends="somme_reference", months=12, changes=[change(early), change(late)]
    )
    child = load_scenario(write(tmp_path, "child", extends="./ok.yaml", months=9))
    cut = load_scenario(parent).with_months(9)
    assert child.days_of_change == cut.days_of_change == (early,)
    assert child.timeline == cut.timeline
    assert child.fingerprint() == cut.fingerprint()
    assert [one.key for one in remarks(child)] == [one.key for one in remarks(cut)]
    assert "too_late" in [one.key for one in remarks(child)]
    with pytest.raises(InputError, match=r"own\.yaml: changes\[0\]\.date: .* \(9 months\)"):
        load_scenario(write(tmp_path, "own", extends="ok", months=9, changes=[change(late)]))
    with pytest.raises(InputError, match=r"next\.yaml: changes\[0\]\.date: .* \(9 months\)"):
        load_scenario(write(tmp_path, "next", extends="child", changes=[change(late)]))
    with pytest.raises(InputError, match=r"ok\.yaml: changes\[0\]\.date"):
        load_scenario(write(tmp_path, "begun", extends="ok", start=date(2023, 7, 1), months=9))


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_written_document_is_the_same_scenario(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    path = tmp_path / "scenario.yaml"
    path.write_text(yaml.safe_dump(scenario.document(), sort_keys=False), encoding="utf-8")
    again = load_scenario(path)
    assert again == scenario
    assert again.fingerprint() == scenario.fingerprint()


def test_a_dated_value_survives_the_written_document(tmp_path: Path) -> None:
    scenario = load_scenario("somme_reference").with_changes(
        {"sanctions.ladder": {date(1960, 1, 1): "none", date(2025, 6, 1): "graduated"}},
        date(2024, 1, 1),
    )
    path = tmp_path / "scenario.yaml"
    path.write_text(yaml.safe_dump(scenario.document()), encoding="utf-8")
    assert load_scenario(path).fingerprint() == scenario.fingerprint()


def test_a_scenario_travels_between_processes() -> None:
    scenario = load_scenario("somme_experiment")
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_scaling_keeps_caps_and_scales_staff_and_places() -> None:
    whole, part = load_scenario("somme_experiment"), load_scenario("somme_experiment").scaled(0.1)
    now = part.parameters_on(PILOT_START)
    assert now.value(PILOT + "staff.social_worker.additional_fte") == pytest.approx(0.4)
    assert now.value(PILOT + "staff.social_worker.portfolio_cap") == 50
    assert part.share == pytest.approx(0.1)
    assert part.fingerprint() != whole.fingerprint()
    assert whole.scaled(1.0) == whole


@pytest.mark.parametrize("months", [0, -1, 241])
def test_months_outside_the_range_are_refused(months: int) -> None:
    with pytest.raises(InputError, match="1 to 240"):
        load_scenario("somme_reference").with_months(months)


def test_a_variant_holds_from_the_start_and_changes_the_starting_population() -> None:
    experiment = load_scenario("somme_experiment")
    other = experiment.with_variant({"history.years": 30})
    assert other.base.value("history.years") == 30
    assert other.base.fingerprint() != experiment.base.fingerprint()
    assert other.parameters_on(PILOT_START).value("history.years") == 30
    assert other.timeline == experiment.timeline
    with pytest.raises(InputError, match=r"history\.years"):
        experiment.with_variant({"history.years": -1})


@pytest.mark.parametrize("name", ["a" * 300, f"folder/{'a' * 300}.yaml", "~nobody-here/mine.yaml"])
def test_a_path_that_no_file_can_have_is_an_unknown_scenario(name: str) -> None:
    with pytest.raises(InputError):
        load_scenario(name)


@pytest.mark.parametrize("name", [f"folder/{'a' * 300}.yaml", "\x00/mine.yaml"])
def test_a_path_that_no_file_can_have_is_an_unknown_department(name: str) -> None:
    with pytest.raises(InputError):
        load_department(name)
