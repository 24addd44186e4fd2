"""``python -m benchmarks.france [STORE]``: every department as it is today, and what is published.

Reads the store of ``caseload batch docs/plans/france.yaml`` and writes docs/france.md: sums beside
those of the country, and each department's allowance of 2025 beside its accounts.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sim.batch.query import query
from sim.batch.store import STORE
from sim.parameters import known_departments, published_figures
from sim.parameters.derivation.carried import carried_stock, starting_households
from sim.parameters.derivation.statistics import latest_stock, paid

PAGE = Path("docs/france.md")
YEAR = 2025
NATIONAL_STOCK = "F0146"
CNAF_HOUSEHOLDS, CNAF_EUR = 1_811_239, 1_008_236_317
"""Family funds, December 2024 (published/cnaf_national_december.csv)."""
MAYOTTE = "976"
WITH_A_PAGE = ("13", "25", "53", "55", "80")
QUESTION = """
select scenario, outcome, month, avg(value) as value from outcomes
where territory = 'all' and pathway = 'all' and outcome in ('caseload_households', 'allowance_eur')
  and experiment like 'france_%' group by all
"""
HEAD = """# Every department as it is today

Written by `python -m benchmarks.france` after `caseload batch docs/plans/france.yaml` (36 months,
two seeds, central values, today's law). Nothing here is edited by hand.
"""
BESIDE = """
Accounts count what a department paid gross in the year, recoveries and the farmers' fund in its
own way; the simulation counts what households are entitled to. So the ratio of all departments is
looked at, and how far single ones stray from it.
"""


@dataclass(frozen=True)
class Simulated:
    """One department: households at both ends, euro of the first month and of the year."""

    code: str
    start: float
    end: float
    first_month: float
    year: float


def simulated(store: Path) -> list[Simulated]:
    """Every department of the store, means over the seeds."""
    rows = query(QUESTION, store)
    found = []
    for code, name in known_departments().items():
        own = rows[rows["scenario"] == f"{name}_today"]
        households = own[own["outcome"] == "caseload_households"].sort_values("month")["value"]
        euro = own[own["outcome"] == "allowance_eur"].sort_values("month")
        euro = euro[euro["month"] != "all"]
        in_year = euro[euro["month"].str.startswith(str(YEAR))]["value"]
        found.append(
            Simulated(
                code,
                float(households.iloc[0]),
                float(households.iloc[-1]),
                float(euro["value"].iloc[0]),
                float(in_year.mean() * 12),
            )
        )
    return found


def page(found: list[Simulated]) -> str:
    """The page."""
    households = sum(one.start for one in found)
    euro = sum(one.first_month for one in found)
    stocks = sum(starting_households(one.code) for one in found)
    carried = sum(carried_stock(one.code) is not None for one in found)
    country = float(published_figures()[NATIONAL_STOCK].value) - latest_stock(MAYOTTE).value
    per_household, published = euro / households, CNAF_EUR / CNAF_HOUSEHOLDS
    of_country = "the same against the country at the end of 2024, without Mayotte (F0146)"
    later = sum(one.end for one in found)
    lines = [
        HEAD,
        "| the country | simulated | published | difference |",
        "|---|---|---|---|",
        _row(
            f"households at the start, the last figures ({carried} of them carried to it)",
            households,
            stocks,
        ),
        _row(of_country, households, country),
        _row("euro a household, first month (CNAF, December 2024)", per_household, published, 1),
        _row("households after three years, against the start", later, households),
        "\n## The allowance of 2025 beside the accounts",
        BESIDE,
        "| department | households | last figure | euro of 2025, simulated | accounts | ratio |",
        "|---|---|---|---|---|---|",
    ]
    ratios = {}
    for one in found:
        figure = paid(one.code)
        if figure is not None and figure.year == YEAR:
            ratios[one.code] = one.year / figure.value
    for one in found:
        if one.code in WITH_A_PAGE and one.code in ratios:
            figure = paid(one.code)
            assert figure is not None
            name = known_departments()[one.code]
            lines.append(
                f"| {name} | {one.start:,.0f} | {latest_stock(one.code).value:,.0f} | "
                f"{one.year / 1e6:.1f} M€ | {figure.value / 1e6:.1f} M€ | {ratios[one.code]:.3f} |"
            )
    ordered = sorted(ratios.values())
    centre = median(ordered)
    within = sum(abs(one / centre - 1.0) <= 0.05 for one in ordered)
    low, high = ordered[len(ordered) // 20], ordered[-1 - len(ordered) // 20]
    lines.append(
        f"\nOf {len(ordered)} departments with accounts of {YEAR} the ratio is {centre:.3f} in the "
        f"middle, {low:.3f} to {high:.3f} for nine tenths; {within} lie within 5 % of the middle."
    )
    return "\n".join(lines) + "\n"


def _row(what: str, simulated: float, published: float, decimals: int = 0) -> str:
    gap = 100.0 * (simulated / published - 1.0)
    return f"| {what} | {simulated:,.{decimals}f} | {published:,.{decimals}f} | {gap:+.2f} % |"


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else STORE
    PAGE.write_text(page(simulated(place)), encoding="utf-8")
