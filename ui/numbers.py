"""Numbers and dates as they are written in the visitor's language."""

from __future__ import annotations

import math
from datetime import date

from ui.ages import day_text as day_in_words
from ui.reports.wording import DECIMALS as DECIMALS
from ui.spoken import language, text, texts
from ui.texts.figures import is_singular

THIN_SPACE = "\u202f"
MINUS = "\u2212"
PER_CENT = 100.0


def number(value: float, decimals: int = 0) -> str:
    """``16 234,5`` in French, a true minus sign, halves away from zero, never minus zero."""
    if not math.isfinite(value):
        return "–"
    unit = 10.0**decimals
    rounded = math.floor(abs(value) * unit + 0.5) / unit
    written = f"{rounded:,.{decimals}f}"
    if language() == "fr":
        written = written.replace(",", THIN_SPACE).replace(".", ",")
    is_zero = not any(character in "123456789" for character in written)
    return written if value >= 0 or is_zero else f"{MINUS}{written}"


def takes_singular(value: float, decimals: int = 0) -> bool:
    """Whether a noun stands in the singular beside the number as it is written."""
    if not math.isfinite(value):
        return False
    unit = 10.0**decimals
    return is_singular(math.floor(abs(value) * unit + 0.5) / unit, language())


def counted(key: str, count: int, **words: object) -> str:
    """The text of so many things, in the singular where the language asks for it."""
    name = f"{key}_one" if takes_singular(count) else key
    return text(name, count=number(count), **words)


def days_text(days: float, most: int = 1) -> str:
    """So many days, with only the decimals that it needs: ``1,5 jour``."""
    unit = "unit_one.days" if takes_singular(days, most) else "unit.days"
    return f"{plain_number(days, most)} {text(unit)}"


def plain_number(value: float, most: int = 2) -> str:
    """A number with only the decimals that it needs, at most so many."""
    point = "," if language() == "fr" else "."
    written = number(value, most)
    return written.rstrip("0").rstrip(point) if point in written else written


def signed(value: float, decimals: int = 0) -> str:
    """A difference: always with its sign, except zero."""
    written = number(value, decimals)
    is_zero = not any(character in "123456789" for character in written)
    return written if value < 0 or is_zero or not math.isfinite(value) else f"+{written}"


def euros(value: float, *, is_signed: bool = False) -> str:
    """An amount in millions, thousands or whole euro, with two digits at least where it has them.

    Prices of a few thousand euro stay whole: rounded to thousands, a range would be one number.
    """
    write = signed if is_signed else number
    space = "\u00a0"
    if abs(value) >= 999.5e3:
        return f"{write(value / 1e6, 1)}{space}M€"
    if abs(value) >= 1e4:
        return f"{write(value / 1e3, 0)}{space}k€"
    return f"{write(value)}{space}€"


def day_text(day: date) -> str:
    """``1er avril 2023``."""
    return day_in_words(day, language())


def month_text(label: str) -> str:
    """``2023-04`` as ``avril 2023``."""
    year, month = label.split("-")[:2]
    return f"{texts('date.months')[int(month) - 1]} {year}"


def short_month_text(label: str) -> str:
    """``2023-04`` as ``avr. 2023``."""
    year, month = label.split("-")[:2]
    return f"{texts('date.short_months')[int(month) - 1]} {year}"
