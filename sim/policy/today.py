"""Today's reference of a department: the law as it stands, from the last published stock on.

No file holds it: it is the same few sentences for every department, with the department's own
numbers. Historical references have files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.parameters import Parameters, known_departments, load_department
from sim.parameters.derivation.document import derived_code, start_of
from sim.parameters.imported import kept_while_imported
from sim.parameters.reading import read_yaml
from sim.parameters.rules import STOCK
from sim.policy.form import LATEST, SCHEMA_VERSION, ScenarioForm

TODAY, REFERENCE = "_today", "_reference"
RULES = Path(__file__).with_name("today.yaml")


def today_name(department: str) -> str:
    """The name of today's reference of a department."""
    return f"{department}{TODAY}"


def today_names() -> tuple[str, ...]:
    """Today's references of all departments, in the order of their codes."""
    return tuple(map(today_name, known_departments().values()))


def todays_department(written: str) -> str | None:
    """The department whose today's reference is meant: ``finistere_today``, ``29_reference``.

    None when it is no such name. Raises `InputError` for a department whose law is not in the
    tables.
    """
    for ending in (TODAY, REFERENCE):
        if written.endswith(ending):
            code = derived_code(written.removesuffix(ending))
            return None if code is None else known_departments()[code]
    return None


@kept_while_imported(128)
def today_form(department: str) -> ScenarioForm:
    """What the file of today's reference would say."""
    parameters, rules = load_department(department), _rules()
    return ScenarioForm.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "name": today_name(department),
            "title": {
                language: written.format(label=parameters.label)
                for language, written in rules["title"].items()
            },
            "description": rules["description"],
            "department": department,
            "reference": None,
            "start": start_of(parameters.code),
            "months": rules["months"],
            "stock": LATEST,
            "variant": dict(_rules_of_today(parameters, rules)),
            "variant_source": rules["source"],
        }
    )


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Any]:
    return read_yaml(RULES, RULES.name)


def _rules_of_today(
    parameters: Parameters, rules: Mapping[str, Any]
) -> Iterator[tuple[str, float]]:
    """What the act asks of the support; dated law (limits, waivers, sanctions) does the rest."""
    yield "inflow.candidate_factor", rules["candidate_factor"]
    pathways = parameters.labels("pathways")
    for territory in parameters.labels("territories"):
        block = f"territories.{territory}.pathways"
        supported = max(parameters.number(f"{block}.{one}.activity_places") for one in pathways)
        for pathway in pathways:
            due = f"{block}.{pathway}.contract_due_days"
            if parameters.number(due) > rules["contract_due_days"]:
                yield due, rules["contract_due_days"]
            yield f"{block}.{pathway}.review_months", rules["review_months"]
            yield f"{block}.{pathway}.activity_hours", rules["activity_hours"]
            places = round(rules["activity_places_share"] * supported)
            yield f"{block}.{pathway}.activity_places", places


def restarted_stock(parameters: Parameters, households: int) -> Mapping[str, int]:
    """Stocks for another number of households: territories with their own follow in proportion."""
    factor = households / parameters.number(STOCK)
    found = {STOCK: households}
    for territory in parameters.labels("territories"):
        block = f"territories.{territory}"
        if parameters.word(f"{block}.stock_unit") != "remainder":
            path = f"{block}.stock_value"
            found[path] = max(1, round(parameters.number(path) * factor))
    return found
