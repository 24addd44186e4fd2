"""Every command that a page prints is one that the program, make or Python has.

Commands are read as their program reads them, with every option, and not run: `make documented`
runs those of the main pages.
"""

from __future__ import annotations

import re
from contextvars import copy_context
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from tests.docs.printed_commands import PRINTED, ROOT, Printed
from ui.cli.app import app

CASELOAD = get_command(app)
TARGETS = set(
    re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
)


def of_program(name: str) -> list[Printed]:
    return [one for one in PRINTED if Path(one.words[0]).name == name]


def test_commands_of_the_pages_are_found() -> None:
    assert len(of_program("caseload")) > 40
    assert len(of_program("make")) > 10


@pytest.mark.parametrize("printed", of_program("caseload"), ids=str)
def test_caseload_takes_the_words(printed: Printed) -> None:
    try:
        copy_context().run(read_by_caseload, list(printed.words[1:]))
    except TyperException as refused:
        pytest.fail(f"{printed}: {refused}")


def read_by_caseload(words: list[str]) -> None:
    """Read the words of a command line as it would; the language that they ask for is left."""
    command, context = CASELOAD, None
    while isinstance(command, TyperGroup):
        context = command.make_context("caseload", words[:1], context, resilient_parsing=True)
        assert words[0] in command.commands, words
        command, words = command.commands[words[0]], words[1:]
    command.make_context("command", words, context)


@pytest.mark.parametrize("printed", of_program("make"), ids=str)
def test_make_has_the_target(printed: Printed) -> None:
    assert set(printed.words[1:]) <= TARGETS


def test_the_help_of_make_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r'^\t@echo "make (\S+)', text, re.MULTILINE))
    phony = set(text.partition(".PHONY:")[2].splitlines()[0].split())
    assert told == phony - {"help"}
    assert phony == TARGETS


def test_the_page_of_chance_says_what_make_runs() -> None:
    page = (ROOT / "docs" / "chance.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (words,) = re.findall(r"(tools/verify_chance\.py.*)", makefile)
    assert f"Written by `{words}`" in page


@pytest.mark.parametrize("printed", of_program("python"), ids=str)
def test_python_has_the_module_or_the_file(printed: Printed) -> None:
    options = [word for word in printed.words[1:] if not word.startswith("-")]
    asked = options[0]
    is_there = (ROOT / asked).exists() if asked.endswith(".py") else find_spec(asked) is not None
    assert is_there, printed
