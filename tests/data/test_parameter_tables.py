"""The shipped tables: nothing without unit, source and range; published values as published."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from sim.parameters import (
    Entry,
    Parameters,
    load_department,
    published_figures,
    shipped_departments,
)
from sim.parameters.document import document
from sim.parameters.entry import dated_pairs
from sim.parameters.national import load_tables
from sim.parameters.sources import PUBLISHED, PublishedFigure, read_sources
from sim.parameters.units import KINDS, KINDS_NEEDING_A_NOTE, UNITS
from sim.vocabulary import MAXIMUM_ACTIONS, MAXIMUM_BARRIERS

ROOT = Path(__file__).resolve().parents[2]
FIGURE = re.compile(r"F\d{4}")


@pytest.fixture(scope="module", params=shipped_departments())
def department(request: pytest.FixtureRequest) -> Parameters:
    return load_department(request.param)


def entries_of(parameters: Parameters) -> list[Entry]:
    return [parameters.entry(path) for path in parameters.paths()]


def rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_value_says_where_it_comes_from(department: Parameters) -> None:
    sources = read_sources()
    for entry in entries_of(department):
        assert entry.unit in UNITS, entry.path
        assert entry.kind in KINDS, entry.path
        assert entry.source, entry.path
        assert set(entry.source) <= set(sources), entry.path
        if entry.kind in KINDS_NEEDING_A_NOTE:
            assert len(entry.note) > 4, entry.path


def test_every_value_has_a_range_or_a_reason(department: Parameters) -> None:
    for entry in entries_of(department):
        known = entry.uncertainty
        assert "vague" not in f"{known.none_because} {entry.note}".lower(), entry.path
        if known.interval is None:
            assert len(known.none_because) > 5, entry.path
        else:
            assert known.low is not None, entry.path
            assert known.high is not None, entry.path
            assert known.low < known.high, entry.path


def test_a_prior_from_trials_or_a_fit_of_an_effect_has_a_range(department: Parameters) -> None:
    for entry in entries_of(department):
        if entry.kind == "literature":
            assert entry.uncertainty.interval is not None, entry.path


def test_what_is_published_cites_a_figure_or_a_shipped_series(department: Parameters) -> None:
    for entry in entries_of(department):
        if entry.kind == "published":
            assert any(FIGURE.fullmatch(key) for key in entry.source), entry.path


def acceptable(figure: PublishedFigure) -> tuple[float, ...]:
    value = float(figure.value)
    return (value / 100.0,) if figure.unit.startswith("%") else (value,)


def test_published_values_equal_the_cited_figure(department: Parameters) -> None:
    figures = published_figures()
    checked = 0
    for entry in entries_of(department):
        cited = [figures[key] for key in entry.source if key in figures]
        is_number = isinstance(entry.value, int | float) and not isinstance(entry.value, bool)
        if entry.kind != "published" or len(cited) != 1 or not is_number:
            continue
        assert entry.value == pytest.approx(acceptable(cited[0])[0], rel=1e-12), entry.path
        checked += 1
    assert checked > 20


def test_published_dated_amounts_equal_their_figures(department: Parameters) -> None:
    figures = published_figures()
    checked = 0
    for entry in entries_of(department):
        pairs = dated_pairs(entry.value)
        if entry.kind == "published" and pairs:
            cited = [figures[key] for key in entry.source]
            published = [(date.fromisoformat(f.period_start), float(f.value)) for f in cited]
            assert list(pairs) == sorted(published), entry.path
            checked += 1
    assert checked


def test_the_copies_of_published_data_are_complete() -> None:
    figures = rows("published_figures.csv")
    assert len(figures) == len({row["id"] for row in figures}) == len(published_figures())
    for row in figures:
        assert FIGURE.fullmatch(row["id"])
        assert row["source_title"], row["id"]
        assert row["source_ref"], row["id"]
        assert row["value"] or row["low"] or row["high"], row["id"]
    readme = (PUBLISHED / "README.md").read_text(encoding="utf-8")
    files = sorted(PUBLISHED.glob("*.csv"))
    assert len(files) == 13
    for file in files:
        assert f"`{file.name}`" in readme
        assert rows(file.name)


def test_adults_per_household_is_that_of_the_annual_statistics(department: Parameters) -> None:
    annual = {
        row["indicator"]: float(row["value"])
        for row in rows("rsa_annual.csv")
        if row["department"] == department.code and row["year"] == "2019"
    }
    stated = department.number("population.adults_per_household")
    assert stated == pytest.approx(annual["adults"] / annual["households"], abs=0.001)


def test_national_households_are_those_of_the_published_composition() -> None:
    total = float(published_figures()["F0165"].value)
    couples = float(published_figures()["F0148"].value)
    lone_parents = float(published_figures()["F0154"].value)
    entries = load_tables().entries
    shares = {"couple": 0.0, "lone": 0.0, "single": 0.0}
    for path, entry in entries.items():
        if path.startswith("household_types.") and path.endswith(".share"):
            adults = entries[path.replace(".share", ".adults")].value
            children = entries[path.replace(".share", ".children")].value
            kind = "couple" if adults == 2 else "lone" if children else "single"
            shares[kind] += float(str(entry.value))
    assert shares["couple"] == pytest.approx(couples / total, abs=1e-5)
    assert shares["lone"] == pytest.approx(lone_parents / total, abs=1e-5)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-9)


def test_limited_places_are_stated_for_every_territory(department: Parameters) -> None:
    limited = [
        name
        for name in department.labels("job_types")
        if department.flag(f"job_types.{name}.has_limited_places")
    ]
    assert limited
    for territory in department.labels("territories"):
        own = f"territories.{territory}.places."
        stated = {path.removeprefix(own) for path in department.paths() if path.startswith(own)}
        assert stated == set(limited)


def test_barriers_and_actions_fit_into_their_sets_of_bits(department: Parameters) -> None:
    assert len(department.labels("barriers")) <= MAXIMUM_BARRIERS
    assert len(department.labels("actions")) <= MAXIMUM_ACTIONS
    treated = {department.word(f"actions.{name}.barrier") for name in department.labels("actions")}
    assert treated == set(department.labels("barriers"))


def test_published_subsidised_contracts_are_shared_without_loss() -> None:
    somme = load_department("somme")
    figures = published_figures()
    for figure in ("F0050", "F0051"):
        shared = [
            entry
            for entry in entries_of(somme)
            if figure in entry.source and entry.unit == "places"
        ]
        assert len(shared) == len(somme.labels("territories"))
        assert sum(float(str(entry.value)) for entry in shared) == float(figures[figure].value)


def test_jobs_are_durable_from_six_months_on(department: Parameters) -> None:
    for name in department.labels("job_types"):
        own = f"job_types.{name}"
        form = department.word(f"{own}.length_form")
        if department.flag(f"{own}.is_durable"):
            low = department.number(f"{own}.length_low_months")
            assert form == "open" or low >= 6, name
        if form == "exponential":
            assert department.number(f"{own}.length_mean_months") > 0, name
        if form != "open":
            assert department.number(f"{own}.length_high_months") > 0, name


def test_seasons_have_mean_one(department: Parameters) -> None:
    for path in ("inflow.season", "job_finding.season"):
        season = department.numbers(path)
        assert sum(season) / len(season) == pytest.approx(1.0, abs=1e-9), path


def test_the_page_of_parameters_is_up_to_date() -> None:
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert page == document(), (
        "write it again: python -m sim.parameters.document docs/parameters.md"
    )


def test_the_page_of_parameters_shows_every_value(department: Parameters) -> None:
    page = document()
    for path, entry in load_tables().entries.items():
        shown = path.replace("territory_defaults.", "territories.<territory>.")
        assert f"| `{shown}` |" in page, path
        assert entry.unit in page
    for entry in entries_of(department):
        if entry.origin == f"{department.department}.yaml":
            assert f"| `{entry.path}` |" in page, entry.path
