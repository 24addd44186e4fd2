"""`backtest --spending`: yearly spending on the allowance, forecast the October before."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from ui.cli.backtesting import check_installed, known_department, place_text
from ui.cli.spoken import in_language, number, text, texts
from ui.cli.terminal import messages, say_json, screen

MILLION = 1e6
METHOD = 1
"""The column of the table that holds words."""
UNITS = {
    "forecast_eur, observed_eur, error_eur": "euro, gross spending on the allowance in the year",
    "mape, bias, crps": "percent of the account; crps of a single number is the size of its error",
    "coverage_90": "share of departments inside the model's central 90 % interval",
}


def backtest_spending(department: str | None, has_more: bool, is_json: bool) -> None:
    """Score the model and the planner's rules on the accounts.

    Raises `InputError` on an unknown department, or if there is more (``has_more``: a series or
    origins), since the years and the panel are given.
    """
    if has_more:
        found, accepted = text("cli_fault.series_or_origins"), text("cli_fault.spending_alone")
        raise InputError([Fault(text("cli_fault.command_line"), "--spending", found, accepted)])
    check_installed()
    from threadpoolctl import threadpool_limits

    from forecast.panel import shipped_panel
    from forecast.spending.accounts import shipped_accounts
    from forecast.spending.scored import score_spending
    from ui.reports.forecast.spending_board import spending_summary

    panel, accounts = shipped_panel(), shipped_accounts()
    both = tuple(code for code in panel.departments if code in accounts.departments)
    chosen = None if department is None else [known_department(department, both)]
    with messages().status(text("progress.learning")), threadpool_limits(limits=1):
        rows = score_spending(panel, accounts, departments=chosen)
    summary = spending_summary(rows)
    if is_json:
        say_json(
            {
                "command": "backtest",
                "quantity": "spending",
                "units": UNITS,
                "notes": texts("cli_backtest.spending_notes"),
                "summary": summary,
                "rows": [row.record() for row in rows],
            }
        )
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(texts("cli_backtest.spending_heads")):
        table.add_column(head, justify="left" if place == METHOD else "right")
    for one in summary:
        covered = one["coverage_90"]
        table.add_row(
            str(one["year"]),
            str(one["method"]),
            in_language(f"{one['mape']:.2f}"),
            in_language(f"{one['bias']:+.2f}"),
            in_language(f"{one['crps']:.2f}"),
            number(float(str(one["absolute_error_eur"])) / MILLION, 2),
            "–" if covered is None else f"{100 * float(str(covered)):.0f} %",
        )
    console = screen()
    where = place_text(chosen or sorted({row.department for row in rows}))
    console.print(text("cli_backtest.spending_title", where=where), style="bold")
    console.print(table)
    for note in texts("cli_backtest.spending_notes"):
        console.print(note, style="dim")
