"""Newer published months that the user imported with `caseload data update`."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

DATA_VARIABLE = "CASELOAD_DATA"
"""Names another folder for imported files."""
MONTHLY_FILE = "rsa_households_monthly.csv"
"""Households by department and month; shipped and imported files have the same name."""

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
    """Households by department and month (``2026-03``) of an imported file.

    A damaged import is as if it had never been: the next update replaces it.
    """
    if stamp is None:
        return {}
    found: dict[str, dict[str, float]] = {}
    try:
        with Path(stamp[0]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["department"], {})[row["month"]] = float(row["households"])
    except (OSError, KeyError, TypeError, ValueError, csv.Error):
        return {}
    return found
