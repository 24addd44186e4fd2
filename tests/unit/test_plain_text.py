"""A person's text stays text: what is kept of it, and what each medium makes of it."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from rich.box import SIMPLE_HEAD
from rich.progress import Progress
from rich.table import Table

from sim.plain_text import cleaned, escaped, one_line, spreadsheet_text
from ui.cli.terminal import PlainColumn, PlainConsole, complain, json_line, messages, screen

TITLES = (
    "14 postes [/2]",
    "[bold]gras[/bold] [link=file:///etc/passwd]x[/link]",
    ":fire: :x: :warning:",
    "a\\[b",
    "100 % \\ $x$ <b>&amp;</b>",
)


def test_what_is_not_written_is_removed() -> None:
    kept = set()
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cs") and cleaned(character) == character:
            kept.add(character)
    assert kept == {"\n", "\t"}


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("a\x1b]0;PWN\x07\x1b[2J\x1b[31mred", "a]0;PWN[2J[31mred"),
        ("a\x9b31mb\x7f\x00", "a31mb"),
        ("\u202egpj.exe\u2069\u200e", "gpj.exe"),
        ("a\u200bb\ufeffc\u2060d\xade", "abcde"),
        ("x\ud800y\udc80", "xy"),
        ("\ufffe\U0001ffff\ufdd0z", "z"),
        ("e\u0301te\u0301", "été"),
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\U0001f468\u200d\U0001f4bb", "\U0001f468\u200d\U0001f4bb"),
        ("l’été à l'œuvre\u202f: 14\u00a0%", "l’été à l'œuvre\u202f: 14\u00a0%"),
    ],
)
def test_text_is_kept_as_a_person_reads_it(given: str, right: str) -> None:
    assert cleaned(given) == right
    assert cleaned(right) == right


def test_a_title_is_one_line() -> None:
    assert one_line("  un\n\n deux\ttrois\u2029quatre\u00a0% ") == "un deux trois quatre\u00a0%"


def test_a_page_shows_tags_as_text() -> None:
    assert escaped('<b a="\'">&\x1b') == "&lt;b a=&quot;&#x27;&quot;&gt;&amp;"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("x")',
        "+cmd|' /C calc'!A0",
        "-2+3+A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝A1",
    ],
)
def test_text_that_a_spreadsheet_would_compute_is_made_harmless(text: str) -> None:
    assert spreadsheet_text(text) == f"'{cleaned(text)}"
    assert spreadsheet_text(f"a{text}") == f"a{cleaned(text)}"


@pytest.mark.parametrize("text", ["La Somme", "+12 [+3 ; +4]", "−5,2 %", "-1", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert spreadsheet_text(text) == text


def printed(*shown: object) -> str:
    buffer = io.StringIO()
    PlainConsole(buffer, 200).print(*shown)
    return buffer.getvalue()


@pytest.mark.parametrize("title", TITLES)
def test_a_terminal_prints_text_as_it_is_written(title: str) -> None:
    table = Table(title=title, box=SIMPLE_HEAD)
    table.add_column(title)
    table.add_row(title)
    assert printed(title).strip() == title
    assert printed(table).count(title) == 3


def test_a_terminal_obeys_no_text() -> None:
    table = Table("head \x1b[31m")
    table.add_row("cell \x9b2J\x07")
    assert not set(printed("a\x1b]0;title\x07", table)) & set("\x1b\x9b\x07")


def test_a_progress_bar_shows_text_as_it_is_written() -> None:
    buffer = io.StringIO()
    bar = Progress(PlainColumn("{task.description}"), console=PlainConsole(buffer, 200))
    task = bar.add_task("", total=1)
    bar.update(task, description="[/2] :fire: \x1b[31m")
    bar.refresh()
    (row,) = [bar.columns[0].render(one) for one in bar.tasks]
    assert str(row) == "[/2] :fire: [31m"


def test_faults_and_streams_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    complain("fichier \x1b[31m\ud800: trouvé")
    screen().print("[/x] \x1b[2J")
    messages().print("[/y] \x1b[2J")
    told = capsys.readouterr()
    assert told.out == "[/x] [2J\n"
    assert told.err == "fichier [31m: trouvé\n[/y] [2J\n"


def test_json_keeps_every_text_and_writes_none_that_a_terminal_obeys() -> None:
    title = "\x1b[31m\x9b2J\x7f \u202e \ud800 été :fire: [/2]"
    line = json_line({title: title})
    assert json.loads(line) == {title: title}
    assert line.isprintable()
