"""The command line speaks French and English alike, by `--lang` or by the locale."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner, Result

import ui.cli
from ui import texts
from ui.cli.app import app
from ui.cli.helping import ABOUT, SHARED
from ui.cli.sizes import time_text
from ui.cli.spoken import LOCALE_VARIABLES, counted, language, language_asked, number, speak

pytestmark = pytest.mark.slow

CLI = Path(ui.cli.__file__).parent
SENTENCE = re.compile(r"[A-Za-zé]{2,}[,;:]? [A-Za-zé]{2,}")
"""Two words side by side."""
FOR_MACHINES = {
    "backtesting.py": 4,
    "ending.py": 1,
    "following.py": 1,
    "simulating.py": 1,
    "spending_scores.py": 5,
    "storing.py": 3,
    "updating.py": 1,
}
"""Words of the objects of ``--json`` and questions in SQL, by file."""


def caseload(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def commands() -> Iterator[tuple[str, list[str]]]:
    """The group of the help of every command, and the names of the options that it shows."""

    def below(command: object, group: str) -> Iterator[tuple[str, list[str]]]:
        shown = [one for one in command.params if not getattr(one, "hidden", False)]  # type: ignore[attr-defined]
        yield group, [str(one.name) for one in shown]
        if isinstance(command, TyperGroup):
            for name, one in command.commands.items():
                yield from below(one, f"{group}_{name}".replace("-", "_"))

    yield from below(get_command(app), "help")


@pytest.mark.parametrize(("group", "options"), list(commands()))
def test_every_command_and_option_has_its_help(group: str, options: list[str]) -> None:
    own, shared = texts.group_of(group), texts.group_of(SHARED)
    assert ABOUT in own
    for option in options:
        assert option in own or option in shared, option
    assert set(own) <= {ABOUT, *options}, "help of an option that is not there"


def test_every_shared_option_is_some_command_s() -> None:
    assert set(texts.group_of(SHARED)) <= {one for _, options in commands() for one in options}


@pytest.mark.parametrize("words", [(), ("run",), ("data",), ("data", "update"), ("seek",)])
def test_help_is_in_the_language(words: tuple[str, ...]) -> None:
    english, french = (caseload("--lang", one, *words, "--help").output for one in ("en", "fr"))
    assert "Usage: " in english
    assert "Show this message" in english
    assert "Utilisation : " in french
    assert "Affiche cette aide" in french


def paths() -> list[tuple[str, ...]]:
    """What is typed for the program, each group and each command."""

    def below(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        if isinstance(command, TyperGroup):
            for name, one in command.commands.items():
                yield from below(one, (*path, name))

    return list(below(get_command(app), ()))


def placed(asked: tuple[str, ...], path: tuple[str, ...], *end: str) -> list[tuple[str, ...]]:
    """A command line with the language asked at every place that words may have around it."""
    before = [(*path[:place], *asked, *path[place:], *end) for place in range(len(path) + 1)]
    return [*before, (*path, *end, *asked)]


@pytest.mark.slow
@pytest.mark.parametrize("path", paths(), ids=" ".join)
@pytest.mark.parametrize(
    ("end", "exit_code", "said"),
    [("--help", 0, ("Utilisation : ", "Usage: ")), ("--nought", 2, ("inconnue", "No such"))],
)
def test_the_language_stands_anywhere(
    path: tuple[str, ...], end: str, exit_code: int, said: tuple[str, str], monkeypatch: Any
) -> None:
    for locale, one, word in (("en", "fr", said[0]), ("fr", "en", said[1])):
        monkeypatch.setenv(LOCALE_VARIABLES[0], locale)
        lines = [*placed(("--lang", one), path, end), *placed((f"--lang={one}",), path, end)]
        answers = [caseload(*line) for line in lines]
        assert [answer.exit_code for answer in answers] == [exit_code] * len(lines)
        assert word in answers[0].output
        assert len({answer.output for answer in answers}) == 1, lines


@pytest.mark.parametrize(
    ("words", "exit_code"), [(("scenarios",), 0), (("check", "nowhere"), 2), (("run",), 2)]
)
def test_an_answer_is_the_same_wherever_the_language_stands(
    words: tuple[str, ...], exit_code: int
) -> None:
    before, after = caseload("--lang", "fr", *words), caseload(*words, "--lang", "fr")
    assert before.exit_code == after.exit_code == exit_code
    assert before.output == after.output != caseload(*words, "--lang", "en").output


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ((), None),
        (("run", "--lang"), None),
        (("--lang", "de", "run"), None),
        (("--lang", "fr", "run", "--lang=en"), "en"),
        (("run", "--", "--lang", "fr"), None),
    ],
)
def test_what_the_line_asks_for(line: tuple[str, ...], asked: str | None) -> None:
    assert language_asked(line) == asked


def test_help_keeps_what_stands_in_brackets() -> None:
    assert "[default: " in caseload("run", "--help").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("departments",), ("Foyers", "Orientés", "16\u202f230")),
        (("departments", "somme"), ("foyers", "Parcours :", "La Somme telle qu’elle était")),
        (("check", "somme_plus14"), ("36 mois à partir du", "Aucune erreur trouvée.")),
        (("levers", "somme_reference"), ("Plage", "Chemin")),
        (("scenarios",), ("Titre", "Référence")),
        (("data", "describe"), ("Indicateur", "Définition")),
    ],
)
def test_answers_are_in_french(words: tuple[str, ...], said: tuple[str, ...]) -> None:
    done = caseload("--lang", "fr", *words)
    assert done.exit_code == 0, done.output
    for one in said:
        assert one in done.output


def test_a_comparison_is_in_french(tmp_path: Path) -> None:
    small = ("--share", "0.01", "--months", "5", "--replications", "1", "--out", str(tmp_path))
    done = caseload("--lang", "fr", "compare", "somme_reference", "somme_plus14", *small)
    assert done.exit_code == 0, done.output
    for one in ("Indicateur", "Foyers allocataires du RSA", "Effectifs à fin", "Rapport :"):
        assert one in done.output
    assert "replication" not in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "nowhere"), "1 erreur dans ce qui est fourni\n  scenario : trouvé"),
        (("chek",), "Commande inconnue"),
        (("run",), "Il manque l’argument 'scenario'"),
        (("run", "somme_reference", "--seed", "x"), "un nombre entier"),
        (("run", "somme_reference", "--seed", "-1"), "au moins 0"),
        (("forecast",), "ligne de commande : DEPARTMENT, --series : trouvé ni l’un ni l’autre"),
    ],
)
def test_faults_are_told_in_french(words: tuple[str, ...], said: str) -> None:
    done = caseload("--lang", "fr", *words)
    assert done.exit_code == 2
    assert said in done.output


def test_what_machines_read_is_the_same_in_every_language() -> None:
    for words in (("check", "somme_plus14"), ("departments", "doubs")):
        english, french = (caseload("--lang", one, *words, "--json") for one in ("en", "fr"))
        assert json.loads(english.stdout) == json.loads(french.stdout)
    english, french = (caseload("--lang", one, "check", "no", "--json") for one in ("en", "fr"))
    assert json.loads(english.stdout) == json.loads(french.stdout)


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [
        ({}, "en"),
        ({"LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": ""}, "fr"),
    ],
)
def test_the_locale_chooses_the_language(
    locale: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken
    head = "Titre" if spoken == "fr" else "Title"
    assert head in caseload("scenarios").output
    assert "Title" in caseload("--lang", "en", "scenarios").output


def test_the_language_of_a_command_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert "Titre" in caseload("--lang", "fr", "scenarios").output
    assert language() == "en"


def test_an_unknown_language_is_refused() -> None:
    for words in (("--lang", "de", "scenarios"), ("scenarios", "--lang", "de")):
        done = caseload(*words)
        assert done.exit_code == 2
        assert "--lang" in done.output


def test_numbers_and_nouns_follow_the_language() -> None:
    def french() -> list[str]:
        speak("fr")
        return [number(1234.5, 1), counted("size.run", 0), counted("size.run", 2), time_text(5400)]

    told = copy_context().run(french)
    assert told == ["1\u202f234,5", "0 simulation", "2 simulations", "2 heures"]


def sentences(path: Path) -> list[str]:
    """Pieces of sentences that stand in a file, docstrings and names of variables left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ContextVar":
            passed |= {id(one) for one in ast.walk(node)}
    return [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in passed
        and SENTENCE.search(node.value)
    ]


def test_no_sentence_of_a_command_stands_in_code() -> None:
    found = {path.name: sentences(path) for path in sorted(CLI.glob("*.py"))}
    left = {name: len(pieces) for name, pieces in found.items() if pieces}
    changed = [found[name] for name in found if left.get(name, 0) != FOR_MACHINES.get(name, 0)]
    assert left == FOR_MACHINES, changed


def test_every_text_of_the_commands_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in CLI.glob("*.py"))
    declared = (texts.FOLDER / "commands.yaml").read_text(encoding="utf-8")
    for group in re.findall(r"^(\w+):", declared, re.MULTILINE):
        for name in texts.group_of(group):
            key = f"{group}.{name.removesuffix('_one')}"
            assert key in code or group == "size", key
