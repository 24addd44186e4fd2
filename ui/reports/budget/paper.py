"""The answer of a budget as its documents read it: one typed object for workbook and note.

Only `paper_of` knows how the figures are computed. What is printed in any document comes from here,
so that all of them show the same euro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.language import Language
from sim.money.budget.landing import Landing, Overrun
from sim.money.budget.quantiles import YearQuantiles, allowance_quantiles
from sim.money.budget.table import TOTAL, Budget, Cell, cells
from sim.money.costs.unit_costs import DEPARTMENT
from sim.remarks import Remark
from ui.ages import untold_start
from ui.reports.budget.accounts import code_of
from ui.reports.budget.assumptions import AssumptionRow, assumption_rows, doubt_text, uprating_text
from ui.reports.budget.entered import EntryRow, entry_rows
from ui.reports.budget.files import month_rows
from ui.reports.budget.names import funder_name, line_name
from ui.reports.budget.views import scenario_title
from ui.reports.remarks import remark_text

CellKey = tuple[int, str, int]
"""Position of the scenario (0: the reference), name of the line, year."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the tables; ``members``: the lines that a sub-total sums. Codes may be empty."""

    key: str
    label: str
    is_total: bool
    members: tuple[str, ...]
    chapter: str
    function: str
    article: str


@dataclass(frozen=True, slots=True)
class PaperMonth:
    """A month of a scenario, all funders: euro due (month of right), paid (month of payment)."""

    position: int
    month: str
    households: float
    due_eur: float
    paid_eur: float


@dataclass(frozen=True)
class Paper:
    """Everything that the documents of a budget print; euro, the reference first.

    ``gross``: all funders; ``own``: the part of the department. ``received``: compensation entered,
    by year: a year that is missing was not entered, which is not zero.
    """

    language: Language
    department: str
    titles: tuple[str, ...]
    years: tuple[int, ...]
    lines: tuple[PaperLine, ...]
    gross: Mapping[CellKey, Cell]
    own: Mapping[CellKey, Cell]
    funders: tuple[str, ...]
    by_funder: Mapping[tuple[int, str, int], float]
    department_label: str
    received: Mapping[int, float]
    landings: tuple[Landing, ...]
    overruns: tuple[Overrun, ...]
    quantiles: tuple[YearQuantiles, ...]
    entered: tuple[EntryRow, ...]
    months: tuple[PaperMonth, ...]
    interval_share: float
    replications: int
    doubt: str
    uprating: str
    remarks: tuple[str, ...]
    assumptions: tuple[AssumptionRow, ...]
    replay: str

    @property
    def landing_year(self) -> int | None:
        """The year in course, where months paid were given."""
        return self.landings[0].year if self.landings else None

    @property
    def plan_year(self) -> int:
        """The year whose budget is prepared: after the one in course, else the first."""
        after = None if self.landing_year is None else self.landing_year + 1
        return after if after in self.years and after is not None else self.years[0]

    def left(self, position: int, year: int) -> float | None:
        """What is left to the department; None where its compensation was not entered."""
        if year not in self.received:
            return None
        return self.own[position, TOTAL, year].value - self.received[year]


def paper_of(
    budget: Budget,
    landings: Sequence[Landing] = (),
    overruns: Sequence[Overrun] = (),
    replay: str = "",
    remarks: Sequence[Remark] = (),
    language: Language = "fr",
) -> Paper:
    """The documents' answer of a budget; ``replay``: the command that gives it again."""
    base = budget.runs.experiment.reference.base
    place = {name: position for position, name in enumerate(budget.names)}
    by_funder = {
        (place[cell.scenario], funder_name(funder, language), cell.year): cell.value
        for funder in budget.runs.first.funders
        for cell in cells(budget, funder=funder)
        if cell.row == TOTAL
    }
    names = [funder_name(funder, language) for funder in budget.runs.first.funders]
    paying = {funder for (_, funder, _), eur in by_funder.items() if eur}
    own_name = funder_name(DEPARTMENT, language)
    return Paper(
        language=language,
        department=base.label,
        titles=tuple(scenario_title(budget, position, language) for position in place.values()),
        years=budget.years,
        lines=_lines(budget, language),
        gross=_by_key(cells(budget), place),
        own=_by_key(cells(budget, funder=DEPARTMENT), place),
        funders=tuple(name for name in names if name in paying or name == own_name),
        by_funder=by_funder,
        department_label=own_name,
        received=dict(budget.received),
        landings=tuple(landings),
        overruns=tuple(overruns),
        quantiles=tuple(allowance_quantiles(budget, overruns)),
        entered=entry_rows(budget, language),
        months=tuple(
            PaperMonth(place[name], month, households, due, paid)
            for name, month, households, due, paid in month_rows(budget)
        ),
        interval_share=budget.share,
        replications=budget.replications,
        doubt=doubt_text(budget, language),
        uprating=uprating_text(budget, language),
        remarks=(*_start(budget, language), *(remark_text(one, language) for one in remarks)),
        assumptions=tuple(assumption_rows(budget, language)),
        replay=replay,
    )


def _by_key(found: Sequence[Cell], place: Mapping[str, int]) -> dict[CellKey, Cell]:
    return {(place[cell.scenario], cell.row, cell.year): cell for cell in found}


def _lines(budget: Budget, language: Language) -> tuple[PaperLine, ...]:
    base = budget.runs.experiment.reference.base
    found = []
    for row in budget.rows:
        alone = row.lines == (row.name,)
        is_sum = row.is_total and not alone
        found.append(
            PaperLine(
                key=row.name,
                label=line_name(row.name, base, language),
                is_total=row.is_total,
                members=row.lines if is_sum else (),
                chapter="" if is_sum else code_of(row.name, "chapter"),
                function="" if is_sum else code_of(row.name, "function"),
                article="" if is_sum else code_of(row.name, "article"),
            )
        )
    return tuple(found)


def _start(budget: Budget, language: Language) -> tuple[str, ...]:
    """The day of the households that the runs start from, where no remark tells it."""
    told = untold_start(budget.runs.experiment.reference, language)
    return (told,) if told else ()
