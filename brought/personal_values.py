"""Values about one person, in any writing: national numbers, addresses, telephones, accounts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from brought.page import Cell

SHORTEST, LEAST_DIGITS = 6, 9
MOST_LOOKED_AT = 1_000
"""A longer cell is never kept."""
_GAP = r"[\s.\-_/:·|]{0,3}"
_REAL_MONTH, _ANY_MONTH = r"(?:0[1-9]|1[0-2]|20)", r"(?:0[1-9]|1[0-2]|[2-9]\d)"
_PLACE = r"(?:\d[1-9]|[1-9]0|2[AaBb])"
NUMBER_WITH_KEY = re.compile(
    rf"(?<!\d)(?P<sex>[1-478])(?P<gaps>{_GAP}\d\d{_GAP}{_ANY_MONTH}{_GAP}{_PLACE}{_GAP}\d{{3}}{_GAP}\d{{3}})"
    rf"(?P<gap>{_GAP})(?P<key>\d\d)(?!\d)"
)
NUMBER_WITHOUT_KEY = re.compile(
    rf"(?<!\d)(?P<sex>[1-478])(?P<gaps>{_GAP}\d\d{_GAP}{_REAL_MONTH}{_GAP}{_PLACE}{_GAP}\d{{3}}{_GAP}\d{{3}})"
    rf"(?![\d])(?!{_GAP}\d)"
)
SCIENTIFIC = re.compile(r"(?<![\d.,])[1-478](?:[.,](?P<digits>\d+))?[eE]\+?(?P<power>12|14)(?!\d)")
EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,5}\.[a-z]{2,12}",
    re.IGNORECASE,
)
TELEPHONE = re.compile(
    r"(?<![\d.,])(?:0|(?:\+|00)(?:33|262|508|590|594|596|687|689)[ .\-]?(?:\(0\)[ .\-]?)?)[1-9]"
    r"(?P<gap>[ .\-/\u00a0\u202f]?)\d\d(?:(?P=gap)\d\d){3}(?![\d]|[.,]\d)"
)
ACCOUNT = re.compile(r"\bFR\d\d(?:[ \-]?[0-9A-Z]{4}){5}[ \-]?[0-9A-Z]{3}\b", re.IGNORECASE)
TITLED = re.compile(
    r"(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+[A-ZÀ-Þ][\w'\-]+(?:\s[\w'\-]+){0,3}"
)
LEAST_GAPS = 3


def is_of_a_person(cell: Cell) -> bool:
    """Whether a cell holds a number, an address or a title of one person."""
    if isinstance(cell, date) or (isinstance(cell, float) and not cell.is_integer()):
        return False
    text = str(cell)[:MOST_LOOKED_AT]
    if len(text) < SHORTEST:
        return False
    text = _usual_digits(text)
    digits = len(re.findall(r"\d", text))
    if ("@" in text or "at" in text) and EMAIL.search(text):
        return True
    if text[:1] == "M" and TITLED.fullmatch(text):
        return True
    if digits < LEAST_DIGITS:
        return _is_scientific(text)
    return bool(
        any(map(_has_gaps_or_key, NUMBER_WITH_KEY.finditer(text)))
        or any(map(_is_evenly_written, NUMBER_WITHOUT_KEY.finditer(text)))
        or TELEPHONE.search(text)
        or ACCOUNT.search(text)
        or _is_scientific(text)
    )


def key_of(number: str) -> int:
    """The control key of the thirteen signs of a national number."""
    digits = number.upper().replace("2A", "19", 1) if "A" in number.upper() else number.upper()
    return 97 - int(digits.replace("2B", "18", 1)) % 97


def _has_gaps_or_key(found: re.Match[str]) -> bool:
    """With its groups apart as they are usually written, or with the right key."""
    number = re.sub(r"[\s.\-_/:·|]", "", found["sex"] + found["gaps"])
    if key_of(number) == int(found["key"]):
        return True
    return _gaps(found["gaps"] + found["gap"]) >= LEAST_GAPS or not _gaps(found["gaps"])


def _is_evenly_written(found: re.Match[str]) -> bool:
    """Without any gap, or with several: one alone is a decimal mark."""
    count = _gaps(found["gaps"])
    return count == 0 or count >= LEAST_GAPS


def _gaps(text: str) -> int:
    return len(re.findall(r"[\s.\-_/:·|]+", text))


def _is_scientific(text: str) -> bool:
    """A number that a spreadsheet has shortened: ``1,85058E+14``."""
    for found in SCIENTIFIC.finditer(text):
        digits = found["digits"] or ""
        month = digits[2:4]
        if len(month) < 2 or re.fullmatch(_ANY_MONTH, month):
            return True
    return False


def _usual_digits(text: str) -> str:
    """Full-width and other scripts' digits as those of ASCII; signs that cannot be seen removed."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.digit(one)) if unicodedata.digit(one, None) is not None else one
        for one in composed
        if unicodedata.category(one) != "Cf"
    )
