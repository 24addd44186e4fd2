"""The page that holds the simulated spending of 2019 against the published one.

``python -m ui.reports.forecast.spending_check_page FILE`` writes it again, in a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from forecast.spending.check import (
    HOUSEHOLDS_SIMULATED,
    YEAR,
    Check,
    SimulatedSpending,
    check_spending,
    pooled,
    simulate_all,
)
from sim.parameters import load_department

SEEDS = (1, 2, 3, 4, 5, 6)
"""With one of them chance moves the sum of a department by half a per cent."""
HEADS = (
    "Code",
    "Department",
    "Households",
    "Simulated, € a month",
    "Published, € a month",
    "Simulated, M€",
    "Published, M€",
    "Error %",
)
CLOSE = 0.03
"""What was asked of the departments with tables of their own."""
BANDS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10)
OPENING = f"""# Allowance spending of {YEAR}, simulated and published

Written by `make spending`; do not edit.

**What is simulated**: the mean allowance of a household, by month and by type of household, in the
reference scenario of each shipped department moved to {YEAR} ({len(SEEDS)} seeds, about
{HOUSEHOLDS_SIMULATED:,} households each). It follows from the law of each month, the types of
household, housing support, family benefits, earnings as declared, and sanctions.

**What is data**: the number of households of each month (monthly series; for departments without
one, a line between the two ends of year), the adults and persons covered on 31 December, and the
gross spending itself (`department_spending.csv`), with which the result is compared.

A department without tables of its own takes the simulated means by type, weighted by the
composition closest to the national one that has its published adults and children for each
household. No factor is fitted, neither to a department nor to the nation. The month of right is
paid at the beginning of the next one: the year pays the months from December to November.

Repeating the spending of the year before meets the same bounds: this is a check of levels, not a
skill. The skill is scored on forecasts, in [backtest.md](backtest.md).
"""
CLOSING = """## What is not covered

- **Overseas departments**: other family benefits, an amount of its own in Mayotte, and a State that
  pays in Guyane and Mayotte.
- **Corsica** and the **metropolis of Lyon**: the published spending is that of the collectivity
  (Corsica is left out, no counts of adults are published under its code).
- Gross spending holds what was paid, overpayments included, before what is claimed back. Arrears
  of earlier months, advances and the closing of accounts are not simulated; they differ between
  departments and are part of the errors above.
"""


def page(runs: Sequence[SimulatedSpending]) -> str:
    """The whole page in Markdown."""
    checks = check_spending(runs)
    own = [one for one in checks if one.is_own]
    parts = [
        OPENING,
        "## Departments with tables of their own",
        _table(own),
        _within(own),
        "## The distribution of the errors",
        _distribution(checks),
        "## Mean allowance by type of household",
        _types(runs),
        "## Every department",
        _table(sorted(checks, key=lambda one: one.code)),
        CLOSING,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _distribution(checks: Sequence[Check]) -> str:
    errors = np.array([one.error for one in checks])
    total = sum(one.simulated_eur for one in checks) / sum(one.published_eur for one in checks)
    lines = ["| Error at most | Departments |", "|---:|---:|"]
    lines += [f"| {100 * band:.0f} % | {(np.abs(errors) <= band).sum()} |" for band in BANDS]
    low, middle, high = np.quantile(errors, [0.05, 0.5, 0.95])
    text = (
        f"{len(checks)} departments. All together: {100 * (total - 1):+.1f} %. Mean error "
        f"{100 * errors.mean():+.1f} %, standard deviation {100 * errors.std():.1f} points; 5th, "
        f"50th and 95th centile {100 * low:+.1f}, {100 * middle:+.1f}, {100 * high:+.1f} %; "
        f"extremes {100 * errors.min():+.1f} and {100 * errors.max():+.1f} %."
    )
    return "\n".join([text, "", *lines])


def _within(own: Sequence[Check]) -> str:
    """How many of these departments are as close as was asked, and which are not."""
    beyond = [one.name for one in own if abs(one.error) > CLOSE]
    asked = f"Within {100 * CLOSE:.0f} %, as was asked: {len(own) - len(beyond)} of {len(own)}"
    return f"{asked}; not: {', '.join(beyond)}." if beyond else f"{asked}."


def _types(runs: Sequence[SimulatedSpending]) -> str:
    by_type, _ = pooled(runs)
    parameters = load_department(runs[0].code)
    lines = ["| Type | Euro a month, December |", "|---|---:|"]
    for name, eur in zip(parameters.labels("household_types"), by_type, strict=True):
        lines.append(f"| {parameters.label_text('household_types', name)} | {eur:.0f} |")
    return "\n".join(lines)


def _table(checks: Sequence[Check]) -> str:
    lines = [f"| {' | '.join(HEADS)} |", "|---|---|---:|---:|---:|---:|---:|---:|"]
    lines += [f"| {' | '.join(row_of(one))} |" for one in checks]
    return "\n".join(lines)


def row_of(one: Check) -> tuple[str, ...]:
    """What the page tells of a department, under `HEADS`."""
    return (
        one.code,
        one.name,
        f"{one.households:,.0f}",
        f"{one.mean_eur:.0f}",
        f"{one.published_eur / one.households / 12:.0f}",
        f"{one.simulated_eur / 1e6:.1f}",
        f"{one.published_eur / 1e6:.1f}",
        f"{100 * one.error:+.1f}",
    )


def main() -> None:
    """Write the page to the file that is named."""
    Path(sys.argv[1]).write_text(page(simulate_all(SEEDS)), encoding="utf-8")


if __name__ == "__main__":
    main()
