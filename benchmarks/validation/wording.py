"""Numbers, spreads and lines of text as all pages of the validation report write them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from textwrap import fill

from benchmarks.validation.schemes_kept import Spread
from sim.parameters import load_department
from sim.parameters.derivation.statistics import names_by_code

WIDTH = 100
PERCENT = 100.0
COUNTRY = "Country"
MINUS = "−"


def folded(text: str, indent: str = "") -> list[str]:
    """Lines of at most `WIDTH` letters; those after the first begin with ``indent``."""
    return fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ).split("\n")


def number(value: float, sign: str = "") -> str:
    """One decimal, none from a hundred on."""
    digits = 0 if abs(value) >= PERCENT else 1
    return f"{value:{sign},.{digits}f}".replace("-", MINUS)


def significant(value: float, digits: int = 3) -> str:
    """So many significant digits, without exponents."""
    if abs(value) >= 10**digits:
        return f"{value:,.0f}".replace("-", MINUS)
    return f"{value:.{digits}g}".replace("-", MINUS)


def spread_text(spread: Spread, unit: str = "", sign: str = "") -> str:
    """Median with its unit, then both ends."""
    ends = f"{number(spread.low, sign)} to {number(spread.high, sign)}"
    return f"{number(spread.median, sign)}{unit} ({ends})"


def lines_of_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown, all columns to the left."""
    rule = ["---"] * len(heads)
    return [f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows)]


@cache
def department_title(name: str) -> str:
    """The name of a department as people write it, by its name in the tables."""
    return names_by_code()[load_department(name).code]
