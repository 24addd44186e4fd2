"""The budget as files: French CSV, and the figure beside the workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.files import write_atomically
from sim.language import Language
from sim.money.budget.landing import Landing, Overrun
from sim.money.budget.table import Budget, cells
from sim.outcomes.table import ALL
from sim.plain_text import spreadsheet_text
from ui.ages import start_day
from ui.reports.budget.names import funder_name, line_name
from ui.texts import at, said

BYTE_ORDER_MARK = "\ufeff"
FILES: Language = "fr"
"""The language of the files."""


def write_csv(
    folder: Path, budget: Budget, landings: Iterable[Landing], overruns: Iterable[Overrun]
) -> list[Path]:
    """Semicolons, decimal commas, UTF-8 with its mark: what a French spreadsheet opens."""
    files = {
        "budget.csv": csv_text(_heads("budget"), _budget_rows(budget)),
        "mois.csv": csv_text(_heads("months"), month_rows(budget)),
        "detail.csv": csv_text(_heads("detail"), _detail_rows(budget)),
    }
    found = [
        (
            one.scenario, one.year, one.months_paid, one.paid_eur, one.to_pay_eur, one.landing_eur,
            one.low_eur, one.high_eur,
        )
        for one in landings
    ]  # fmt: skip
    if found:
        files["atterrissage.csv"] = csv_text(_heads("landing"), found)
    risks = [
        (
            one.scenario, one.year, one.appropriation_eur, one.expected_eur, one.low_eur,
            one.high_eur, f"{one.probability:.4f}".replace(".", ","),
        )
        for one in overruns
    ]  # fmt: skip
    if risks:
        files["credits.csv"] = csv_text(_heads("overrun"), risks)
    for name, text in files.items():
        write_atomically(folder / name, text.encode())
    return [folder / name for name in files]


def _heads(file: str) -> list[str]:
    return [str(head) for head in at(f"budget_csv.{file}", FILES)]


def csv_text(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows with French separators; text that a spreadsheet would compute is made harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
    return BYTE_ORDER_MARK + buffer.getvalue()


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return str(cell) if isinstance(cell, int) else spreadsheet_text(str(cell))


def _budget_rows(budget: Budget) -> Iterable[tuple[object, ...]]:
    experiment = budget.runs.experiment
    base = experiment.reference.base
    starts = dict(zip(experiment.names, map(start_day, experiment.scenarios), strict=True))
    whole = said("report.whole_department", FILES)
    everybody = said("budget_book.all_funders", FILES)
    for territory in (ALL, *budget.runs.first.territories):
        where = whole if territory == ALL else base.label_text("territories", territory, FILES)
        for funder in (None, *budget.runs.first.funders):
            who = everybody if funder is None else funder_name(funder)
            for cell in cells(budget, funder=funder, territory=territory):
                yield (
                    cell.scenario, where, who, line_name(cell.row, base), cell.year, cell.value,
                    cell.low, cell.high, cell.difference, cell.difference_low,
                    cell.difference_high, starts[cell.scenario] or "",
                )  # fmt: skip


def month_rows(budget: Budget) -> list[tuple[str, str, float, float, float]]:
    """Means over replications by month: households, allowance due and paid, euro."""
    rows = []
    line = budget.lines.index("allowance")
    for position, name in enumerate(budget.names):
        runs = budget.runs.runs[position]
        paid = budget.eur[position][:, line].sum(axis=(-1, -2)).mean(axis=0)
        due = np.mean([run.spending.entitled_eur.sum(axis=-1) for run in runs], axis=0)
        households = np.mean([run.spending.households.sum(axis=-1) for run in runs], axis=0)
        for place, month in enumerate(budget.runs.first.months):
            rows.append(
                (name, month, float(households[place]), float(due[place]), float(paid[place]))
            )
    return rows


def _detail_rows(budget: Budget) -> Iterable[tuple[object, ...]]:
    """Means over replications by month, territory and line that costs anything, all funders."""
    base, first = budget.runs.experiment.reference.base, budget.runs.first
    alive = {line for row in budget.rows for line in row.lines}
    for name, eur in zip(budget.names, budget.eur, strict=True):
        means = (eur.mean(axis=0) + budget.stated).sum(axis=-1)
        for number, line in enumerate(budget.lines):
            if line not in alive:
                continue
            label = line_name(line, base)
            for place, month in enumerate(first.months):
                for spot, territory in enumerate(first.territories):
                    where = base.label_text("territories", territory, FILES)
                    yield name, month, where, label, float(means[number, place, spot])
