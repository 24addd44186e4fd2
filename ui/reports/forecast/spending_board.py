"""The page of the spending forecasts, written from the scores.

``python -m ui.reports.forecast.spending_board FILE`` writes it again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from forecast.panel import shipped_panel
from forecast.spending.accounts import shipped_accounts
from forecast.spending.scored import (
    LAST_YEAR,
    METHODS,
    MODEL,
    YEARS,
    SpendingRow,
    score_spending,
)
from sim.parameters.derivation.statistics import names_by_code
from ui.reports.forecast.spending_replays import Replays, replay_parts, replays
from ui.reports.markdown import table

MILLION = 1e6
HEADS = (
    "Method", "Error, mean size %", "Bias %", "CRPS %", "Error, mean size M€", "Sum of all M€",
    "Inside 90 %",
)  # fmt: skip
OPENING = """
# Yearly spending on the allowance, forecast the October before

Written by `python -m ui.reports.forecast.spending_board docs/spending.md` on {today}; nothing is
edited by hand and losses stay on the page. `caseload backtest --spending` computes the same scores.

**What is forecast.** The gross spending of a department on the RSA allowance, for 2018 and 2019
(DREES, *Dépenses d'aide sociale départementale*) and for 2024 and 2025 (accounts of the
departments), with what was known on 31 October of the year before:

- households until the end of July (three months to publication: an assumption): for 2018 seven
  monthly values and the ends of the years before; months ended in 2020, so for 2024 and 2025 the
  last figure is that of the end of December two years before, 2022 and 2023;
- complete accounts until the year before that one: 2016 for 2018, 2017 for 2019. Those of 2020 to
  2023 are not at hand, so 2024 and 2025 have accounts to 2019 and the mean amount of the whole
  country in December, 2020 to 2022 or 2023;
- base amounts in force on that day. The uprating of the coming April was not decided.

A department knows more: what it paid from January to September. No published figure gives that for
a department but La Réunion (below), so no method here has it.

**Methods.** `model`: the households of the statistical forecast (`docs/backtest.md`) at both ends
of the year, times a mean amount. The amount is the base amount of the law as far as it has arrived
(an uprating passes over some months, below; the last yearly one is expected again) times a ratio:
a path common to the departments that drifts, known from their accounts and from the country's
Decembers, and a deviation of each, learnt from the accounts since 2010. `planner`: the spreadsheet
rule, latest households with their trend × mean amount of the last account × upratings in force.
`planner_without_trend`: the same with the latest households as they are. `last_account`: the last
complete account, unchanged. `last_year`: the spending of the year before, **which was not known in
October**; it is here because it is often used later; that of 2023 is not at hand.

**Reading.** Errors are forecast minus account. The CRPS of a method that gives one number is the
size of its error. All departments of one year share the error about the uprating and about the
common path: the {years} years are {years} pieces of evidence, not {count}. Left out: Mayotte (no
account of the time before), Corsica (one body since 2018), departments in years in which the State
pays, those whose account of the year is not published, and those without a monthly series.

**How the method was chosen.** Its parameters are fitted on what was known. Its structure was not:
it was written with all accounts, 2024 and 2025 among them, all Decembers and the months of La
Réunion in view, after simpler forms had been scored. The scores of these years are therefore those
of a method that was chosen among some by people who knew what came. For the planner's rule the
trend since the first known month served better than that between two ends of year (3.73 % against
4.82 % for 2018), and stayed; from the last end of year on it would have been 3.21 %.
"""


def page(rows: Sequence[SpendingRow], found: Replays, today: date) -> str:
    """The whole page in Markdown."""
    count = sum(row.method == MODEL for row in rows)
    parts = [OPENING.format(today=today.isoformat(), count=count, years=len(YEARS))]
    for year in YEARS:
        chosen = [row for row in rows if row.year == year]
        departments = sum(row.method == MODEL for row in chosen)
        parts += [
            f"## {year}, forecast on 31 October {year - 1}",
            f"{departments} departments, {_total(chosen):.1f} billion euro.",
            method_table(chosen),
            _losses(chosen),
        ]
    parts += replay_parts(found)
    parts += [
        "## Department by department",
        "Accounts and errors in million euro; the error of the model also in percent.",
        department_table(rows),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def spending_summary(rows: Sequence[SpendingRow]) -> list[dict[str, object]]:
    """By year and method: means over departments of the errors, in percent and in euro.

    A method that has no forecast of a year is not in it.
    """
    found: list[dict[str, object]] = []
    for year in sorted({row.year for row in rows}):
        for method in METHODS:
            chosen = [row for row in rows if (row.year, row.method) == (year, method)]
            if not chosen:
                continue
            inside = [row.is_covered for row in chosen if row.is_covered is not None]
            found.append(
                {
                    "year": year,
                    "method": method,
                    "departments": len(chosen),
                    "mape": _mean([abs(row.error_percent) for row in chosen]),
                    "bias": _mean([row.error_percent for row in chosen]),
                    "crps": _mean([row.crps_percent for row in chosen]),
                    "absolute_error_eur": _mean([abs(row.error_eur) for row in chosen]),
                    "sum_of_errors_eur": round(sum(row.error_eur for row in chosen)),
                    "coverage_90": _mean([float(one) for one in inside]) if inside else None,
                }
            )
    return found


def method_table(rows: Sequence[SpendingRow]) -> str:
    """Means over the departments of one year, by method."""
    lines = []
    for one in spending_summary(rows):
        covered = one["coverage_90"]
        lines.append(
            [
                f"`{one['method']}`",
                f"{one['mape']:.2f}",
                f"{one['bias']:+.2f}",
                f"{one['crps']:.2f}",
                f"{float(str(one['absolute_error_eur'])) / MILLION:.2f}",
                f"{float(str(one['sum_of_errors_eur'])) / MILLION:+.0f}",
                "–" if covered is None else f"{100 * float(str(covered)):.1f}",
            ]
        )
    return table(HEADS, lines)


def department_table(rows: Sequence[SpendingRow]) -> str:
    """For each department and year: the account, the model with its error, the other errors."""
    others = METHODS[1:]
    heads = (
        "Department", "Year", "Account M€", "Model M€", "90 % interval M€", "Error %", "Error M€",
        *(f"`{method}` M€" for method in others),
    )  # fmt: skip
    names = names_by_code()
    by_key: Mapping[tuple[str, int, str], SpendingRow] = {
        (row.department, row.year, row.method): row for row in rows
    }
    lines = []
    for code, year in sorted({(row.department, row.year) for row in rows}):
        model = by_key[code, year, MODEL]
        low, high = model.interval or (np.nan, np.nan)
        lines.append(
            [
                f"{code} {names[code]}",
                str(year),
                f"{model.observed / MILLION:.1f}",
                f"{model.forecast / MILLION:.1f}",
                f"{low / MILLION:.1f} – {high / MILLION:.1f}",
                f"{model.error_percent:+.1f}",
                f"{model.error_eur / MILLION:+.2f}",
                *(_error_text(by_key.get((code, year, method))) for method in others),
            ]
        )
    return table(heads, lines)


def _losses(rows: Sequence[SpendingRow]) -> str:
    """In how many departments each other method came closer than the model."""
    size = {(row.department, row.method): abs(row.error_eur) for row in rows}
    codes = {row.department for row in rows}
    texts = []
    for method in METHODS[1:]:
        both = [code for code in codes if (code, method) in size]
        if both:
            lost = sum(size[code, method] < size[code, MODEL] for code in both)
            of = "" if len(both) == len(codes) else f" of {len(both)}"
            known = " (not known in October)" if method == LAST_YEAR else ""
            texts.append(f"`{method}`{known} in {lost}{of}")
    return f"Of {len(codes)} departments the model is further off than {', '.join(texts)}."


def _error_text(row: SpendingRow | None) -> str:
    return "–" if row is None else f"{row.error_eur / MILLION:+.2f}"


def _total(rows: Sequence[SpendingRow]) -> float:
    return sum(row.observed for row in rows if row.method == MODEL) / 1000 / MILLION


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)


if __name__ == "__main__":
    scored = score_spending(shipped_panel(), shipped_accounts())
    again = replays(shipped_panel(), shipped_accounts())
    Path(sys.argv[1]).write_text(page(scored, again, date.today()), encoding="utf-8")
