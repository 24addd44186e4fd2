"""The catalogue of texts: complete in both languages, and nothing of it written in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from sim.parameters.units import UNITS
from ui import spoken, texts
from ui.answers import between, euros_range, interval_words
from ui.numbers import counted, day_text, euros, month_text, number, plain_number, signed
from ui.outcome_words import Shown, amount_text, with_unit
from ui.reports.search.wording import lever_text
from ui.study import Draft

UI = Path(texts.__file__).parents[1]
FILES = sorted(UI.rglob("*.py"))
READERS = ("text", "texts", "words", "has_text")
ACCENTED = re.compile(r"[éèêàùçôîïûœÉÀ]")
NOT_SHOWN = ("own_data/kinds.py", "cli/plain_signs.py")
"""Heads and rows of templates, in French on purpose; signs that terminals may lack."""


def to_fill_in(written: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(written) if name}


def entries() -> Iterator[tuple[str, object]]:
    for group, members in texts.catalogue().items():
        for name, pair in members.items():
            yield f"{group}.{name}", pair


@pytest.mark.parametrize(("key", "pair"), list(entries()), ids=[key for key, _ in entries()])
def test_every_text_is_there_in_both_languages(key: str, pair: object) -> None:
    assert isinstance(pair, dict), key
    assert set(pair) == set(texts.LANGUAGES), key
    french, english = pair["fr"], pair["en"]
    assert type(french) is type(english)
    if isinstance(french, str):
        fields = [
            {name for _, name, _, _ in Formatter().parse(one) if name} for one in (french, english)
        ]
        # A sentence may count what the other language leaves to its plural.
        assert fields[0] ^ fields[1] <= {"count"}, f"{key}: the words to fill in differ"
    elif isinstance(french, list):
        assert len(french) == len(english), key
    else:
        assert set(french) == set(english), key


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_reader = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_reader and node.func.id in READERS:
            yield node


def test_every_text_that_a_page_names_is_in_the_catalogue() -> None:
    named = {
        str(call.args[0].value)
        for path in FILES
        for call in calls(path)
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(named) > 200
    for key in named:
        assert texts.at(key, "fr"), key


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        spoken.text("answer.no_such_text")


def shown_strings(path: Path) -> Iterator[ast.Constant]:
    """Strings of a file that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_string and id(node) not in documented:
            yield node


def accented(path: Path) -> list[str]:
    found = []
    for node in shown_strings(path):
        words = str(node.value)
        if words.startswith(("<", "\n", "--")) or "{" in words or "\\" in words:
            continue  # markup, patterns
        if ACCENTED.search(words):
            found.append(f"{path.name}:{node.lineno}: {words!r}")
    return found


def test_no_sentence_stands_in_code() -> None:
    found = {str(path.relative_to(UI)): accented(path) for path in FILES}
    left = {name: len(words) for name, words in found.items() if words and name not in NOT_SHOWN}
    assert not left, [found[name] for name in left]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(16234.5, 1), "16\u202f234,5"),
        (number(-0.04, 1), "0,0"),
        (number(0.5), "1"),
        (number(float("nan")), "–"),
        (number(-1234.0), "\u22121\u202f234"),
        (signed(12.0), "+12"),
        (signed(0.0), "0"),
        (plain_number(17.5), "17,5"),
        (plain_number(100.0), "100"),
        (month_text("2023-04"), "avril 2023"),
        (day_text(date(2023, 4, 1)), "1er avril 2023"),
        (euros(-2_340_000.0), "\u22122,3\u00a0M€"),
        (euros(45_600.0, is_signed=True), "+46\u00a0k€"),
        (euros(1_050.0), "1\u202f050\u00a0€"),
        (euros(9_999.6), "10\u202f000\u00a0€"),
        (euros(10_000.0), "10\u00a0k€"),
        (euros(950_000.0), "950\u00a0k€"),
        (euros(999_600.0), "1,0\u00a0M€"),
    ],
)
def test_numbers_and_dates_are_french(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.7, 1.2, "entre 1 foyer de moins et 1 foyer de plus"),
        (-12.0, -3.4, "entre 3 et 12 foyers de moins"),
        (3.4, 12.0, "entre 3 et 12 foyers de plus"),
        (-4.2, -3.9, "environ 4 foyers de moins"),
        (0.6, 1.4, "environ 1 foyer de plus"),
        (0.0, 0.0, "aucun écart"),
        (-0.3, 0.2, "un écart presque nul"),
        (-1.0, 0.0, "entre 0 et 1 foyer de moins"),
        (-0.2, 7.0, "entre 0 et 7 foyers de plus"),
        (0.2, 7.0, "entre 0,2 et 7,0 foyers de plus"),
        (0.04, 0.3, "entre 0,04 et 0,30 foyer de plus"),
    ],
)
def test_the_nouns_of_an_interval_agree_with_their_number(
    low: float, high: float, said: str
) -> None:
    assert interval_words(low, high, Shown.of("caseload_households")) == said


@pytest.mark.parametrize(
    ("name", "unit", "said"),
    [
        ("Attente d'un référent (moyenne)", "jours", "Attente d'un référent (moyenne, jours)"),
        ("Foyers allocataires du RSA", "foyers", "Foyers allocataires du RSA"),
        ("Contrats rompus dans les 6 mois", "%", "Contrats rompus dans les 6 mois (%)"),
        ("Emplois commencés", "", "Emplois commencés"),
    ],
)
def test_a_unit_is_said_once_and_in_one_bracket(name: str, unit: str, said: str) -> None:
    assert with_unit(name, unit) == said


def test_a_noun_agrees_with_its_number() -> None:
    assert counted("own.rows", 1) == "1 ligne"
    assert counted("own.rows", 1200) == "1\u202f200 lignes"
    for key in ("own.faults", "own.fine", "note.more_settings", "batches.more_settings"):
        assert counted(key, 1) != counted(key, 2).replace("2", "1")


def test_a_range_of_one_number_is_one_number() -> None:
    assert between("0,0", "0,0") == "0,0"
    assert between("−1", "+2") == "−1 à +2"
    assert euros_range(0.2, -0.2) == "0\u00a0€"


def test_every_unit_has_one_name_in_pages_reports_and_commands() -> None:
    assert set(UNITS) <= set(texts.group_of("unit"))
    written = "10 min par personne et par mois"
    assert lever_text(10.0, "minutes_per_person_month", "fr") == written
    assert amount_text(10.0, "minutes_per_person_month") == written


def test_a_scenario_without_changes_is_known() -> None:
    known = {"key": "new", "title": "Mon scénario", "origin": "somme_reference"}
    assert Draft.model_validate(known).is_idle("somme_reference")
    changed = {**known, "values": {"inflow.scale": 1.1}}
    assert not Draft.model_validate(changed).is_idle("somme_reference")
    assert not Draft.model_validate({**known, "origin": "x"}).is_idle("somme_reference")


def test_a_delay_at_its_ceiling_may_be_more() -> None:
    shown = Shown.of("wait_for_caseworker_days_median")
    assert shown.level(180.0) == "180 jours ou plus"
    assert shown.level(41.0) == f"{number(41.0, shown.decimals)} jours"
    assert shown.level(1.5).endswith(" jour")
    assert Shown.of("caseload_households").level(180.0) == "180 foyers"
