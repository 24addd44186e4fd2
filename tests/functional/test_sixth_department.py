"""Adding a department is writing one file, from public statistics."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

import sim
from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of
from sim.parameters import load_department
from sim.parameters.sources import DEPARTMENTS, PUBLISHED
from sim.policy import load_scenario
from sim.vocabulary import Record, Stock

NAME, CODE = "deux_sevres", "79"
SHARE = 0.05
SHORT_PAST = {"history.years": 8, "history.warm_up_months": 4}
SOURCES_OF_ITS_OWN = {"assumption", "oarsa_departments", "published_annual_stock"}
NATIONAL_SOURCES = {"department_staff", "department_spending"}


def test_the_file_alone_runs_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_bytes((DEPARTMENTS / f"{NAME}.yaml").read_bytes())
    scenario = {
        "schema_version": 1,
        "name": "sixth",
        "title": {"en": "A sixth department", "fr": "Un sixième département"},
        "description": {"en": "As it was.", "fr": "Tel qu'il était."},
        "department": "./elsewhere.yaml",
        "reference": None,
        "start": "2020-01-01",
        "months": 6,
    }
    file = tmp_path / "sixth.yaml"
    file.write_text(yaml.safe_dump(scenario), encoding="utf-8")
    small = load_scenario(file).scaled(SHARE).with_variant(SHORT_PAST)
    run = run_plan(run_plan_of(small), 1)
    stock = run.ledger.stocks[Stock.HOUSEHOLDS, 0].sum()
    assert stock == small.base.number("department.stock_households")
    assert run.ledger.flows[Record.CONTACT_HELD, ..., 0].sum() > 0


def test_nothing_else_of_the_product_knows_it() -> None:
    """Neither its name nor a value of its own stands in code or in the national tables."""
    root = Path(sim.__file__).parent
    others = [
        file
        for file in [*root.rglob("*.py"), *root.rglob("*.yaml")]
        if file != DEPARTMENTS / f"{NAME}.yaml" and "scenarios" not in file.parts
    ]
    assert len(others) > 100
    known = [file for file in others if NAME in file.read_text(encoding="utf-8")]
    assert known == []


def published(file: str, indicator: str, year: str) -> float:
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as table:
        (found,) = [
            float(row["value"])
            for row in csv.DictReader(table)
            if (row["department"], row["indicator"], row["year"]) == (CODE, indicator, year)
        ]
    return found


def test_its_figures_are_in_the_shipped_series() -> None:
    parameters = load_department(NAME)
    households = published("rsa_annual.csv", "households", "2019")
    assert parameters.number("department.stock_households") == households
    to_pole_emploi = published("oarsa_departments.csv", "to_pole_emploi_share", "2018")
    notes = " ".join(parameters.entry(path).note for path in parameters.paths())
    assert f"{to_pole_emploi:g} % were oriented to Pôle emploi" in notes


def test_it_cites_public_statistics_and_assumptions_only() -> None:
    parameters = load_department(NAME)
    own = [parameters.entry(path) for path in parameters.paths()]
    cited = {key for entry in own if entry.origin == f"{NAME}.yaml" for key in entry.source}
    figures = {key for key in cited if key.startswith("F")}
    assert cited - figures <= SOURCES_OF_ITS_OWN | NATIONAL_SOURCES
    assert cited >= SOURCES_OF_ITS_OWN
