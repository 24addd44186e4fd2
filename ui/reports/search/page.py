"""A page in French for one answer: finding, figure, table, what it rests on, how to repeat it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from sim.language import Language
from sim.plain_text import escaped
from sim.version import package_version
from ui.reports.figure_frame import badge_text
from ui.reports.summary import TEMPLATE
from ui.reports.wording import html_text
from ui.texts import said

PAGE: Language = "fr"
"""The language of the page."""


@dataclass(frozen=True)
class Page:
    """What a page says; rows of the table are texts, the first row holds the heads."""

    title: str
    findings: Sequence[str]
    figure: bytes
    caption: str
    table: Sequence[Sequence[str]]
    basis: Sequence[str]
    replay: str


def page_html(page: Page) -> str:
    """The page as one file without links, in the style of the report of a run."""
    frame = TEMPLATE.read_text(encoding="utf-8")
    top, _, rest = frame.partition("<main>")
    bottom = rest.partition("</main>")[2]
    picture = base64.b64encode(page.figure).decode("ascii")
    heads, *rows = page.table
    version = said("search.version", PAGE, version=package_version())
    body = [
        "<main>",
        f'<span class="badge">{html_text(badge_text())}</span>',
        f"<h1>{html_text(page.title)}</h1>",
        f'<div class="answer">{_paragraphs(page.findings)}</div>',
        f'<figure><img alt="{html_text(page.title)}" src="data:image/png;base64,{picture}">'
        f"<figcaption>{html_text(page.caption)}</figcaption></figure>",
        f"<h2>{_said('values')}</h2>",
        f'<div class="scroll"><table><thead><tr>{_cells(heads, "th")}</tr></thead><tbody>',
        *(f"<tr>{_cells(row, 'td')}</tr>" for row in rows),
        "</tbody></table></div>",
        f"<h2>{_said('basis')}</h2>",
        _paragraphs([*page.basis, said("search.limits", PAGE)]),
        f"<h2>{_said('again')}</h2>",
        f"<code>{escaped(page.replay)}</code>",
        f'<p class="note">{html_text(version)}</p>',
        "</main>",
    ]
    return top.replace("$title", html_text(page.title)) + "\n".join(body) + bottom


def _paragraphs(sentences: Sequence[str]) -> str:
    return "".join(f"<p>{html_text(sentence)}</p>" for sentence in sentences)


def _cells(texts: Sequence[str], tag: str) -> str:
    return "".join(f"<{tag}>{html_text(text)}</{tag}>" for text in texts)


def _said(key: str) -> str:
    return html_text(said(f"search.{key}", PAGE))
