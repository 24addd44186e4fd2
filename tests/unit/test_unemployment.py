"""Unemployment in scenarios: rates become factors on job finding and first entries, no more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.unemployment import Quarter, published_rates, rate_in
from sim.policy import Scenario, load_scenario, remarks, shipped_scenarios
from sim.policy.form import CONSTANT
from sim.policy.unemployment import ENTRIES, JOB_FINDING, LAG, alternatives
from sim.policy.writing import scenario_text
from ui.reports.remarks import remark_text

TODAY = "finistere_today"
MARKET, INFLOW = (f"territories.finistere.{name}" for name in ("market_level", "inflow_multiplier"))
LATER = date(2026, 6, 1)


def written(folder: Path, unemployment: object, **fields: object) -> Scenario:
    words = {"en": "Another rate", "fr": "Un autre taux"}
    document = {
        "schema_version": 1, "name": "other", "title": words, "description": words,
        "extends": TODAY, "reference": TODAY, "unemployment": unemployment, **fields,
    }  # fmt: skip
    file = folder / "other.yaml"
    file.write_text(json.dumps(document), encoding="utf-8")
    return load_scenario(file)


def total_entries(scenario: Scenario, day: date) -> float:
    found = scenario.parameters_on(day)
    power = found.number("inflow.market_elasticity")
    return found.number(INFLOW) * found.number(MARKET) ** power


def test_quarters_are_read_as_they_are_written() -> None:
    assert Quarter.read("2026-T1") == Quarter.read("2026Q1") == Quarter.of(date(2026, 3, 31))
    assert str(Quarter.read("2026Q4").later(1)) == "2027-T1"
    assert Quarter.read("2026-T2").first_day == date(2026, 4, 1)
    with pytest.raises(ValueError, match="no quarter"):
        Quarter.read("2026-T5")
    assert rate_in("80", Quarter.read("2030-T1")) == max(published_rates()["80"].items())
    assert rate_in("80", Quarter.read("2000-T1")) is None


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_scenario_that_states_nothing_has_a_constant_rate(name: str) -> None:
    scenario = load_scenario(name)
    if scenario.unemployment != CONSTANT:
        return
    assert scenario.unemployment_path is None
    assert "unemployment" not in scenario.document()
    days = {change.day for change in scenario.timeline if change.day < scenario.end}
    assert set(scenario.days_of_change) == days


def test_a_constant_rate_is_the_reference_itself(tmp_path: Path) -> None:
    constant = written(tmp_path, CONSTANT)
    reference = load_scenario(TODAY)
    assert constant.fingerprint() == reference.fingerprint()
    assert written(tmp_path, "shock_2009").without_unemployment().fingerprint() == (
        reference.fingerprint()
    )


def test_one_point_more_acts_by_the_elasticities_from_the_next_quarter_on(tmp_path: Path) -> None:
    scenario = written(tmp_path, "one_point_higher")
    base, path = scenario.base, scenario.unemployment_path
    assert path is not None
    assert scenario.days_of_change == (date(2025, 4, 1),)
    before = published_rates()["29"][Quarter.read("2025-T1")]
    assert path.start_rate == before
    ratio = (before + 1.0) / before
    assert scenario.parameters_on(date(2025, 3, 31)) == base
    market = scenario.parameters_on(LATER).number(MARKET) / base.number(MARKET)
    assert market == pytest.approx(ratio ** base.number(JOB_FINDING))
    assert market < 1.0
    entries = total_entries(scenario, LATER) / total_entries(scenario, scenario.start)
    assert entries == pytest.approx(ratio ** base.number(ENTRIES))
    assert entries > 1.0
    # Nothing else of the parameters is touched.
    differing = {
        name
        for name in base.paths()
        if base.value(name) != scenario.parameters_on(LATER).value(name)
    }
    assert differing == {MARKET, INFLOW}


def test_one_point_less_acts_the_other_way(tmp_path: Path) -> None:
    scenario = written(tmp_path, "one_point_lower")
    assert scenario.parameters_on(LATER).number(MARKET) > scenario.base.number(MARKET)
    assert total_entries(scenario, LATER) < total_entries(scenario, scenario.start)


def test_a_department_states_its_own_rates(tmp_path: Path) -> None:
    scenario = written(tmp_path, {"2026-T1": 8.1, "2025Q3": 7.0})
    path = scenario.unemployment_path
    assert path is not None
    assert [(step.day, step.rate) for step in path.steps] == [
        (date(2025, 7, 1), 7.0),
        (date(2026, 1, 1), 8.1),
    ]
    assert path.ratio_on(date(2025, 6, 30)) == 1.0
    assert path.ratio_on(LATER) == pytest.approx(8.1 / path.start_rate)


def test_the_rate_of_the_start_restated_changes_nothing(tmp_path: Path) -> None:
    rate = published_rates()["29"][Quarter.read("2025-T1")]
    scenario = written(tmp_path, {"2025-T2": rate})
    assert scenario.parameters_on(LATER) == scenario.base


def test_published_rates_are_followed(tmp_path: Path) -> None:
    path = written(tmp_path, "published").unemployment_path
    assert path is not None
    known = published_rates()["29"]
    assert {step.quarter: step.rate for step in path.steps} == {
        quarter: rate for quarter, rate in known.items() if quarter > Quarter.read("2025-T1")
    }


def test_the_delay_shifts_the_days_and_the_rate_at_the_start(tmp_path: Path) -> None:
    scenario = written(tmp_path, {"2025-T2": 8.0}, variant={LAG: 6})
    path = scenario.unemployment_path
    assert path is not None
    assert scenario.days_of_change == (date(2025, 10, 1),)
    assert path.start_quarter == Quarter.read("2024-T3")


def test_a_dated_change_of_the_market_is_multiplied(tmp_path: Path) -> None:
    scenario = written(tmp_path, "one_point_higher")
    alone = scenario.parameters_on(LATER).number(MARKET)
    changed = scenario.with_changes({MARKET: 1.2}, date(2026, 1, 1))
    before = scenario.base.number(MARKET)
    assert changed.parameters_on(LATER).number(MARKET) == pytest.approx(alone * 1.2 / before)
    assert changed.parameters_on(date(2025, 12, 31)).number(MARKET) == pytest.approx(alone)


def test_draws_bring_their_own_elasticities_and_levels(tmp_path: Path) -> None:
    scenario = written(tmp_path, "one_point_higher")
    draws = department_draws("finistere")
    assert draws is not None
    assert {JOB_FINDING, ENTRIES} <= set(draws.paths)
    assert (draws.kinds[JOB_FINDING], draws.kinds[ENTRIES]) == ("literature", "mixed")
    found = set()
    for number in (0, 1):
        drawn = scenario.with_draw(draws.values_of(number), f"draw {number}")
        path = drawn.unemployment_path
        assert path is not None
        values = draws.values_of(number)
        expected = values[MARKET] * path.ratio_on(LATER) ** values[JOB_FINDING]
        assert drawn.parameters_on(LATER).number(MARKET) == pytest.approx(expected)
        found.add(values[ENTRIES])
    assert len(found) == 2


@pytest.mark.parametrize("name", ["somme_shock_2009", "somme_unemployment_up"])
def test_every_draw_is_accepted_in_a_shock(name: str) -> None:
    scenario = load_scenario(name)
    draws = department_draws(scenario.department)
    assert draws is not None
    for number in range(0, len(draws), 10):
        assert scenario.with_draw(draws.values_of(number), f"draw {number}").days_of_change


def test_derived_departments_accept_their_draws_in_a_shock(tmp_path: Path) -> None:
    scenario = written(tmp_path, "shock_2009")
    draws = department_draws("finistere")
    assert draws is not None
    inflow = draws.values[:, draws.paths.index(INFLOW)]
    entries = draws.values[:, draws.paths.index(ENTRIES)]
    worst = (inflow * 1.333**entries).argsort()[-10:]
    for number in map(int, worst):
        assert scenario.with_draw(draws.values_of(number), f"draw {number}")


def test_entries_stop_at_the_candidates_and_the_answer_says_so(tmp_path: Path) -> None:
    scenario = written(tmp_path, {"2025-T2": 20.0})
    peak = max(scenario.base.numbers("inflow.season"))
    bound = scenario.base.number("inflow.candidate_factor")
    assert total_entries(scenario, LATER) * peak == pytest.approx(bound, rel=1e-6)
    assert "unemployment_bounded" in {one.key for one in remarks(scenario)}
    modest = {one.key for one in remarks(written(tmp_path, "one_point_higher"))}
    assert "unemployment_bounded" not in modest


def test_the_answer_says_the_rates_the_ranges_and_the_source(tmp_path: Path) -> None:
    scenario = written(tmp_path, {"2025-T2": 8.5, "2025-T3": 8.5, "2026-T1": 8.0})
    (remark,) = (one for one in remarks(scenario) if one.key == "unemployment")
    english, french = remark_text(remark, "en"), remark_text(remark, "fr")
    for part in ("8.5 % (2025-T2)", "8.0 % (2026-T1)", "-1.00 to -0.35", "0.80 to 2.90"):
        assert part in english
    assert "2025-T3" not in english
    assert "Hairault" in english
    assert "docs/labour_market.md" in english
    for part in ("8,5 % (2025-T2)", "0,80 à 2,90", "Hairault"):
        assert part in french
    assert "docs/" not in french, "the pages show it"


@pytest.mark.parametrize(
    ("rule", "field", "part"),
    [
        ("one_point", "unemployment", "one_point_higher"),
        ({"2025-T1": 8.0}, "unemployment.2025-T1", "acts after"),
        ({"2031-T1": 8.0}, "unemployment.2031-T1", "acts after"),
        ({"2025-T3": 0.1}, "unemployment", "percent"),
        ({"2025-T3": "high"}, "unemployment", ""),
        ({"autumn": 8.0}, "unemployment", ""),
        ({}, "unemployment", ""),
        (8.0, "unemployment", ""),
    ],
)
def test_faults_are_told(tmp_path: Path, rule: object, field: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        written(tmp_path, rule)
    fault = caught.value.faults[0]
    assert fault.field.startswith(field)
    assert fault.file.endswith("other.yaml")
    if part:
        assert part in f"{fault.accepted} {fault.found}"


def test_a_scenario_writes_what_it_read(tmp_path: Path) -> None:
    for rule in ("shock_2009", {"2026-T1": 8.1, "2026-T3": 8.4}):
        scenario = written(tmp_path, rule)
        again = tmp_path / "again.yaml"
        again.write_text(scenario_text(scenario), encoding="utf-8")
        assert load_scenario(again).fingerprint() == scenario.fingerprint()
        assert scenario.fingerprint() != load_scenario(TODAY).fingerprint()


def test_a_shorter_run_leaves_out_later_quarters_wherever_its_months_stand(tmp_path: Path) -> None:
    parent = written(tmp_path, {"2026-T1": 8.1, "2026-T3": 8.4}, name="parent")
    (tmp_path / "other.yaml").rename(tmp_path / "parent.yaml")
    months = 15
    cut = parent.with_months(months)
    assert cut.unemployment_path is not None
    assert len(cut.unemployment_path.steps) == 1
    again = tmp_path / "again.yaml"
    again.write_text(scenario_text(cut), encoding="utf-8")
    assert load_scenario(again).fingerprint() == cut.fingerprint()
    words = {"en": "Shorter", "fr": "Plus court"}
    child = {
        "schema_version": 1, "name": "child", "title": words, "description": words,
        "extends": "parent", "months": months,
    }  # fmt: skip
    file = tmp_path / "child.yaml"
    file.write_text(json.dumps(child), encoding="utf-8")
    assert load_scenario(file).fingerprint() == cut.fingerprint()
    file.write_text(json.dumps({**child, "unemployment": {"2026-T3": 8.4}}), encoding="utf-8")
    with pytest.raises(InputError, match=r"child.yaml: unemployment\.2026-T3"):
        load_scenario(file)


def test_a_restart_takes_the_rate_of_its_own_start(tmp_path: Path) -> None:
    moved = written(tmp_path, "one_point_higher").restarted(15_000, date(2026, 8, 31))
    path = moved.unemployment_path
    assert path is not None
    assert path.start_quarter == Quarter.read("2025-T4")
    assert [step.day for step in path.steps] == [date(2026, 10, 1)]
    with pytest.raises(InputError, match="acts on 2026-01-01"):
        written(tmp_path, {"2026-T1": 8.0}).restarted(15_000, date(2026, 8, 31))


def test_a_child_may_return_to_a_constant_rate(tmp_path: Path) -> None:
    written(tmp_path, "shock_2009")
    words = {"en": "As before", "fr": "Comme avant"}
    child = tmp_path / "child.yaml"
    child.write_text(
        json.dumps({
            "schema_version": 1, "name": "child", "title": words, "description": words,
            "extends": "other.yaml", "unemployment": CONSTANT,
        }),
        encoding="utf-8",
    )  # fmt: skip
    assert load_scenario(child).unemployment_path is None


def test_named_paths_are_described_where_they_are_chosen() -> None:
    schema = (Path(__file__).parents[2] / "scenarios" / "scenario.schema.json").read_text()
    assert all(name in schema for name in alternatives())
