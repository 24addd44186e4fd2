"""The facts of the five pages: none is missing, each leads somewhere that exists."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.parameters import load_department
from sim.parameters.sources import PUBLISHED
from sim.policy import load_scenario
from sim.policy.facts import Fact, Page, Promise, carried, departments_with_facts, page_of

WITH_A_PAGE = ("bouches_du_rhone", "doubs", "mayenne", "meuse", "somme")
GOOD = """
schema_version: 1
department: somme
page: a page
scenario: somme_plus14
start: 2023-04-01
facts:
  - what: {en: posts, fr: postes}
    figures: [F0042]
    promise: {value: 7, unit: posts}
    paths: [territories.coquelicot.staff.social_worker.additional_fte]
    read: [{outcome: staff_fte, territory: coquelicot}]
"""
NOT_SIMULATED = "not_simulated: {en: a, fr: a}"


def seeds_of(department: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of the published figures that come from the department's own page."""
    with (PUBLISHED / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["kind"] == "seed"}
    name = load_department(department).label
    return {key: row for key, row in rows.items() if row["territory"] == name}


@pytest.fixture(params=WITH_A_PAGE)
def page(request: pytest.FixtureRequest) -> Page:
    return page_of(str(request.param))


def test_every_department_of_the_pages_has_its_facts() -> None:
    assert departments_with_facts() == WITH_A_PAGE


def test_no_figure_of_a_page_is_missing_and_none_is_another_pages(page: Page) -> None:
    cited = {figure for fact in page.facts for figure in fact.figures}
    assert cited == set(seeds_of(page.department))


def test_a_promise_is_what_the_page_says(page: Page) -> None:
    """A fact of one figure promises its number or its range."""
    seeds = seeds_of(page.department)
    compared = 0
    for fact in page.facts:
        if len(fact.figures) != 1 or fact.promise is None:
            continue
        row = seeds[fact.figures[0]]
        stated = (fact.promise.value, fact.promise.low, fact.promise.high)
        for number, text in zip(stated, (row["value"], row["low"], row["high"]), strict=True):
            if isinstance(number, (int, float)) and text.lstrip("-").replace(".", "").isdigit():
                assert float(text) == number, fact.what.en
                compared += 1
    assert compared > 3


def test_parameters_hold_the_promise(page: Page) -> None:
    """In the scenario of the scheme, on the day of the fact, unless the page says how else."""
    scenario = load_scenario(page.scenario)
    held = [fact for fact in page.facts if fact.holds_the_promise or fact.is_shared]
    assert held
    for fact in held:
        assert fact.promise is not None
        found = carried(fact, scenario)
        if fact.is_shared:
            assert sum(one.total for one in found) == fact.promise.value, fact.what.en
            continue
        for one in found:
            assert set(one.values.values()) == {fact.promise.value}, fact.what.en


def test_the_scheme_starts_within_its_scenario(page: Page) -> None:
    scenario = load_scenario(page.scenario)
    assert scenario.base.department == page.department
    assert page.start in scenario.days_of_change
    months = (scenario.end.year - page.start.year) * 12 + scenario.end.month - page.start.month
    assert all(reading.after_months < months for fact in page.facts for reading in fact.read)


def test_a_fact_that_is_carried_otherwise_says_how(page: Page) -> None:
    for fact in page.facts:
        is_number = fact.promise is not None and isinstance(fact.promise.value, (int, float))
        if fact.paths and not is_number:
            assert fact.how is not None, fact.what.en


@pytest.mark.parametrize(
    ("promise", "value", "is_kept"),
    [
        (Promise(value=7, unit="days", limit="at_most"), 6.9, True),
        (Promise(value=7, unit="days", limit="at_most"), 7.1, False),
        (Promise(low=15, high=20, unit="hours", limit="at_least"), 14.0, False),
        (Promise(low=15, high=20, unit="hours", limit="at_least"), 15.0, True),
        (Promise(value=962, unit="persons"), 1000.0, None),
    ],
)
def test_a_promise_is_kept_up_to_its_limit(
    promise: Promise, value: float, is_kept: bool | None
) -> None:
    assert promise.is_kept_by(value) is is_kept


def faults_of(folder: Path, text: str) -> dict[str, str]:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        page_of("mine", folder)
    return {fault.field: fault.found for fault in caught.value.faults}


def test_a_good_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    (fact,) = page_of("mine", tmp_path).facts
    assert fact.holds_the_promise
    (one,) = carried(fact, load_scenario("somme_plus14"))
    assert one.text == "territories.coquelicot.staff.social_worker.additional_fte = 4.0"


def test_different_values_are_told_apart() -> None:
    fact = Fact.model_validate(
        {
            "what": {"en": "hours", "fr": "heures"},
            "paths": ["territories.laval_ouest.pathways.*.activity_hours"],
        }
    )
    (one,) = carried(fact, load_scenario("mayenne_scheme"))
    assert one.text.endswith("= employment 15.0 | social 1.4 | socio_professional 6.0")
    assert one.total == pytest.approx(22.4)


def test_names_that_do_not_exist_are_told_together(tmp_path: Path) -> None:
    text = (
        GOOD.replace("F0042", "F9999")
        .replace("social_worker.additional_fte", "coach.additional_fte")
        .replace("outcome: staff_fte, territory: coquelicot", "outcome: joy, territory: paris")
    )
    found = faults_of(tmp_path, text)
    assert [name.rpartition(").")[2] for name in found] == [
        "figures",
        "paths",
        "read.outcome",
        "read.territory",
    ]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("value: 7", "value: 7, low: 3", "facts.0.promise"),
        ("start: 2023-04-01", "start: soon", "start"),
        ("department: somme", "depart: somme", "depart"),
        ("read: [{outcome: staff_fte, territory: coquelicot}]", NOT_SIMULATED, "facts.0"),
        ("outcome: staff_fte, territory: coquelicot", "outcome: persons_per_fte", "facts.0.read.0"),
    ],
)
def test_a_faulty_form_is_refused(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert field in faults_of(tmp_path, GOOD.replace(old, new))


def test_a_fact_must_stand_somewhere() -> None:
    with pytest.raises(ValueError, match="not simulated"):
        Fact.model_validate({"what": {"en": "a", "fr": "a"}})
