"""Own lines of insertion beside the model's: the rows that screen, workbook and note print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.language import Language
from sim.money.budget.insertion import EnteredLine
from sim.money.budget.rows import GROUPS_OF, members_of, subtotal_of
from sim.money.budget.table import Budget
from sim.money.costs.unit_costs import DEPARTMENT
from ui.reports.budget.names import line_name
from ui.reports.budget.views import View, signed, thousands
from ui.texts import at, said

MONTHS_PER_YEAR = 12
Origin = Literal["model", "entered", "partly"]
"""Whether a row has the model's amounts, those that were entered, or both."""


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


def origins_of(
    budget: Budget, *, has_other_funders: bool = False
) -> Mapping[tuple[str, int], Origin]:
    """Where the amounts of each row and year come from: of the department's part alone, or of all
    funders' together, among whom only the department entered any.
    """
    return {
        (row.name, year): _origin(budget, row.lines, year, has_other_funders)
        for row in budget.rows
        for year in budget.years
    }


def _origin(budget: Budget, lines: Sequence[str], year: int, has_other_funders: bool) -> Origin:
    if not any(_is_entered(budget, line, year) for line in lines):
        return "model"
    places = [budget.lines.index(line) for line in lines]
    # Where an amount was entered, nothing of the reference is left in the euro of the model.
    left = np.abs(budget.eur[0][:, places][:, :, budget.months_of(year)]).sum(axis=(0, 1, 2, 3))
    if not has_other_funders:
        left = left[budget.runs.first.funders.index(DEPARTMENT)]
    return "partly" if left.any() else "entered"


def _is_entered(budget: Budget, line: str, year: int) -> bool:
    """Whether a line was entered itself, or has a part of a sub-total that was."""
    named = [
        one.line
        for one in budget.entered
        if one.year == year and line in members_of(one.line, budget.lines)
    ]
    place = budget.lines.index(line)
    return line in named or bool(named and budget.stated[place, budget.months_of(year)].any())


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
