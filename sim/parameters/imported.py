"""Newer published months that the user imported with `caseload data update`."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import inf
from pathlib import Path

import numpy as np
from platformdirs import user_data_path

DATA_VARIABLE = "CASELOAD_DATA"
"""Names another folder for imported files."""
MONTHLY_FILE = "rsa_households_monthly.csv"
"""Households by department and month; shipped and imported files have the same name."""
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
"""A month as files write it: ``2026-03``."""

Stamp = tuple[str, int, int] | None
"""Path, time and size of an imported file: what was made from it holds as long as they do."""


def data_folder() -> Path:
    """Where imported files are kept: the user's data folder, or the one named in the variable."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else user_data_path("rsa-caseload", appauthor=False)


def import_stamp() -> Stamp:
    """The stamp of the imported months; None if nothing was imported."""
    file = data_folder() / MONTHLY_FILE
    try:
        known = file.stat()
    except OSError:
        return None
    return str(file), known.st_mtime_ns, known.st_size


@lru_cache(maxsize=2)
def imported_months(stamp: Stamp) -> Mapping[str, Mapping[str, float]]:
    """Households by department and month (``2026-03``) of an imported file."""
    rows = [] if stamp is None else imported_rows(Path(stamp[0]), "households")
    found: dict[str, dict[str, float]] = {}
    for row, month, count in rows:
        found.setdefault(row.get("department", ""), {})[month] = count
    is_whole = sum(map(len, found.values())) == len(rows) and all(map(_is_gapless, found.values()))
    return found if is_whole else {}


def _is_gapless(months: Iterable[str]) -> bool:
    numbers = np.array(sorted(months), "datetime64[M]").astype(np.int64)
    return bool(np.all(np.diff(numbers) == 1))


def imported_rows(file: Path, column: str) -> list[tuple[Mapping[str, str], str, float]]:
    """The rows of an imported file, each with its month and the households in a column.

    A damaged import (or none) is as if it had never been: the next update replaces it.
    """
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows: Iterable[Mapping[str, str]] = csv.DictReader(opened)
            found = [(row, row["month"], float(row[column])) for row in rows]
        is_whole = all(MONTH.fullmatch(month) and 1 <= count < inf for _, month, count in found)
    except (OSError, KeyError, TypeError, ValueError, csv.Error):
        return []
    return found if is_whole else []
