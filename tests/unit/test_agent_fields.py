"""One declaration of each kind's fields: complete against the rows of the engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.agents.beneficiary_view import Beneficiary, Household
from sim.agents.fields import BENEFICIARY, FIELDS, HOUSEHOLD, INTERNAL, Field, Reading
from sim.agents.fields_page import page
from sim.agents.staff_views import Caseworker
from sim.population.layout import POST_DTYPE, household_dtype, person_dtype

ROWS: dict[str, np.dtype[np.void]] = {
    "households": household_dtype(),
    "people": person_dtype(8),
    "posts": POST_DTYPE,
}
KINDS: dict[str, type[object]] = {
    "households": Household,
    "people": Beneficiary,
    "posts": Caseworker,
}
EACH = [(table, field) for table, fields in FIELDS.items() for field in fields]


@pytest.mark.parametrize("table", ROWS)
def test_every_column_is_declared_or_internal_with_a_reason(table: str) -> None:
    declared = {field.column for field in FIELDS[table]}
    internal = INTERNAL[table]
    assert set(ROWS[table].names or ()) == declared | internal.keys()
    assert not declared & internal.keys()
    assert all(internal.values())


def test_no_two_fields_of_a_beneficiary_have_one_name() -> None:
    names = [field.name for field in (*BENEFICIARY, *HOUSEHOLD)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("table", "field"), EACH, ids=lambda one: getattr(one, "name", one))
def test_a_field_is_a_documented_property_and_what_changes_it_exists(
    table: str, field: Field
) -> None:
    assert field.meaning
    kind = KINDS[table]
    assert field.meaning in (getattr(kind, field.name).__doc__ or "")
    for method in field.changed_by:
        assert callable(getattr(kind, method, None) or getattr(Beneficiary, method)), method
    assert ROWS[table][field.column].shape == ()
    has_words = field.reading in (Reading.WORD, Reading.LABEL, Reading.LABELS)
    assert bool(field.words) is has_words


def test_the_page_of_the_fields_is_that_of_the_declaration() -> None:
    written = Path(__file__).resolve().parents[2] / "docs/agents.md"
    assert written.read_text(encoding="utf-8") == page()
