"""Tables as people bring them, made with known values, written in many ways, often made worse.

`made` gives a table with what it means; `prepared` gives it to every reader of the program. A table
that was only written in an unusual way must give its values, or be refused or asked about; one that
was damaged may also give what it says now, but never a number that is none. A table with data on
persons must be refused.
"""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from brought.checking import check
from brought.columns import Kind
from brought.heads import guessed_mapping, likeliest_sheet, possible_sheets
from brought.insertion import read_insertion
from brought.kinds import INSERTION, OWN_KINDS, PAID, RECEIVED, SERIES
from brought.page import UnreadableError
from brought.pages import Limits, pages_of_file, pages_of_text
from brought.payments import read_paid_months, read_received
from brought.persons import reason_to_refuse
from brought.series import month_text, read_series
from forecast.panel import shipped_panel
from forecast.panel_update import update_panel
from sim.errors import InputError
from sim.parameters.imported import DATA_VARIABLE
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.mutation import damaged, mutated
from tests.hostile.table_writing import Written, written

Value = str | float
Row = Mapping[str, Value]
APP_LIMITS = Limits(bytes=5_000_000, rows=20_000, columns=60)
PLACES = ("Nord", "Sud", "Péronne", "Val-de-Nièvre", "Amiens 2e", "UTS n° 3")
LINES = ("workshops", "collective", "staff.nurse")
ROLES = ("Travailleur social", "Conseillère emploi", "Encadrant", "Secrétariat")
DAMAGED, PERSONAL, PANEL = 0.4, 0.08, 0.02
"""Shares of tables that are damaged, that have data on persons, that continue the panel."""


def prepared(folder: Path) -> Attempt:
    """Attempts at all the readers of tables."""
    os.environ[DATA_VARIABLE] = str(folder / "data")
    shipped_panel()

    def attempt(luck: random.Random) -> Ending:
        kind = luck.choice((*OWN_KINDS.values(), SERIES, PAID, RECEIVED, INSERTION))
        if luck.random() < PANEL:
            return _judged(_panel(luck), luck, folder, _updated)
        table = written(kind, rows_of(kind, luck), luck, has_persons=luck.random() < PERSONAL)
        doors = [_in_app]
        if kind.name in COMMAND_LINE:
            doors.append(COMMAND_LINE[kind.name])
        return _judged(table, luck, folder, luck.choice(doors))

    return attempt


def rows_of(kind: Kind, luck: random.Random) -> list[Row]:
    """Rows of a kind with their true values: months without a gap for each territory."""
    first = 12 * luck.randint(2015, 2025) + luck.randrange(12)
    months = [month_text(first + ahead) for ahead in range(luck.randint(12, 20))]
    match kind.name:
        case "series":
            code = luck.choice(("80", "01", "2A", "974"))
            return [
                {"department": code, "month": month, "households": _count(luck)} for month in months
            ]
        case "received":
            return [
                {
                    "date": f"{month}-{luck.randint(13, 28)}",
                    "label": luck.choice(("TICPE", "FMDI", "Recouvrement d'indus")),
                    "amount": round(luck.uniform(-5e5, 9e6), 2),
                    "unit": "eur",
                }
                for month in months
            ]
        case "insertion":
            return [
                {
                    "line": luck.choice(LINES),
                    "period": month,
                    "amount": round(luck.uniform(0.0, 9e6), 2),
                    "unit": "eur",
                }
                for month in months
            ]
        case "paid" | "spending":
            return [_spending(month, kind, luck) for month in months]
        case "posts":
            return [
                {"role": role, "territory": place, "fte": luck.randint(1, 400) / 10}
                for role in ROLES
                for place in PLACES[: luck.randint(2, 5)]
            ]
    places = PLACES[: luck.randint(1, len(PLACES))]
    return [
        {"month": month, "territory": place, **_of_a_place(kind, luck)}
        for month in months
        for place in places
    ]


def _count(luck: random.Random) -> float:
    return float(luck.choice((luck.randint(60, 999), luck.randint(1_000, 99_999), 16_000)))


def _spending(month: str, kind: Kind, luck: random.Random) -> Row:
    households = float(luck.randint(2_000, 40_000))
    eur = round(households * luck.uniform(400, 700), 2)
    return {"month": month, "households": households, kind.columns[-1].name: eur}


def _of_a_place(kind: Kind, luck: random.Random) -> dict[str, Value]:
    if kind.name == "delays":
        return {
            "orientation_days": luck.randint(10, 2_000) / 10,
            "held": _count(luck),
            "missed": float(luck.randint(0, 99)),
        }
    return {"households": _count(luck), "entries": float(luck.randint(2, 300))}


def _panel(luck: random.Random) -> Written:
    panel = shipped_panel()
    rows: list[Row] = [
        {
            "department": code,
            "month": month_text(panel.last_monthly + 1 + ahead),
            "households": float(int(panel.series(code).households[-1])),
        }
        for code in panel.departments
        for ahead in range(luck.randint(1, 2))
    ]
    return written(SERIES, rows, luck, has_persons=False)


def _judged(
    table: Written, luck: random.Random, folder: Path, door: Callable[[Written, Path], list[Row]]
) -> Ending:
    is_damaged = luck.random() < DAMAGED
    if is_damaged:
        table = _worse(table, luck)
    try:
        rows = door(table, folder)
    except (InputError, UnreadableError, Asked):
        return Ending.REFUSED
    if not all(math.isfinite(value) for row in rows for value in _numbers(row)):
        raise SilentDifferenceError(f"{table.kind.name}: a number that is none in {rows!r}")
    if not is_damaged:
        _compare(table, rows)
    return Ending.TAKEN


def _worse(table: Written, luck: random.Random) -> Written:
    content = table.content
    if table.suffix == ".xlsx" or luck.random() < 0.3:
        return table.with_content(damaged(content, luck, b"PK\x03\x04"))
    text = content.decode("utf-8", errors="replace")
    return table.with_content(mutated(text, luck, 4).encode("utf-8", errors="replace"))


class Asked(Exception):  # noqa: N818 (no error: the app asks the person)
    """The app would ask before it goes on."""


def _in_app(table: Written, _folder: Path) -> list[Row]:
    """What the app keeps when the person changes nothing."""
    try:
        text = table.content.decode("utf-8")
        pages = pages_of_text(text, APP_LIMITS)
    except UnicodeDecodeError:
        pages = pages_of_file(table.content, APP_LIMITS)
    except UnreadableError:
        pages = pages_of_file(table.content, APP_LIMITS)
    sheets = possible_sheets(pages, table.kind)
    sheet = sheets[0] if len(sheets) == 1 else likeliest_sheet(pages, table.kind)
    if reason_to_refuse(sheet) is not None:
        raise Asked
    mapping, is_sure = guessed_mapping(table.kind, sheet.head)
    found = check(table.kind, sheet, mapping)
    if len(sheets) != 1 or not is_sure or not found.is_whole:
        raise Asked
    if table.kind in (RECEIVED, INSERTION):
        return [
            {**row, "amount": float(row["amount"]) * float(row.get("unit", 1.0)), "unit": "eur"}
            for row in found.rows
        ]
    return list(found.rows)


def _path(table: Written, folder: Path) -> Path:
    path = folder / f"table{table.suffix}"
    path.write_bytes(table.content)
    return path


def _series(table: Written, folder: Path) -> list[Row]:
    found, _ = read_series(_path(table, folder))
    return [
        {
            "department": found.department,
            "month": month_text(int(month)),
            "households": float(count),
        }
        for month, count in zip(found.months, found.households, strict=True)
    ]


def _paid(table: Written, folder: Path) -> list[Row]:
    return [
        {"month": one.month, "households": one.households, "allowance_eur": one.allowance_eur}
        for one in read_paid_months(_path(table, folder))[0]
    ]


def _received(table: Written, folder: Path) -> list[Row]:
    return [
        {"date": one.day.isoformat(), "label": one.label, "amount": one.eur, "unit": "eur"}
        for one in read_received(_path(table, folder))[0]
    ]


def _insertion(table: Written, folder: Path) -> list[Row]:
    return [
        {"line": one.line, "period": one.period, "amount": one.eur, "unit": "eur"}
        for one in read_insertion(_path(table, folder), LINES)[0]
    ]


def _updated(table: Written, folder: Path) -> list[Row]:
    known = shipped_panel().last_month
    panel = update_panel(_path(table, folder)).panel
    return [
        {"department": code, "month": month_text(int(month)), "households": float(count)}
        for code, row in zip(panel.departments, panel.households, strict=True)
        for month, count in zip(panel.months, row, strict=True)
        if month > known
    ]


COMMAND_LINE: Mapping[str, Callable[[Written, Path], list[Row]]] = {
    "series": _series,
    "paid": _paid,
    "received": _received,
    "insertion": _insertion,
}


def _numbers(row: Row) -> list[float]:
    return [value for value in row.values() if isinstance(value, float)]


def _compare(table: Written, rows: Sequence[Row]) -> None:
    """Raise `SilentDifferenceError` where what was read is not what the table means."""
    if table.has_persons:
        raise SilentDifferenceError(f"data on persons were read: {table.content[:300]!r}")
    if _ordered(rows) != _ordered(table.rows):
        only = [row for row in _ordered(rows) if row not in _ordered(table.rows)][:2]
        lost = [row for row in _ordered(table.rows) if row not in _ordered(rows)][:2]
        raise SilentDifferenceError(
            f"{table.kind.name}: read {only}, meant {lost}: {table.content[:400]!r}"
        )


def _ordered(rows: Sequence[Row]) -> list[list[tuple[str, Value]]]:
    return sorted(
        sorted(
            (name, round(value, 4) if isinstance(value, float) else value)
            for name, value in row.items()
        )
        for row in rows
    )
