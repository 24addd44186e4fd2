"""The whole file of a derived department, in the form that a hand-written one has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sim.errors import Fault, InputError
from sim.parameters.derivation.beneath import REMAINDER, CountedInFile, Said, day_after
from sim.parameters.derivation.offices import RULES, SURVEY, Supported, rules_of_offices
from sim.parameters.derivation.people import Counted
from sim.parameters.derivation.stated import NOTES, fixed, note
from sim.parameters.derivation.statistics import (
    TABLES_READ,
    code_of,
    latest_december,
    latest_stock,
    names_by_code,
    plain_name,
)
from sim.parameters.imported import import_stamp
from sim.parameters.reading import read_yaml
from sim.parameters.sources import PUBLISHED

BANDS = Path(__file__).with_name("bands.yaml")
SCHEMA_VERSION = 1
LAW_DIFFERS = ("976",)
"""Departments with other amounts of the RSA than the tables."""
LIMITS = ("employment_at_most", "social_at_least")
HouseholdTypes = Mapping[str, tuple[float, int]]
"""Share and number of adults of each type of household, by name."""


def derived_codes() -> tuple[str, ...]:
    """The codes of the departments that can be derived."""
    return tuple(code for code in names_by_code() if code not in LAW_DIFFERS)


def derived_code(written: str) -> str | None:
    """The code of a derivable department by its code or its name, None for anything else.

    Raises `InputError` for a department whose law is not in the tables.
    """
    code = code_of(written)
    if code in LAW_DIFFERS:
        accepted = "a department with the amounts of mainland France"
        text_name = names_by_code()[code]
        found = f"{text_name}, whose amounts of the RSA are not in the tables"
        raise InputError([Fault("", "department", found, accepted)])
    return code


def start_of(code: str) -> date:
    """The first day of today's reference: after the latest Decembers, or after a later figure."""
    return date.fromordinal(max(latest_december(), latest_stock(code).as_of).toordinal() + 1)


def derived_name(code: str) -> str:
    """The name of a derived department: its official one in plain small letters."""
    return plain_name(names_by_code()[code])


def derived_document(code: str, household_types: HouseholdTypes) -> dict[str, object]:
    """What the file of a department would say; ``household_types`` are share and adults of each."""
    people = Counted(code, start_of(code))
    name = names_by_code()[code]
    return {
        "schema_version": SCHEMA_VERSION,
        **_shared(people, household_types),
        "department": {
            "code": code,
            "label": {"en": name, "fr": name},
            "stock_households": people.stock_entry(),
        },
        "territories": {derived_name(code): _whole(people) | _territory(people)},
    }


def document_beneath(code: str, household_types: HouseholdTypes, said: Said) -> dict[str, object]:
    """What is derived beneath a file that says this of its people.

    A territory of the file has its offices and places; its households are for the file to say,
    unless it is the whole department.
    """
    if not said.territories:
        said = replace(said, territories={derived_name(code): (0.0, REMAINDER)})
    on = day_after(said, start_of(code))
    people = CountedInFile(code, on, said)
    is_whole = len(said.territories) == 1
    return {
        **_shared(people, household_types),
        "department": {"stock_households": people.stock_entry()},
        "territories": {
            name: (_whole(people) if is_whole else {})
            | _territory(CountedInFile(code, on, said, name))
            for name in said.territories
        },
    }


def _shared(people: Counted, household_types: HouseholdTypes) -> dict[str, object]:
    """What holds in the whole department."""
    rule = Supported(people).assessment(assessment_rules())
    return {
        "population": {"adults_per_household": people.adults_entry()},
        "household_types": people.type_entries(household_types),
        "barriers": {
            name: {"pathway_weight": points} for name, points in rule.items() if name not in LIMITS
        },
        "pathways": {
            pathway: {
                "roles": fixed(list(roles), note("pairs"), SURVEY, note("institution"), "assumed")
            }
            for pathway, roles in rules_of_offices()["roles_of_pathways"].items()
        },
        "territory_defaults": {
            "assessment": {name: rule[name] for name in LIMITS}
        },
    }  # fmt: skip


def _whole(people: Counted) -> dict[str, object]:
    """Name and households of the one territory of a department."""
    name = names_by_code()[people.code]
    whole, remainder = note("whole", persons=people.persons_text), note("remainder")
    source = people.stock.source
    return {
        "label": {"en": name, "fr": name},
        "stock_value": fixed(0, whole, source, remainder, "derived"),
        "stock_unit": fixed("remainder", whole, source, note("definition"), "derived"),
    }


def _territory(people: Counted) -> dict[str, object]:
    offices = Supported(people)
    return {
        "intake": offices.intake(),
        "staff": offices.staff(assessment_rules() if people.has_derived_rule else ()),
        "pathways": {"each_pathway": {"activity_places": offices.activity_places()}},
        "places": offices.places(),
        "action_places": offices.action_places(),
    }


def read_files() -> list[Path]:
    """The files that a derived department comes from, beside the national tables."""
    imported = import_stamp()
    files = [BANDS, NOTES, RULES, *(PUBLISHED / name for name in TABLES_READ)]
    return files if imported is None else [*files, Path(imported[0])]


@lru_cache(maxsize=1)
def assessment_rules() -> Mapping[float, Mapping[str, int]]:
    """Limits and points by the simulated share of the employment pathway, %."""
    listed = read_yaml(BANDS, BANDS.name)["rules"]
    assert isinstance(listed, list)
    return {
        float(row["share"]): {key: int(value) for key, value in row.items() if key != "share"}
        for row in listed
    }
