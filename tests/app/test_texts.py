"""The catalogue of French texts: complete, and numbers written the French way."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from ui import texts
from ui.numbers import day_text, month_text, number, plain_number, signed

UI = Path(texts.__file__).parent


def keys_in_code() -> list[str]:
    """Every key that a page names outright."""
    calls = [
        node
        for path in UI.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("text", "texts", "words")
    ]
    found = [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]
    return sorted({str(key) for key in found})


def test_every_text_that_a_page_names_is_in_the_catalogue() -> None:
    keys = keys_in_code()
    assert len(keys) > 20
    for key in keys:
        assert texts._at(key)


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.text("result.no_such_text")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(16234.5, 1), "16\u202f234,5"),
        (number(-0.04, 1), "0,0"),
        (number(0.5), "1"),
        (number(-1234.0), "\u22121\u202f234"),
        (signed(12.0), "+12"),
        (signed(0.0), "0"),
        (plain_number(17.5), "17,5"),
        (plain_number(100.0), "100"),
        (month_text("2023-04"), "avril 2023"),
        (day_text(date(2023, 4, 1)), "1er avril 2023"),
    ],
)
def test_numbers_and_dates_are_french(written: str, expected: str) -> None:
    assert written == expected
