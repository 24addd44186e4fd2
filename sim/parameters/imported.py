"""Newer published months that the user imported with `caseload data update`."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, update_wrapper
from math import inf
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

import numpy as np
from platformdirs import user_data_path

DATA_VARIABLE = "CASELOAD_DATA"
"""Names another folder for imported files."""
MONTHLY_FILE = "rsa_households_monthly.csv"
"""Households by department and month; shipped and imported files have the same name."""
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
"""A month as files write it: ``2026-03``."""

Asked = ParamSpec("Asked")
Made = TypeVar("Made")

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


class KeptWhileImported(Generic[Asked, Made]):
    """A function that keeps what it made of its arguments until other months are imported."""

    def __init__(self, make: Callable[Asked, Made], most: int) -> None:
        def made_under(_: Stamp, *given: Asked.args, **named: Asked.kwargs) -> Made:
            return make(*given, **named)

        kept = lru_cache(maxsize=most)(made_under)
        self.cache_clear = kept.cache_clear
        self._kept: Callable[..., Made] = kept
        update_wrapper(self, make)

    def __call__(self, *given: Asked.args, **named: Asked.kwargs) -> Made:
        """What was made of the same arguments under the same months, or is made now."""
        return self._kept(import_stamp(), *given, **named)


def kept_while_imported(
    most: int,
) -> Callable[[Callable[Asked, Made]], KeptWhileImported[Asked, Made]]:
    """Keep ``most`` of what a function makes of a department's figures, as long as they hold.

    So is kept whatever was made from them: a server lives longer than the months that it read.
    """

    def keeping(make: Callable[Asked, Made]) -> KeptWhileImported[Asked, Made]:
        return KeptWhileImported(make, most)

    return keeping


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
