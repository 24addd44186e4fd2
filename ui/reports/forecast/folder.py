"""The folder of a forecast: table, JSON, pictures, page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from brought.series import month_text
from forecast.level import VERIFIED_MONTHS
from forecast.outcome import PARTS, Outlook, records
from sim.errors import Fault, InputError
from sim.files import json_bytes, write_atomically
from sim.plain_text import spreadsheet_text
from sim.version import engine_version, package_version
from ui.reports.forecast.figures import figures
from ui.reports.forecast.page import page_html
from ui.reports.picture_file import picture_file
from ui.reports.remarks import remark_text
from ui.texts import said

TABLE, RECORD, PAGE, FIGURES = "forecast.csv", "forecast.json", "forecast.html", "figures"
OWN_NAMES = frozenset({TABLE, RECORD, PAGE, FIGURES})
UNITS: Mapping[str, str] = {
    "mean, sd, q05 … q95": "households at the end of the month",
    "share_seeds": "share of the variance: luck of the simulated persons",
    "share_data": "share of the variance: parameters that the data of the fit informed",
    "share_literature": "share of the variance: literature priors and assumptions",
    "share_discrepancy": "share of the variance: error of the level, measured on the past",
}


def check_forecast_folder(folder: Path) -> None:
    """Refuse a folder that holds anything else than an earlier forecast; raises `InputError`."""
    accepted = "a new folder, an empty one, or the folder of an earlier forecast"
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault("command line", "out", f"the file {folder}", accepted)])
    strangers = (
        sorted(path.name for path in folder.iterdir() if path.name not in OWN_NAMES)
        if folder.exists()
        else []
    )
    if strangers:
        found = f"{folder} with {', '.join(strangers[:3])}"
        raise InputError([Fault("command line", "out", found, accepted)])


def write_forecast(folder: Path, outlook: Outlook, place: str, replay: str) -> None:
    """Write every file; the page comes last and holds the pictures."""
    for stale in (folder / FIGURES).glob("*.*"):
        stale.unlink()
    rows = records(outlook)
    write_atomically(folder / TABLE, table_text(rows).encode())
    write_atomically(folder / RECORD, json_bytes(forecast_record(outlook, replay)))
    pictures: dict[str, bytes] = {}
    for name, figure in figures(outlook, place).items():
        pictures[name] = picture_file(figure, "png")
        write_atomically(folder / FIGURES / f"{name}.png", pictures[name])
        write_atomically(folder / FIGURES / f"{name}.svg", picture_file(figure, "svg"))
    write_atomically(folder / PAGE, page_html(outlook, place, pictures, replay).encode())


def table_text(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                name: spreadsheet_text(one) if isinstance(one, str) else one
                for name, one in row.items()
            }
        )
    return text.getvalue()


def forecast_record(outlook: Outlook, replay: str) -> dict[str, object]:
    """The forecast as one object of plain values."""
    simulated = outlook.simulated
    last = outlook.level.months - 1
    return {
        "command": "forecast",
        "department": outlook.level.known.department,
        "last_known_month": month_text(outlook.level.known.last_month),
        "last_known_households": int(outlook.level.known.households[-1]),
        "last_known_age_months": outlook.level.age_months,
        "source": said("forecast_report.source", "en"),
        "months": outlook.level.months,
        "months_over_not_observed_here": outlook.level.months_over,
        "verified_months_ahead": VERIFIED_MONTHS,
        "level": "statistical forecast; the simulation gives the differences between scenarios",
        "reference": None if simulated is None else simulated.comparison.reference.name,
        "draws": None
        if simulated is None
        else {
            "count": len(simulated.draws),
            "runs_of_a_draw": simulated.caseload.shape[1],
            "parameters": len(simulated.draws.paths),
            "literature_parameters": int(simulated.draws.is_literature.sum()),
            "is_calibrated": simulated.draws.has_data,
            "identity": simulated.draws.identity,
            "share_simulated": simulated.share,
        },
        "standard_error_of_shares_last_month": {
            name: round(float(error[last]), 4) for name, error in outlook.share_errors.items()
        },
        "variance_parts": list(PARTS),
        "units": dict(UNITS),
        "notes": [remark_text(note, "en") for note in outlook.notes],
        "versions": {"rsa-caseload": package_version(), "engine": engine_version()},
        "replay": replay,
        "rows": records(outlook),
    }


def _cell(value: object) -> object:
    return spreadsheet_text(value) if isinstance(value, str) else value
