"""`--stock` and `--series`: a run that starts from the department's own number of households."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from brought.series import Series, month_of, month_text, read_series
from sim.errors import Fault, InputError
from sim.policy import Scenario
from sim.policy.form import FIRST_START, LAST_START
from sim.policy.plan import months_later
from sim.remarks import Remark

STOCK = "--stock"
WRITTEN = re.compile(r"([1-9][0-9]*)@([0-9]{4}-[0-9]{2})")
ACCEPTED = "households@month, such as 17990@2026-09"


@dataclass(frozen=True)
class Restart:
    """Households at the end of a month, and how the command line said it.

    ``department``: the code that a series names, with its ``file``; empty where none was named.
    """

    households: int
    month: int
    words: tuple[str, ...]
    department: str = ""
    file: str = ""

    @property
    def as_of(self) -> date:
        """The last day of the month."""
        first = date(self.month // 12, self.month % 12 + 1, 1)
        return months_later(first, 1) - timedelta(days=1)

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario from there on; raises `InputError`, also on another department's series."""
        code = scenario.base.code
        if self.department not in ("", code):
            accepted = f"{code}, the department of {scenario.name}"
            raise InputError([Fault(self.file, "department", repr(self.department), accepted)])
        return scenario.restarted(self.households, self.as_of)


def read_restart(
    stock: str | None, series: Path | None
) -> tuple[Restart | None, tuple[Remark, ...]]:
    """What the two options ask for, and remarks on the file; raises `InputError`."""
    if stock is not None and series is not None:
        accepted = "--stock or --series, not both"
        raise InputError([Fault("command line", STOCK, "--series too", accepted)])
    if series is not None:
        known, remarks = read_series(series)
        return _from_series(known, series), remarks
    if stock is None:
        return None, ()
    found = WRITTEN.fullmatch(stock.strip())
    if found is None:
        raise InputError([Fault("command line", STOCK, repr(stock), ACCEPTED)])
    month = _month_that_can_start(found[2])
    return Restart(int(found[1]), month, (STOCK, stock.strip())), ()


def _month_that_can_start(written: str) -> int:
    """A month after which a run can start; raises `InputError`."""
    month = month_of(written, STOCK)
    first, last = (12 * day.year + day.month - 2 for day in (FIRST_START, LAST_START))
    if not first <= month <= last:
        accepted = f"a month from {month_text(first)} to {month_text(last)}"
        raise InputError([Fault("command line", STOCK, written, accepted)])
    return month


def _from_series(known: Series, file: Path) -> Restart:
    last = round(float(known.households[-1]))
    words = (STOCK, f"{last}@{month_text(known.last_month)}")
    if last < 1:
        accepted = "at least one household in the last month"
        raise InputError([Fault(file.name, "households", str(last), accepted)])
    return Restart(last, known.last_month, words, known.department, file.name)
