"""Numbers and dates as they are written in French."""

from __future__ import annotations

import math
from datetime import date

THIN_SPACE = "\u202f"
MINUS = "\u2212"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


def number(value: float, decimals: int = 0) -> str:
    """``16 234,5``, with a true minus sign; halves away from zero; never minus zero."""
    unit = 10.0**decimals
    rounded = math.floor(abs(value) * unit + 0.5) / unit
    text = f"{rounded:,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    is_zero = not any(character in "123456789" for character in text)
    return text if value >= 0 or is_zero else f"{MINUS}{text}"


def plain_number(value: float) -> str:
    """A number with only the decimals that it needs, at most two."""
    text = number(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def signed(value: float, decimals: int = 0) -> str:
    """A difference: always with its sign, except zero."""
    text = number(value, decimals)
    is_zero = not any(character in "123456789" for character in text)
    return text if value < 0 or is_zero else f"+{text}"


def day_text(day: date) -> str:
    """``1er avril 2023``."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}"


def month_text(label: str) -> str:
    """``2023-04`` as ``avril 2023``."""
    year, month = label.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def short_month_text(label: str) -> str:
    """``2023-04`` as ``avr. 2023``."""
    year, month = label.split("-")
    return f"{SHORT_MONTHS[int(month) - 1]} {year}"
