"""Numbers below, words above: the model names what it says by key, `ui` has the sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("sim", "brought", "replay", "calibration", "forecast")
FRENCH = re.compile(r"[éèêàùçôîïûœÉÀ«»]")
READS_FRENCH = {
    "brought/numerals.py": "marks of French numbers in files that are brought",
    "brought/personal_heads.py": "heads that tell that a file is of persons",
    "brought/personal_values.py": "letters of names, by which persons are recognised",
}
"""Files whose French is looked for in what a person brings; nobody is shown it."""
ENTRIES = {"sim/parameters/parameters.py": "a label is taken from its entry by language"}
"""Files that choose by language among words that are data."""
LANGUAGES = ("fr", "en")
SENTENCE = re.compile(r"^[\"“]?[A-Z][^.{}]*(?: [^ .]+){4,}.*[.:]$", re.DOTALL)
DESCRIBED = {
    "sim/agents/fields.py": "declarations of fields, read by the pages of the documentation",
    "sim/batch/codebook.py": "declarations of columns, written into exports",
    "sim/engine/order.py": "the order of the day, printed by the documentation",
    "sim/engine/warm.py": "what the installation says while it compiles",
    "sim/experiments/spell_codebook.py": "the codebook of spells",
    "sim/experiments/event_page.py": "the page of events, written into their file",
    "calibration/long_checks.py": "help of a program of developers",
}
"""Files with whole English sentences that describe data or speak to developers. Pieces of sentences
(f-strings, reasons of records) are not seen by this test."""


def python_files() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def strings(tree: ast.Module) -> Iterator[str]:
    """Strings that are no docstrings and stand in no error."""
    passed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Raise) or name == "Fault" or name.endswith("Error"):
            passed |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_string and id(node) not in passed:
            yield str(node.value)


def test_no_french_stands_below() -> None:
    found = {name for name, tree in python_files() if any(map(FRENCH.search, strings(tree)))}
    assert found <= set(READS_FRENCH)


def test_nothing_below_branches_on_the_language() -> None:
    found = {
        name
        for name, tree in python_files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value in LANGUAGES
    }
    assert found <= set(ENTRIES)


def test_nothing_below_knows_the_floor_of_words() -> None:
    for name, tree in python_files():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] != "ui", name


def test_no_english_sentence_stands_below_but_descriptions() -> None:
    found = {name for name, tree in python_files() if any(map(SENTENCE.match, strings(tree)))}
    assert found <= set(DESCRIBED)
