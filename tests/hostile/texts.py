"""Hostile texts through every medium: each shows them as they are written.

Each of `MEDIA` sends a text out and raises `SilentDifferenceError` when anything but plain text
comes of it.
"""

from __future__ import annotations

import io
import json
import random
import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

import plotly.graph_objects as go
from markdown_it import MarkdownIt
from matplotlib.figure import Figure
from openpyxl import load_workbook
from rich.table import Table
from xlsxwriter import Workbook

from sim.errors import InputError
from sim.parameters.reading import parse_yaml
from sim.plain_text import FORMULA_SIGNS, HARMLESS, cleaned, one_line, spreadsheet_text
from sim.policy import Scenario, load_scenario, scenario_text
from sim.policy.form import Title
from tests.app_worlds import scheme_study
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.hostile_words import hostile_text
from ui.cli.terminal import PlainConsole, json_line
from ui.look import typed
from ui.plain_text import WORD_JOINER, chart_text, markdown_text
from ui.reports.picture_file import picture_file
from ui.reports.wording import html_text
from ui.study import Draft
from ui.study.link import packed, unpacked
from ui.study.yaml_files import scenario_of_text
from ui.take_away.note import compiled

HALVES = re.compile("[\ud800-\udfff]")
PDF_ONE_IN = 40
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
LEFT_OVER = re.compile(
    r":(?!material/|streamlit:)[\w+-][\w_+-]*:|:material/|:streamlit:|:[a-z][a-z0-9-]*\["
    r"|https?://|\bwww\.|[-.\w+]+@[-\w]+(?:\.[-\w]+)+|(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)",
    re.IGNORECASE,
)
"""What the framework of the app replaces in text that its Markdown already read."""


def _expect(is_right: bool, medium: str, text: str, got: object) -> None:
    if not is_right:
        raise SilentDifferenceError(f"{medium}: {text!r} came out as {got!r}")


def entry(text: str) -> None:
    """Nothing is kept that is not written; what is kept once is kept again."""
    kept = cleaned(text)
    bad = [one for one in kept if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]
    _expect(not bad and cleaned(kept) == kept, "entry", text, kept)
    kept.encode("utf-8")


def terminal(text: str) -> None:
    """A console prints the text as it is, alone and in a table."""
    buffer = io.StringIO()
    table = Table(box=None, padding=0)
    table.add_column(no_wrap=True)
    line = one_line(text)
    table.add_row(line)
    console = PlainConsole(buffer, 10_000)
    console.print(text, soft_wrap=True)
    console.print(table)
    shown = buffer.getvalue()
    bad = [one for one in shown if unicodedata.category(one) in ("Cc", "Cs") and one != "\n"]
    _expect(not bad and shown.count(line) >= 1, "terminal", text, shown)
    whole = HALVES.sub("", text)  # two halves side by side are read as one character
    _expect(json.loads(json_line([whole])) == [whole], "json", text, json_line([whole]))
    _expect("\x1b" not in json_line([text]), "json", text, json_line([text]))


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        self.text += data


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def html(text: str) -> None:
    """A page has the tags that were written by the page alone."""
    for helper in (html_text, typed):
        parser = _Texts()
        parser.feed(f'<p title="{helper(text)}">{helper(text)}</p>')
        parser.close()
        _expect(len(parser.tags) == 1, "html", text, parser.tags)
        _expect(_squeezed(parser.text) == _squeezed(cleaned(text)), "html", text, parser.text)


def markdown(text: str) -> None:
    """The app's Markdown is one paragraph of text."""
    line = one_line(text)
    written = markdown_text(text)
    made = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(written)
    if not line:
        _expect(not made.strip(), "markdown", text, made)
        return
    _expect(made.startswith("<p>") and made.count("<") == 2, "markdown", text, made)
    shown = unescape(made.removeprefix("<p>").removesuffix("</p>\n"))
    is_same = _squeezed(shown.replace(WORD_JOINER, "")) == _squeezed(line)
    _expect(is_same and not LEFT_OVER.search(shown), "markdown", text, shown)
    _expect(not re.search(r"(?<!\\)(?:\\\\)*\$", written), "markdown", text, written)


def chart(text: str) -> None:
    """The chart library finds no tag, no formula and no field."""
    figure = go.Figure(go.Scatter(y=[1], name=chart_text(text)))
    (made,) = json.loads(figure.to_json())["data"]
    name = made.get("name", "")
    _expect(not re.search(r"[<>$]|%\{", name), "chart", text, name)
    shown = unescape(name).replace(WORD_JOINER, "")
    _expect(shown == one_line(text), "chart", text, shown)


def picture(text: str) -> None:
    """A picture is made without a warning, as PNG and as SVG that a reader of XML takes."""
    figure = Figure(figsize=(2.0, 1.0), dpi=30)
    panel = figure.subplots()
    panel.set_title(text)
    panel.set_yticks([0, 1], [text, "b"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = picture_file(figure, "svg")
        _expect(picture_file(figure).startswith(b"\x89PNG"), "picture", text, b"")
    ElementTree.fromstring(drawn)


def spreadsheet(text: str) -> None:
    """A cell is text, never a formula, in a workbook that is read back."""
    written = spreadsheet_text(text)
    is_formula = written.startswith(FORMULA_SIGNS) and not HARMLESS.fullmatch(written)
    _expect(not is_formula, "spreadsheet", text, written)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, written)
    read = load_workbook(io.BytesIO(buffer.getvalue())).active
    assert read is not None
    cell = read.cell(1, 1)
    _expect(cell.data_type in ("s", "n", "inlineStr"), "spreadsheet", text, cell.data_type)
    _expect(_squeezed(str(cell.value or "")) == _squeezed(written), "spreadsheet", text, cell.value)


def yaml(text: str) -> None:
    """A scenario with the text as its title is written and read back the same."""
    title = one_line(text)
    if not title:
        return
    scenario = _titled(title)
    again = scenario_of_text(scenario_text(scenario))
    _expect(again.title.fr == title == again.title.en, "yaml", text, again.title)
    try:
        read = parse_yaml(json.dumps({"a": text}), "text")
    except InputError:
        return  # YAML knows no halves of characters
    _expect(read["a"] == cleaned(text), "yaml", text, read)


def _titled(title: str) -> Scenario:
    return replace(load_scenario("somme_reference"), title=Title(en=title, fr=title))


def link(text: str) -> None:
    """A study with the text as a title comes back from its address."""
    title = one_line(text)[:80].strip()
    if not title:
        return
    study = scheme_study("somme").with_draft(
        Draft.model_validate({"key": "a", "title": title, "origin": "somme_reference"})
    )
    token = packed(study)
    if token is not None:
        _expect(unpacked(token) == study, "link", text, token)


def pdf(text: str) -> None:
    """The note is compiled, whatever its words are."""
    parts = ("level", "difference", "interval", "word")
    cell = {**dict.fromkeys(parts, text), "tone": "good"}
    content = {
        "language": "fr", "title": text or "x", "author": text, "keywords": ["RSA", text],
        "badge": text, "frame": text, "footer": text, "question": text, "answer": [text, text],
        "heads": dict.fromkeys(
            ("question", "answer", "limits", "decide", "annex", "hypotheses", "sources", "replay",
             "identity"), f"x {text}",
        ),
        "options": {
            "title": f"x {text}", "heads": [text, text], "caption": text, "notes": [text],
            "lines": [{"label": text, "reference": text, "cells": [cell]}],
        },
        "why": {
            "title": f"x {text}", "lead": text, "place": text, "about": text,
            "rows": [[text, text]],
        },
        "cost": {
            "title": f"x {text}", "unit": text, "heads": [text] * 2, "notes": [text],
            "rows": [[text, [text, text]]],
        },
        "odds": {
            "title": f"x {text}", "unit": text, "heads": [text] * 2, "rows": [[text, text]],
            "note": text,
        },
        "chart_alt": f"x {text}", "hypotheses": [text], "decide": [text], "sign": [text] * 3,
        "limits": [text], "sources": [{"name": text, "address": text, "target": "https://a.fr"}],
        "sources_note": text, "replay_words": text, "replay": [text, text],
        "identity": [[text, text]],
    }  # fmt: skip
    _expect(compiled(content, PIXEL).startswith(b"%PDF"), "pdf", text, b"")


MEDIA: Mapping[str, Callable[[str], None]] = MappingProxyType(
    {
        "entry": entry,
        "terminal": terminal,
        "html": html,
        "markdown": markdown,
        "chart": chart,
        "picture": picture,
        "spreadsheet": spreadsheet,
        "yaml": yaml,
        "link": link,
        "pdf": pdf,
    }
)
SLOW = ("picture", "yaml", "link", "spreadsheet")
"""A tenth of the texts goes through these; a few through the PDF."""


def through_every_medium(text: str) -> None:
    """Send a text out everywhere; raises when one medium does not show it as it is written."""
    for send in MEDIA.values():
        send(text)


def prepared(_folder: Path) -> Attempt:
    """Attempts with one text at the media; slow ones get fewer."""

    def attempt(luck: random.Random) -> Ending:
        text = hostile_text(luck)
        for name, send in MEDIA.items():
            chance = 1.0 / PDF_ONE_IN if name == "pdf" else 0.1 if name in SLOW else 1.0
            if luck.random() < chance:
                try:
                    send(text)
                except InputError:
                    return Ending.REFUSED
        return Ending.TAKEN

    return attempt
