"""One table written in the many ways of people, spreadsheets and exports."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openpyxl import Workbook

from brought.columns import Column, Kind

Value = str | float
Row = Mapping[str, Value]
Cells = list[list[object]]
FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
          "nov.", "déc.")  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
SECRET = ("NC", "<5", "s", "n.d.", "")
TITLES = (["Tableau de bord du RSA"], ["Foyers, par mois", ""], ["Édité le 3 mars"])
PERSONS = (
    ("NOMNAI", "X"), ("date_naissance", "1985-05-01"), ("N° allocataire", "1234567"),
    ("code", "2 99 12 75 999 007"), ("commentaire", "voir 2991275999007"),
    ("contact", "06 12 34 56 78"), ("remarque", "some.one@example.org"),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A file, the rows that it means (without what is kept secret), whether persons are in it."""

    kind: Kind
    rows: Sequence[Row]
    content: bytes
    suffix: str
    has_persons: bool

    def with_content(self, content: bytes) -> Written:
        """The same with other bytes."""
        return replace(self, content=content)


def written(kind: Kind, rows: Sequence[Row], luck: random.Random, *, has_persons: bool) -> Written:
    """The rows as a file, in one style for each column."""
    is_workbook = luck.random() < 0.3
    names = [one.name for one in kind.columns if any(one.name in row for row in rows)]
    luck.shuffle(names)
    meant, withheld = _with_secrets(kind, rows, luck)
    columns = [_column(kind.column(name), rows, withheld, luck, is_workbook) for name in names]
    cells: Cells = [list(row) for row in zip(*columns, strict=True)]
    if has_persons:
        head, value = luck.choice(PERSONS)
        for row, added in zip(cells, (head, *(value for _ in rows)), strict=True):
            row.append(added)
    _with_company(kind, names, cells, luck)
    suffix = ".xlsx" if is_workbook else luck.choice((".csv", ".txt"))
    content = _workbook(cells) if is_workbook else _text(cells, luck)
    return Written(kind, meant, content, suffix, has_persons)


def _with_secrets(
    kind: Kind, rows: Sequence[Row], luck: random.Random
) -> tuple[list[Row], set[tuple[int, str]]]:
    """What is still meant, and the cells (row, column) that are withheld."""
    counts = [one.name for one in kind.columns if one.shape == "count" and one.can_be_missing]
    withheld = (
        {(place, luck.choice(counts)) for place in range(len(rows)) if luck.random() < 0.1}
        if counts and kind.name != "spending" and luck.random() < 0.3
        else set()
    )
    meant = [
        {name: value for name, value in row.items() if (place, name) not in withheld}
        for place, row in enumerate(rows)
    ]
    return meant, withheld


def _column(
    column: Column,
    rows: Sequence[Row],
    withheld: set[tuple[int, str]],
    luck: random.Random,
    is_workbook: bool,
) -> list[object]:
    head = _head(column, luck)
    secret = luck.choice(SECRET)
    values = [row[column.name] for row in rows]
    if column.shape in ("month", "day", "period"):
        cells = _dates(column, [str(value) for value in values], luck, is_workbook)
    elif column.shape in ("count", "number"):
        thousandth = column.unit and column.name != "amount" and luck.random() < 0.3
        head += luck.choice((" (k€)", " en milliers d'euros")) if thousandth else ""
        head += " (€)" if column.unit and column.name == "allowance" and not thousandth else ""
        divisor = 1000.0 if thousandth else 1.0
        cells = _numbers(column, [float(value) / divisor for value in values], luck, is_workbook)
    else:
        cells = [str(value) for value in values]
    shown = [
        secret if (place, column.name) in withheld else cell for place, cell in enumerate(cells)
    ]
    return [head, *shown]


def _head(column: Column, luck: random.Random) -> str:
    head = luck.choice((column.name, *column.heads[:3]))
    return luck.choice((head, head.upper(), head.capitalize(), f" {head} ", head.replace(" ", "_")))


def _dates(
    column: Column, values: Sequence[str], luck: random.Random, is_workbook: bool
) -> list[object]:
    if column.shape == "day":
        style = luck.choice(("iso", "french", "typed" if is_workbook else "iso"))
        days = [date.fromisoformat(value) for value in values]
        return [_day(one, style) for one in days]
    months = [date.fromisoformat(f"{value}-01") for value in values]
    styles = ("2026-01", "01/2026", "janv.-26", "janv. 2026", "202601", "2026M01")
    style = luck.choice((*styles, "iso", "french", "typed" if is_workbook else "serial"))
    is_last = luck.random() < 0.5
    return [_month(one, style, is_last) for one in months]


def _month(month: date, style: str, is_last: bool) -> object:
    named = {
        "2026-01": f"{month:%Y-%m}",
        "01/2026": f"{month:%m/%Y}",
        "janv.-26": f"{FRENCH[month.month - 1]}-{month:%y}",
        "janv. 2026": f"{FRENCH[month.month - 1]} {month:%Y}",
        "202601": f"{month:%Y%m}",
        "2026M01": f"{month:%YM%m}",
    }
    if style in named:
        return named[style]
    following = (month + timedelta(days=31)).replace(day=1)
    return _day(following - timedelta(days=1) if is_last else month, style)


def _day(day: date, style: str) -> object:
    match style:
        case "iso":
            return day.isoformat()
        case "french":
            return f"{day:%d/%m/%Y}"
        case "serial":
            return str((day - date(1899, 12, 30)).days)
    return day


def _numbers(
    column: Column, values: Sequence[float], luck: random.Random, is_workbook: bool
) -> list[object]:
    if is_workbook and luck.random() < 0.6:
        return [int(value) if value.is_integer() else value for value in values]
    space = luck.choice((" ", "\u00a0", "\u202f"))
    group, mark = luck.choice(
        (("", "."), ("", ","), (space, ","), (".", ","), (",", "."), ("'", "."))
    )
    minus = luck.choice(("-", "\u2212"))
    decimals = 0 if column.shape == "count" else luck.choice((5, 6)) if column.unit else 1
    return [_number(value, decimals, group, mark, minus) for value in values]


def _number(value: float, decimals: int, group: str, mark: str, minus: str) -> str:
    text = f"{abs(value):,.{decimals}f}".replace(",", "\x00").replace(".", mark)
    return (minus if value < 0 else "") + text.replace("\x00", group)


def _with_company(kind: Kind, names: Sequence[str], cells: Cells, luck: random.Random) -> None:
    """A total, titles above, a note below, the head printed again."""
    head = list(cells[0])
    if luck.random() < 0.15 and "territory" in names and len(cells) > 3:
        total = list(cells[1])
        total[names.index("territory")] = luck.choice(("Total", "ENSEMBLE", "Total général"))
        if len({str(row[names.index("territory")]) for row in cells[1:]}) > 1:
            cells.append(total)
    if luck.random() < 0.1:
        cells.insert(len(cells) // 2 + 1, head)
    if luck.random() < 0.15:
        cells[:0] = [luck.choice(TITLES), []][: luck.randint(1, 2)]
    if luck.random() < 0.15:
        cells += [[], ["Source : CAF, données provisoires"]]


def _text(cells: Cells, luck: random.Random) -> bytes:
    buffer = io.StringIO()
    separator = luck.choice((";", ";", "\t", ","))
    if luck.random() < 0.05:
        buffer.write(f"sep={separator}\n")
    writer = csv.writer(buffer, delimiter=separator, lineterminator=luck.choice(("\n", "\r\n")))
    writer.writerows(cells)
    try:
        return buffer.getvalue().encode(luck.choice(ENCODINGS))
    except UnicodeEncodeError:
        return buffer.getvalue().encode("utf-8")


def _workbook(cells: Cells) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in cells:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
