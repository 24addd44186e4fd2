"""The views of the budget cycle: orientation debate, initial budget, three years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.language import Language
from sim.money.budget.landing import Landing
from sim.money.budget.table import TOTAL, Budget, Cell, cells
from sim.money.cost_effectiveness import CostEffectiveness
from sim.money.costs.unit_costs import DEPARTMENT
from ui.reports.budget.names import funder_name, line_name
from ui.reports.wording import label_text, number_text
from ui.texts import said, said_each
from ui.texts.figures import bracketed

MILLION, THOUSAND = 1e6, 1e3
NONE = "–"
"""In the place of a sum that is not known."""


@dataclass(frozen=True)
class View:
    """One table as text: title, what its numbers are, heads, rows (their name first), totals."""

    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: frozenset[int] = frozenset()
    note: str = ""
    sheet: str | None = None
    """Name of its sheet in the workbook; None for what the workbook tells in a sheet of its own."""
    prose: frozenset[int] = frozenset()
    """Columns of words, whatever numbers are in them."""


def scenario_title(budget: Budget, position: int, language: Language = "fr") -> str:
    """A scenario's title (its name where two titles are the same)."""
    titles = [str(getattr(one.title, language)) for one in budget.runs.experiment.scenarios]
    title = titles[position]
    return title if titles.count(title) == 1 else f"{title} ({budget.names[position]})"


def percent(found: Budget | CostEffectiveness) -> str:
    """The share of the samples within the intervals of an answer, in per cent."""
    return f"{100.0 * found.share:.0f}"


def years_view(
    budget: Budget, position: int, found: Sequence[Cell], language: Language = "fr"
) -> View:
    """Lines by year under a scenario: values with their interval, then the difference."""
    by = {(cell.row, cell.year): cell for cell in found if cell.scenario == budget.names[position]}
    base = budget.runs.experiment.reference.base
    rows = []
    for row in budget.rows:
        texts = [_cell_text(by[row.name, year], position > 0, language) for year in budget.years]
        rows.append((line_name(row.name, base, language), *texts))
    kind, shown = ("scenario", "value_and_difference") if position else ("reference", "value")
    title = scenario_title(budget, position, language)
    return View(
        title=said(f"budget_view.{kind}", language, title=title),
        unit=said(f"budget_view.{shown}", language, percent=percent(budget)),
        heads=(said("budget_view.line", language), *map(str, budget.years)),
        rows=tuple(rows),
        totals=_totals(budget),
    )


def _totals(budget: Budget) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(budget.rows) if row.is_total)


def _cell_text(cell: Cell, has_difference: bool, language: Language) -> str:
    value = thousands(cell.value, language)
    if not has_difference:
        return f"{value}\n{interval(cell.low, cell.high, language)}"
    gap = signed(cell.difference, language)
    low, high = (signed(end, language) for end in (cell.difference_low, cell.difference_high))
    return f"{value}\n{gap} {bracketed((low, high), language)}"


def thousands(eur: float, language: Language = "fr") -> str:
    """Thousands of euro, without decimals."""
    return number_text(eur / THOUSAND, "number", language)


def interval(low_eur: float, high_eur: float, language: Language) -> str:
    """Thousands of euro from a low to a high end."""
    low, high = (thousands(end, language) for end in (low_eur, high_eur))
    return bracketed((low, high), language)


def millions(eur: float, language: Language = "fr") -> str:
    """Millions of euro with two decimals."""
    return number_text(eur / MILLION, "per_person", language)


def signed(eur: float, language: Language = "fr") -> str:
    """Thousands of euro with their sign."""
    text = thousands(eur, language)
    return text if text.startswith("\u2212") or text == "0" else f"+{text}"


def funders_view(budget: Budget, language: Language = "fr") -> View:
    """Who pays in each year, what the department received, what is left to it."""
    rows: list[tuple[str, ...]] = []
    totals = set()
    gross = said("budget_view.gross", language)
    for position, name in enumerate(budget.names):
        of = scenario_title(budget, position, language)
        for funder in (*budget.runs.first.funders, None):
            found = {
                cell.year: cell.value
                for cell in cells(budget, funder=funder)
                if cell.scenario == name and cell.row == TOTAL
            }
            if funder is not None and not any(found.values()):
                continue
            is_all = funder is None
            label = gross if is_all else funder_name(str(funder), language)
            if funder is None:
                totals.add(len(rows))
            rows.append((of, label, *(thousands(found[year], language) for year in budget.years)))
            if funder == DEPARTMENT:
                department = found
        received = [budget.received.get(year) for year in budget.years]
        missing = said("budget_book.not_entered", language)
        shown = [missing if eur is None else thousands(-eur, language) for eur in received]
        rows.append((of, said("budget_view.received", language), *shown))
        totals.add(len(rows))
        left = [
            NONE if eur is None else thousands(department[year] - eur, language)
            for year, eur in zip(budget.years, received, strict=True)
        ]
        rows.append((of, said("budget_view.left", language), *left))
    is_whole = all(year in budget.received for year in budget.years)
    note = "" if is_whole else said("budget_view.not_received", language)
    heads = (said("budget_view.scenario_head", language), said("budget_view.funder_head", language))
    return View(
        said("budget_view.who_pays", language),
        "k€",
        (*heads, *map(str, budget.years)),
        tuple(rows),
        frozenset(totals),
        note,
    )


def landing_view(budget: Budget, found: Sequence[Landing], language: Language = "fr") -> View:
    """The year in course: paid, left to pay, landing."""
    first = found[0]
    rows = tuple(
        (
            scenario_title(budget, position, language),
            thousands(one.paid_eur, language),
            thousands(one.to_pay_eur, language),
            thousands(one.landing_eur, language),
            interval(one.low_eur, one.high_eur, language),
        )
        for position, one in enumerate(found)
    )
    note = said(
        "budget_view.landing_note",
        language,
        months=first.months_paid,
        last=label_text(first.last_month, language),
        ratio=number_text(first.level_ratio - 1.0, "share", language),
    )
    return View(
        said("budget_view.landing", language, year=first.year),
        said("budget_view.landing_unit", language),
        said_each("budget_view.landing_heads", language, percent=percent(budget)),
        rows,
        note=note,
        sheet=said("budget_view.landing_sheet", language, year=first.year),
    )


def orientation_view(budget: Budget, found: Sequence[Cell], language: Language = "fr") -> View:
    """The orientation debate: large items in millions and their yearly change."""
    base = budget.runs.experiment.reference.base
    names = [row.name for row in budget.rows if row.is_total]
    rows: list[tuple[str, ...]] = []
    totals = set()
    for position, scenario in enumerate(budget.names):
        by = {(cell.row, cell.year): cell.value for cell in found if cell.scenario == scenario}
        for name in names:
            if name == TOTAL:
                totals.add(len(rows))
            texts: list[str] = []
            for year in budget.years:
                before = by.get((name, year - 1), 0.0)
                change = f" ({_change(by[name, year], before, language)})" if before else ""
                texts.append(millions(by[name, year], language) + change)
            rows.append(
                (
                    scenario_title(budget, position, language),
                    line_name(name, base, language),
                    *texts,
                )
            )
    heads = (said("budget_view.scenario_head", language), said("budget_view.item", language))
    return View(
        said("budget_view.orientation", language),
        said("budget_view.orientation_unit", language),
        (*heads, *map(str, budget.years)),
        tuple(rows),
        frozenset(totals),
        sheet=said("budget_view.orientation_sheet", language),
    )


def _change(now: float, before: float, language: Language) -> str:
    text = number_text(now / before - 1.0, "share", language)
    return f"{text if text.startswith(chr(0x2212)) else '+' + text} %"


def primitive_view(
    budget: Budget, found: Sequence[Cell], year: int, language: Language = "fr"
) -> View:
    """The initial budget: every line of one year that the department pays."""
    base = budget.runs.experiment.reference.base
    by = {(cell.scenario, cell.row): cell for cell in found if cell.year == year}
    rows: list[tuple[str, ...]] = []
    totals: set[int] = set()
    for row in budget.rows:
        if not any(by[scenario, row.name].value for scenario in budget.names):
            continue
        if row.is_total:
            totals.add(len(rows))
        texts = []
        for scenario in budget.names:
            cell = by[scenario, row.name]
            ends = interval(cell.low, cell.high, language)
            texts += [thousands(cell.value, language), ends]
        rows.append((line_name(row.name, base, language), *texts))
    heads = [said("budget_view.line", language)]
    for position in range(len(budget.names)):
        heads += [
            scenario_title(budget, position, language),
            said("budget_view.interval", language, percent=percent(budget)),
        ]
    return View(
        said("budget_view.primitive", language, year=year),
        said("budget_view.primitive_unit", language),
        tuple(heads),
        tuple(rows),
        frozenset(totals),
        sheet=said("budget_view.primitive_sheet", language, year=year),
    )


def views(
    budget: Budget,
    found_landings: Sequence[Landing],
    language: Language = "fr",
) -> list[View]:
    """Every view that the input allows, in the order in which a planner reads them."""
    gross = cells(budget)
    own = cells(budget, funder=DEPARTMENT)
    shown = [years_view(budget, place, gross, language) for place in range(len(budget.names))]
    if found_landings:
        following = found_landings[0].year + 1
        year = following if following in budget.years else budget.years[0]
        shown = [landing_view(budget, found_landings, language), *shown]
    else:
        year = budget.years[0]
    shown += [
        funders_view(budget, language),
        orientation_view(budget, own, language),
        primitive_view(budget, own, year, language),
    ]
    return shown
