"""French as docs/style_fr.md wants it, as far as a machine can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ui import texts
from ui.entry.front_door import language_script
from ui.look import typed
from ui.texts.typography import NARROW_NO_BREAK, NO_BREAK, elided

ROOT = Path(texts.__file__).parents[2]
TABLES = sorted((*(ROOT / "sim").rglob("*.yaml"), *(ROOT / "scenarios").glob("*.yaml")))
PAGES = (
    "budget", "common", "compare", "explore", "export", "home", "options", "own", "person",
    "results_priced", "scenario", "story", "weigh",
)  # fmt: skip
"""Catalogues of what the app shows and gives away; the others are for those who type commands."""
FILLED_IN = re.compile(r"\{\w*\}")
STRAIGHT = re.compile(r"(?<!\w)(?:[cdjlmnst]|\w*qu|aujourd)'\w", re.IGNORECASE)
NO_SPACE_BEFORE = re.compile(r"[^\W_][;!?](?:\s|$)|[^\W_]:(?=\s|$)|«(?! )|(?<! )»|[\d}]%")
SPACES = re.compile(r"\S  +\S|\s[.,](?:\s|$)|\.\.\.")
ORDINALS = re.compile(r"\b\d+(?:ère|ème|ième)s?\b|\b1e\b")
OTHER_WORDS = re.compile(
    r"réplication|intervenant|accompagnateur|sorties? (?:durable|positive)|\busagers?\b"
    r"|\bagents\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|from|this|that|is|are|your|which|households?|caseworkers?|share|run"
    r"|seed|value|true|false|none|month|year)\b"
)
RAW_NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
CODE = re.compile(r"`[^`]*`|« \S+: \S+ »|caseload [a-z]+")


def french(node: object, path: str = "", is_french: bool = False) -> Iterator[tuple[str, str]]:
    """Every French text below a node of a document, with its path."""
    if isinstance(node, dict):
        for name, below in node.items():
            yield from french(below, f"{path}.{name}", is_french or name == "fr")
    elif isinstance(node, list):
        for number, below in enumerate(node):
            yield from french(below, f"{path}[{number}]", is_french)
    elif is_french and isinstance(node, str):
        yield path, node


def of_files(files: list[Path]) -> list[tuple[str, str]]:
    return [
        (f"{file.stem}{path}", written)
        for file in files
        for path, written in french(yaml.safe_load(file.read_text(encoding="utf-8")))
    ]


CATALOGUE = of_files(sorted(texts.FOLDER.glob("*.yaml")))
OF_PAGES = of_files([texts.FOLDER / f"{name}.yaml" for name in PAGES])


def found(pattern: re.Pattern[str], among: list[tuple[str, str]]) -> list[str]:
    """Where a pattern is met, what is filled in and what is code left out."""
    plain = ((path, CODE.sub("x", FILLED_IN.sub("0", written))) for path, written in among)
    return [f"{path}: {hit[0]!r}" for path, text in plain if (hit := pattern.search(text))]


def test_there_is_something_to_reread() -> None:
    assert len(CATALOGUE) > 1000
    assert len(OF_PAGES) > 400


def test_apostrophes_are_typographic() -> None:
    assert not found(STRAIGHT, CATALOGUE + of_files(TABLES))


@pytest.mark.parametrize("pattern", [NO_SPACE_BEFORE, SPACES], ids=["signs", "spaces"])
def test_spaces_stand_where_french_has_them(pattern: re.Pattern[str]) -> None:
    samples = [one for one in OF_PAGES if not one[0].startswith("own.own.paste_")]
    assert not found(pattern, samples)


def test_ordinals_end_as_they_should() -> None:
    assert not found(ORDINALS, CATALOGUE)


def test_one_word_for_one_thing() -> None:
    assert not found(OTHER_WORDS, CATALOGUE)


def test_pages_have_no_english_and_no_names_of_the_code() -> None:
    assert not found(ENGLISH, OF_PAGES)
    assert not found(RAW_NAME, OF_PAGES)


@pytest.mark.parametrize(
    ("written", "set_so"),
    [
        ("de avril 2025 à mars 2026", "d’avril 2025 à mars 2026"),
        ("de août 2025", "d’août 2025"),
        ("De octobre 2025", "D’octobre 2025"),
        ("de mai 2025", "de mai 2025"),
        ("mode avril", "mode avril"),
    ],
)
def test_de_is_elided_before_months(written: str, set_so: str) -> None:
    assert elided(written) == set_so


@pytest.mark.parametrize("month", texts.at("date.months", "fr"))
def test_no_sentence_says_de_before_a_vowel_of_a_month(month: str) -> None:
    names = {"since": f"{month} 2025", "last": f"{month} 2026", "name": "x", "range": "x"}
    for key in ("answer.over", "budget.same", "budget.sentence"):
        said = texts.said(key, "fr", share="x", **names)
        assert not re.search(r"\b[Dd]e [aeiouéh]", said), said


def test_spaces_of_a_page_do_not_break() -> None:
    shown = typed("« oui » : 14 % ; vraiment ? non !")
    assert " :" not in shown
    assert (
        f"14{NO_BREAK}%{NARROW_NO_BREAK}; vraiment{NARROW_NO_BREAK}? non{NARROW_NO_BREAK}!" in shown
    )
    assert f"«{NO_BREAK}oui{NO_BREAK}»{NO_BREAK}:" in shown


def test_the_first_stop_of_the_keyboard_speaks_the_language_of_the_page() -> None:
    for language in texts.LANGUAGES:
        words = texts.said("app.skip", language)
        assert f"textContent='{words}'" in language_script(language)
    assert "'" not in texts.said("app.skip", "fr")
