"""`backtest`: forecasts scored on the past."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.errors import Fault, InputError
from sim.extras import check_extra
from ui.cli.remarking import remark
from ui.cli.spoken import counted, in_language, language, text, texts
from ui.cli.terminal import messages, say_json, screen
from ui.reports.refusals import note_in

if TYPE_CHECKING:
    from forecast.backtest import ScoredForecast

NEEDED = ("statsmodels", "scoringrules", "threadpoolctl")
UNITS = {
    "mape": "percent of observed households, mean of absolute errors over the horizon",
    "bias": "percent of observed households, mean of forecast minus observed",
    "crps": "percent of observed households, mean over the horizon",
    "coverage_90": "share of months inside the central 90 % interval",
}


def backtest(
    file: Path | None, origins: str | None, horizon: int, department: str | None, is_json: bool
) -> None:
    """Score the model and the benchmarks on the past; raises `InputError`."""
    check_installed()
    from brought.series import month_of, month_text, read_series
    from forecast.panel import current_panel

    named = None if origins is None else [month_of(one, "--origins") for one in _words(origins)]
    if named is not None and (not named or len(set(named)) != len(named)):
        accepted = text("cli_fault.each_month_once")
        where = text("cli_fault.command_line")
        raise InputError([Fault(where, "--origins", repr(origins), accepted)])
    series, read = (None, ()) if file is None else read_series(file)
    remark(*read)
    from threadpoolctl import threadpool_limits as one_thread

    from forecast.backtest import ORIGINS, backtest_panel, backtest_series, summary
    from forecast.unusual import remarks_of_data

    panel = current_panel()
    remark(*remarks_of_data(panel, series))
    notes: list[str] = []
    if series is not None:
        rows, notes = backtest_series(panel, series, named, horizon)
    else:
        chosen = None if department is None else [known_department(department, panel.departments)]
        months = named or [month_of(one) for one in ORIGINS]
        # The matrices are small: more threads would only wait for each other.
        with messages().status(text("progress.learning")) as status, one_thread(limits=1):
            rows = backtest_panel(panel, months, horizon, chosen, status.update)
    if is_json:
        say_json(
            {
                "command": "backtest",
                "series": None if file is None else str(file),
                "origins": [month_text(month) for month in sorted({row.origin for row in rows})],
                "horizon": horizon,
                "panel_until": month_text(panel.last_month),
                "units": UNITS,
                "notes": notes,
                "summary": summary(rows),
                "rows": [row.record() for row in rows],
            }
        )
        return
    _show(rows, horizon, notes)


def _show(rows: Sequence[ScoredForecast], horizon: int, notes: Sequence[str]) -> None:
    from brought.series import month_text
    from forecast.backtest import summary

    console = screen()
    if rows:
        names = sorted({row.department for row in rows})
        origins = ", ".join(month_text(month) for month in sorted({row.origin for row in rows}))
        where = place_text(names)
        title = text("cli_backtest.title", where=where, origins=origins, months=horizon)
        console.print(title, style="bold")
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, head in enumerate(texts("cli_backtest.heads")):
            table.add_column(head, justify="right" if place else "left")
        for one in summary(rows):
            table.add_row(
                str(one["method"]),
                in_language(f"{one['mape']:.2f}"),
                in_language(f"{one['bias']:+.2f}"),
                in_language(f"{one['crps']:.2f}"),
                f"{100 * float(str(one['coverage_90'])):.0f} %",
            )
        console.print(table)
        console.print(text("cli_backtest.model"), style="dim")
    for note in notes:
        console.print(note_in(note, language()))


def place_text(departments: Sequence[str]) -> str:
    """The one department, or how many there are."""
    if len(departments) == 1:
        return text("cli_backtest.department", code=departments[0])
    return counted("cli_backtest.departments", len(departments))


def _words(written: str) -> list[str]:
    return [word.strip() for word in written.split(",") if word.strip()]


def known_department(department: str, departments: Sequence[str]) -> str:
    """The code of a department as the panel writes it; raises `InputError`."""
    code = department.upper().zfill(2)
    if code not in departments:
        accepted = text("cli_fault.one_of", names=", ".join(departments))
        raise InputError(
            [Fault(text("cli_fault.command_line"), "--department", repr(department), accepted)]
        )
    return code


def check_installed() -> None:
    """Refuse to go on without what forecasts need; raises `InputError`."""
    check_extra("calibration", NEEDED)
