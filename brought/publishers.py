"""Which publisher's file this is, told by what stands in it, and the households that it gives."""

from __future__ import annotations

from pathlib import Path

from brought.data_sets import data_set, households_of_data_set
from brought.department_tables import department_tables, households_of_tables
from brought.heads import possible_sheets
from brought.kinds import SERIES
from brought.national_tables import with_country
from brought.pages import Limits
from brought.published import Known, Names, Published
from brought.rows import pages_at

WHOLE_DATA_SETS = Limits(
    bytes=200_000_000, rows=600_000, unpacked_bytes=600_000_000, tags=12_000_000
)
"""Every department, month and benefit since 2016: some 800,000 cells, a few seconds to read."""


def read_published(
    path: Path, names: Names, known: Known, limits: Limits = WHOLE_DATA_SETS
) -> Published | None:
    """What a file of the DREES or of the CNAF gives; None if it is neither.

    ``names``: codes of departments by their squeezed names, for tables that have names only;
    ``known``: households known already, which tell a table of them from others.
    Raises `InputError` with every fault. Of such a file only codes, months and counts are kept.
    """
    pages = pages_at(path, limits)
    if possible_sheets(pages, SERIES):
        return None
    found = data_set(pages)
    if found is not None:
        return households_of_data_set(path.name, found, known)
    tables = department_tables(pages, names)
    if not tables:
        return None
    departments = {one.page for one in tables}
    others = [page for page in pages if page.name not in departments]
    return with_country(path.name, households_of_tables(path.name, tables, known), others)
