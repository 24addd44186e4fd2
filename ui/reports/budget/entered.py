"""Own lines of insertion beside the model's: the rows that screen, workbook and note print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.language import Language
from sim.money.budget.insertion import EnteredLine
from sim.money.budget.rows import GROUPS_OF, members_of, subtotal_of
from sim.money.budget.table import Budget
from ui.reports.budget.names import line_name
from ui.reports.budget.views import View, signed, thousands
from ui.texts import at, said

MONTHS_PER_YEAR = 12
Origin = Literal["model", "entered", "partly"]
"""Whether a row has the model's amounts, those entered for the department's part, or both."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line, or a sub-total of ``summed`` rows above it, in a year: the department's part, euro.

    ``group``: the sub-total that it is a part of. ``months``: those that were entered; None in a
    sum.
    """

    group: str
    label: str
    year: int
    months: int | None
    entered_eur: float
    model_eur: float
    summed: int = 0

    @property
    def difference_eur(self) -> float:
        """What was entered less the model's."""
        return self.entered_eur - self.model_eur


def entry_rows(budget: Budget, language: Language = "fr") -> tuple[EntryRow, ...]:
    """What was entered for the years of the budget, by sub-total and year."""
    return tuple(_rows(budget, language))


def _rows(budget: Budget, language: Language) -> Iterator[EntryRow]:
    base = budget.runs.experiment.reference.base
    for group in GROUPS_OF:
        for year in budget.years:
            lines = [
                one for one in budget.entered if (subtotal_of(one.line), one.year) == (group, year)
            ]
            for one in lines:
                label = line_name(one.line, base, language)
                yield EntryRow(group, label, year, one.months, one.entered_eur, one.model_eur)
            if len(lines) > 1:
                label = line_name(group, base, language)
                yield EntryRow(group, label, year, None, *_sums(lines), len(lines))


def _sums(lines: Sequence[EnteredLine]) -> tuple[float, float]:
    return sum(one.entered_eur for one in lines), sum(one.model_eur for one in lines)


def summed_up(rows: Sequence[EntryRow]) -> list[EntryRow]:
    """One row for each sub-total and year: its sum, or its only line."""
    last = {(row.group, row.year): row for row in rows}
    return list(last.values())


def origins_of(budget: Budget) -> Mapping[tuple[str, int], Origin]:
    """Where the amounts of each row and year of a budget come from."""
    own = {
        (line, one.year) for one in budget.entered for line in members_of(one.line, budget.lines)
    }
    found: dict[tuple[str, int], Origin] = {}
    for row in budget.rows:
        for year in budget.years:
            count = sum((line, year) in own for line in row.lines)
            is_whole = count == len(row.lines) > 0
            found[row.name, year] = "entered" if is_whole else "partly" if count else "model"
    return found


def entered_view(budget: Budget, language: Language = "fr") -> View:
    """Own lines of insertion, the model's, and the difference."""
    rows = entry_rows(budget, language)
    return View(
        said("budget_entered.title", language),
        said("budget_entered.unit", language),
        tuple(at("budget_entered.heads", language)),
        tuple(
            (
                row.label,
                str(row.year),
                "" if row.months is None else str(row.months),
                thousands(row.entered_eur, language),
                thousands(row.model_eur, language),
                signed(row.difference_eur, language),
            )
            for row in rows
        ),
        frozenset(place for place, row in enumerate(rows) if row.summed),
        note=entered_note(rows, language),
    )


def entered_note(rows: Sequence[EntryRow], language: Language) -> str:
    """What an entered line stands for; and, where months are missing, what stands in them."""
    note = said("budget_entered.note", language)
    if all(row.months in (None, MONTHS_PER_YEAR) for row in rows):
        return note
    return f"{note} {said('budget_entered.other_months', language)}"
