"""The views of the budget cycle, in French: orientation debate, primitive budget, three years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.money.budget.landing import Landing, Overrun
from sim.money.budget.table import TOTAL, Budget, Cell, cells
from sim.money.costs.unit_costs import DEPARTMENT
from ui.reports.budget.names import funder_name, line_name
from ui.reports.wording import label_text, number_text

MILLION, THOUSAND = 1e6, 1e3
LANDING_TITLE = "Atterrissage de l'allocation"


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


def scenario_title(budget: Budget, position: int) -> str:
    """A scenario's French title (its name where two titles are the same)."""
    titles = [one.title.fr for one in budget.runs.experiment.scenarios]
    title = titles[position]
    return title if titles.count(title) == 1 else f"{title} ({budget.names[position]})"


def years_view(budget: Budget, position: int, found: Sequence[Cell]) -> View:
    """Lines by year under a scenario: values with their interval, then the difference."""
    by = {(cell.row, cell.year): cell for cell in found if cell.scenario == budget.names[position]}
    base = budget.runs.experiment.reference.base
    rows = []
    for row in budget.rows:
        texts = [_cell_text(by[row.name, year], position > 0) for year in budget.years]
        rows.append((line_name(row.name, base), *texts))
    kind = "valeur, écart à la référence" if position else "valeur"
    return View(
        title=("Référence : " if position == 0 else "Scénario : ")
        + scenario_title(budget, position),
        unit=f"k€, tous financeurs ; {kind} et intervalle à 90 %",
        heads=("Ligne", *map(str, budget.years)),
        rows=tuple(rows),
        totals=_totals(budget),
    )


def _totals(budget: Budget) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(budget.rows) if row.is_total)


def _cell_text(cell: Cell, has_difference: bool) -> str:
    value = thousands(cell.value)
    if not has_difference:
        return f"{value}\n[{thousands(cell.low)} ; {thousands(cell.high)}]"
    gap = signed(cell.difference)
    return f"{value}\n{gap} [{signed(cell.difference_low)} ; {signed(cell.difference_high)}]"


def thousands(eur: float) -> str:
    """Thousands of euro, without decimals."""
    return number_text(eur / THOUSAND, "number", "fr")


def millions(eur: float) -> str:
    """Millions of euro with two decimals."""
    return number_text(eur / MILLION, "per_person", "fr")


def signed(eur: float) -> str:
    """Thousands of euro with their sign."""
    text = thousands(eur)
    return text if text.startswith("\u2212") or text == "0" else f"+{text}"


def funders_view(budget: Budget) -> View:
    """Who pays in each year, what the department received, what is left to it."""
    rows: list[tuple[str, ...]] = []
    totals = set()
    for position, name in enumerate(budget.names):
        of = scenario_title(budget, position)
        for funder in (*budget.runs.first.funders, None):
            found = {
                cell.year: cell.value
                for cell in cells(budget, funder=funder)
                if cell.scenario == name and cell.row == TOTAL
            }
            if funder is not None and not any(found.values()):
                continue
            label = "Dépense brute, tous financeurs" if funder is None else funder_name(funder)
            if funder is None:
                totals.add(len(rows))
            rows.append((of, label, *(thousands(found[year]) for year in budget.years)))
            if funder == DEPARTMENT:
                department = found
        received = [budget.received.get(year, 0.0) for year in budget.years]
        rows.append((of, "Compensation saisie", *(thousands(-eur) for eur in received)))
        totals.add(len(rows))
        left = [department[year] - eur for year, eur in zip(budget.years, received, strict=True)]
        rows.append((of, "Reste à charge du département", *map(thousands, left)))
    note = "" if budget.received else "Aucune compensation n'est saisie : reste à charge brut."
    return View(
        "Qui paie",
        "k€",
        ("Scénario", "Financeur", *map(str, budget.years)),
        tuple(rows),
        frozenset(totals),
        note,
    )


def landing_view(budget: Budget, found: Sequence[Landing]) -> View:
    """The year in course: paid, left to pay, landing."""
    first = found[0]
    rows = tuple(
        (
            scenario_title(budget, position),
            thousands(one.paid_eur),
            thousands(one.to_pay_eur),
            thousands(one.landing_eur),
            f"[{thousands(one.low_eur)} ; {thousands(one.high_eur)}]",
        )
        for position, one in enumerate(found)
    )
    ratio = number_text(first.level_ratio - 1.0, "share", "fr")
    note = (
        f"{first.months_paid} mois payés, le dernier en {label_text(first.last_month, 'fr')}. "
        f"L'allocation simulée est calée sur les derniers mois payés (écart de niveau : {ratio} %)."
    )
    heads = ("Scénario", "Déjà payé", "Reste à payer", "Atterrissage", "Intervalle à 90 %")
    return View(
        f"{LANDING_TITLE} {first.year}",
        "k€, mois de paiement",
        heads,
        rows,
        note=note,
        sheet=f"Atterrissage {first.year}",
    )


def orientation_view(budget: Budget, found: Sequence[Cell]) -> View:
    """Débat d'orientation budgétaire: large items in millions and their yearly change."""
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
                change = f" ({_change(by[name, year], before)})" if before else ""
                texts.append(millions(by[name, year]) + change)
            rows.append((scenario_title(budget, position), line_name(name, base), *texts))
    return View(
        "Débat d'orientation budgétaire (DOB)",
        "M€ à la charge du département, évolution annuelle entre parenthèses",
        ("Scénario", "Poste", *map(str, budget.years)),
        tuple(rows),
        frozenset(totals),
        sheet="DOB",
    )


def _change(now: float, before: float) -> str:
    text = number_text(now / before - 1.0, "share", "fr")
    return f"{text if text.startswith(chr(0x2212)) else '+' + text} %"


def primitive_view(budget: Budget, found: Sequence[Cell], year: int) -> View:
    """Budget primitif: every line of one year that the department pays."""
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
            texts += [thousands(cell.value), f"[{thousands(cell.low)} ; {thousands(cell.high)}]"]
        rows.append((line_name(row.name, base), *texts))
    heads = ["Ligne"]
    for position in range(len(budget.names)):
        heads += [scenario_title(budget, position), "Intervalle à 90 %"]
    return View(
        f"Budget primitif (BP) {year}",
        "k€ à la charge du département",
        tuple(heads),
        tuple(rows),
        frozenset(totals),
        sheet=f"BP {year}",
    )


def overrun_view(budget: Budget, found: Sequence[Overrun]) -> View:
    """The probability that the appropriation of the allowance is overrun."""
    first = found[0]
    rows = tuple(
        (
            scenario_title(budget, position),
            thousands(one.appropriation_eur),
            thousands(one.expected_eur),
            f"[{thousands(one.low_eur)} ; {thousands(one.high_eur)}]",
            f"{number_text(one.probability, 'share', 'fr')} %",
        )
        for position, one in enumerate(found)
    )
    heads = ("Scénario", "Crédits", "Prévision", "Intervalle à 90 %", "Probabilité de dépassement")
    title = f"Crédits de l'allocation {first.year}"
    unit = "k€ d'allocation versée par le département"
    return View(title, unit, heads, rows, sheet=f"Crédits {first.year}")


def views(
    budget: Budget, found_landings: Sequence[Landing], found_overruns: Sequence[Overrun]
) -> list[View]:
    """Every view that the input allows, in the order in which a planner reads them."""
    gross = cells(budget)
    own = cells(budget, funder=DEPARTMENT)
    shown = [years_view(budget, position, gross) for position in range(len(budget.names))]
    if found_landings:
        following = found_landings[0].year + 1
        year = following if following in budget.years else budget.years[0]
        shown = [landing_view(budget, found_landings), *shown]
    else:
        year = budget.years[0]
    shown += [
        funders_view(budget),
        orientation_view(budget, own),
        primitive_view(budget, own, year),
    ]
    if found_overruns:
        shown.append(overrun_view(budget, found_overruns))
    return shown
